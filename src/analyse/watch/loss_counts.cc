#include "analyse/watch/loss_counts.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll::analyse {

namespace {

template <class LossOf>
std::vector<LossCount> convert(std::span<const record::SessionCount> counts, LossOf&& loss_of) {
    std::vector<LossCount> losses;
    losses.reserve(counts.size());
    for (const record::SessionCount& one : counts) {
        const LossCount next{one.hour, static_cast<float>(one.weight) / 1000, loss_of(one.bin),
                             one.sessions};
        if (LossCount* last = losses.empty() ? nullptr : &losses.back();
            last && last->hour == next.hour && last->weight == next.weight &&
            last->loss == next.loss)
            last->sessions += next.sessions;
        else
            losses.push_back(next);
    }
    return losses;
}

}  // namespace

std::vector<LossCount> losses_of(std::span<const record::SessionCount> scores) {
    return convert(scores, [](std::int16_t bin) {
        return std::clamp(static_cast<float>(bin) / 100, 0.0f, 1.0f);
    });
}

std::vector<LossCount> exceedances_of(std::span<const record::SessionCount> figures,
                                      std::int16_t threshold) {
    return convert(figures, [threshold](std::int16_t bin) { return bin > threshold ? 1.f : 0.f; });
}

std::int16_t quantile_bin(std::span<const record::SessionCount> figures, double q,
                          std::int32_t before_hour) {
    std::map<std::int16_t, std::uint64_t> bins;
    std::uint64_t n = 0;
    for (const record::SessionCount& one : figures) {
        if (one.hour >= before_hour) break;
        bins[one.bin] += one.sessions;
        n += one.sessions;
    }
    const double rank = q * static_cast<double>(n);
    std::uint64_t below = 0;
    for (const auto& [bin, sessions] : bins) {
        below += sessions;
        if (static_cast<double>(below) >= rank) return bin;
    }
    return record::measure_zero;
}

double figure_of(std::int16_t bin) {
    if (bin == record::measure_zero) return 0;
    return 2 * std::pow(record::measure_growth, bin) / (1 + record::measure_growth);
}

void add_times(WeightedSums& sums, double weight, double y, double times) {
    sums.n += static_cast<std::uint64_t>(times);
    sums.w += times * weight;
    sums.w2 += times * weight * weight;
    sums.wy += times * weight * y;
    sums.w2y += times * weight * weight * y;
    sums.w2y2 += times * weight * weight * y * y;
    sums.wy2 += times * weight * y * y;
}

std::span<const LossCount> between(std::span<const LossCount> counts, std::int32_t from,
                                   std::int32_t to) {
    const auto low = std::ranges::lower_bound(counts, from, {}, &LossCount::hour);
    const auto high = std::ranges::lower_bound(counts, std::max(from, to), {}, &LossCount::hour);
    return counts.subspan(static_cast<std::size_t>(low - counts.begin()),
                          static_cast<std::size_t>(high - low));
}

WeightedSums sums_of(std::span<const LossCount> counts) {
    WeightedSums sums;
    for (const LossCount& one : counts) add_times(sums, one.weight, one.loss, one.sessions);
    return sums;
}

}  // namespace plimsoll::analyse
