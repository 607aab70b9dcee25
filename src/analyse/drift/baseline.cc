#include "analyse/drift/baseline.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <string>

#include "analyse/stats/mean.h"
#include "analyse/stats/paule_mandel.h"

namespace plimsoll::analyse {

namespace {

std::int64_t hour_of(double time_s) {
    return static_cast<std::int64_t>(std::floor(time_s / 3600));
}

std::int64_t floor_of(std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

std::size_t week_hour(std::int64_t hour) {
    return static_cast<std::size_t>(hour - 168 * floor_of(hour, 168));
}

/// What one item adds to the noise of a mean, whatever its weight.
double item_variance(const WeightedSums& sums) {
    return sums.process_variance() * sums.kish_count();
}

/// Of a part's mean, if the part's items are as noisy as all.
double part_variance(const WeightedSums& part, double item) {
    return item / part.kish_count();
}

/// The weekly pattern, or nothing. Days differ by luck too, so a pattern must come again: the
/// signal is the covariance of even with odd weeks, hour by hour, to which luck adds nothing.
std::vector<double> weekly_pattern(const ReferenceLosses& reference, double item) {
    std::vector<WeightedSums> whole(week_hours), half[2];
    half[0].resize(week_hours), half[1].resize(week_hours);
    for (const auto& [hour, sums] : reference.hours) {
        whole[week_hour(hour)].merge(sums);
        half[floor_of(hour, 168) & 1][week_hour(hour)].merge(sums);
    }
    double covariance = 0, noise = 0, cells = 0;
    for (std::size_t h = 0; h < week_hours; ++h) {
        const WeightedSums &even = half[0][h], &odd = half[1][h];
        if (even.n == 0 || odd.n == 0) continue;
        const double mean = reference.all.all.mean();
        covariance += (even.mean() - mean) * (odd.mean() - mean);
        noise += part_variance(even, item) * part_variance(odd, item);
        ++cells;
    }
    constexpr double z_min = 3;  // One stable series in 740 is given a pattern it does not have.
    if (cells < 24 || covariance <= z_min * std::sqrt(noise)) return {};
    const double signal = covariance / cells;
    std::vector<double> shift(week_hours);
    double center = 0;
    for (std::size_t h = 0; h < week_hours; ++h) {
        if (whole[h].n == 0) continue;
        const double shrink = signal / (signal + part_variance(whole[h], item));
        shift[h] = shrink * (whole[h].mean() - reference.all.all.mean());
        center += shift[h] * whole[h].w / reference.all.all.w;
    }
    for (double& one : shift) one -= center;
    return shift;
}

struct Days {
    std::size_t count = 0;
    double tau = 0;
};

/// How far days differ beside noise, once the weekly pattern is taken out.
Days days_of(const ReferenceLosses& reference, const std::vector<double>& shift, double item,
             double design_effect) {
    std::map<std::int64_t, WeightedSums> days;
    std::map<std::int64_t, double> pattern;
    for (const auto& [hour, sums] : reference.hours) {
        const std::int64_t day = floor_of(hour, 24);
        days[day].merge(sums);
        if (!shift.empty()) pattern[day] += shift[week_hour(hour)] * sums.w;
    }
    constexpr std::uint64_t day_sessions_min = 20;
    std::vector<double> mean, variance;
    for (const auto& [day, sums] : days) {
        if (sums.n < day_sessions_min) continue;
        mean.push_back(sums.mean() - (shift.empty() ? 0 : pattern[day] / sums.w));
        variance.push_back(part_variance(sums, item) * design_effect);
    }
    if (mean.size() < 2 || item <= 0) return {mean.size(), 0};
    return {mean.size(), std::sqrt(paule_mandel(mean, variance).tau2)};
}

}  // namespace

void ReferenceLosses::update(double time_s, double weight, double loss, std::string_view cluster) {
    assert(weight > 0 && loss >= 0 && loss <= 1);
    all.add(weight, loss, cluster);
    hours[hour_of(time_s)].add(weight, loss);
}

void ReferenceLosses::merge(const ReferenceLosses& other) {
    all.merge(other.all);
    for (const auto& [hour, sums] : other.hours) hours[hour].merge(sums);
}

double LossBaseline::shift_at(double time_s) const {
    return hour_shift.empty() ? 0 : hour_shift[week_hour(hour_of(time_s))];
}

double LossBaseline::high_at(double time_s) const {
    return std::max(high + shift_at(time_s), loss_bound_min);
}

double LossBaseline::low_at(double time_s) const {
    return std::clamp(low + shift_at(time_s), 0.0, 1.0);
}

double LossBaseline::high_max() const {
    return std::max(high + (hour_shift.empty() ? 0 : *std::ranges::max_element(hour_shift)),
                    loss_bound_min);
}

double LossBaseline::low_min() const {
    return std::clamp(low + (hour_shift.empty() ? 0 : *std::ranges::min_element(hour_shift)), 0.0,
                      1.0);
}

Computed<LossBaseline> baseline_of(const ReferenceLosses& reference) {
    const ClusteredSums& all = reference.all;
    if (all.all.n < reference_sessions_min) {
        return Undefined{std::to_string(all.all.n) + " reference sessions, at least " +
                         std::to_string(reference_sessions_min) +
                         " are needed to estimate a baseline; state an objective instead"};
    }
    const std::optional<Mean> mean = mean_of(all.all.n, all);
    assert(mean.has_value());  // There are sessions, and weights are positive.

    LossBaseline baseline;
    baseline.mean = mean->value;
    baseline.interval = mean->interval;
    const double item = item_variance(all.all);
    const auto between = cluster_variance(all);
    const double effect = between ? std::max(1.0, design_effect(all.all, between->variance)) : 1;
    baseline.hour_shift = weekly_pattern(reference, item);
    const Days days = days_of(reference, baseline.hour_shift, item, effect);
    baseline.days = days.count;
    baseline.tau_day = days.tau;
    baseline.tolerance = days.count < tau_days_min ? std::max(tolerance_before_days, 2 * days.tau)
                                                   : std::max(tolerance_min, 2 * days.tau);
    baseline.high = baseline.interval.high + baseline.tolerance;
    baseline.low = std::max(0.0, baseline.interval.low - baseline.tolerance);
    return baseline;
}

LossBaseline fixed_baseline(double score_objective) {
    assert(score_objective > 0 && score_objective < 1);
    LossBaseline baseline;
    baseline.mean = baseline.high = 1 - score_objective;
    baseline.interval = {baseline.mean, baseline.mean};
    return baseline;
}

}  // namespace plimsoll::analyse
