#include "analyse/stats/mean.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analyse/stats/distributions.h"
#include "analyse/stats/interval_choice.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

std::optional<Mean> mean_of(std::uint64_t scored, const BucketSums& sums, Scores scores,
                            std::optional<double> clusters) {
    const double w = std::accumulate(sums.w.begin(), sums.w.end(), 0.0);
    if (scored == 0 || w <= 0) return std::nullopt;
    Mean mean;
    mean.value = std::clamp(std::accumulate(sums.wy.begin(), sums.wy.end(), 0.0) / w, 0.0, 1.0);
    if (!clusters) clusters = clusters_estimated(sums);

    const IntervalChoice choice = choose_interval(
        {.quantity = scores == Scores::graded ? Quantity::graded_mean : Quantity::proportion,
         .clusters = *clusters});
    mean.method = choice.name;
    const auto between = cluster_variance(sums, clusters);
    const double spread = mean.value * (1 - mean.value);
    const auto count = static_cast<double>(scored);
    double quantile = student_quantile(0.975, static_cast<double>(sums.w.size()) - 1);
    if (!between) {
        const auto occupied =
            std::ranges::count_if(sums.w, [](double weight) { return weight > 0; });
        mean.effective_count = std::min(count, static_cast<double>(occupied));
    } else {
        quantile = between->quantile();
        mean.effective_count =
            between->variance > 0 && spread > 0 ? spread / between->variance : count;
    }
    if (between && choice.method == IntervalMethod::bucket_t && between->variance > 0) {
        const double half = quantile * std::sqrt(between->variance);
        mean.interval = clamped({mean.value - half, mean.value + half}, 0, 1);
    } else {
        mean.interval = wilson(mean.value * mean.effective_count, mean.effective_count, quantile);
        mean.interval = {std::min(mean.interval.low, mean.value),
                         std::max(mean.interval.high, mean.value)};
    }
    return mean;
}

}  // namespace plimsoll::analyse
