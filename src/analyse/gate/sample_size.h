/// sample_size.h: how many examples decide a question, before they are run.
///
/// All by the normal approximation, rounded up. docs/statistics/10-gate.md
#pragma once

#include <cstdint>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

/// How often one may be wrong: `alpha` one-sided, and `power` the chance to decide at all.
struct Certainty {
    double alpha = 0.05;
    double power = 0.80;
};

/// Pairs until "not worse than `margin`" passes, if the two disagree on a share `discordance` of
/// examples and the candidate is `effect` better (negative: worse). Undefined if effect <= -margin.
Computed<std::uint64_t> paired_sample_size(double discordance, double margin, double effect = 0,
                                           const Certainty& certainty = {});

/// The same for any difference per pair, by its standard deviation.
Computed<std::uint64_t> paired_sample_size_graded(double deviation, double margin,
                                                  double effect = 0,
                                                  const Certainty& certainty = {});

/// Scores on each side until a difference of two independent pass rates shows, two-sided alpha.
/// Undefined if the rates are equal or not in (0, 1).
Computed<std::uint64_t> two_proportion_sample_size(double first, double second,
                                                   const Certainty& certainty = {});

}  // namespace plimsoll::analyse
