#include "analyse/gate/paired_gate.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdio>

#include "analyse/gate/sample_size.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

namespace {

std::string text_of(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", number);
    return text;
}

/// Examples until either answer is likely, if things are as they look. nullopt: at the margin.
std::optional<std::uint64_t> examples_that_decide(const DimensionVerdict& now,
                                                  const PairedGateRules& rules) {
    const PairedEvidence& seen = *now.evidence;
    const double deviation = std::sqrt(seen.unit_variance);
    std::optional<std::uint64_t> fewest;
    const auto consider = [&](const Computed<std::uint64_t>& n) {
        if (n) fewest = std::min(fewest.value_or(*n), *n);
    };
    if (deviation == 0) {  // No difference yet: Tango's limit at b = c = 0, solved for n.
        const double z2 = z_95_one_sided * z_95_one_sided;
        return static_cast<std::uint64_t>(std::ceil(z2 * (1 - now.margin) / now.margin));
    }
    consider(paired_sample_size_graded(deviation, now.margin, seen.difference,
                                       {.alpha = rules.pass_alpha}));
    consider(
        paired_sample_size_graded(deviation, 0, -seen.difference, {.alpha = rules.fail_alpha}));
    if (!fewest) return std::nullopt;
    const bool betting = seen.method == "betting";  // With 100 it is Student's t that decides.
    return std::max<std::uint64_t>(*fewest, betting ? graded_examples_for_t : now.examples + 1);
}

void settle(DimensionVerdict& one, const PairedSample& sample, const PairedGateRules& rules) {
    const PairedEvidence& seen = *one.evidence;
    if (sample.excluded_share() > rules.excluded_max) {
        one.why = text_of(100 * sample.excluded_share()) + "% of the examples could not be judged";
    } else if (seen.p_not_worse <= rules.pass_alpha) {
        one.verdict = GateVerdict::pass;
        one.why = seen.interval.low >= 0 ? "better than the baseline"
                                         : "worse by at most " + text_of(-seen.interval.low) +
                                               ", within " + text_of(one.margin);
    } else if (one.p_worse_adjusted <= rules.fail_alpha) {
        one.verdict = GateVerdict::fail;
        one.why = "worse than the baseline, proved at " + text_of(100 * rules.fail_alpha) + "%";
    } else {
        one.decides = examples_that_decide(one, rules);
        one.why = "could be worse by " + text_of(-seen.interval.low) + ", or not at all";
        one.why += one.decides
                       ? "; about " + std::to_string(*one.decides) + " examples would decide"
                       : "; so near to the margin no number of examples decides";
    }
}

}  // namespace

std::string_view to_word(GateVerdict verdict) {
    switch (verdict) {
        case GateVerdict::pass:
            return "pass";
        case GateVerdict::fail:
            return "fail";
        case GateVerdict::inconclusive:
            break;
    }
    return "inconclusive";
}

double PairedGateRules::margin_of(std::string_view dimension) const {
    return std::ranges::find(critical, dimension) == critical.end() ? margin : critical_margin;
}

GateReport decide_gate(std::span<const PairedSample> samples, const PairedGateRules& rules) {
    assert(!samples.empty());
    GateReport report;
    std::vector<double> p_worse;
    for (const PairedSample& sample : samples) {
        DimensionVerdict one{.dimension = sample.dimension,
                             .margin = rules.margin_of(sample.dimension),
                             .examples = sample.differences.size()};
        const auto evidence = paired_evidence(sample, one.margin);
        if (evidence) {
            one.evidence = *evidence;
        } else {
            one.why = evidence.why();
        }
        p_worse.push_back(evidence ? evidence->p_worse : 1);
        report.dimensions.push_back(std::move(one));
    }
    const std::vector<double> adjusted = holm(p_worse);
    bool all_pass = true, any_fail = false;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        DimensionVerdict& one = report.dimensions[i];
        one.p_worse_adjusted = adjusted[i];
        if (one.evidence) settle(one, samples[i], rules);
        all_pass &= one.verdict == GateVerdict::pass;
        any_fail |= one.verdict == GateVerdict::fail;
    }
    report.verdict = all_pass   ? GateVerdict::pass
                     : any_fail ? GateVerdict::fail
                                : GateVerdict::inconclusive;
    return report;
}

}  // namespace plimsoll::analyse
