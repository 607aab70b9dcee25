#include "evaluate/sampling/sampling_design.h"

#include <algorithm>
#include <cassert>

#include "base/permanent_random.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view plain = "plain";
constexpr std::array<std::string_view, sampling_reason_count> anomalies{
    "anomaly/escalation", "anomaly/negative_feedback", "anomaly/re_submission",
    "anomaly/error",      "anomaly/failed_check",      "anomaly/low_score_elsewhere"};

static_assert(
    [] {
        for (std::size_t i = 0; i < anomalies.size(); ++i)
            if (anomalies[i].substr(8) != sampling_reasons[i].word) return false;
        return true;
    }(),
    "strata are named after their reasons");

}  // namespace

SamplingDesign SamplingDesign::of_rate(double rate, double raised) {
    SamplingDesign design{.rate = rate};
    design.by_reason.fill(std::min(1.0, rate * raised));
    return design;
}

double inclusion(const SamplingDesign& design, ReasonSet reasons) {
    assert(design.floor > 0 && design.floor <= 1 && "a probability of 0 cannot be corrected for");
    double pi = std::max(design.floor, design.rate);
    for (const SamplingReasonInfo& each : sampling_reasons)
        if (reasons.has(each.reason))
            pi = std::max(pi, design.by_reason[static_cast<std::size_t>(each.reason)]);
    assert(pi <= 1);
    return pi;
}

std::string_view stratum_of(ReasonSet reasons) {
    for (const SamplingReasonInfo& each : sampling_reasons)
        if (reasons.has(each.reason)) return anomalies[static_cast<std::size_t>(each.reason)];
    return plain;
}

Draw draw(const SamplingDesign& design, std::string_view id, ReasonSet reasons) {
    const double pi = inclusion(design, reasons);
    return {.judged = permanent_random(design.salt, id) < pi,
            .inclusion = pi,
            .reasons = reasons,
            .stratum = stratum_of(reasons)};
}

std::int64_t priority_of(const SamplingDesign& design, std::string_view id, ReasonSet reasons) {
    std::int64_t precedence = 0;  // Of what has no reason.
    for (const SamplingReasonInfo& each : sampling_reasons)
        if (precedence == 0 && reasons.has(each.reason))
            precedence = static_cast<std::int64_t>(sampling_reason_count) -
                         static_cast<std::int64_t>(each.reason);
    const double u = permanent_random(design.salt, id);
    return precedence * (std::int64_t{1} << 32) + static_cast<std::int64_t>((1 - u) * 0x1p32) - 1;
}

Draw outside_the_sampler(ReasonSet reasons) {
    return {.judged = true,
            .inclusion = std::nullopt,
            .reasons = reasons,
            .stratum = stratum_of(reasons)};
}

SamplingDesign planned(SamplingDesign design, std::span<const StratumRate> rates) {
    for (const StratumRate& each : rates) {
        const double pi = std::clamp(each.inclusion, design.floor, 1.0);
        if (each.stratum == plain) design.rate = pi;
        const auto at = std::ranges::find(anomalies, each.stratum);
        if (at != anomalies.end())
            design.by_reason[static_cast<std::size_t>(at - anomalies.begin())] = pi;
    }
    return design;
}

}  // namespace plimsoll::evaluate
