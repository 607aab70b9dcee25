/// facts_schema.h: the tables of facts.duckdb. Row writers name their columns in this order.
///
///   interactions ──id──┬─ spans         position: order within the interaction
///                      ├─ scores        narrow: 10^8 of them are the common case
///                      ├─ explanations  only where an evaluator gave one
///                      └─ attributes    to slice by
///   series: what scores.series means     reasons: what scores.reason means; 0 is "scored"
///   meta: applied (journal position), judged (position in the judge ledger), format
///
/// An interaction's id is new with each revision and only grows, so a lookup by id touches the few
/// row groups it can be in. scores.start, scores.recognised and scores.bucket repeat their
/// interaction's, so that a scorecard without other filters reads one table. `lowest` marks the one
/// row per interaction and dimension that speaks for the dimension: the lowest score, or, if none
/// scored, the first that says more than not_applicable. Where one of several evaluators is a judge
/// on a sample, a row of its own speaks for the dimension, with evaluator '': it has a score only if
/// nobody is missing, and weighs what the most seldom asked of them weighs.
///
/// A series also has the stratum, which is '' for checks. Weight 0: outside the sampler.
#pragma once

namespace plimsoll::store {

inline constexpr unsigned facts_format = 2;  ///< Another one is set aside and rebuilt.
inline constexpr unsigned score_buckets = 64;

inline constexpr const char* facts_tables = R"sql(
CREATE TABLE interactions (
    id UBIGINT NOT NULL, trace UHUGEINT NOT NULL, revision UINTEGER NOT NULL,
    recognised BOOLEAN NOT NULL, incomplete BOOLEAN NOT NULL, failed BOOLEAN NOT NULL,
    start BIGINT NOT NULL, duration_ms DOUBLE NOT NULL,
    service VARCHAR NOT NULL, environment VARCHAR NOT NULL, session VARCHAR NOT NULL,
    client VARCHAR NOT NULL, provider VARCHAR NOT NULL, model VARCHAR NOT NULL,
    prompt VARCHAR NOT NULL, judge VARCHAR NOT NULL, dataset VARCHAR NOT NULL,
    rubric VARCHAR NOT NULL, configuration VARCHAR NOT NULL,
    question VARCHAR NOT NULL, answer VARCHAR NOT NULL,
    input_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, first_token_s DOUBLE,
    span_count UINTEGER NOT NULL, places BLOB NOT NULL);
CREATE TABLE spans (
    interaction UBIGINT NOT NULL, position UINTEGER NOT NULL, span UBIGINT NOT NULL,
    kind VARCHAR NOT NULL, name VARCHAR NOT NULL, model VARCHAR NOT NULL, tool VARCHAR NOT NULL,
    start BIGINT NOT NULL, duration_ms DOUBLE NOT NULL,
    input_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, failed BOOLEAN NOT NULL);
CREATE TABLE scores (
    interaction UBIGINT NOT NULL, start BIGINT NOT NULL, recognised BOOLEAN NOT NULL,
    bucket UTINYINT NOT NULL, series UINTEGER NOT NULL, lowest BOOLEAN NOT NULL,
    reason UTINYINT NOT NULL, score FLOAT NOT NULL, weight FLOAT NOT NULL);
CREATE TABLE explanations (
    interaction UBIGINT NOT NULL, series UINTEGER NOT NULL, explanation VARCHAR NOT NULL);
CREATE TABLE attributes (
    interaction UBIGINT NOT NULL, key VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE series (
    id UINTEGER NOT NULL, dimension VARCHAR NOT NULL, evaluator VARCHAR NOT NULL,
    version VARCHAR NOT NULL, stratum VARCHAR NOT NULL);
CREATE TABLE reasons (id UTINYINT NOT NULL, word VARCHAR NOT NULL);
CREATE TABLE meta (key VARCHAR NOT NULL, value UBIGINT NOT NULL);
INSERT INTO meta VALUES ('format', 2), ('applied', 0), ('judged', 0);
)sql";

}  // namespace plimsoll::store
