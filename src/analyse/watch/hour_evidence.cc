#include "analyse/watch/hour_evidence.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::analyse {

LogFactors::LogFactors(double excess) {
    for (std::size_t k = 0; k < e_bets_count; ++k) each[k] = std::log1p(e_bets[k] * excess);
}

void HourEvidence::update(std::int32_t hour, std::span<const FactorCount> sessions) {
    double n = 0;
    std::array<double, e_bets_count> log_factor{};
    for (const FactorCount& one : sessions) {
        n += one.sessions;
        for (std::size_t k = 0; k < e_bets_count; ++k)
            log_factor[k] += one.sessions * one.factors->each[k];
    }
    for (std::size_t k = 0; k < e_bets_count; ++k) {
        m_[k] = std::min(std::exp(log_factor[k]) * (m_[k] + n), e_value_max);
        if (gained_[k] <= 0) {
            gained_[k] = 0;
            begin_[k] = hour;
        }
        gained_[k] += log_factor[k];
    }
}

double HourEvidence::value() const {
    double sum = 0;
    for (const double m : m_) sum += m;
    return sum / e_bets_count;
}

std::int32_t HourEvidence::begin() const {
    const auto most = std::ranges::max_element(gained_);
    return begin_[static_cast<std::size_t>(most - gained_.begin())];
}

}  // namespace plimsoll::analyse
