/// e_bank.h: evidence that a mean has risen, which may be looked at after every item.
///
///   item ──▶ excess ──▶ M_k <- L_k (M_k + 1)      L_k = 1 + bet_k * excess      k = 0 … 6
///                       value = mean of the M_k   alarm when value >= threshold
///
/// The excess of an item is positive if it speaks for a rise, never below -1, and its expectation
/// given the past is at most 0 while nothing has changed. Then E[L_k | past] <= 1, value - items is
/// a supermartingale, and the expected number of items until a false alarm is at least the
/// threshold: no distribution is assumed, and none need be simulated. Seven bets stand for what is
/// not known beforehand, the size of the change; the best of them is found by itself.
///
/// Source: Shin, Ramdas, Rinaldo, E-detectors, arXiv 2203.03532. Form and bets: docs/statistics/
/// 4-drift.md.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace plimsoll::analyse {

enum class EForm {
    shiryaev_roberts,  ///< The sum over all times at which a change may have begun. The default.
    cusum,             ///< The largest of them: slower, and far rarer false alarms than promised.
};

inline constexpr std::size_t e_bets_count = 7;
/// The eighth lane stands empty so that four vectors of two, or two of four, hold the bank.
inline constexpr std::size_t e_lanes = 8;
inline constexpr std::array<double, e_lanes> e_bets = {.64, .32, .16, .08, .04, .02, .01, 0};

/// Values stay below this, so that a bank without anybody who resets it never overflows.
inline constexpr double e_value_max = 1e250;

/// A value: copies, compares, goes to disk.
struct EBank {
    alignas(64) std::array<double, e_lanes> m{};  ///< The last is always 0.

    template <EForm form = EForm::shiryaev_roberts>
    void update(double excess) {
        for (std::size_t k = 0; k < e_lanes; ++k) {
            const double grown =
                form == EForm::shiryaev_roberts ? m[k] + restart[k] : std::max(m[k], restart[k]);
            m[k] = std::min((1 + e_bets[k] * excess) * grown, e_value_max);
        }
    }
    void update(EForm form, double excess) {
        form == EForm::cusum ? update<EForm::cusum>(excess) : update(excess);
    }
    double value() const {
        const double sum = ((m[0] + m[4]) + (m[2] + m[6])) + ((m[1] + m[5]) + (m[3] + m[7]));
        return sum / e_bets_count;
    }
    bool operator==(const EBank&) const = default;

  private:
    /// Each item may be the first after the change, in every lane but the empty one.
    static constexpr std::array<double, e_lanes> restart = {1, 1, 1, 1, 1, 1, 1, 0};
};

/// Takes items until the value reaches `threshold`, and says how many it took; all of them, and no
/// alarm if value() is still below. The caller resets. 148 million items/s, one core
/// (e_bank_bench.cc).
std::size_t take_until(EBank& bank, std::span<const double> excess, double threshold);

}  // namespace plimsoll::analyse
