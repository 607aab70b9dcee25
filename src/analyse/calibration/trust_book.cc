#include "analyse/calibration/trust_book.h"

#include <algorithm>
#include <set>

namespace plimsoll::analyse {

namespace {

/// Which version works now is read off the last week of traffic.
constexpr UnixNanos recent = 7 * 86'400 * nanos_per_second;

}  // namespace

TrustBook::TrustBook(record::Facts& facts, record::Labels& labels, record::TrustLog& log,
                     const Clock& clock, std::vector<EvaluatorName> configured,
                     std::vector<std::string> slices)
    : facts_(facts),
      labels_(labels),
      log_(log),
      clock_(clock),
      configured_(std::move(configured)),
      slices_(std::move(slices)) {}

Result<std::shared_ptr<const TrustPage>> TrustBook::read() {
    const std::scoped_lock lock(mutex_);
    const UnixNanos now = clock_.now();
    if (!changed_ && now >= page_->computed && now < page_->computed + page_lasts) return page_;
    auto page = compute();
    if (page) {
        page_ = *page;
        changed_ = false;
    }
    return page;
}

Result<std::shared_ptr<const TrustPage>> TrustBook::latest() {
    {
        const std::scoped_lock lock(mutex_);
        if (page_) return page_;
    }
    return read();
}

void TrustBook::changed() {
    const std::scoped_lock lock(mutex_);
    changed_ = true;
}

Result<Done> TrustBook::suspend(const std::string& dimension, const std::string& evaluator,
                                const std::string& version, UnixNanos since,
                                const std::string& why) {
    const auto page = read();
    if (!page) return page.error();
    record::TrustEvent event;
    event.time = clock_.now();
    event.dimension = dimension;
    event.evaluator = evaluator;
    event.version = version;
    event.step = record::TrustStep::suspended;
    for (const EvaluatorReport& report : (*page)->evaluators)
        if (report.name.dimension == dimension && report.name.evaluator == evaluator)
            event.before = to_word(report.trust.trust);
    // Who reached nobody does not rise by being suspended.
    const bool closed = event.before.empty() || event.before == to_word(Trust::closed);
    event.after = to_word(closed ? Trust::closed : Trust::provisional);
    event.why = why;
    event.since = since;
    auto appended = log_.append({&event, 1});
    changed();
    return appended;
}

Result<std::vector<EvaluatorName>> TrustBook::at_work() {
    std::vector<EvaluatorName> names = configured_;
    const auto range = facts_.time_range();
    if (!range) return range.error();
    if (!*range) return names;
    record::Filter filter;
    filter.from = (*range)->second - recent;
    const auto sums = facts_.score_sums(filter);
    if (!sums) return sums.error();
    for (const record::ScoreSums& sum : *sums) {
        if (sum.evaluator.empty()) continue;
        const auto known = std::ranges::find_if(names, [&](const EvaluatorName& name) {
            return name.dimension == sum.dimension && name.evaluator == sum.evaluator;
        });
        if (known == names.end())
            names.push_back({sum.dimension, sum.evaluator, "", sum.version, ""});
        else if (known->version.empty())
            known->version = sum.version;
    }
    return names;
}

Result<std::shared_ptr<const TrustPage>> TrustBook::compute() {
    TrustMaterial material;
    material.now = clock_.now();
    material.slices = slices_;
    auto names = at_work();
    if (!names) return names.error();
    material.evaluators = std::move(*names);
    auto labels = labels_.labels({});
    if (!labels) return labels.error();
    material.labels = std::move(*labels);
    std::set<TraceId> traces;
    for (const record::Label& label : material.labels) traces.insert(label.interaction);
    auto scores = facts_.scores_of({traces.begin(), traces.end()});
    if (!scores) return scores.error();
    material.scores = std::move(*scores);
    auto events = log_.events();
    if (!events) return events.error();
    material.events = std::move(*events);

    auto page = std::make_shared<TrustPage>();
    page->computed = material.now;
    page->evaluators = trust_report(material);
    page->events = std::move(material.events);
    const auto steps = trust_steps(page->evaluators, page->events, material.now);
    if (!steps.empty()) {
        if (auto appended = log_.append(steps); !appended) return appended.error();
        page->events.insert(page->events.end(), steps.begin(), steps.end());
    }
    return std::shared_ptr<const TrustPage>(std::move(page));
}

}  // namespace plimsoll::analyse
