#include "store/session_hours_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "store/clean_text.h"

namespace plimsoll::store {

using record::SessionCount;
using record::SessionSeries;
using record::VersionCount;

namespace {

constexpr std::array columns_to_slice_by{"environment", "provider", "model", "prompt"};
constexpr std::size_t values_a_day = 32;
constexpr std::size_t days_at_once = 7;  // Bounds what one transaction writes.
constexpr std::int64_t hour_ns = 3600 * nanos_per_second;
constexpr std::int64_t day_ns = 24 * hour_ns;

/// Series of watched_measures have -1, -2, … in place of scores.series.
constexpr std::array measure_columns{"duration_ms",  "first_token_s * 1000", "cost_usd",
                                     "input_tokens", "output_tokens",        "span_count",
                                     "incomplete"};
static_assert(measure_columns.size() == record::watched_measures.size());
static_assert(record::watched_measures[7 - 1] == record::incomplete_measure);

/// All sessions of the days in [?, ?) as counts.
std::string fresh_counts(const std::vector<std::string>& columns) {
    std::string sliced =
        "SELECT a.interaction AS id, a.key AS attribute, a.value FROM attributes a JOIN these"
        " ON these.id = a.interaction WHERE a.key IN (SELECT unnest(string_split(?, chr(10))))";
    for (const std::string& column : columns)
        sliced += fmt::format(
            " UNION ALL SELECT id, '{0}' AS attribute, {0} AS value FROM these WHERE {0} <> ''",
            column);
    std::string measured;
    for (std::size_t m = 0; m < measure_columns.size(); ++m)
        measured += fmt::format(
            "{} SELECT -{} AS watched, id, ({})::DOUBLE AS x FROM these WHERE ({}) IS NOT NULL",
            m == 0 ? "" : " UNION ALL", m + 1, measure_columns[m], measure_columns[m]);
    return fmt::format(
        "CREATE OR REPLACE TEMP TABLE fresh AS WITH"
        " these AS (SELECT id, trace, start, service, hash(session) AS session,"
        "  start // {6} AS day, environment,"
        "  provider, model, prompt, duration_ms, first_token_s, cost_usd, input_tokens,"
        "  output_tokens, span_count, incomplete FROM interactions WHERE recognised AND start >= ? "
        "AND start < ?),"
        " sliced AS ({0}),"
        " kept AS (SELECT service, attribute, value, day FROM sliced JOIN these USING (id)"
        "  GROUP BY service, attribute, value, day QUALIFY row_number() OVER (PARTITION BY service,"
        "  attribute, day ORDER BY count(*) DESC, value) <= {1}),"
        " places AS (SELECT id, trace, start, day, service, session, '' AS attribute, '' AS value"
        "  FROM these UNION ALL SELECT id, trace, start, day, service, session, attribute, value"
        "  FROM sliced JOIN these USING (id) SEMI JOIN kept USING (service, attribute, value,"
        "  day)),"
        // The strata of one evaluator's version are one series.
        " watched AS (SELECT s.id AS series, min(s.id) OVER (PARTITION BY s.dimension,"
        "  s.evaluator, s.version)::INTEGER AS watched FROM series s WHERE s.evaluator <> ''),"
        " said AS (SELECT watched, interaction AS id, round(weight * 1000)::BIGINT AS w,"
        "  round((1 - score) * 10000)::BIGINT AS y FROM scores JOIN watched USING (series)"
        "  WHERE recognised AND reason = 0 AND weight > 0 AND start >= ? AND start < ?),"
        " scored AS (SELECT watched, service, attribute, value, min(start) // {2} AS hour,"
        "  (sum(w) // count(*))::UINTEGER AS weight,"
        "  ((2 * sum(w * y) + 100 * sum(w)) // (200 * sum(w)))::SMALLINT AS bin"
        "  FROM said JOIN places USING (id) GROUP BY watched, service, attribute, value, day,"
        "  session),"
        " figures AS ({3}),"
        " measured AS (SELECT watched, service, attribute, value, min(start) // {2} AS hour,"
        "  1000::UINTEGER AS weight, arg_min(x, trace) AS x"
        "  FROM figures JOIN places USING (id) GROUP BY watched, service, attribute, value, day,"
        "  session)"
        " SELECT watched, service, attribute, value, hour::INTEGER AS hour, weight, bin,"
        "  count(*)::UINTEGER AS sessions FROM (SELECT watched, service, attribute, value, hour,"
        "  weight, bin FROM scored UNION ALL SELECT watched, service, attribute, value, hour,"
        "  weight, CASE WHEN watched = -7 THEN 100 * x WHEN x > 1e-9 THEN "
        "least(greatest(ceil(ln(x) / ln({4})), -32767), 32767)"
        "  ELSE {5} END::SMALLINT AS bin FROM measured) GROUP BY ALL",
        sliced, values_a_day, hour_ns, measured, record::measure_growth, record::measure_zero,
        day_ns);
}

bool is_column(const std::string& attribute) {
    return std::ranges::find(columns_to_slice_by, attribute) != columns_to_slice_by.end();
}

/// The stretch of stale days that begins at the earliest.
Result<std::vector<std::int64_t>> some_stale_days(DuckConnection& connection) {
    auto answer = connection.ask(fmt::format(
        "SELECT DISTINCT day::BIGINT AS d FROM stale_days ORDER BY d LIMIT {}", days_at_once));
    if (!answer) return answer.error();
    std::vector<std::int64_t> days;
    while (answer->next()) {
        const auto day = answer->get<std::int64_t>(0);
        if (!days.empty() && day != days.back() + 1) break;
        days.push_back(day);
    }
    return days;
}

Result<Done> in_transaction(DuckConnection& connection, const std::function<Result<Done>()>& run) {
    if (auto begun = connection.run("BEGIN"); !begun) return begun;
    Result<Done> done = run();
    if (done) return connection.run("COMMIT");
    if (auto undone = connection.run("ROLLBACK"); !undone) return undone;
    return done;
}

/// Other attributes than last time: everything is stale.
Result<Done> remember_attributes(DuckConnection& connection, const std::string& names) {
    auto known = connection.ask("SELECT names FROM session_attributes");
    if (!known) return known.error();
    if (known->next() && known->text(0) == names) return Done{};
    for (const char* each :
         {"DELETE FROM session_attributes", "DELETE FROM session_hours",
          "DELETE FROM session_series", "DELETE FROM stale_days",
          "INSERT INTO stale_days SELECT DISTINCT start // 86400000000000 FROM interactions"})
        if (auto ran = connection.run(each); !ran) return ran;
    return connection.run("INSERT INTO session_attributes VALUES (?)", {names});
}

std::string slice_condition(const std::map<std::string, std::string>& slice,
                            std::vector<DuckParameter>& parameters) {
    std::string sql;
    for (const auto& [attribute, value] : slice) {
        if (attribute.empty()) continue;
        if (is_column(attribute)) {
            sql += fmt::format(" AND i.{} = ?", attribute);
        } else {
            sql += " AND i.id IN (SELECT interaction FROM attributes WHERE key = ? AND value = ?)";
            parameters.emplace_back(clean_text(attribute));
        }
        parameters.emplace_back(clean_text(value));
    }
    return sql;
}

}  // namespace

Result<Done> make_session_hours(DuckConnection& connection) {
    for (const char* table :
         {"CREATE TABLE IF NOT EXISTS session_series (id UINTEGER NOT NULL, watched INTEGER NOT"
          " NULL, service VARCHAR NOT NULL, attribute VARCHAR NOT NULL, value VARCHAR NOT NULL)",
          "CREATE TABLE IF NOT EXISTS session_hours (series UINTEGER NOT NULL, hour INTEGER NOT"
          " NULL, weight UINTEGER NOT NULL, bin SMALLINT NOT NULL, sessions UINTEGER NOT NULL)",
          "CREATE TABLE IF NOT EXISTS session_attributes (names VARCHAR NOT NULL)",
          "CREATE TABLE IF NOT EXISTS stale_days (day UBIGINT NOT NULL)"})
        if (auto made = connection.run(table); !made) return made;
    return Done{};
}

Result<Done> mark_stale(DuckConnection& connection, const std::vector<std::uint64_t>& days) {
    if (days.empty()) return Done{};
    return connection.run("INSERT INTO stale_days SELECT unnest(?::UBIGINT[])", {days});
}

Result<Done> refresh_session_hours(DuckConnection& connection,
                                   const std::vector<std::string>& attributes) {
    std::string names;
    std::vector<std::string> columns;
    for (const std::string& attribute : attributes) {
        if (attribute == "service") continue;  // Every series has one.
        if (is_column(attribute)) columns.push_back(attribute);
        names += (names.empty() ? "" : "\n") + clean_text(attribute);
    }
    if (auto known =
            in_transaction(connection, [&] { return remember_attributes(connection, names); });
        !known)
        return known;
    const std::string make_fresh = fresh_counts(columns);
    for (;;) {
        bool done = false;
        auto refreshed = in_transaction(connection, [&]() -> Result<Done> {
            const auto days = some_stale_days(connection);
            if (!days) return days.error();
            if (days->empty()) {
                done = true;
                return Done{};
            }
            const std::int64_t from = days->front(), to = days->back() + 1;
            const std::int64_t from_ns = from * day_ns, to_ns = to * day_ns;
            if (auto made = connection.run(make_fresh, {from_ns, to_ns, names, from_ns, to_ns});
                !made)
                return made;
            for (const auto& [sql, low, high] :
                 {std::tuple("DELETE FROM session_hours WHERE hour >= ? AND hour < ?", from * 24,
                             to * 24),
                  {"DELETE FROM stale_days WHERE day >= ? AND day < ?", from, to}})
                if (auto removed = connection.run(sql, {low, high}); !removed) return removed;
            for (const char* sql :
                 {"INSERT INTO session_series SELECT (SELECT coalesce(max(id), 0) FROM"
                  " session_series) + row_number() OVER (ORDER BY watched, service, attribute,"
                  " value), watched, service, attribute, value FROM (SELECT DISTINCT watched,"
                  " service, attribute, value FROM fresh ANTI JOIN session_series USING (watched,"
                  " service, attribute, value))",
                  "INSERT INTO session_hours SELECT s.id, hour, weight, bin, sessions FROM fresh"
                  " JOIN session_series s USING (watched, service, attribute, value) ORDER BY s.id,"
                  " hour, weight, bin",
                  "DROP TABLE fresh"})
                if (auto ran = connection.run(sql); !ran) return ran;
            return Done{};
        });
        if (!refreshed || done) return refreshed;
    }
}

Result<std::vector<SessionSeries>> ask_session_series(DuckConnection& connection,
                                                      std::int32_t before_hour) {
    auto answer = connection.ask(
        "SELECT s.id, s.watched, coalesce(of.dimension, ''), coalesce(of.evaluator, ''),"
        " coalesce(of.version, ''), s.service, s.attribute, s.value, min(hour), max(hour),"
        " sum(sessions)::UBIGINT FROM session_hours h JOIN session_series s ON s.id = h.series"
        " LEFT JOIN series of ON of.id = s.watched WHERE hour < ? GROUP BY ALL ORDER BY 3, 4, 5,"
        " s.watched DESC, s.service, s.attribute, s.value",
        {std::int64_t{before_hour}});
    if (!answer) return answer.error();
    std::vector<SessionSeries> list;
    while (answer->next()) {
        SessionSeries& one = list.emplace_back();
        one.id = answer->get<std::uint32_t>(0);
        const auto watched = answer->get<std::int32_t>(1);
        one.dimension =
            watched < 0 ? std::string(record::watched_measures.at(-watched - 1)) : answer->text(2);
        one.evaluator = answer->text(3);
        one.version = answer->text(4);
        one.service = answer->text(5);
        one.attribute = answer->text(6);
        one.value = answer->text(7);
        one.first_hour = answer->get<std::int32_t>(8);
        one.last_hour = answer->get<std::int32_t>(9);
        one.sessions = answer->get<std::uint64_t>(10);
    }
    return list;
}

Result<Done> ask_session_counts(
    DuckConnection& connection, const std::vector<std::uint32_t>& ids, std::int32_t before_hour,
    const std::function<void(std::uint32_t, const std::vector<SessionCount>&)>& visit) {
    if (ids.empty()) return Done{};
    auto answer = connection.ask(
        "SELECT series, hour, weight, bin, sessions FROM session_hours WHERE hour < ? AND series IN"
        " (SELECT unnest(?::UBIGINT[])) ORDER BY series, hour, weight, bin",
        {std::int64_t{before_hour}, std::vector<std::uint64_t>(ids.begin(), ids.end())});
    if (!answer) return answer.error();
    std::uint32_t series = 0;
    std::vector<SessionCount> counts;
    const auto tell = [&] {
        if (!counts.empty()) visit(series, counts);
        counts.clear();
    };
    while (answer->next()) {
        if (const auto next = answer->get<std::uint32_t>(0); next != series) {
            tell();
            series = next;
        }
        counts.push_back({answer->get<std::int32_t>(1), answer->get<std::uint32_t>(2),
                          answer->get<std::int16_t>(3), answer->get<std::uint32_t>(4)});
    }
    tell();
    return Done{};
}

Result<std::vector<VersionCount>> ask_versions(DuckConnection& connection,
                                               const std::string& service,
                                               const std::map<std::string, std::string>& slice,
                                               UnixNanos from, UnixNanos to) {
    std::vector<DuckParameter> parameters{from, to, clean_text(service)};
    const std::string within = slice_condition(slice, parameters);
    std::string elements;
    for (const char* column :
         {"model", "prompt", "provider", "dataset", "rubric", "prompt_fingerprint", "tools",
          "data_source", "service_version", "flags", "parameters", "price_list"})
        elements += fmt::format(
            " UNION ALL SELECT hour, '{0}' AS element, {0} AS value FROM these WHERE {0} <> ''",
            column);
    // What has more than 32 values in the window is an id, not a version.
    auto answer = connection.ask(
        fmt::format(
            "WITH these AS (SELECT i.id, i.start // {} AS hour, model, prompt, provider, dataset,"
            " rubric, c.* EXCLUDE (id) FROM interactions i LEFT JOIN contexts c ON c.id = i.context"
            " WHERE recognised AND start >= ? AND start < ? AND service"
            " = ?{}), bounds AS (SELECT min(id) AS low, max(id) AS high FROM these),"
            " said AS (SELECT hour, key AS element, value FROM attributes JOIN these ON"
            "  interaction = id WHERE interaction BETWEEN (SELECT low FROM bounds) AND (SELECT high"
            "  FROM bounds) AND regexp_matches(key, "
            "'version|feature_flag|data_source|schema|index|release|template|canary')"
            "  AND NOT starts_with(key, 'telemetry.'){}),"
            " few AS (SELECT element FROM said GROUP BY element HAVING count(DISTINCT value) <= 32)"
            " SELECT hour::INTEGER, element, value, count(*)::UBIGINT FROM said SEMI JOIN few"
            " USING (element) GROUP BY ALL ORDER BY 2, 3, 1",
            hour_ns, within, elements),
        parameters);
    if (!answer) return answer.error();
    std::vector<VersionCount> list;
    while (answer->next())
        list.push_back({answer->get<std::int32_t>(0), answer->text(1), answer->text(2),
                        answer->get<std::uint64_t>(3)});
    return list;
}

Result<std::vector<TraceId>> ask_worst(DuckConnection& connection, const SessionSeries& of,
                                       UnixNanos from, UnixNanos to, std::size_t count) {
    std::vector<DuckParameter> parameters{from, to, clean_text(of.service)};
    const std::string where =
        " WHERE i.recognised AND i.start >= ? AND i.start < ? AND i.service"
        " = ?" +
        slice_condition({{of.attribute, of.value}}, parameters);
    std::string sql;
    if (of.is_measure()) {
        const auto at = std::ranges::find(record::watched_measures, of.dimension);
        if (at == record::watched_measures.end()) return std::vector<TraceId>();
        const char* x = measure_columns[at - record::watched_measures.begin()];
        sql = fmt::format(
            "SELECT trace FROM interactions i{} AND ({}) IS NOT NULL ORDER BY {}"
            " {}, start DESC, trace LIMIT {}",
            where, x, x, of.dimension == "spans" ? "ASC" : "DESC", count);
    } else {
        sql = fmt::format(
            "SELECT trace FROM interactions i JOIN scores s ON s.interaction = i.id{} AND s.start"
            " >= ? AND s.start < ? AND reason = 0 AND series IN (SELECT id FROM series WHERE"
            " dimension = ? AND evaluator = ? AND version = ?) ORDER BY score, i.start DESC, trace"
            " LIMIT {}",
            where, count);
        for (const UnixNanos time : {from, to}) parameters.emplace_back(time);
        for (const std::string& name : {of.dimension, of.evaluator, of.version})
            parameters.emplace_back(clean_text(name));
    }
    auto answer = connection.ask(sql, parameters);
    if (!answer) return answer.error();
    std::vector<TraceId> traces;
    while (answer->next()) traces.push_back(answer->get<DuckTrace>(0).trace());
    return traces;
}

}  // namespace plimsoll::store
