/// facts_schema.h: the tables of facts.duckdb. Row writers name their columns in this order.
///
///   interactions ──id──┬─ spans         position: order within the interaction
///                      ├─ scores        narrow: 10^8 of them are the common case
///                      ├─ explanations  only where an evaluator gave one
///                      ├─ attributes    to slice by
///                      └─ outside       what evaluators of others said: in no estimate
///   series: what scores.series means     reasons: what scores.reason means; 0 is "scored"
///   contexts: what interactions.context means, a column for each of context_columns; 0: nothing
///   said meta: applied (journal position), judged (position in the judge ledger), format
///
/// An interaction's id is new with each revision and only grows, so a lookup by id touches the few
/// row groups it can be in. scores.start, scores.recognised and scores.bucket repeat their
/// interaction's, so that a scorecard without other filters reads one table. `lowest` traits the
/// one row per interaction and dimension that speaks for the dimension: the lowest score, or, if
/// none scored, the first that says more than not_applicable. Where one of several evaluators is a
/// judge on a sample, a row of its own speaks for the dimension, with evaluator '': it has a score
/// only if nobody is missing, and weighs what the most seldom asked of them weighs.
///
/// A series also has the stratum, which is '' for checks. Weight 0: outside the sampler.
#pragma once

#include <cstddef>

namespace plimsoll::store {

inline constexpr unsigned facts_format = 3;  ///< Another one is set aside and rebuilt.
inline constexpr unsigned score_buckets = 64;
/// Past this, what is new is "(too many)": a sender who changes a flag with every request fills no
/// table.
inline constexpr std::size_t contexts_max = 100'000;

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
    span_count UINTEGER NOT NULL, places BLOB NOT NULL,
    context UINTEGER NOT NULL, traits UBIGINT NOT NULL, dropped UINTEGER NOT NULL,
    cache_read_tokens BIGINT, cache_write_tokens BIGINT, reasoning_tokens BIGINT);
CREATE TABLE spans (
    interaction UBIGINT NOT NULL, position UINTEGER NOT NULL, span UBIGINT NOT NULL,
    kind VARCHAR NOT NULL, name VARCHAR NOT NULL, model VARCHAR NOT NULL, tool VARCHAR NOT NULL,
    start BIGINT NOT NULL, duration_ms DOUBLE NOT NULL,
    input_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, failed BOOLEAN NOT NULL,
    priced BOOLEAN NOT NULL, repeats_usage BOOLEAN NOT NULL);
CREATE TABLE scores (
    interaction UBIGINT NOT NULL, start BIGINT NOT NULL, recognised BOOLEAN NOT NULL,
    bucket UTINYINT NOT NULL, series UINTEGER NOT NULL, lowest BOOLEAN NOT NULL,
    reason UTINYINT NOT NULL, score FLOAT NOT NULL, weight FLOAT NOT NULL);
CREATE TABLE explanations (
    interaction UBIGINT NOT NULL, series UINTEGER NOT NULL, explanation VARCHAR NOT NULL);
CREATE TABLE attributes (
    interaction UBIGINT NOT NULL, key VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE outside (
    interaction UBIGINT NOT NULL, about UTINYINT NOT NULL, span UBIGINT NOT NULL,
    time BIGINT NOT NULL, name VARCHAR NOT NULL, evaluator VARCHAR NOT NULL,
    annotator VARCHAR NOT NULL, label VARCHAR NOT NULL, explanation VARCHAR NOT NULL,
    response VARCHAR NOT NULL, error VARCHAR NOT NULL, value DOUBLE);
CREATE TABLE contexts (
    id UINTEGER NOT NULL, model_requested VARCHAR NOT NULL, model_answered VARCHAR NOT NULL,
    prompt_name VARCHAR NOT NULL, prompt_version VARCHAR NOT NULL,
    prompt_fingerprint VARCHAR NOT NULL, tools VARCHAR NOT NULL, data_source VARCHAR NOT NULL,
    service_version VARCHAR NOT NULL, flags VARCHAR NOT NULL, parameters VARCHAR NOT NULL,
    price_list VARCHAR NOT NULL);
CREATE TABLE series (
    id UINTEGER NOT NULL, dimension VARCHAR NOT NULL, evaluator VARCHAR NOT NULL,
    version VARCHAR NOT NULL, stratum VARCHAR NOT NULL);
CREATE TABLE reasons (id UTINYINT NOT NULL, word VARCHAR NOT NULL);
CREATE TABLE meta (key VARCHAR NOT NULL, value UBIGINT NOT NULL);
INSERT INTO meta VALUES ('format', 3), ('applied', 0), ('judged', 0);
)sql";

}  // namespace plimsoll::store
