#include "analyse/watch/series_points.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using analyse::SeriesChart;
using analyse::SeriesPoint;
using analyse::VersionEvent;
using json::Writer;

constexpr UnixNanos hour_ns = 3600 * nanos_per_second;

void write_hour(Writer& w, std::int32_t hour) {
    w.value(to_iso8601(hour * hour_ns));
}

constexpr Column<SeriesPoint> point_columns[] = {
    {"time", "string", "Its begin.", [](Writer& w, const auto& one) { write_hour(w, one.hour); }},
    {"sessions", "integer", "", [](Writer& w, const auto& one) { w.value(one.sessions); }},
    {"value", "number", "Mean score, or the quantile.",
     [](Writer& w, const auto& one) { w.value(one.value); }},
    {"low", "number", "95% interval.", [](Writer& w, const auto& one) { w.value(one.low); }},
    {"high", "number", "", [](Writer& w, const auto& one) { w.value(one.high); }},
    {"expected_low", "number", "Where no change is seen; null without a reference.",
     [](Writer& w, const auto& one) { one.expected ? w.value(one.expected->low) : w.null(); }},
    {"expected_high", "number", "",
     [](Writer& w, const auto& one) { one.expected ? w.value(one.expected->high) : w.null(); }},
};

constexpr Column<VersionEvent> event_columns[] = {
    {"time", "string", "", [](Writer& w, const auto& one) { write_hour(w, one.hour); }},
    {"element", "string", "model, prompt, retriever, …",
     [](Writer& w, const auto& one) { w.value(one.element); }},
    {"from", "string", "", [](Writer& w, const auto& one) { w.value(one.from); }},
    {"to", "string", "", [](Writer& w, const auto& one) { w.value(one.to); }},
};

/// A whole week, and what was said of it.
struct WeekRow {
    analyse::Week week;
    const analyse::WeekVerdict* verdict = nullptr;  ///< nullptr: of the reference.
};

constexpr Column<WeekRow> week_columns[] = {
    {"time", "string", "Its begin.",
     [](Writer& w, const auto& one) {
         w.value(to_iso8601(static_cast<UnixNanos>(one.week.time_s) * nanos_per_second));
     }},
    {"mean", "number", "", [](Writer& w, const auto& one) { w.value(one.week.mean); }},
    {"sessions", "number", "", [](Writer& w, const auto& one) { w.value(one.week.sessions); }},
    {"p", "number", "Of the weekly test; null: of the reference, or it has fewer than 8 weeks.",
     [](Writer& w, const auto& one) {
         one.verdict&& one.verdict->test ? w.value(one.verdict->test->p) : w.null();
     }},
    {"two_sigma", "number",
     "Deviations from the 8 weeks before it, a rule of thumb: beyond 2 lie 10% of quiet weeks.",
     [](Writer& w, const auto& one) {
         one.verdict&& one.verdict->heuristic ? w.value(one.verdict->heuristic->z) : w.null();
     }},
};

template <class Row, std::size_t count>
void write_rows(Writer& w, const Column<Row> (&columns)[count], const std::vector<Row>& rows) {
    w.begin_array();
    for (const Row& row : rows) {
        w.begin_object();
        write_columns(w, columns, row);
        w.end_object();
    }
    w.end_array();
}

constexpr Column<SeriesChart> chart_columns[] = {
    {"dimension", "string", "",
     [](Writer& w, const auto& one) { w.value(analyse::dimension_of(one.series.of)); }},
    {"evaluator", "string", "Empty for figures.",
     [](Writer& w, const auto& one) { w.value(one.series.of.evaluator); }},
    {"version", "string", "", [](Writer& w, const auto& one) { w.value(one.series.of.version); }},
    {"service", "string", "", [](Writer& w, const auto& one) { w.value(one.series.of.service); }},
    {"attribute", "string", "Of the slice; empty for all of the service.",
     [](Writer& w, const auto& one) { w.value(one.series.of.attribute); }},
    {"value", "string", "", [](Writer& w, const auto& one) { w.value(one.series.of.value); }},
    {"measure", "string", "mean score, p99 ms, …",
     [](Writer& w, const auto& one) { w.value(one.measure); }},
    {"reference_from", "string", "",
     [](Writer& w, const auto& one) { write_hour(w, one.series.watch.base_hour); }},
    {"reference_to", "string", "Frozen there, or as far as it has come.",
     [](Writer& w, const auto& one) { write_hour(w, one.series.watch.reference_end); }},
    {"watched", "boolean", "false: too few sessions yet.",
     [](Writer& w, const auto& one) { w.value(one.series.watch.baseline.has_value()); }},
    {"why", "string", "Why it is not watched yet.",
     [](Writer& w, const auto& one) {
         w.value(one.series.watch.baseline ? "" : one.series.watch.baseline.why());
     }},
    {"ready", "string", "When it can be watched; null: it is, or not at this rate.",
     [](Writer& w, const auto& one) {
         one.series.watch.ready ? write_hour(w, *one.series.watch.ready) : (void)w.null();
     }},
    {"level_worse", "number", "Evidence that it got worse; 1 is an alarm.",
     [](Writer& w, const auto& one) { w.value(one.series.watch.level_fell); }},
    {"level_better", "number", "",
     [](Writer& w, const auto& one) { w.value(one.series.watch.level_rose); }},
    {"points", "array", "Oldest first; stretches without sessions are left out.",
     [](Writer& w, const auto& one) { write_rows(w, point_columns, one.points); }},
    {"weeks", "array", "Whole weeks of scores, for reports; nothing here pages.",
     [](Writer& w, const auto& one) {
         std::vector<WeekRow> rows;
         for (std::size_t i = 0; i < one.weeks.size(); ++i)
             rows.push_back({one.weeks[i], i < one.reference_weeks
                                               ? nullptr
                                               : &one.verdicts[i - one.reference_weeks]});
         write_rows(w, week_columns, rows);
     }},
    {"events", "array", "Versions that appeared.",
     [](Writer& w, const auto& one) { write_rows(w, event_columns, one.events); }},
};

/// The finding is about this series.
bool is_of(const record::Finding& finding, const SeriesChart& chart) {
    const record::SessionSeries& of = chart.series.of;
    std::map<std::string, std::string> slice;
    if (of.is_slice()) slice[of.attribute] = of.value;
    return finding.dimension == analyse::dimension_of(of) && finding.evaluator == of.evaluator &&
           finding.version == of.version && finding.service == of.service &&
           finding.slice == slice && finding.measure == chart.measure;
}

HttpAnswer answer_series(const Call& call) {
    analyse::WatchBook* const book = call.api.parts().watch;
    if (book == nullptr)
        return error_answer(503, "this server does not watch", call.request.path,
                            "Start `plimsoll serve`.");
    constexpr std::int64_t week = 168;
    const auto step = whole_number(call.request, "step_hours", 24, 1, week);
    if (!step)
        return error_answer(400, "not a whole number from 1 to 168", "query parameter 'step_hours'",
                            "Send 1, 24 or 168.");
    const record::Filter& filter = call.filter;
    if (filter.dimension.empty())
        return error_answer(400, "which dimension?", "query parameter 'dimension'",
                            "GET /api/v1/dimensions lists them; latency and cost have figures.");
    const auto report = book->latest();
    if (!report) return store_answer(report.error());
    const auto wanted = [&](const analyse::WatchedSeries& one) {
        const record::SessionSeries& of = one.of;
        const bool slice =
            filter.attributes.empty()
                ? !of.is_slice()
                : filter.attributes == std::map<std::string, std::string>{{of.attribute, of.value}};
        return slice && analyse::dimension_of(of) == filter.dimension &&
               (filter.service.empty() || filter.service == of.service) &&
               (filter.evaluator.empty() || filter.evaluator == of.evaluator);
    };
    const UnixNanos end = (*report)->end;
    const auto from = static_cast<std::int32_t>(filter.from.value_or(0) / hour_ns);
    const auto to = static_cast<std::int32_t>(std::min(filter.to.value_or(end), end) / hour_ns);
    const auto charts = analyse::series_charts(book->hours(), **report, wanted, from, to,
                                               static_cast<std::int32_t>(*step));
    if (!charts) return store_answer(charts.error());
    const auto findings = book->findings().all();
    if (!findings) return store_answer(findings.error());
    Writer w;
    w.begin_object().key("until").value(to_iso8601(end)).key("series").begin_array();
    for (const SeriesChart& chart : *charts) {
        w.begin_object();
        write_columns(w, chart_columns, chart);
        w.key("findings").begin_array();
        for (const record::Finding& finding : *findings)
            if (is_of(finding, chart)) w.value(finding.id);
        w.end_array().end_object();
    }
    w.end_array().end_object();
    return json_answer(w);
}

}  // namespace

const Route series_route{
    .path = "/api/v1/series",
    .says =
        "A dimension over time, by evaluator: points with intervals, what was expected, versions "
        "that appeared, and the findings about it.",
    .takes_filter = true,
    .takes = {{"step_hours", "integer", "Hours in a point, 24 by default."}},
    .answer = answer_series,
    .schema = [](Writer& w) {
        w.key("until").begin_object().key("type").value("string").end_object();
        w.key("series").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, chart_columns);
        w.key("findings").begin_object().key("type").value("array").key("description");
        w.value("Ids of the findings about this series.").end_object();
        w.end_object().end_object().end_object();
    }};

}  // namespace plimsoll::show
