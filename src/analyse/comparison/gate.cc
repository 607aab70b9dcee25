#include "analyse/comparison/gate.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analyse/comparison/gate_evidence.h"
#include "analyse/comparison/sample_size.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

namespace {

std::optional<double> pairs_to_decide(const GateResult& result, const PairSums& sums,
                                      double design_effect, const GateOptions& options) {
    GatePlan plan{.variance = sums.variance * design_effect,
                  .difference = sums.difference,
                  .margin = result.margin,
                  .confidence = 1 - options.pass_alpha,
                  .power = options.power};
    const double to_pass = pairs_to_pass(plan);
    plan.confidence = 1 - options.fail_alpha;
    const double least = std::fmin(to_pass, pairs_to_fail(plan));
    if (!std::isfinite(least)) return std::nullopt;
    return std::fmax(least, static_cast<double>(result.pairs + 1));
}

/// Everything but the failing, which takes all dimensions.
GateResult look_at(const GateDimension& dimension, const GateOptions& options) {
    GateResult result{.name = dimension.name,
                      .pairs = dimension.pairs.size(),
                      .excluded = dimension.excluded,
                      .margin = dimension.margin};
    const std::size_t all = result.pairs + result.excluded;
    if (result.pairs == 0) {
        result.says = all == 0 ? "there is no example" : "no example could be scored on both sides";
        return result;
    }
    const PairSums sums = sums_of(dimension.pairs);
    const Evidence evidence = evidence_of(dimension, sums, options);
    result.method = evidence.method;
    result.baseline = sums.baseline;
    result.candidate = sums.candidate;
    result.interval = evidence.interval;
    result.p_worse = evidence.p_worse;
    const double share = static_cast<double>(result.excluded) / static_cast<double>(all);
    if (share > options.excluded_max) {
        result.says =
            fmt::format("{:.1f}% of the examples could not be scored, at most {:.0f}% may be",
                        100 * share, 100 * options.excluded_max);
        result.p_worse = std::nullopt;
        return result;
    }
    if (evidence.passes) {
        result.outcome = GateOutcome::pass;
        result.says = result.interval->high < 0 ? "worse, but by less than the margin"
                                                : "no worse than the margin allows";
        return result;
    }
    result.pairs_to_decide = evidence.pairs_needed
                                 ? evidence.pairs_needed
                                 : pairs_to_decide(result, sums, evidence.design_effect, options);
    return result;
}

}  // namespace

std::string_view to_word(GateOutcome outcome) {
    switch (outcome) {
        case GateOutcome::pass:
            return "pass";
        case GateOutcome::fail:
            return "fail";
        default:
            return "not enough evidence";
    }
}

GateReport judge_gate(std::span<const GateDimension> dimensions, const GateOptions& options) {
    GateReport report;
    std::vector<double> p;
    for (const GateDimension& dimension : dimensions) {
        report.dimensions.push_back(look_at(dimension, options));
        p.push_back(report.dimensions.back().p_worse.value_or(1));
    }
    const std::vector<double> corrected = holm(p);
    bool all_pass = !report.dimensions.empty(), any_fails = false;
    for (std::size_t i = 0; i < report.dimensions.size(); ++i) {
        GateResult& result = report.dimensions[i];
        all_pass &= result.outcome == GateOutcome::pass;
        if (result.outcome == GateOutcome::pass || !result.says.empty()) continue;
        if (corrected[i] <= options.fail_alpha) {
            result.outcome = GateOutcome::fail;
            result.says = "worse than the baseline";
            result.pairs_to_decide = std::nullopt;
            any_fails = true;
        } else {
            result.says =
                result.pairs_to_decide
                    ? fmt::format("{:.0f} examples would decide, if the difference stays",
                                  *result.pairs_to_decide)
                    : "equal to the last example: no number of them is foreseen to decide";
        }
    }
    if (all_pass) report.outcome = GateOutcome::pass;
    if (any_fails) report.outcome = GateOutcome::fail;
    return report;
}

}  // namespace plimsoll::analyse
