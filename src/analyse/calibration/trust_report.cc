#include "analyse/calibration/trust_report.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "base/permanent_random.h"

namespace plimsoll::analyse {

namespace {

using record::Label;
using record::TrustEvent;
using record::TrustStep;

/// One person's label of one item that counts under `rubric`: the right rubric first, then time.
bool before(const Label& a, const Label& b, const std::string& rubric) {
    return std::pair(a.rubric == rubric, a.time) < std::pair(b.rubric == rubric, b.time);
}

/// By interaction, by annotator.
using LabelsOfItems = std::map<TraceId, std::map<std::string, const Label*>>;

LabelsOfItems labels_for(const EvaluatorName& name, const std::vector<Label>& labels) {
    LabelsOfItems items;
    for (const Label& label : labels) {
        if (label.dimension != name.dimension) continue;
        const bool counts =
            name.rubric.empty() || label.rubric.empty() || label.rubric == name.rubric;
        if (!counts) continue;
        const Label*& kept = items[label.interaction][label.annotator];
        if (kept == nullptr || before(*kept, label, name.rubric)) kept = &label;
    }
    return items;
}

/// The event that suspended this version; nullptr: none did.
const TrustEvent* suspension_of(const EvaluatorName& name, const std::vector<TrustEvent>& events) {
    const TrustEvent* last = nullptr;
    for (const TrustEvent& event : events)
        if (event.step == TrustStep::suspended && event.dimension == name.dimension &&
            event.evaluator == name.evaluator &&
            (event.version.empty() || event.version == name.version))
            last = &event;
    return last;
}

class Report {
  public:
    explicit Report(const TrustMaterial& material) : material_(material) {
        for (const record::TraceScores& one : material.scores) scores_[one.trace] = &one;
    }

    EvaluatorReport of(const EvaluatorName& name) const {
        EvaluatorReport report;
        report.name = name;
        const TrustEvent* const suspension = suspension_of(name, material_.events);
        if (suspension != nullptr) report.suspended = suspension->since;
        const std::string series = name.dimension + "\x1F" + name.evaluator;
        TrustQuestion question{
            .items = {},
            .now = material_.now,
            .suspended = report.suspended,
            .was_closed = suspension != nullptr && suspension->after == to_word(Trust::closed),
            .key = fnv1a64(series)};
        std::map<std::string, std::vector<LabelledItem>> earlier;
        const LabelsOfItems items = labels_for(name, material_.labels);
        const std::vector<std::string> people = annotators(items);
        for (const auto& [trace, labels] : items) {
            const auto found = scores_.find(trace);
            if (found == scores_.end()) continue;  // Left with its retention.
            const record::TraceScores& scores = *found->second;
            const auto score = std::ranges::find_if(scores.scores, [&](const auto& one) {
                return one.dimension == name.dimension && one.evaluator == name.evaluator;
            });
            if (score == scores.scores.end()) continue;  // Not sampled.
            LabelledItem item = item_of(scores, *score, labels, people, report);
            if (score->version != name.version)
                earlier[score->version].push_back(std::move(item));
            else if (!report.suspended || scores.start >= *report.suspended)
                question.items.push_back(std::move(item));
        }
        report.trust = trust_of(question);
        for (auto& [version, old] : earlier) {
            question.items = std::move(old);
            question.suspended = std::nullopt;
            const Agreement agreement = trust_of(question).agreement;
            report.earlier.push_back({version, agreement.compared, agreement.judge.front()});
        }
        return report;
    }

  private:
    static std::vector<std::string> annotators(const LabelsOfItems& items) {
        std::vector<std::string> people;
        for (const auto& [trace, labels] : items)
            for (const auto& [annotator, label] : labels) people.push_back(annotator);
        std::ranges::sort(people);
        people.erase(std::unique(people.begin(), people.end()), people.end());
        return people;
    }

    LabelledItem item_of(const record::TraceScores& scores, const record::ScoreFact& score,
                         const std::map<std::string, const Label*>& labels,
                         const std::vector<std::string>& people, EvaluatorReport& report) const {
        LabelledItem item{.item = scores.trace.hex(),
                          .labelled = 0,
                          .score = score.score,
                          .people = {},
                          .weight = {},
                          .slices = {}};
        bool known = true;
        double inclusion = 1;
        for (const std::string& person : people) {
            const auto found = labels.find(person);
            const Label* label = found == labels.end() ? nullptr : found->second;
            const bool decides =
                label != nullptr && label->queued == record::LabelReason::disagreement;
            item.people.push_back(label != nullptr && !decides ? label->score : std::nullopt);
            if (decides && label->score) item.deciders.push_back(*label->score);
            if (label == nullptr) continue;
            item.labelled = std::max(item.labelled, label->time);
            report.unsure += !label->score;
            report.by_hand += !label->inclusion;
            // People who were asked because two differ were asked about an item that was drawn.
            if (decides) continue;
            known = known && label->inclusion.has_value();
            if (label->inclusion) inclusion = std::min(inclusion, *label->inclusion);
        }
        if (known && score.inclusion) item.weight = 1 / (inclusion * *score.inclusion);
        for (const std::string& attribute : material_.slices)
            if (const auto at = scores.attributes.find(attribute); at != scores.attributes.end())
                item.slices[attribute] = at->second;
        return item;
    }

    const TrustMaterial& material_;
    std::unordered_map<TraceId, const record::TraceScores*> scores_;
};

}  // namespace

std::vector<EvaluatorReport> trust_report(const TrustMaterial& material) {
    const Report report(material);
    std::vector<EvaluatorReport> reports;
    for (const EvaluatorName& name : material.evaluators) reports.push_back(report.of(name));
    return reports;
}

std::vector<TrustEvent> trust_steps(std::span<const EvaluatorReport> reports,
                                    std::span<const TrustEvent> events, UnixNanos now) {
    std::map<std::pair<std::string, std::string>, const TrustEvent*> last;
    for (const TrustEvent& event : events) last[{event.dimension, event.evaluator}] = &event;
    std::vector<TrustEvent> steps;
    for (const EvaluatorReport& report : reports) {
        const EvaluatorName& name = report.name;
        const auto found = last.find({name.dimension, name.evaluator});
        const TrustEvent* const known = found == last.end() ? nullptr : found->second;
        const std::string trust(to_word(report.trust.trust));
        if (known == nullptr && report.trust.weeks.empty()) continue;
        const bool another = known != nullptr && !name.version.empty() && !known->version.empty() &&
                             known->version != name.version;
        if (known != nullptr && !another && known->after == trust) continue;
        TrustEvent step;
        step.time = now;
        step.dimension = name.dimension;
        step.evaluator = name.evaluator;
        step.version = name.version;
        step.step = another ? TrustStep::new_version : TrustStep::labels;
        step.before = known == nullptr ? "" : known->after;
        step.after = trust;
        step.probability = report.trust.probability;
        step.why = another ? fmt::format("version {} took the place of {}: {}", name.version,
                                         known->version, report.trust.why)
                           : report.trust.why;
        steps.push_back(std::move(step));
    }
    return steps;
}

}  // namespace plimsoll::analyse
