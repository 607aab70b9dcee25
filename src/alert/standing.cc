#include "alert/standing.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace plimsoll::alert {

namespace {

using analyse::Trust;
using record::Finding;
using record::FindingKind;
using record::Urgency;

/// Checks that guess at what people would say; bench/EVALUATORS.md has how often they are right.
constexpr std::array<std::string_view, 3> estimating_checks{"grounded", "refusal",
                                                            "answer_language"};

bool is_what_it_measures(const analyse::EvaluatorName& name) {
    const std::string_view check = std::string_view(name.version).substr(0, name.version.find('@'));
    return name.kind == "check" &&
           std::ranges::find(estimating_checks, check) == estimating_checks.end();
}

/// Whether the finding is a verdict of evaluators, and not of traffic or of the evaluator itself.
bool rests_on_evaluators(FindingKind kind) {
    return kind == FindingKind::score_drift || kind == FindingKind::slice_drift ||
           kind == FindingKind::distribution_drift;
}

bool concerns(const Standing& standing, const Finding& finding) {
    if (standing.dimension != finding.dimension) return false;
    if (finding.evaluator.empty()) return true;
    return standing.evaluator == finding.evaluator &&
           (finding.version.empty() || standing.version.empty() ||
            standing.version == finding.version);
}

}  // namespace

std::vector<Standing> standings_of(std::span<const analyse::EvaluatorReport> reports) {
    std::vector<Standing> standings;
    for (const analyse::EvaluatorReport& one : reports) {
        Standing standing{.dimension = one.name.dimension,
                          .evaluator = one.name.evaluator,
                          .version = one.name.version,
                          .may = one.trust.trust,
                          .why = one.trust.why,
                          .labels_missing = {}};
        const analyse::Agreement& agreement = one.trust.agreement;
        if (const auto& needed = agreement.needed; needed) {
            if (needed->towards == Trust::open && needed->likely > 0)
                standing.labels_missing = needed->likely;
        } else if (agreement.evidence.labels < agreement.rules.labels_min) {
            standing.labels_missing =
                static_cast<std::uint64_t>(agreement.rules.labels_min - agreement.evidence.labels);
        }
        const bool people_disagree =
            one.trust.probability && *one.trust.probability <= one.trust.agreement.rules.close_at;
        if (is_what_it_measures(one.name) && !people_disagree) standing.may = Trust::open;
        standings.push_back(std::move(standing));
    }
    return standings;
}

Passage passage(const Finding& finding, std::span<const Standing> standings) {
    if (!finding.pages || finding.ended) return {};
    Passage passage{.urgency = finding.worse ? Urgency::page : Urgency::note,
                    .why = "",
                    .evaluator = "",
                    .labels_missing = {}};
    if (!rests_on_evaluators(finding.kind)) return passage;
    const Standing* weakest = nullptr;
    for (const Standing& one : standings)
        if (concerns(one, finding) && (!weakest || one.may < weakest->may)) weakest = &one;
    if (weakest && weakest->may == Trust::open) return passage;
    if (!weakest) {
        passage.why = fmt::format("nothing is known of {} in {}: it is not at work any more",
                                  finding.evaluator.empty() ? "the evaluators" : finding.evaluator,
                                  finding.dimension);
        passage.evaluator = finding.evaluator;
    } else {
        passage.why =
            fmt::format("{} is {}: {}", weakest->evaluator, to_word(weakest->may), weakest->why);
        passage.evaluator = weakest->evaluator;
        passage.labels_missing = weakest->labels_missing;
    }
    if (weakest && weakest->may == Trust::provisional) {
        passage.urgency = std::min(passage.urgency, Urgency::ticket);
    } else {
        passage.urgency = Urgency::silent;
        passage.withheld = true;
    }
    return passage;
}

}  // namespace plimsoll::alert
