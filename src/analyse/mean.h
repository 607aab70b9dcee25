/// mean.h: a weighted mean of scores with an interval that knows that scores come in sessions.
///
/// Failures inside a session go together, so an interval that counts interactions is far too narrow.
/// Sums kept in 64 hash buckets of sessions give the variance between them (cluster-robust), that
/// gives an effective sample size, and Wilson's interval with that size stays inside [0, 1] and does
/// not shrink to a point when everything passed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace plimsoll::analyse {

/// Sums over scored interactions: w = 1 / inclusion probability, y the score.
struct MeanSums {
    std::uint64_t scored = 0;
    double weight = 0;                        ///< Sum of w.
    double weighted = 0;                      ///< Sum of w * y.
    std::span<const double> bucket_weight;    ///< Sum of w by session bucket.
    std::span<const double> bucket_weighted;  ///< Sum of w * y by session bucket.
};

struct Mean {
    double value = 0;
    double low = 0;   ///< 95% interval, within [0, 1].
    double high = 1;
    double effective_count = 0;
    std::string_view method;  ///< For a person.
};

/// G/(G-1) * sum_g (WY_g - m W_g)^2 / W^2: the variance of m = WY / W between buckets of sessions.
/// Needs two buckets and some weight.
double cluster_variance(const MeanSums& sums);

/// nullopt if nothing was scored.
std::optional<Mean> mean_of(const MeanSums& sums);

}  // namespace plimsoll::analyse
