#include "analyse/attribution/kitagawa.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string_view>
#include <utility>

#include "analyse/stats/distributions.h"
#include "analyse/stats/jackknife.h"

namespace plimsoll::analyse {

namespace {

void merge(SlicePeriod& sum, const SlicePeriod& other) {
    sum.traffic += other.traffic;
    sum.judged.merge(other.judged);
}

void merge(SliceTwice& sum, const SliceTwice& other) {
    merge(sum.before, other.before);
    merge(sum.after, other.after);
}

/// The fewest judgements in a period that has traffic.
double judged_least(const SliceTwice& slice) {
    const auto count = [](const SlicePeriod& period) {
        return period.traffic > 0 ? static_cast<double>(period.judged.n) : INFINITY;
    };
    return std::min(count(slice.before), count(slice.after));
}

/// Which slices stand for themselves; the others are pooled, with as many of the smallest as it
/// takes until the pool has a mean too.
std::vector<bool> large_enough(std::span<const SliceTwice> slices) {
    std::vector<bool> alone(slices.size(), true);
    SliceTwice pool;
    bool pooled = false;
    const auto into_pool = [&](std::size_t s) {
        merge(pool, slices[s]);
        alone[s] = false;
        pooled = true;
    };
    for (std::size_t s = 0; s < slices.size(); ++s) {
        if (judged_least(slices[s]) < slice_judged_min) into_pool(s);
    }
    while (pooled && judged_least(pool) < slice_judged_min) {
        std::size_t smallest = slices.size();
        for (std::size_t s = 0; s < slices.size(); ++s) {
            const auto size = [&](std::size_t i) {  // Ties by name: the order does not matter.
                return std::pair(judged_least(slices[i]), std::string_view(slices[i].name));
            };
            if (alone[s] && (smallest == slices.size() || size(s) < size(smallest))) smallest = s;
        }
        if (smallest == slices.size()) break;
        into_pool(smallest);
    }
    return alone;
}

std::vector<SliceTwice> pooled(std::span<const SliceTwice> slices, const std::vector<bool>& alone) {
    std::vector<SliceTwice> result;
    SliceTwice others{.name = "others"};
    for (std::size_t s = 0; s < slices.size(); ++s) {
        if (alone[s]) {
            result.push_back(slices[s]);
        } else {
            merge(others, slices[s]);
        }
    }
    if (result.size() < slices.size()) result.push_back(others);
    return result;
}

/// One slice as numbers.
struct Point {
    double w0, w1, m0, m1, v0, v1;
    bool both() const { return w0 > 0 && w1 > 0; }
};

/// The decomposition of a vector of slices, without errors.
struct Parts {
    double change = 0, within = 0, mix = 0, turnover = 0, mean = 0;
    double mean_0 = 0, mean_1 = 0, traffic_0 = 0, traffic_1 = 0;
    std::vector<Point> points;
    std::vector<SliceTerm> terms;

    explicit Parts(std::span<const SliceTwice> slices) {
        for (const SliceTwice& slice : slices) {
            traffic_0 += slice.before.traffic;
            traffic_1 += slice.after.traffic;
        }
        for (const auto& [name, before, after] : slices) {
            Point p{before.traffic / traffic_0, after.traffic / traffic_1, 0, 0, 0, 0};
            if (p.w0 > 0) p.m0 = before.judged.mean(), p.v0 = before.judged.process_variance();
            if (p.w1 > 0) p.m1 = after.judged.mean(), p.v1 = after.judged.process_variance();
            mean_0 += p.w0 * p.m0;
            mean_1 += p.w1 * p.m1;
            points.push_back(p);
        }
        change = mean_1 - mean_0;
        mean = (mean_0 + mean_1) / 2;
        for (std::size_t s = 0; s < slices.size(); ++s) {
            const Point& p = points[s];
            SliceTerm term{.name = slices[s].name};
            if (p.both()) {
                term.within = (p.w0 + p.w1) / 2 * (p.m1 - p.m0);
                term.mix = (p.w1 - p.w0) * ((p.m0 + p.m1) / 2 - mean);
            } else {
                term.turnover = p.w1 * (p.m1 - mean) - p.w0 * (p.m0 - mean);
            }
            within += term.within;
            mix += term.mix;
            turnover += term.turnover;
            terms.push_back(std::move(term));
        }
    }
};

/// Of sum w x for shares w of a multinomial sample of n, x known.
template <class X>
double variance_of_shares(const Parts& parts, double n, double Point::*share, X&& x) {
    double first = 0, second = 0;
    for (const Point& p : parts.points) {
        first += p.*share * x(p);
        second += p.*share * x(p) * x(p);
    }
    return (second - first * first) / n;
}

Estimate estimate(double value, double variance, double quantile) {
    const double error = std::sqrt(std::max(0.0, variance));
    return {value, error, {value - quantile * error, value + quantile * error}};
}

Computed<std::vector<bool>> checked(std::span<const SliceTwice> slices) {
    SliceTwice all;
    for (const SliceTwice& slice : slices) merge(all, slice);
    if (all.before.traffic <= 0 || all.after.traffic <= 0) return Undefined{"a period is empty"};
    std::vector<bool> alone = large_enough(slices);
    for (const SliceTwice& slice : pooled(slices, alone)) {
        if (judged_least(slice) < slice_judged_min) {
            return Undefined{"fewer than 10 judgements in a period"};
        }
    }
    return alone;
}

}  // namespace

Computed<MixAndWithin> mix_and_within(std::span<const SliceTwice> slices, double design_effect) {
    const auto alone = checked(slices);
    if (!alone) return Undefined{alone.why()};
    const Parts parts(pooled(slices, *alone));
    double within = 0, mix = 0, turnover = 0, change = 0;
    for (const auto& [w0, w1, m0, m1, v0, v1] : parts.points) {
        change += w0 * w0 * v0 + w1 * w1 * v1;
        if (w0 > 0 && w1 > 0) {
            within += (w0 + w1) * (w0 + w1) / 4 * (v0 + v1);
            mix += (w1 - w0) * (w1 - w0) / 4 * (v0 + v1);
        } else {
            turnover += w0 * w0 * v0 + w1 * w1 * v1;
        }
    }
    const auto shares = [&](auto&& x) {
        return variance_of_shares(parts, parts.traffic_0, &Point::w0, x) +
               variance_of_shares(parts, parts.traffic_1, &Point::w1, x);
    };
    mix += shares([&](const Point& p) { return p.both() ? (p.m0 + p.m1) / 2 - parts.mean : 0; });
    turnover += shares([&](const Point& p) { return p.both() ? 0 : p.m0 + p.m1 - parts.mean; });
    change +=
        variance_of_shares(parts, parts.traffic_0, &Point::w0,
                           [](const Point& p) { return p.m0; }) +
        variance_of_shares(parts, parts.traffic_1, &Point::w1, [](const Point& p) { return p.m1; });
    const auto with_error = [&](double value, double variance) {
        return estimate(value, variance * std::max(1.0, design_effect), z_95_two_sided);
    };
    return MixAndWithin{with_error(parts.change, change), with_error(parts.within, within),
                        with_error(parts.mix, mix), with_error(parts.turnover, turnover),
                        parts.terms};
}

Computed<MixAndWithin> mix_and_within(std::span<const std::vector<SliceTwice>> buckets) {
    assert(buckets.size() >= 2);
    std::vector<SliceTwice> all = buckets[0];
    for (const std::vector<SliceTwice>& bucket : buckets.subspan(1)) {
        assert(bucket.size() == all.size());
        for (std::size_t s = 0; s < all.size(); ++s) merge(all[s], bucket[s]);
    }
    const auto alone = checked(all);
    if (!alone) return Undefined{alone.why()};

    struct Sums {
        std::vector<SliceTwice> slices;
        void merge(const Sums& other) {
            for (std::size_t s = 0; s < slices.size(); ++s)
                analyse::merge(slices[s], other.slices[s]);
        }
    };
    std::vector<Sums> sums;
    for (const std::vector<SliceTwice>& bucket : buckets) sums.push_back({pooled(bucket, *alone)});
    const double quantile = student_quantile(.975, static_cast<double>(buckets.size()) - 1);
    std::string why;
    const auto part = [&](double Parts::*value) {
        const auto left_out = jackknife(std::span<const Sums>(sums), [&](const Sums& rest) {
            return Parts(rest.slices).*value;
        });
        if (!left_out) {
            why = left_out.why();
            return Estimate{};
        }
        return estimate(left_out->value, left_out->variance, quantile);
    };
    MixAndWithin result{part(&Parts::change), part(&Parts::within), part(&Parts::mix),
                        part(&Parts::turnover), Parts(pooled(all, *alone)).terms};
    if (!why.empty()) return Undefined{why};
    return result;
}

}  // namespace plimsoll::analyse
