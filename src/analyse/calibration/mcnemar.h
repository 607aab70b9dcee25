/// mcnemar.h: is the new judge less accurate, from the items on which it differs from the old one?
///
/// Items on which both agree carry no information about which is better, so only flips are
/// labelled: at a flip rate of 6% a comparison on 1000 items costs 60 labels. Mid-p, because the
/// exact test errs on the cautious side: at 8 flips it asks for 8 : 0. Source: McNemar 1947;
/// mid-p of Fagerland, Lydersen and Laake 2013.
#pragma once

#include <cstdint>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct Flips {
    std::uint64_t new_wrong = 0;  ///< The old judge was right.
    std::uint64_t old_wrong = 0;  ///< The new judge is right.
};

/// Fewer cannot reach a mid-p below 0.05, however one-sided.
inline constexpr std::uint64_t flips_min = 5;

/// Two-sided; 1 if both kinds are equally many. Undefined below flips_min flips: not decidable.
Computed<double> mcnemar_mid_p(const Flips& flips);
/// The exact two-sided p, at most 1.
double mcnemar_exact_p(const Flips& flips);
/// (b - c)^2 / (b + c), for comparison with other tools; with `corrected`, (|b - c| - 1)^2 / (b +
/// c), and 0 if b = c. Needs a flip.
double mcnemar_chi_square(const Flips& flips, bool corrected = false);

}  // namespace plimsoll::analyse
