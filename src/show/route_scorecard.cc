#include <algorithm>
#include <map>

#include "analyse/calibration/judged_estimate.h"
#include "analyse/calibration/labelled_estimate.h"
#include "analyse/stats/mean.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;
using record::ScoreSums;

const std::vector<QueryParameter> parameters{
    {"step", "integer",
     "Seconds between two points of a trend; chosen by the window if left out."}};

void write_mean(Writer& w, const ScoreSums* sums) {
    std::optional<analyse::Mean> mean;
    if (sums) mean = analyse::mean_of(sums->scored, {sums->bucket_weight, sums->bucket_weighted});
    w.key("scored").value(sums ? sums->scored : 0);
    w.key("unscored").value(sums ? sums->unscored : 0);
    w.key("mean");
    if (mean)
        w.value(mean->value);
    else
        w.null();
    w.key("interval");
    if (mean)
        w.begin_array().value(mean->interval.low).value(mean->interval.high).end_array();
    else
        w.null();
    w.key("interval_method").value(mean ? mean->method : "nothing scored");
}

/// Everything the scorecard shows, asked of the facts once.
struct ScorecardData {
    const Deployment& deployment;
    UnixNanos from = 0, to = 0, step = 0, now = 0;
    std::uint64_t interactions = 0, failed = 0;
    std::vector<ScoreSums> sums, previous;
    std::vector<record::JudgedSums> judged;
    std::vector<record::TrendPoint> trend;
    /// By dimension and evaluator; a judge without labels has none.
    std::map<std::pair<std::string, std::string>, analyse::LabelledEstimate> labelled;

    static const ScoreSums* find(const std::vector<ScoreSums>& sums, std::string_view dimension,
                                 std::string_view evaluator) {
        const auto found = std::ranges::find_if(sums, [&](const ScoreSums& each) {
            return each.dimension == dimension && each.evaluator == evaluator;
        });
        return found == sums.end() ? nullptr : &*found;
    }
};

/// What people's labels make of the judge's mean, by which rule; or why they make nothing of it.
void write_labelled(Writer& w, const ScorecardData& data, const std::string& dimension,
                    const std::string& judge) {
    const auto found = data.labelled.find({dimension, judge});
    const analyse::LabelledEstimate of =
        found == data.labelled.end() ? analyse::LabelledEstimate{} : found->second;
    w.begin_object().key("labels").value(of.labels).key("drawn").value(of.drawn).key("mean");
    if (of.mean) {
        const auto& [value, error, interval] = of.mean->estimate;
        w.value(value).key("interval").begin_array().value(interval.low).value(interval.high);
        w.end_array().key("method").value(of.mean->choice.name);
        w.key("why").value(of.mean->choice.why).key("notes").begin_array();
        for (const std::string& note : of.mean->notes) w.value(note);
        w.end_array();
    } else {
        w.null().key("interval").null().key("method").value("uncorrected");
        w.key("why").value(of.mean.why()).key("notes").begin_array().end_array();
    }
    w.end_object();
}

/// A judge: what it says of all traffic, the naive mean beside it, and what became of every
/// interaction.
void write_judge(Writer& w, const ScorecardData& data, const evaluate::Dimension& dimension,
                 const evaluate::JudgeEvaluator& judge) {
    std::vector<record::JudgedSums> own;
    for (const record::JudgedSums& each : data.judged)
        if (each.dimension == dimension.name && each.evaluator == judge.name) own.push_back(each);
    const analyse::JudgedEstimate of = analyse::judged_estimate(own);
    const ScoreSums* sums = data.find(data.sums, dimension.name, judge.name);
    w.begin_object().key("name").value(judge.name).key("kind").value("judge");
    w.key("judge").value(judge.judge->name).key("version").value(sums ? sums->version : "");
    w.key("scored").value(of.judged).key("unscored").value(of.failed);
    w.key("mean");
    if (of.corrected)
        w.value(of.corrected->estimate.value);
    else
        w.null();
    w.key("interval");
    if (of.corrected)
        w.begin_array()
            .value(of.corrected->estimate.interval.low)
            .value(of.corrected->estimate.interval.high)
            .end_array();
    else
        w.null();
    w.key("interval_method").value(of.corrected ? of.corrected->method : of.corrected.why());
    w.key("naive_mean").value(of.naive).key("naive_interval");
    if (of.naive)
        w.begin_array().value(of.naive_interval.low).value(of.naive_interval.high).end_array();
    else
        w.null();
    w.key("by_labels");
    write_labelled(w, data, dimension.name, judge.name);
    w.key("matched").value(of.matched).key("sampled").value(of.sampled);
    w.key("judged").value(of.judged).key("failed").value(of.failed);
    w.key("skipped").value(of.skipped).key("outside_sampler").value(of.outside);
    w.key("reasons").begin_object();
    for (const auto& [reason, count] : of.reasons) w.key(reason).value(count);
    w.end_object().key("integrity").begin_array();
    for (const std::string& finding : of.integrity) w.value(finding);
    w.end_array().end_object();
}

void write_dimension(Writer& w, const ScorecardData& data, const evaluate::Dimension& dimension) {
    w.begin_object().key("name").value(dimension.name).key("says").value(dimension.says);
    w.key("owner").value(dimension.owner);
    w.key("on_call").value(data.deployment.on_call(dimension.owner, data.now));
    write_mean(w, data.find(data.sums, dimension.name, ""));

    w.key("previous");
    const ScoreSums* previous = data.find(data.previous, dimension.name, "");
    if (previous && previous->scored > 0) {
        w.begin_object();
        write_mean(w, previous);
        w.key("from").value(to_iso8601(data.from - (data.to - data.from)));
        w.key("to").value(to_iso8601(data.from)).end_object();
    } else {
        w.null();
    }

    w.key("trend").begin_array();
    for (const auto& point : data.trend) {
        if (point.dimension != dimension.name) continue;
        w.begin_object().key("time").value(to_iso8601(point.time)).key("mean");
        if (point.scored > 0)
            w.value(point.mean);
        else
            w.null();
        w.key("scored").value(point.scored).key("unscored").value(point.unscored).end_object();
    }
    w.end_array();

    w.key("evaluators").begin_array();
    for (const evaluate::Evaluator& evaluator : dimension.evaluators) {
        const ScoreSums* sums = data.find(data.sums, dimension.name, evaluator.name);
        w.begin_object().key("name").value(evaluator.name).key("kind").value("check");
        w.key("check").value(evaluator.check->name).key("version").value(evaluator.version);
        write_mean(w, sums);
        w.key("reasons").begin_object();
        if (sums)
            for (const auto& [reason, count] : sums->reasons) w.key(reason).value(count);
        w.end_object().end_object();
    }
    for (const evaluate::JudgeEvaluator& judge : dimension.judges)
        write_judge(w, data, dimension, judge);
    w.end_array().end_object();
}

constexpr Column<ScorecardData> columns[] = {
    {"from", "string", "Start of the window.",
     [](Writer& w, const ScorecardData& data) { w.value(to_iso8601(data.from)); }},
    {"to", "string", "End of the window.",
     [](Writer& w, const ScorecardData& data) { w.value(to_iso8601(data.to)); }},
    {"step_s", "integer", "Seconds between two points of a trend.",
     [](Writer& w, const ScorecardData& data) { w.value(data.step / nanos_per_second); }},
    {"interactions", "integer", "In the window.",
     [](Writer& w, const ScorecardData& data) { w.value(data.interactions); }},
    {"failed", "integer", "Of them, those that ended in an error.",
     [](Writer& w, const ScorecardData& data) { w.value(data.failed); }},
    {"dimensions", "array",
     "Per dimension: mean with its 95% interval, counts scored and unscored, the stretch before, "
     "trend, owner, and the same per evaluator. A judge's mean is that of all traffic, by strata; "
     "naive_mean is that of its sample, by_labels what people's labels make of it.",
     [](Writer& w, const ScorecardData& data) {
         w.begin_array();
         for (const auto& dimension : data.deployment.scorecard->dimensions)
             write_dimension(w, data, dimension);
         w.end_array();
     }},
};

/// About sixty points, at a step a person would choose.
UnixNanos step_for(UnixNanos window) {
    constexpr std::int64_t seconds[] = {10, 30, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 86'400};
    for (const std::int64_t step : seconds)
        if (window <= 60 * step * nanos_per_second) return step * nanos_per_second;
    return 7 * 86'400 * nanos_per_second;
}

/// Nothing is read of a judge in a dimension that nobody labelled.
Result<Done> read_labelled(const Call& call, const record::Filter& filter, ScorecardData& data) {
    const ApiParts& parts = call.api.parts();
    if (parts.labels == nullptr || parts.trust == nullptr) return Done{};
    for (const auto& dimension : data.deployment.scorecard->dimensions) {
        if (dimension.judges.empty()) continue;
        const auto labels =
            parts.labels->labels({.dimension = dimension.name, .annotator = {}, .interaction = {}});
        if (!labels) return labels.error();
        if (labels->empty()) continue;
        const auto trust = parts.trust->latest();
        if (!trust) return trust.error();
        for (const auto& judge : dimension.judges) {
            analyse::LabelledQuestion question{
                .rows = {}, .sums = {}, .labels = *labels, .rubric = {}, .suspended = {}};
            question.rubric = evaluate::rubric_version(*judge.judge);
            for (const record::JudgedSums& each : data.judged)
                if (each.dimension == dimension.name && each.evaluator == judge.name)
                    question.sums.push_back(each);
            for (const analyse::EvaluatorReport& each : (*trust)->evaluators)
                if (each.name.dimension == dimension.name && each.name.evaluator == judge.name)
                    question.suspended = each.suspended;
            const auto read = parts.facts.for_each_judged(
                filter, dimension.name, judge.name,
                [&](const record::JudgedRow& row) { question.rows.push_back(row); });
            if (!read) return read.error();
            data.labelled.emplace(std::pair(dimension.name, judge.name),
                                  analyse::labelled_estimate(question));
        }
    }
    return Done{};
}

HttpAnswer answer(const Call& call) {
    record::Facts& facts = call.api.parts().facts;
    ScorecardData data{call.api.deployment()};
    data.now = call.api.parts().clock.now();
    record::Filter filter = call.filter;
    if (!filter.from || !filter.to) {
        const auto range = facts.time_range();
        if (!range) return store_answer(range.error());
        if (!filter.from) filter.from = *range ? (*range)->first : data.now - nanos_per_second;
        if (!filter.to) filter.to = *range ? (*range)->second + 1 : data.now;
    }
    if (*filter.to <= *filter.from) filter.to = *filter.from + 1;
    data.from = *filter.from;
    data.to = *filter.to;
    const auto step = whole_number(call.request, "step", 0, 1, 366 * 86'400);
    if (!step)
        return error_answer(400, "not a whole number from 1 to 31622400", "query parameter 'step'",
                            "Send seconds, or leave it out.");
    data.step = *step > 0 ? *step * nanos_per_second : step_for(data.to - data.from);

    auto sums = facts.score_sums(filter);
    if (!sums) return store_answer(sums.error());
    data.sums = std::move(*sums);
    auto judged = facts.judged_sums(filter);
    if (!judged) return store_answer(judged.error());
    data.judged = std::move(*judged);
    if (const auto read = read_labelled(call, filter, data); !read)
        return store_answer(read.error());
    auto trend = facts.trend(filter, data.step);
    if (!trend) return store_answer(trend.error());
    data.trend = std::move(*trend);
    const auto count = facts.count(filter);
    if (!count) return store_answer(count.error());
    data.interactions = *count;
    record::Filter failed = filter;
    failed.failed = true;
    const auto failures = facts.count(failed);
    if (!failures) return store_answer(failures.error());
    data.failed = *failures;

    record::Filter before = filter;
    before.to = data.from;
    before.from = data.from - (data.to - data.from);
    auto previous = facts.score_sums(before);
    if (!previous) return store_answer(previous.error());
    data.previous = std::move(*previous);

    Writer writer;
    writer.begin_object();
    write_columns(writer, columns, data);
    writer.end_object();
    return json_answer(writer);
}

}  // namespace

const Route scorecard_route{
    .path = "/api/v1/scorecard",
    .says =
        "Every dimension: mean with interval, counts, trend, owner; the whole time if no window.",
    .takes_filter = true,
    .takes = parameters,
    .answer = answer,
    .schema = [](Writer& w) { write_schema(w, columns); }};

}  // namespace plimsoll::show
