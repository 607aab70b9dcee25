/// sampling_design.h: from reasons to a probability, and from a probability to a decision.
///
///   pi = max(floor, rate, rates of the reasons)        judged  ⇔  u(salt, id) < pi
///
/// Poisson sampling with permanent random numbers: the same decision on every machine and in every
/// replay, and none is taken back when a reason is added. Source: docs/statistics/2-sampling.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evaluate/sampling/sampling_reason.h"

namespace plimsoll::evaluate {

/// How one judge samples. A value. All numbers are probabilities; none may be outside [0, 1], and
/// the floor not 0 (asserted: the configuration refuses it).
struct SamplingDesign {
    std::string salt = "prn-1";  ///< The same for all judges, so that their samples nest.
    double floor = 0.02;         ///< Of every interaction: no weight is above 1 / floor.
    double rate = 0.2;           ///< Of an interaction without any reason.
    std::array<double, sampling_reason_count> by_reason{};  ///< 0: the reason raises nothing.

    /// `rate` for what has no reason, and `raised` times that for what has any.
    static SamplingDesign of_rate(double rate, double raised = 3.0);
    bool operator==(const SamplingDesign&) const = default;
};

double inclusion(const SamplingDesign& design, ReasonSet reasons);

/// "plain", or "anomaly/escalation": the first reason in the order of precedence. A path, as
/// analyse/calibration/stratified_mean.h reads it.
std::string_view stratum_of(ReasonSet reasons);

/// What was decided of one interaction for one judge; stored with the score.
struct Draw {
    bool judged = false;
    std::optional<double> inclusion;  ///< nullopt: outside the sampler; enters no estimate.
    ReasonSet reasons;
    std::string_view stratum;  ///< Static text.
    bool operator==(const Draw&) const = default;
};

/// `id` is the trace's 32 hex digits; the session, where a judge reads whole sessions.
Draw draw(const SamplingDesign& design, std::string_view id, ReasonSet reasons);

/// Which of two is judged first, where money or time is short: anomalies, by the precedence of
/// their reasons; of equals the smaller permanent random number. So what is judged in the end is
/// again a sample of its stratum, only smaller: nothing that the judge sees decided about it.
std::int64_t priority_of(const SamplingDesign& design, std::string_view id, ReasonSet reasons);

/// Somebody asked for this judgement, or it was made before the design was known.
Draw outside_the_sampler(ReasonSet reasons);

/// What an allocation under a budget says of one stratum.
struct StratumRate {
    std::string_view stratum;  ///< As stratum_of names it; others are left alone.
    double inclusion = 0;
};

/// The design with these rates; what is not named keeps its own. The floor holds.
SamplingDesign planned(SamplingDesign design, std::span<const StratumRate> rates);

}  // namespace plimsoll::evaluate
