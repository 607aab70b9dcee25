#include "analyse/calibration/label_queue.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "analyse/calibration/evaluator_trust.h"

namespace plimsoll::analyse {

namespace {

constexpr UnixNanos week_nanos = 7 * 86'400 * nanos_per_second;
constexpr int weeks_back = 3;  // Beside the one that runs: labels fade with a half-life of four.

/// What people have said of one item.
struct Said {
    unsigned passes = 0, fails = 0;
    bool by_annotator = false;
};

Result<std::map<TraceId, Said>> said_of_items(record::Labels& labels,
                                              const QueueQuestion& question) {
    const auto all =
        labels.labels({.dimension = question.dimension, .annotator = {}, .interaction = {}});
    if (!all) return all.error();
    std::map<TraceId, Said> items;
    for (const record::Label& label : *all) {
        const bool counts =
            label.rubric == question.rubric || label.rubric.empty() || question.rubric.empty();
        if (!counts) continue;
        Said& said = items[label.interaction];
        if (label.score) ++(*label.score < 0.5 ? said.fails : said.passes);
        said.by_annotator |= label.annotator == question.annotator;
    }
    return items;
}

Result<std::map<TraceId, QueuedItem>> drawn_items(record::Facts& facts,
                                                  const std::string& dimension) {
    std::map<TraceId, QueuedItem> items;
    const auto range = facts.time_range();
    if (!range) return range.error();
    if (!*range) return items;
    const UnixNanos end = (*range)->second + 1;
    const UnixNanos first = week_of((*range)->second) - weeks_back * week_nanos;
    std::map<UnixNanos, VerdictCounts> counts;
    auto visited = facts.for_each_verdict(dimension, first - week_nanos, end,
                                          [&](const record::DimensionVerdict& one) {
                                              VerdictCounts& week = counts[week_of(one.start)];
                                              ++(one.score < 0.5 ? week.fails : week.passes);
                                          });
    if (!visited) return visited.error();
    std::map<UnixNanos, LabelPlan> plans;
    for (UnixNanos week = first; week < end; week += week_nanos) {
        const auto before = counts.find(week - week_nanos);
        plans[week] = label_plan(before == counts.end() ? counts[week] : before->second);
    }
    visited =
        facts.for_each_verdict(dimension, first, end, [&](const record::DimensionVerdict& one) {
            const auto plan = plans.find(week_of(one.start));
            if (plan == plans.end()) return;
            const auto drawn = draw_for_label(plan->second, dimension, one.trace, one.score);
            if (!drawn) return;
            QueuedItem item;
            item.interaction = one.trace;
            item.reason = drawn->reason;
            item.inclusion = drawn->inclusion;
            item.order = drawn->order;
            items[one.trace] = item;
        });
    if (!visited) return visited.error();
    return items;
}

}  // namespace

Result<LabelQueue> label_queue(record::Facts& facts, record::Labels& labels,
                               const QueueQuestion& question) {
    auto items = drawn_items(facts, question.dimension);
    if (!items) return items.error();
    const auto requests = labels.requests(question.dimension);
    if (!requests) return requests.error();
    double earliest = -static_cast<double>(requests->size());
    for (const record::LabelRequest& request : *requests) {
        QueuedItem& item = (*items)[request.interaction];
        item.interaction = request.interaction;
        item.order = earliest++;  // Before all that was drawn, oldest first.
        if (item.inclusion) {     // One random number decides both, so the larger rate is its own.
            item.inclusion = std::max(*item.inclusion, request.inclusion.value_or(0));
            continue;
        }
        item.reason = request.reason;
        item.inclusion = request.inclusion;
    }
    const auto said = said_of_items(labels, question);
    if (!said) return said.error();
    LabelQueue queue;
    for (auto& [trace, item] : *items) {
        item.wanted = wants_two(question.dimension, trace) ? 2 : 1;
        if (const auto found = said->find(trace); found != said->end()) {
            item.labels = found->second.passes + found->second.fails;
            item.split = item.labels > 1 && found->second.passes == found->second.fails;
            item.by_annotator = found->second.by_annotator;
            if (item.split) item.wanted = item.labels + 1;
        }
        queue.items.push_back(item);
    }
    std::ranges::sort(queue.items, {}, [](const QueuedItem& item) {
        return std::tuple(!item.split, item.order, item.interaction);
    });
    return queue;
}

}  // namespace plimsoll::analyse
