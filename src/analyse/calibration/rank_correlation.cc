#include "analyse/calibration/rank_correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <vector>

#include "analyse/stats/item_jackknife.h"
#include "analyse/stats/ranks.h"

namespace plimsoll::analyse {
namespace {

double pairs_of(std::uint64_t n) {
    return static_cast<double>(n) * (static_cast<double>(n) - 1) / 2;
}

/// Pairs of neighbours in `order` that `same` calls equal.
template <class Same>
double tied(std::span<const std::uint32_t> order, Same&& same) {
    double pairs = 0;
    std::uint64_t run = 1;
    for (std::size_t i = 1; i <= order.size(); ++i) {
        if (i < order.size() && same(order[i - 1], order[i])) {
            ++run;
        } else {
            pairs += pairs_of(run);
            run = 1;
        }
    }
    return pairs;
}

/// Sorts and counts the exchanges that a bubble sort would make.
std::uint64_t merge_exchanges(std::span<double> values, std::span<double> space) {
    if (values.size() < 2) return 0;
    const std::size_t half = values.size() / 2;
    std::uint64_t count =
        merge_exchanges(values.first(half), space) + merge_exchanges(values.subspan(half), space);
    std::size_t left = 0, right = half, out = 0;
    while (left < half && right < values.size()) {
        if (values[right] < values[left]) {
            count += half - left;
            space[out++] = values[right++];
        } else {
            space[out++] = values[left++];
        }
    }
    while (left < half) space[out++] = values[left++];
    std::copy_n(space.begin(), out, values.begin());
    return count;
}

double effective_number(std::size_t n, std::span<const double> weights) {
    if (weights.empty()) return static_cast<double>(n);
    double sum = 0, squares = 0;
    for (const double w : weights) {
        sum += w;
        squares += w * w;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

/// The statistic on the z scale without one group of items.
template <class Statistic>
std::optional<double> jackknifed_error_z(std::span<const double> x, std::span<const double> y,
                                         std::span<const double> weights, Statistic&& statistic) {
    const auto variance = item_jackknife_variance(
        x.size(), [&](std::size_t group, std::size_t groups) -> std::optional<double> {
            std::vector<double> xs, ys, ws;
            for (std::size_t i = 0; i < x.size(); ++i) {
                if (i % groups == group) continue;
                xs.push_back(x[i]);
                ys.push_back(y[i]);
                if (!weights.empty()) ws.push_back(weights[i]);
            }
            const Computed<double> r = statistic(xs, ys, ws);
            if (!r || std::abs(*r) >= 1) return std::nullopt;
            return std::atanh(*r);
        });
    if (!variance || *variance <= 0) return std::nullopt;
    return std::sqrt(*variance);
}

template <class Statistic>
Computed<RankCorrelation> with_error(std::span<const double> x, std::span<const double> y,
                                     std::span<const double> weights, Statistic&& statistic,
                                     double formula_error, double r) {
    if (tied_pairs(x) > 0.3 || tied_pairs(y) > 0.3) {
        if (const auto error = jackknifed_error_z(x, y, weights, statistic)) {
            return RankCorrelation{{r, *error}, RankErrors::jackknife};
        }
    }
    return RankCorrelation{{r, formula_error}, RankErrors::formula};
}

}  // namespace

std::string_view to_word(RankErrors errors) {
    return errors == RankErrors::formula ? "formula" : "jackknife over items";
}

Computed<double> pearson(std::span<const double> x, std::span<const double> y,
                         std::span<const double> weights) {
    assert(x.size() == y.size() && (weights.empty() || weights.size() == x.size()));
    if (x.size() < 2) return Undefined{"fewer than two labels"};
    // Distances from the first values, then from their means: differences of near values are exact,
    // so a constant stays one whatever the weights, and an offset of 1e6 costs no digits. Two
    // passes without a division in them take half the time of one that updates the means.
    const auto weight = [&](std::size_t i) { return weights.empty() ? 1 : weights[i]; };
    std::size_t first = 0;
    while (first < x.size() && weight(first) <= 0) ++first;
    if (first == x.size()) return Undefined{"every weight is 0"};
    const double x0 = x[first], y0 = y[first];
    double w = 0, mx = 0, my = 0;
    for (std::size_t i = first; i < x.size(); ++i) {
        w += weight(i);
        mx += weight(i) * (x[i] - x0);
        my += weight(i) * (y[i] - y0);
    }
    mx /= w;
    my /= w;
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t i = first; i < x.size(); ++i) {
        const double dx = x[i] - x0 - mx, dy = y[i] - y0 - my;
        xx += weight(i) * dx * dx;
        yy += weight(i) * dy * dy;
        xy += weight(i) * dx * dy;
    }
    const auto constant = [w](double squares, double mean) {  // A spread in the last two digits is
        return squares <= 1e-28 * w * mean * mean;            // rounding, as of means of people.
    };
    if (constant(xx, x0 + mx)) return Undefined{"every judge verdict is the same"};
    if (constant(yy, y0 + my)) return Undefined{"every human label is the same"};
    return std::clamp(xy / std::sqrt(xx * yy), -1., 1.);
}

Computed<double> spearman(std::span<const double> x, std::span<const double> y,
                          std::span<const double> weights) {
    return pearson(mid_ranks(x, weights), mid_ranks(y, weights), weights);
}

Computed<double> kendall_tau_b(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    if (x.size() < 2) return Undefined{"fewer than two labels"};
    std::vector<std::uint32_t> order = order_of(y);
    const double tied_y = tied(order, [&](auto i, auto j) { return y[i] == y[j]; });
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return x[i]; });  // x, then y
    const double tied_x = tied(order, [&](auto i, auto j) { return x[i] == x[j]; });
    const double tied_both =
        tied(order, [&](auto i, auto j) { return x[i] == x[j] && y[i] == y[j]; });
    const double pairs = pairs_of(x.size());
    if (tied_x == pairs) return Undefined{"every judge verdict is the same"};
    if (tied_y == pairs) return Undefined{"every human label is the same"};
    std::vector<double> ys(y.size()), space(y.size());
    for (std::size_t i = 0; i < order.size(); ++i) ys[i] = y[order[i]];
    const double against = static_cast<double>(merge_exchanges(ys, space));
    const double more = pairs - tied_x - tied_y + tied_both - 2 * against;
    return more / std::sqrt((pairs - tied_x) * (pairs - tied_y));
}

double tied_pairs(std::span<const double> values) {
    if (values.size() < 2) return 0;
    const std::vector<std::uint32_t> order = order_of(values);
    return tied(order, [&](auto i, auto j) { return values[i] == values[j]; }) /
           pairs_of(values.size());
}

double spearman_error_z(double r, double n) {
    return std::sqrt((1 + r * r / 2) / (n - 3));
}

Computed<RankCorrelation> spearman_with_error(std::span<const double> x, std::span<const double> y,
                                              std::span<const double> weights) {
    const Computed<double> r = spearman(x, y, weights);
    if (!r) return Undefined{r.why()};
    const double n = effective_number(x.size(), weights);
    if (n < 4) return Undefined{"fewer than four labels"};
    return with_error(x, y, weights, spearman, spearman_error_z(*r, n), *r);
}

Computed<RankCorrelation> kendall_with_error(std::span<const double> x, std::span<const double> y) {
    const Computed<double> r = kendall_tau_b(x, y);
    if (!r) return Undefined{r.why()};
    if (x.size() < 5) return Undefined{"fewer than five labels"};
    const auto statistic = [](const auto& xs, const auto& ys, const auto&) {
        return kendall_tau_b(xs, ys);
    };
    return with_error(x, y, {}, statistic, std::sqrt(0.437 / (static_cast<double>(x.size()) - 4)),
                      *r);
}

}  // namespace plimsoll::analyse
