/// hour_evidence.h: the e-detector of drift/e_bank.h, an hour at a time.
///
///   hour: n sessions ──▶ M <- L (M + n), L the product of the sessions' factors, for each bet
///                        value = mean of the M; alarm when it reaches the threshold
///
/// Given when sessions came, E[L | before the hour] <= 1 while nothing changed, so value - sessions
/// is a supermartingale at the ends of hours and the bound on false alarms is that of e_bank.h. A
/// product has no order: inside an hour nothing depends on who came first, so counts are enough and
/// late scores need no care. The price is that a change seems to begin where an hour does.
/// docs/statistics/4-drift.md
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "analyse/drift/e_bank.h"

namespace plimsoll::analyse {

/// What one session of an excess does to each bet, as a logarithm: log(1 + bet excess). Seven
/// logarithms, so whoever sees the same excess every hour keeps them.
struct LogFactors {
    explicit LogFactors(double excess);  ///< As in e_bank.h, >= -1.
    std::array<double, e_bets_count> each;
};

/// So many sessions that speak alike for a change.
struct FactorCount {
    const LogFactors* factors = nullptr;
    double sessions = 0;
};

class HourEvidence {
  public:
    void update(std::int32_t hour, std::span<const FactorCount> sessions);
    double value() const;
    /// The hour in which the change began, if there is one: where the bet that gained most was at
    /// its lowest (Page 1954).
    std::int32_t begin() const;
    void reset() { *this = HourEvidence(); }

  private:
    std::array<double, e_bets_count> m_{};
    std::array<double, e_bets_count> gained_{};  ///< log of the factors since begin_, never < 0
                                                 ///< where an hour begins.
    std::array<std::int32_t, e_bets_count> begin_{};
};

}  // namespace plimsoll::analyse
