#include "analyse/calibration/due.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace plimsoll::analyse {

namespace {

using record::Finding;

class DueList {
  public:
    explicit DueList(const DueMaterial& material) : of_(material) {}

    std::vector<DueItem> list() {
        for (const EvaluatorReport& one : of_.evaluators) {
            if (one.name.kind != "judge") continue;
            recalibration(one);
            rubric(one);
        }
        failures();
        coverage();
        std::ranges::stable_sort(items_, {}, [](const DueItem& item) {
            return std::pair(item.due, static_cast<int>(item.kind));
        });
        return std::move(items_);
    }

  private:
    /// The newest decision of this kind about a finding of this dimension.
    const DecisionMade* decided(std::string_view kind, const EvaluatorName& about) const {
        const DecisionMade* newest = nullptr;
        for (const DecisionMade& one : of_.decisions) {
            if (one.decision != kind || (newest && one.time < newest->time)) continue;
            for (const Finding& finding : of_.findings)
                if (finding.dimension == about.dimension &&
                    (finding.evaluator.empty() || finding.evaluator == about.evaluator) &&
                    std::ranges::find(one.findings, finding.id) != one.findings.end())
                    newest = &one;
        }
        return newest;
    }

    bool stepped_since(const EvaluatorName& name, record::TrustStep step, UnixNanos time) const {
        return std::ranges::any_of(of_.steps, [&](const record::TrustEvent& one) {
            return one.dimension == name.dimension && one.evaluator == name.evaluator &&
                   one.step == step && one.time > time;
        });
    }

    void recalibration(const EvaluatorReport& one) {
        DueItem item{.kind = DueKind::recalibrate,
                     .dimension = one.name.dimension,
                     .evaluator = one.name.evaluator,
                     .command = "the label queue, or plimsoll label import"};
        const DecisionMade* const decision = decided("recalibrate", one.name);
        if (decision && !stepped_since(one.name, record::TrustStep::labels, decision->time)) {
            item.due = decision->time;
            item.why = fmt::format("{} decided to recalibrate, and labels have not decided since",
                                   decision->by);
        } else if (one.suspended) {
            item.due = *one.suspended;
            item.why = "its sentinels changed their verdicts: it may be another judge";
        } else if (!one.trust.due) {
            item.due = of_.now;
            item.why = "it has not been calibrated: " + one.trust.why;
        } else if (*one.trust.due <= of_.now + due_ahead) {
            item.due = *one.trust.due;
            item.why = "its labels fade: agreement is to be measured again";
        } else {
            return;
        }
        items_.push_back(std::move(item));
    }

    void rubric(const EvaluatorReport& one) {
        DueItem item{.kind = DueKind::refresh_rubric,
                     .dimension = one.name.dimension,
                     .evaluator = one.name.evaluator,
                     .command = "edit the rubric's file, then plimsoll check-config and a restart"};
        const DecisionMade* const decision = decided("revise_rubric", one.name);
        if (decision && !stepped_since(one.name, record::TrustStep::new_version, decision->time)) {
            item.due = decision->time;
            item.why = fmt::format("{} decided to revise the rubric, and its version is still {}",
                                   decision->by, one.name.rubric.substr(0, 12));
        } else if (one.trust.agreement.blocked) {
            item.due = of_.now;
            item.why = "people who label under it disagree: " + one.trust.agreement.gate.why;
        } else {
            return;
        }
        items_.push_back(std::move(item));
    }

    void failures() {
        for (const Finding& finding : of_.findings) {
            // Latency, cost and mix are no failures that an example could hold.
            const bool of_scores = finding.kind == record::FindingKind::score_drift ||
                                   finding.kind == record::FindingKind::slice_drift ||
                                   finding.kind == record::FindingKind::distribution_drift;
            if (!of_scores || !finding.worse || finding.worst.empty()) continue;
            const bool dismissed = std::ranges::any_of(of_.decisions, [&](const auto& one) {
                return one.decision == "not_a_problem" &&
                       std::ranges::find(one.findings, finding.id) != one.findings.end();
            });
            if (dismissed) continue;
            DueItem item{.kind = DueKind::add_failures,
                         .dimension = finding.dimension,
                         .evaluator = finding.evaluator,
                         .slice = finding.slice,
                         .due = finding.found + due_ahead};
            for (const TraceId& trace : finding.worst)
                if (!of_.collected.contains(trace)) item.interactions.push_back(trace);
            if (item.interactions.empty()) continue;
            item.why = fmt::format("{} of {} interactions that show finding {} are in no dataset",
                                   item.interactions.size(), finding.worst.size(), finding.id);
            item.command = "plimsoll dataset import NAME, of these interactions";
            items_.push_back(std::move(item));
        }
    }

    /// Where there is no example at all nobody collects any, and nothing is proposed.
    void coverage() {
        std::map<std::string, std::uint64_t> traffic, examples;
        for (const SliceTraffic& one : of_.traffic) traffic[one.attribute] += one.interactions;
        for (const auto& [slice, count] : of_.examples) examples[slice.first] += count;
        for (const SliceTraffic& one : of_.traffic) {
            const std::uint64_t all = examples[one.attribute];
            if (all == 0 || traffic[one.attribute] == 0) continue;
            const double share =
                static_cast<double>(one.interactions) / static_cast<double>(traffic[one.attribute]);
            const auto found = of_.examples.find({one.attribute, one.value});
            const std::uint64_t have = found == of_.examples.end() ? 0 : found->second;
            const double wanted = coverage_min * share * static_cast<double>(all);
            if (share < slice_share_min || static_cast<double>(have) >= wanted) continue;
            items_.push_back(
                {.kind = DueKind::cover_traffic,
                 .slice = {{one.attribute, one.value}},
                 .due = of_.now + due_ahead,
                 .why = fmt::format("{:.0f}% of the traffic of the last week, {} of {} examples",
                                    100 * share, have, all),
                 .command =
                     fmt::format("plimsoll dataset create NAME {}={}", one.attribute, one.value),
                 .examples = static_cast<std::uint64_t>(
                     std::ceil(share * static_cast<double>(all) - static_cast<double>(have)))});
        }
    }

    const DueMaterial& of_;
    std::vector<DueItem> items_;
};

}  // namespace

std::string_view to_word(DueKind kind) {
    switch (kind) {
        case DueKind::recalibrate:
            return "recalibrate";
        case DueKind::refresh_rubric:
            return "refresh_rubric";
        case DueKind::add_failures:
            return "add_failures";
        case DueKind::cover_traffic:
            return "cover_traffic";
    }
    return "";
}

std::vector<DecisionMade> decisions_of(const std::vector<record::AlertEvent>& events) {
    std::map<std::string, std::vector<std::string>> findings_of;
    std::vector<DecisionMade> decisions;
    for (const record::AlertEvent& event : events) {
        if (!event.findings.empty()) findings_of[event.alert] = event.findings;
        if (event.step == record::AlertStep::decided)
            decisions.push_back({event.time, event.decision, event.by, findings_of[event.alert]});
    }
    return decisions;
}

std::vector<DueItem> due_items(const DueMaterial& material) {
    return DueList(material).list();
}

}  // namespace plimsoll::analyse
