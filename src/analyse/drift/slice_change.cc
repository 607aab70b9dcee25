#include "analyse/drift/slice_change.h"

#include <algorithm>
#include <cmath>

#include "analyse/stats/distributions.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

Interval MeanChange::interval(double confidence) const {
    const double half = student_quantile(0.5 + confidence / 2, degrees) * std::sqrt(variance);
    return {change - half, change + half};
}

double MeanChange::p_two_sided() const {
    return variance > 0 ? student_two_sided_p(change / std::sqrt(variance), degrees) : 1;
}

double MeanChange::p_rise() const {
    return variance > 0 ? student_cdf(-change / std::sqrt(variance), degrees) : 1;
}

ChangeMeasure::ChangeMeasure(const SliceRows& rows)
    : rows_(rows), everything_(rows.held_out.size()), slice_(rows.held_out.size()) {
    const auto sessions = rows.session.empty() ? 0 : *std::ranges::max_element(rows.session) + 1u;
    for (auto& seen : seen_) seen.assign(sessions, 0);
}

void ChangeMeasure::measure(std::span<const double> value,
                            std::span<const std::uint32_t> everything) {
    value_ = value;
    for (const std::uint32_t cluster : clusters_) everything_[cluster] = {};
    clusters_.clear();
    all_ = {};
    for (const std::uint32_t row : everything) {
        const int period = rows_.after[row];
        const double w = rows_.weight[row], wy = w * value_[row];
        Sums& of_cluster = everything_[rows_.cluster[row]];
        if (of_cluster.w[0] == 0 && of_cluster.w[1] == 0) clusters_.push_back(rows_.cluster[row]);
        for (Sums* sums : {&of_cluster, &all_}) {
            sums->w[period] += w;
            sums->wy[period] += wy;
        }
    }
}

void ChangeMeasure::add_up(std::span<const std::uint32_t> slice, MeanChange& result) {
    for (const std::uint32_t cluster : touched_) slice_[cluster] = {};
    touched_.clear();
    ++turn_;
    PeriodCounts* counts[2] = {&result.before, &result.after};
    for (const std::uint32_t row : slice) {
        const int period = rows_.after[row];
        Sums& sums = slice_[rows_.cluster[row]];
        const double w = rows_.weight[row], wy = w * value_[row];
        if (sums.w[0] == 0 && sums.w[1] == 0) touched_.push_back(rows_.cluster[row]);
        PeriodCounts& count = *counts[period];
        count.clusters += sums.w[period] == 0;
        sums.w[period] += w;
        sums.wy[period] += wy;
        ++count.interactions;
        count.weight += w;
        count.mean += wy;
        std::uint32_t& seen = seen_[period][rows_.session[row]];
        count.sessions += seen != turn_;
        seen = turn_;
    }
    for (PeriodCounts* count : counts)
        if (count->weight > 0) count->mean /= count->weight;
    result.change = result.after.mean - result.before.mean;
    result.degrees =
        static_cast<double>(std::min(result.before.clusters, result.after.clusters)) - 1;
}

std::pair<PeriodCounts, PeriodCounts> ChangeMeasure::count(std::span<const std::uint32_t> slice) {
    MeanChange result;
    add_up(slice, result);
    return {result.before, result.after};
}

Computed<MeanChange> ChangeMeasure::change(std::span<const std::uint32_t> slice) {
    MeanChange result;
    add_up(slice, result);
    if (result.degrees < 1) return Undefined{"fewer than two clusters in one of the periods"};
    double squares = 0;
    for (const std::uint32_t cluster : touched_) {
        const Sums& s = slice_[cluster];
        const double u = (s.wy[1] - result.after.mean * s.w[1]) / result.after.weight -
                         (s.wy[0] - result.before.mean * s.w[0]) / result.before.weight;
        squares += u * u;
    }
    const auto clusters = static_cast<double>(touched_.size());
    result.variance = clusters / (clusters - 1) * squares;
    for (const PeriodCounts* period : {&result.before, &result.after}) {
        if (period->mean > 0 && period->mean < 1) continue;
        const auto n = static_cast<double>(period->clusters);
        const double half = wilson(period->mean <= 0 ? 0 : n, n).width() / 2 / z_95_two_sided;
        result.variance += half * half;
    }
    return result;
}

Computed<MeanChange> ChangeMeasure::change_beyond_rest(std::span<const std::uint32_t> slice) {
    MeanChange result;
    add_up(slice, result);
    if (result.degrees < 1) return Undefined{"fewer than two clusters in one of the periods"};
    const double mean[2] = {result.before.mean, result.after.mean};
    const double weight[2] = {result.before.weight, result.after.weight};
    double rest_weight[2], rest_mean[2];
    for (int t = 0; t < 2; ++t) {
        rest_weight[t] = all_.w[t] - weight[t];
        if (rest_weight[t] <= 1e-9 * all_.w[t])
            return Undefined{"the slice is everything there is"};
        rest_mean[t] = (all_.wy[t] - mean[t] * weight[t]) / rest_weight[t];
    }
    result.change -= rest_mean[1] - rest_mean[0];
    double squares = 0;
    for (const std::uint32_t g : clusters_) {
        const Sums &all = everything_[g], &in = slice_[g];
        double u = 0;
        for (int t = 0; t < 2; ++t) {
            const double inside = (in.wy[t] - mean[t] * in.w[t]) / weight[t];
            const double outside =
                (all.wy[t] - in.wy[t] - rest_mean[t] * (all.w[t] - in.w[t])) / rest_weight[t];
            u += (t == 1 ? 1 : -1) * (inside - outside);
        }
        squares += u * u;
    }
    const auto clusters = static_cast<double>(clusters_.size());
    result.variance = clusters / (clusters - 1) * squares;
    return result;
}

}  // namespace plimsoll::analyse
