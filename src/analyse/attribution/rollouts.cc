#include "analyse/attribution/rollouts.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "analyse/stats/distributions.h"
#include "analyse/stats/jackknife.h"

namespace plimsoll::analyse {

namespace {

/// Below this share of its own sum of squares a column is what the columns before it make of it.
constexpr double dependent_below = 1e-9;

}  // namespace

Estimate RolloutEffect::contribution() const {
    const Estimate& e = *effect;
    Interval interval = {e.interval.low * exposure, e.interval.high * exposure};
    if (exposure < 0) std::swap(interval.low, interval.high);
    return {e.value * exposure, e.standard_error * std::abs(exposure), interval};
}

RolloutSums::RolloutSums(std::size_t days, std::size_t slices, std::vector<std::string> elements,
                         std::size_t buckets)
    : days_(days),
      slices_(slices),
      columns_(days + slices - 1 + elements.size()),  // The first slice is what others differ from.
      elements_(std::move(elements)),
      buckets_(buckets, {std::vector<double>(columns_ * columns_), std::vector<double>(columns_)}),
      day_n_(days),
      day_new_(days * elements_.size()) {
    assert(days >= 1 && slices >= 1 && elements_.size() <= 31 && buckets >= 2);
}

void RolloutSums::Normal::merge(const Normal& other) {
    for (std::size_t i = 0; i < xx.size(); ++i) xx[i] += other.xx[i];
    for (std::size_t i = 0; i < xy.size(); ++i) xy[i] += other.xy[i];
}

void RolloutSums::add(std::size_t day, std::size_t slice, std::uint32_t is_new, double n,
                      double sum, std::size_t bucket) {
    assert(day < days_ && slice < slices_ && bucket < buckets_.size() && n >= 0);
    std::vector<std::size_t> ones = {day};  // The columns that are 1 in this cell.
    if (slice > 0) ones.push_back(days_ + slice - 1);
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        if (!(is_new >> e & 1)) continue;
        ones.push_back(columns_ - elements_.size() + e);
        day_new_[day * elements_.size() + e] += n;
    }
    day_n_[day] += n;
    Normal& normal = buckets_[bucket];
    for (const std::size_t i : ones) {
        for (const std::size_t j : ones) normal.xx[i * columns_ + j] += n;
        normal.xy[i] += sum;
    }
}

void RolloutSums::merge(const RolloutSums& other) {
    assert(columns_ == other.columns_ && buckets_.size() == other.buckets_.size());
    for (std::size_t g = 0; g < buckets_.size(); ++g) buckets_[g].merge(other.buckets_[g]);
    for (std::size_t i = 0; i < day_n_.size(); ++i) day_n_[i] += other.day_n_[i];
    for (std::size_t i = 0; i < day_new_.size(); ++i) day_new_[i] += other.day_new_[i];
}

/// The elements' part, after days and slices were taken out and the rest solved by elimination.
struct RolloutSums::Solved {
    std::vector<std::size_t> set;    ///< By element: the first element that it goes together with.
    std::vector<double> effect;      ///< By element; 0 for one that others stand in for.
    std::vector<bool> side_by_side;  ///< By element: anything left of it beside its own day.
    std::vector<double> dependence;  ///< [free * k + element]: the dependent columns in terms of
                                     ///< the others.
};

RolloutSums::Solved RolloutSums::solve(const Normal& sums) const {
    const std::size_t p = columns_, k = elements_.size(), first = p - k;
    std::vector<double> a = sums.xx, b = sums.xy, own(p);
    for (std::size_t i = 0; i < p; ++i) own[i] = a[i * p + i];
    std::vector<bool> pivot(p, false);
    for (std::size_t c = 0; c < p; ++c) {  // Gauss and Jordan: on the diagonal, left to right.
        const double diagonal = a[c * p + c];
        if (diagonal <= dependent_below * own[c] || own[c] <= 0) continue;
        pivot[c] = true;
        for (std::size_t j = 0; j < p; ++j) a[c * p + j] /= diagonal;
        b[c] /= diagonal;
        for (std::size_t i = 0; i < p; ++i) {
            const double factor = a[i * p + c];
            if (i == c || factor == 0) continue;
            for (std::size_t j = 0; j < p; ++j) a[i * p + j] -= factor * a[c * p + j];
            b[i] -= factor * b[c];
        }
    }
    Solved solved{std::vector<std::size_t>(k), std::vector<double>(k), std::vector<bool>(k, true),
                  std::vector<double>(k * k)};
    std::iota(solved.set.begin(), solved.set.end(), std::size_t{0});
    for (std::size_t e = 0; e < k; ++e) {
        if (pivot[first + e]) {
            solved.effect[e] = b[first + e];
            continue;
        }
        // A column without a pivot is a combination of those with one: it goes together with the
        // elements among them; with days and slices alone, it never ran beside its predecessor.
        bool with_others = false;
        for (std::size_t q = 0; q < k; ++q) {
            const double share = pivot[first + q] ? a[(first + q) * p + first + e] : 0;
            if (std::abs(share) < 1e-6) continue;
            with_others = true;
            solved.dependence[e * k + q] = share;
            const std::size_t one = std::min(solved.set[e], solved.set[q]);
            const std::size_t other = std::max(solved.set[e], solved.set[q]);
            std::ranges::replace(solved.set, other, one);
        }
        solved.side_by_side[e] = with_others;
    }
    return solved;
}

std::vector<RolloutEffect> RolloutSums::fit(std::size_t before_to, std::size_t after_from) const {
    const std::size_t k = elements_.size();
    Normal all = buckets_[0];
    for (std::size_t g = 1; g < buckets_.size(); ++g) all.merge(buckets_[g]);
    const Solved solved = solve(all);

    const auto share_new = [&](std::size_t e, std::size_t from, std::size_t to) {
        double n = 0, is_new = 0;
        for (std::size_t day = from; day < to; ++day) {
            n += day_n_[day];
            is_new += day_new_[day * k + e];
        }
        return n > 0 ? is_new / n : 0;
    };
    std::vector<RolloutEffect> result;
    for (std::size_t e = 0; e < k; ++e) {
        if (solved.set[e] != e) continue;
        RolloutEffect set;
        bool estimable = true;
        for (std::size_t m = e; m < k; ++m) {
            if (solved.set[m] != e) continue;
            set.elements.push_back(elements_[m]);
            if (!solved.side_by_side[m]) estimable = false;
            // All new at once is a contrast of the data only if each dependence sums to one.
            const double sum =
                std::accumulate(solved.dependence.begin() + std::ptrdiff_t(m * k),
                                solved.dependence.begin() + std::ptrdiff_t(m * k + k), 0.0);
            if (sum != 0 && std::abs(sum - 1) > 1e-6) estimable = false;
        }
        set.exposure = share_new(e, after_from, days_) - share_new(e, 0, before_to);
        if (!estimable) {
            set.effect = Undefined{solved.side_by_side[e]
                                       ? "switched in combinations that leave the joint effect open"
                                       : "old and new never ran side by side"};
            result.push_back(std::move(set));
            continue;
        }
        const auto left_out = jackknife(std::span<const Normal>(buckets_), [&](const Normal& rest) {
            const Solved again = solve(rest);
            if (again.set != solved.set || again.side_by_side != solved.side_by_side) {
                return std::numeric_limits<double>::quiet_NaN();
            }
            double sum = 0;
            for (std::size_t m = 0; m < k; ++m) sum += again.set[m] == e ? again.effect[m] : 0;
            return sum;
        });
        if (left_out) {
            const double error = std::sqrt(left_out->variance);
            const double half =
                error * student_quantile(.975, static_cast<double>(buckets_.size()) - 1);
            const double value = left_out->value;
            set.effect = Estimate{value, error, {value - half, value + half}};
        } else {
            set.effect = Undefined{"old and new ran side by side in one bucket of clusters only"};
        }
        result.push_back(std::move(set));
    }
    return result;
}

}  // namespace plimsoll::analyse
