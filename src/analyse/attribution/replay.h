/// replay.h: the same inputs through every combination of old and new elements.
///
///   inputs × 2^k combinations ──▶ per input: Shapley's share of each element ──▶ mean, paired
///
/// Where a rollout switched elements together, only this tells them apart. Combination bits: bit e
/// of its index says that element e is new; the judge is the last element. A share is linear in the
/// scores of an input, so its interval is that of a mean of paired values. Shapley halves an
/// interaction between the two; interactions are shown beside it. Source: Shapley 1953;
/// docs/statistics/7-attribution.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

inline constexpr std::size_t replay_elements_max = 5;

/// phi_j = sum over S without j of |S|! (k-|S|-1)! / k! (v(S + j) - v(S)); `by_combination` has 2^k
/// values. They add up to v(all new) - v(all old).
std::vector<double> shapley(std::span<const double> by_combination);

/// v(ab) - v(a) - v(b) + v(neither), the others old.
double interaction(std::span<const double> by_combination, std::size_t a, std::size_t b);

struct ReplayedInput {
    std::uint32_t cluster = 0;                ///< Its user, else session.
    std::vector<double> by_combination = {};  ///< Scores in [0, 1], all 2^k of them.
};

struct ReplayEffect {
    std::string element;
    Estimate effect;  ///< Shapley's share.
};

struct ReplayInteraction {
    std::string first, second;
    Estimate size;
    bool matters = false;  ///< Its 95% interval excludes 0.
};

struct Replay {
    Estimate change;                    ///< All new - all old.
    std::vector<ReplayEffect> effects;  ///< In the order of the elements; they add up to it.
    std::vector<ReplayInteraction> interactions;
};

/// Inputs to replay so that an effect as large as the change is seen at 95% with power .95, if a
/// share `own_flips` of scores differ between two runs of the same. 400 for 6 points.
std::uint64_t replay_inputs(double change, double own_flips = 0.05);

/// Up to five elements. Undefined below ten clusters. Student's t, with as many degrees as clusters
/// - 1.
Computed<Replay> replay(std::span<const ReplayedInput> inputs,
                        std::span<const std::string> elements);

}  // namespace plimsoll::analyse
