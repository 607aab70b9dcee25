#include "store/facts_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>
#include <unordered_map>

#include "store/clean_text.h"
#include "store/facts_contexts.h"
#include "store/facts_filter.h"
#include "store/facts_schema.h"
#include "store/places.h"

namespace plimsoll::store {

using record::DimensionVerdict;
using record::Facet;
using record::FactsStatus;
using record::Filter;
using record::InteractionFact;
using record::InteractionRow;
using record::KnownTrace;
using record::ScoreSums;
using record::TraceScores;
using record::TrendPoint;

namespace {

struct Series {
    std::string dimension, evaluator, version, stratum;
};

Result<std::unordered_map<std::uint32_t, Series>> read_series(DuckConnection& connection) {
    auto answer = connection.ask("SELECT id, dimension, evaluator, version, stratum FROM series");
    if (!answer) return answer.error();
    std::unordered_map<std::uint32_t, Series> series;
    while (answer->next())
        series[answer->get<std::uint32_t>(0)] = {answer->text(1), answer->text(2), answer->text(3),
                                                 answer->text(4)};
    return series;
}

Result<std::map<std::uint8_t, std::string>> read_reasons(DuckConnection& connection) {
    auto answer = connection.ask("SELECT id, word FROM reasons");
    if (!answer) return answer.error();
    std::map<std::uint8_t, std::string> reasons;
    while (answer->next()) reasons[answer->get<std::uint8_t>(0)] = answer->text(1);
    return reasons;
}

record::ScoreFact score_of(const Series& of, std::uint8_t reason,
                           std::map<std::uint8_t, std::string>& reasons, float score,
                           float weight) {
    record::ScoreFact fact{.dimension = of.dimension,
                           .evaluator = of.evaluator,
                           .version = of.version,
                           .stratum = of.stratum};
    if (reason == 0)
        fact.score = score;
    else
        fact.reason = reasons[reason];
    fact.inclusion = weight > 0 ? std::optional(1.0 / weight) : std::nullopt;
    return fact;
}

SpanId span_id(std::uint64_t stored) {
    SpanId id;
    std::memcpy(id.bytes.data(), &stored, 8);
    return id;
}

constexpr std::size_t facet_values_max = 20;
constexpr std::size_t facet_keys_max = 64;  // A sender with a million attribute keys fills no page.

}  // namespace

constexpr const char* known_columns = "trace, revision, incomplete, places, traits";

/// Of a row with known_columns.
static Result<KnownTrace> read_known(DuckAnswer& answer) {
    auto places = decode_places(answer.text(3));
    if (!places) return Error{"facts.duckdb: Corrupt places of an interaction"};
    return KnownTrace{answer.get<DuckTrace>(0).trace(), answer.get<std::uint32_t>(1),
                      answer.get<bool>(2), std::move(*places),
                      Traits::from_bits(answer.get<std::uint64_t>(4))};
}

Result<std::vector<KnownTrace>> ask_known(DuckConnection& connection,
                                          const std::vector<TraceId>& traces) {
    std::vector<KnownTrace> known;
    if (traces.empty()) return known;
    auto answer = connection.ask(
        fmt::format("SELECT {} FROM interactions WHERE trace IN (SELECT unnest(?::UHUGEINT[]))",
                    known_columns),
        {traces});
    if (!answer) return answer.error();
    while (answer->next()) {
        auto trace = read_known(*answer);
        if (!trace) return trace.error();
        known.push_back(std::move(*trace));
    }
    return known;
}

Result<Done> ask_for_each_known(DuckConnection& connection,
                                const std::function<void(const KnownTrace&)>& visit) {
    auto answer = connection.ask(fmt::format("SELECT {} FROM interactions", known_columns));
    if (!answer) return answer.error();
    while (answer->next()) {
        const auto trace = read_known(*answer);
        if (!trace) return trace.error();
        visit(*trace);
    }
    return Done{};
}

Result<std::vector<ScoreSums>> ask_score_sums(DuckConnection& connection, const Filter& filter) {
    auto series = read_series(connection);
    if (!series) return series.error();
    auto reasons = read_reasons(connection);
    if (!reasons) return reasons.error();
    Condition condition = on_scores(filter);
    auto answer = connection.ask(
        "SELECT series, bucket, reason, lowest, count(*)::UBIGINT, sum(weight)::DOUBLE,"
        " sum(weight * score)::DOUBLE, max(start) FROM scores WHERE " +
            condition.sql + " GROUP BY series, bucket, reason, lowest",
        condition.parameters);
    if (!answer) return answer.error();

    using Seen = std::pair<int, UnixNanos>;  // Scored, asked or neither, and when.
    std::map<std::pair<std::string, std::string>, std::pair<ScoreSums, Seen>> sums;
    while (answer->next()) {
        const Series& of = (*series)[answer->get<std::uint32_t>(0)];
        const auto bucket = answer->get<std::uint8_t>(1);
        const auto reason = answer->get<std::uint8_t>(2);
        const auto count = answer->get<std::uint64_t>(4);
        const Seen latest{reason == 0 ? 2 : record::was_asked((*reasons)[reason]),
                          answer->get<std::int64_t>(7)};
        const auto add = [&](const std::string& evaluator) {
            auto [at, fresh] = sums.try_emplace({of.dimension, evaluator});
            auto& [sum, seen] = at->second;
            if (fresh) {
                sum.dimension = of.dimension;
                sum.evaluator = evaluator;
                sum.bucket_weight.assign(score_buckets, 0.0);
                sum.bucket_weighted.assign(score_buckets, 0.0);
            }
            if (!evaluator.empty() && (fresh || latest > seen)) {
                sum.version = of.version;
                seen = latest;
            }
            if (reason != 0) {
                const std::string& why = (*reasons)[reason];
                (record::was_asked(why) ? sum.unscored : sum.unasked) += count;
                sum.reasons[why] += count;
                return;
            }
            sum.scored += count;
            sum.bucket_weight[bucket % score_buckets] += answer->get<double>(5);
            sum.bucket_weighted[bucket % score_buckets] += answer->get<double>(6);
        };
        if (!of.evaluator.empty()) add(of.evaluator);
        if (answer->get<bool>(3)) add("");
    }
    std::vector<ScoreSums> list;
    for (auto& [name, each] : sums) {
        ScoreSums& sum = each.first;
        // In bucket order, so that the same rows give the same bits whatever order DuckDB answered
        // in.
        for (unsigned bucket = 0; bucket < score_buckets; ++bucket) {
            sum.weight += sum.bucket_weight[bucket];
            sum.weighted += sum.bucket_weighted[bucket];
        }
        list.push_back(std::move(sum));
    }
    return list;
}

Result<std::vector<record::JudgedSums>> ask_judged_sums(DuckConnection& connection,
                                                        const Filter& filter) {
    auto series = read_series(connection);
    if (!series) return series.error();
    auto reasons = read_reasons(connection);
    if (!reasons) return reasons.error();
    Condition condition = on_scores(filter);
    auto answer = connection.ask(
        "SELECT series, bucket, reason, weight > 0, count(*)::UBIGINT, sum(weight)::DOUBLE,"
        " sum(weight::DOUBLE * weight)::DOUBLE, sum(score)::DOUBLE, sum(weight * score)::DOUBLE,"
        " sum(weight::DOUBLE * weight * score)::DOUBLE,"
        " sum(weight::DOUBLE * weight * score * score)::DOUBLE,"
        " sum(weight::DOUBLE * score * score)::DOUBLE FROM scores WHERE series IN"
        " (SELECT id FROM series WHERE stratum <> '' AND evaluator <> '') AND " +
            condition.sql + " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        condition.parameters);
    if (!answer) return answer.error();
    std::map<std::tuple<std::string, std::string, std::string, std::string>, record::JudgedSums>
        sums;
    while (answer->next()) {
        const Series& of = (*series)[answer->get<std::uint32_t>(0)];
        auto& sum = sums[{of.dimension, of.evaluator, of.version, of.stratum}];
        if (sum.bucket_population.empty()) {
            sum.dimension = of.dimension;
            sum.evaluator = of.evaluator;
            sum.version = of.version;
            sum.stratum = of.stratum;
            for (auto* buckets : {&sum.bucket_population, &sum.bucket_weight, &sum.bucket_weighted})
                buckets->assign(score_buckets, 0.0);
        }
        const std::size_t bucket = answer->get<std::uint8_t>(1) % score_buckets;
        const auto reason = answer->get<std::uint8_t>(2);
        const bool inside = answer->get<bool>(3);
        const auto count = answer->get<std::uint64_t>(4);
        const std::string why = reason == 0 ? "" : (*reasons)[reason];
        sum.population += count;
        sum.bucket_population[bucket] += static_cast<double>(count);
        if (inside && why != record::not_sampled) {
            sum.drawn += count;
            sum.drawn_weight += answer->get<double>(5);
            sum.drawn_weight2 += answer->get<double>(6);
        }
        if (reason != 0) {
            sum.reasons[why] += count;
            continue;
        }
        if (!inside) {
            sum.outside += count;
            continue;
        }
        sum.scored += count;
        std::size_t column = 5;
        for (double* each : {&sum.w, &sum.w2, &sum.y, &sum.wy, &sum.w2y, &sum.w2y2, &sum.wy2})
            *each += answer->get<double>(column++);
        sum.bucket_weight[bucket] += answer->get<double>(5);
        sum.bucket_weighted[bucket] += answer->get<double>(8);
    }
    std::vector<record::JudgedSums> list;
    for (auto& [key, sum] : sums) list.push_back(std::move(sum));
    return list;
}

Result<std::vector<TrendPoint>> ask_trend(DuckConnection& connection, const Filter& filter,
                                          UnixNanos step) {
    auto series = read_series(connection);
    if (!series) return series.error();
    auto reasons = read_reasons(connection);
    if (!reasons) return reasons.error();
    Condition condition = on_scores(filter);
    condition.parameters.insert(condition.parameters.begin(), step);
    // Times are never negative (wire clamps them), so `//` rounds down.
    auto answer = connection.ask(
        "SELECT series, reason, start // ?::BIGINT AS stretch, count(*)::UBIGINT,"
        " sum(weight)::DOUBLE, sum(weight * score)::DOUBLE FROM scores WHERE lowest AND " +
            condition.sql + " GROUP BY series, reason, stretch",
        condition.parameters);
    if (!answer) return answer.error();
    struct Sums {
        std::uint64_t scored = 0, unscored = 0;
        std::map<std::uint32_t, std::pair<double, double>>
            by_series;  // For a fixed order of adding.
    };
    std::map<std::pair<std::string, UnixNanos>, Sums> points;
    while (answer->next()) {
        const auto id = answer->get<std::uint32_t>(0);
        const auto count = answer->get<std::uint64_t>(3);
        Sums& sums = points[{(*series)[id].dimension, answer->get<std::int64_t>(2) * step}];
        if (const auto reason = answer->get<std::uint8_t>(1); reason != 0) {
            if (record::was_asked((*reasons)[reason])) sums.unscored += count;
            continue;
        }
        sums.scored += count;
        sums.by_series[id] = {answer->get<double>(4), answer->get<double>(5)};
    }
    std::vector<TrendPoint> list;
    for (const auto& [key, sums] : points) {
        double weight = 0, weighted = 0;
        for (const auto& [id, each] : sums.by_series) {
            weight += each.first;
            weighted += each.second;
        }
        list.push_back({key.second, key.first, sums.scored, sums.unscored,
                        weight > 0 ? weighted / weight : 0.0});
    }
    return list;
}

Result<std::vector<InteractionRow>> ask_interactions(
    DuckConnection& connection, const Filter& filter, std::size_t limit,
    std::optional<std::pair<UnixNanos, TraceId>> before) {
    Condition condition = on_interactions(filter);
    if (before) {
        condition.also("start <= ?", before->first);
        condition.also("(start < ? OR trace < ?)", before->first);
        condition.parameters.emplace_back(before->second);
    }
    condition.parameters.emplace_back(static_cast<std::uint64_t>(limit));
    auto answer = connection.ask(
        "SELECT id, trace, revision, recognised, incomplete, failed, start, duration_ms, service,"
        " environment, session, client, provider, model, prompt, question, answer, input_tokens,"
        " output_tokens, cost_usd, first_token_s, span_count FROM interactions WHERE " +
            condition.sql + " ORDER BY start DESC, trace DESC LIMIT ?",
        condition.parameters);
    if (!answer) return answer.error();
    std::vector<InteractionRow> rows;
    std::vector<std::uint64_t> ids;
    std::unordered_map<std::uint64_t, std::size_t> row_of;
    while (answer->next()) {
        const auto id = answer->get<std::uint64_t>(0);
        row_of[id] = rows.size();
        ids.push_back(id);
        InteractionRow row;
        row.trace = answer->get<DuckTrace>(1).trace();
        row.revision = answer->get<std::uint32_t>(2);
        row.recognised = answer->get<bool>(3);
        row.incomplete = answer->get<bool>(4);
        row.failed = answer->get<bool>(5);
        row.start = answer->get<std::int64_t>(6);
        row.duration_ms = answer->get<double>(7);
        std::size_t column = 8;
        for (std::string* each :
             {&row.service, &row.environment, &row.session, &row.user, &row.provider, &row.model,
              &row.prompt, &row.question, &row.answer})
            *each = answer->text(column++);
        row.input_tokens = answer->maybe<std::int64_t>(17);
        row.output_tokens = answer->maybe<std::int64_t>(18);
        row.cost_usd = answer->maybe<double>(19);
        row.first_token_s = answer->maybe<double>(20);
        row.span_count = answer->get<std::uint32_t>(21);
        rows.push_back(std::move(row));
    }
    if (rows.empty()) return rows;
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    auto scores = connection.ask(
        "SELECT interaction, dimension, score FROM scores JOIN series ON series.id = scores.series"
        " WHERE interaction >= ? AND interaction <= ?"
        " AND interaction IN (SELECT unnest(?::UBIGINT[])) AND lowest AND reason = 0",
        {*low, *high, ids});
    if (!scores) return scores.error();
    while (scores->next())
        rows[row_of[scores->get<std::uint64_t>(0)]].scores[scores->text(1)] = scores->get<float>(2);
    return rows;
}

Result<std::uint64_t> ask_count(DuckConnection& connection, const Filter& filter) {
    Condition condition = on_interactions(filter);
    auto answer = connection.ask(
        "SELECT count(*)::UBIGINT FROM interactions WHERE " + condition.sql, condition.parameters);
    if (!answer) return answer.error();
    return answer->next() ? answer->get<std::uint64_t>(0) : 0;
}

Result<std::optional<InteractionFact>> ask_interaction(DuckConnection& connection, TraceId trace) {
    // One transaction: between two questions a new revision may take the old one's place.
    if (auto begun = connection.run("BEGIN"); !begun) return begun.error();
    struct End {
        DuckConnection& connection;
        ~End() {
            if (!connection.run("COMMIT")) return;
        }
    } end{connection};
    auto answer = connection.ask(
        "SELECT interactions.id, revision, recognised, incomplete, failed, start, duration_ms, "
        "service,"
        " environment, session, client, provider, model, prompt, judge, dataset, rubric,"
        " configuration, question, answer, input_tokens, output_tokens, cost_usd, first_token_s,"
        " places, traits, dropped, cache_read_tokens, cache_write_tokens, reasoning_tokens, " +
            context_names() +
            " FROM interactions LEFT JOIN contexts ON contexts.id = interactions.context"
            " WHERE trace = ?",
        {trace});
    if (!answer) return answer.error();
    if (!answer->next()) return std::optional<InteractionFact>();
    InteractionFact fact;
    fact.trace = trace;
    const auto id = answer->get<std::uint64_t>(0);
    fact.revision = answer->get<std::uint32_t>(1);
    fact.recognised = answer->get<bool>(2);
    fact.incomplete = answer->get<bool>(3);
    fact.failed = answer->get<bool>(4);
    fact.start = answer->get<std::int64_t>(5);
    fact.duration_ms = answer->get<double>(6);
    std::size_t column = 7;
    for (std::string* each :
         {&fact.service, &fact.environment, &fact.session, &fact.user, &fact.provider,
          &fact.versions.model, &fact.versions.prompt, &fact.versions.judge, &fact.versions.dataset,
          &fact.versions.rubric, &fact.configuration, &fact.question, &fact.answer})
        *each = answer->text(column++);
    fact.input_tokens = answer->maybe<std::int64_t>(20);
    fact.output_tokens = answer->maybe<std::int64_t>(21);
    fact.cost_usd = answer->maybe<double>(22);
    fact.first_token_s = answer->maybe<double>(23);
    auto places = decode_places(answer->text(24));
    if (!places) return Error{"facts.duckdb: Corrupt places of an interaction"};
    fact.places = std::move(*places);
    fact.traits = Traits::from_bits(answer->get<std::uint64_t>(25));
    fact.dropped = answer->get<std::uint32_t>(26);
    fact.cache_read_tokens = answer->maybe<std::int64_t>(27);
    fact.cache_write_tokens = answer->maybe<std::int64_t>(28);
    fact.reasoning_tokens = answer->maybe<std::int64_t>(29);
    fact.context = read_context(*answer, 30);

    auto spans = connection.ask(
        "SELECT span, kind, name, model, tool, start, duration_ms, input_tokens, output_tokens,"
        " cost_usd, failed, priced, repeats_usage FROM spans WHERE interaction = ? ORDER BY "
        "position",
        {id});
    if (!spans) return spans.error();
    while (spans->next())
        fact.spans.push_back({span_id(spans->get<std::uint64_t>(0)), spans->text(1), spans->text(2),
                              spans->text(3), spans->text(4), spans->get<std::int64_t>(5),
                              spans->get<double>(6), spans->maybe<std::int64_t>(7),
                              spans->maybe<std::int64_t>(8), spans->maybe<double>(9),
                              spans->get<bool>(10), spans->get<bool>(11), spans->get<bool>(12)});

    auto series = read_series(connection);
    if (!series) return series.error();
    auto reasons = read_reasons(connection);
    if (!reasons) return reasons.error();
    auto texts =
        connection.ask("SELECT series, explanation FROM explanations WHERE interaction = ?", {id});
    if (!texts) return texts.error();
    std::unordered_map<std::uint32_t, std::string> explanations;
    while (texts->next()) explanations[texts->get<std::uint32_t>(0)] = texts->text(1);
    auto scores = connection.ask(
        "SELECT series, reason, score, weight FROM scores WHERE interaction = ? ORDER BY rowid",
        {id});
    if (!scores) return scores.error();
    while (scores->next()) {
        const auto series_id = scores->get<std::uint32_t>(0);
        const auto reason = scores->get<std::uint8_t>(1);
        const Series& of = (*series)[series_id];
        if (of.evaluator.empty()) continue;  // The dimension's own.
        record::ScoreFact score =
            score_of(of, reason, *reasons, scores->get<float>(2), scores->get<float>(3));
        score.explanation = explanations[series_id];
        fact.scores.push_back(std::move(score));
    }

    auto outside = connection.ask(
        "SELECT about, span, time, name, evaluator, annotator, label, explanation, response, error,"
        " value FROM outside WHERE interaction = ? ORDER BY rowid",
        {id});
    if (!outside) return outside.error();
    while (outside->next()) {
        OutsideScore& score = fact.outside_scores.emplace_back();
        score.about = static_cast<OutsideScore::About>(outside->get<std::uint8_t>(0));
        score.step = span_id(outside->get<std::uint64_t>(1));
        score.time = outside->get<std::int64_t>(2);
        std::size_t cell = 3;
        for (std::string* each : {&score.name, &score.evaluator, &score.annotator, &score.label,
                                  &score.explanation, &score.response_id, &score.error_type})
            *each = outside->text(cell++);
        score.value = outside->maybe<double>(10);
    }

    auto attributes =
        connection.ask("SELECT key, value FROM attributes WHERE interaction = ?", {id});
    if (!attributes) return attributes.error();
    while (attributes->next()) fact.attributes[attributes->text(0)] = attributes->text(1);
    return std::optional(std::move(fact));
}

Result<std::vector<TraceScores>> ask_scores_of(DuckConnection& connection,
                                               const std::vector<TraceId>& traces) {
    std::vector<TraceScores> found;
    if (traces.empty()) return found;
    auto series = read_series(connection);
    if (!series) return series.error();
    auto reasons = read_reasons(connection);
    if (!reasons) return reasons.error();
    auto answer = connection.ask(
        "SELECT id, trace, start, session, client, service, environment, provider, model, prompt"
        " FROM interactions"
        " WHERE trace IN (SELECT unnest(?::UHUGEINT[]))",
        {traces});
    if (!answer) return answer.error();
    std::vector<std::uint64_t> ids;
    std::unordered_map<std::uint64_t, std::size_t> place_of;
    while (answer->next()) {
        const auto id = answer->get<std::uint64_t>(0);
        place_of[id] = found.size();
        ids.push_back(id);
        TraceScores one;
        one.trace = answer->get<DuckTrace>(1).trace();
        one.start = answer->get<std::int64_t>(2);
        one.session = answer->text(3);
        one.user = answer->text(4);
        std::size_t column = 5;
        for (const char* name : {"service", "environment", "provider", "model", "prompt"})
            if (std::string text = answer->text(column++); !text.empty())
                one.attributes[name] = std::move(text);
        found.push_back(std::move(one));
    }
    if (found.empty()) return found;
    // The bounds keep DuckDB from looking at row groups that cannot hold any of them.
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    constexpr const char* these =
        " WHERE interaction >= ? AND interaction <= ?"
        " AND interaction IN (SELECT unnest(?::UBIGINT[]))";
    auto scores = connection.ask(
        std::string("SELECT interaction, series, reason, score, weight FROM scores") + these,
        {*low, *high, ids});
    if (!scores) return scores.error();
    while (scores->next()) {
        const Series& of = (*series)[scores->get<std::uint32_t>(1)];
        if (of.evaluator.empty()) continue;  // The dimension's own.
        found[place_of[scores->get<std::uint64_t>(0)]].scores.push_back(
            score_of(of, scores->get<std::uint8_t>(2), *reasons, scores->get<float>(3),
                     scores->get<float>(4)));
    }
    auto attributes = connection.ask(
        std::string("SELECT interaction, key, value FROM attributes") + these, {*low, *high, ids});
    if (!attributes) return attributes.error();
    while (attributes->next())
        found[place_of[attributes->get<std::uint64_t>(0)]].attributes[attributes->text(1)] =
            attributes->text(2);
    return found;
}

Result<Done> ask_for_each_verdict(DuckConnection& connection, const std::string& dimension,
                                  UnixNanos from, UnixNanos to,
                                  const std::function<void(const DimensionVerdict&)>& visit) {
    auto answer = connection.ask(
        "SELECT trace, scores.start, score, weight, bucket FROM scores"
        " JOIN interactions ON interactions.id = scores.interaction"
        " WHERE lowest AND reason = 0 AND scores.recognised AND scores.start >= ?"
        " AND scores.start < ? AND series IN (SELECT id FROM series WHERE dimension = ?)",
        {from, to, clean_text(dimension)});
    if (!answer) return answer.error();
    while (answer->next())
        visit({answer->get<DuckTrace>(0).trace(), answer->get<std::int64_t>(1),
               answer->get<float>(2), answer->get<float>(3), answer->get<std::uint8_t>(4)});
    return Done{};
}

Result<Done> ask_for_each_judged(DuckConnection& connection, const Filter& filter,
                                 const std::string& dimension, const std::string& evaluator,
                                 const std::function<void(const record::JudgedRow&)>& visit) {
    auto series = read_series(connection);
    if (!series) return series.error();
    Condition condition = on_scores(filter);
    condition.also("reason = 0 AND weight > 0");
    condition.also("series IN (SELECT id FROM series WHERE dimension = ? AND evaluator = ?)");
    condition.parameters.push_back(clean_text(dimension));
    condition.parameters.push_back(clean_text(evaluator));
    auto answer = connection.ask(
        "SELECT trace, chosen.start, score, weight, bucket, series FROM (SELECT * FROM scores"
        " WHERE " +
            condition.sql +
            ") chosen"
            " JOIN interactions ON interactions.id = chosen.interaction",
        condition.parameters);
    if (!answer) return answer.error();
    while (answer->next()) {
        const Series& of = (*series)[answer->get<std::uint32_t>(5)];
        visit({.trace = answer->get<DuckTrace>(0).trace(),
               .start = answer->get<std::int64_t>(1),
               .score = answer->get<float>(2),
               .weight = answer->get<float>(3),
               .bucket = answer->get<std::uint8_t>(4),
               .version = of.version,
               .stratum = of.stratum});
    }
    return Done{};
}

Result<std::vector<Facet>> ask_facets(DuckConnection& connection, const Filter& filter) {
    std::vector<Facet> facets;
    const Condition condition = on_interactions(filter);
    for (const char* column : {"service", "environment", "provider", "model", "prompt"}) {
        auto answer = connection.ask(
            fmt::format("SELECT {0}, count(*)::UBIGINT AS n FROM interactions WHERE {1}"
                        " AND {0} <> '' GROUP BY {0} ORDER BY n DESC, {0} LIMIT {2}",
                        column, condition.sql, facet_values_max),
            condition.parameters);
        if (!answer) return answer.error();
        Facet facet{column, {}};
        while (answer->next())
            facet.values.emplace_back(answer->text(0), answer->get<std::uint64_t>(1));
        if (!facet.values.empty()) facets.push_back(std::move(facet));
    }
    // Most common keys first to be kept, then by name to be shown.
    auto answer = connection.ask(
        fmt::format(
            "WITH counted AS (SELECT key, value, count(*) AS n FROM attributes WHERE interaction"
            "  IN (SELECT id FROM interactions WHERE {0}) GROUP BY key, value),"
            " keys AS (SELECT key FROM counted GROUP BY key ORDER BY sum(n) DESC, key LIMIT {1})"
            " SELECT key, value, n::UBIGINT FROM counted WHERE key IN (SELECT key FROM keys)"
            " QUALIFY row_number() OVER (PARTITION BY key ORDER BY n DESC, value) <= {2}"
            " ORDER BY key, n DESC, value",
            condition.sql, facet_keys_max, facet_values_max),
        condition.parameters);
    if (!answer) return answer.error();
    std::string last_key;
    while (answer->next()) {
        const std::string key = answer->text(0);
        if (facets.empty() || key != last_key || !facets.back().name.starts_with("attributes."))
            facets.push_back({"attributes." + key, {}});
        last_key = key;
        facets.back().values.emplace_back(answer->text(1), answer->get<std::uint64_t>(2));
    }
    return facets;
}

Result<std::optional<std::pair<UnixNanos, UnixNanos>>> ask_time_range(DuckConnection& connection) {
    auto answer = connection.ask("SELECT min(start), max(start) FROM interactions");
    if (!answer) return answer.error();
    std::optional<std::pair<UnixNanos, UnixNanos>> range;
    if (answer->next() && !answer->is_null(0))
        range = {answer->get<std::int64_t>(0), answer->get<std::int64_t>(1)};
    return range;
}

Result<FactsStatus> ask_status(DuckConnection& connection) {
    auto answer = connection.ask(
        "SELECT (SELECT value FROM meta WHERE key = 'applied'),"
        " (SELECT count(*)::UBIGINT FROM interactions), (SELECT count(*)::UBIGINT FROM spans),"
        " (SELECT count(*)::UBIGINT FROM scores)");
    if (!answer) return answer.error();
    if (!answer->next() || answer->is_null(0)) return Error{"facts.duckdb: Corrupt meta table"};
    return FactsStatus{answer->get<std::uint64_t>(0), answer->get<std::uint64_t>(1),
                       answer->get<std::uint64_t>(2), answer->get<std::uint64_t>(3), 0};
}

}  // namespace plimsoll::store
