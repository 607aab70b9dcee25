#include "analyse/comparison/proportions.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/distributions.h"
#include "analyse/stats/solve.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

namespace {

bool is_share(const Share& share) {
    return share.n > 0 && share.events >= 0 && share.events <= share.n;
}

/// The likeliest share of the second group if the first one's is larger by d.
double second_given_difference(const Share& first, const Share& second, double d) {
    const double low = std::max(0.0, -d), high = std::min(1.0, 1 - d);
    const auto slope = [&](double p) {  // Of the log-likelihood; it falls from +inf to -inf.
        const auto term = [](double events, double n, double share) {
            return (events > 0 ? events / share : 0) -
                   (n > events ? (n - events) / (1 - share) : 0);
        };
        return term(first.events, first.n, p + d) + term(second.events, second.n, p);
    };
    constexpr double inside = 1e-15;
    return root_of(slope, low + inside, high - inside);
}

double difference_z(const Share& first, const Share& second, double d) {
    const double p2 = second_given_difference(first, second, d);
    const double p1 = std::clamp(p2 + d, 0.0, 1.0), n = first.n + second.n;
    const double variance = (p1 * (1 - p1) / first.n + p2 * (1 - p2) / second.n) * n / (n - 1);
    const double distance = first.value() - second.value() - d;
    if (variance <= 0) return distance == 0 ? 0 : std::copysign(INFINITY, distance);
    return distance / std::sqrt(variance);
}

/// Koopman's score statistic against the ratio r > 0.
double ratio_z(const Share& first, const Share& second, double r) {
    const auto [a, n1] = first;
    const auto [b, n2] = second;
    // The smaller root of (n1 + n2) r p2^2 - (u + v) p2 + a + b, without subtracting what is nearly
    // equal.
    const double u = a + n2, v = r * (n1 + b);
    const double root = std::sqrt((u - v) * (u - v) + 4 * r * (n1 - a) * (n2 - b));
    const double p2 = 2 * (a + b) / (u + v + root);
    const double p1 = r * p2;
    const double variance = p1 * (1 - p1) / n1 + r * r * p2 * (1 - p2) / n2;
    const double distance = first.value() - r * second.value();
    if (variance <= 0) return distance == 0 ? 0 : std::copysign(INFINITY, distance);
    return distance / std::sqrt(variance);
}

}  // namespace

Interval newcombe(const Share& first, const Share& second, double z) {
    assert(is_share(first) && is_share(second));
    const double p1 = first.value(), p2 = second.value();
    const Interval one = wilson(first.events, first.n, z), two = wilson(second.events, second.n, z);
    return {p1 - p2 - std::hypot(p1 - one.low, two.high - p2),
            p1 - p2 + std::hypot(one.high - p1, p2 - two.low)};
}

Interval miettinen_nurminen(const Share& first, const Share& second, double z) {
    assert(is_share(first) && is_share(second));
    const auto limit = [&](double at, double low, double high) {
        return root_of([&](double d) { return difference_z(first, second, d) - at; }, low, high);
    };
    constexpr double edge = 1 - 1e-9;
    const double point = std::clamp(first.value() - second.value(), -edge, edge);
    return {point == -edge ? -1 : limit(z, -edge, point),
            point == edge ? 1 : limit(-z, point, edge)};
}

Computed<Interval> koopman(const Share& first, const Share& second, double z) {
    assert(is_share(first) && is_share(second));
    if (first.events == 0 && second.events == 0) {
        return Undefined{"neither group has an event, so their ratio is open"};
    }
    // On the log scale, where the statistic falls from side to side.
    const auto limit = [&](double at) {
        return std::exp(root_of(
            [&](double log_r) { return ratio_z(first, second, std::exp(log_r)) - at; }, -30, 30));
    };
    return Interval{first.events == 0 ? 0 : limit(z), second.events == 0 ? INFINITY : limit(-z)};
}

double koopman_p(const Share& first, const Share& second, double ratio) {
    assert(is_share(first) && is_share(second) && ratio > 0);
    if (first.events == 0 && second.events == 0) return 1;
    return normal_cdf(-ratio_z(first, second, ratio));
}

Computed<Interval> katz(const Share& first, const Share& second, double z) {
    assert(is_share(first) && is_share(second));
    if (first.events == 0 || second.events == 0) return Undefined{"a group has no event"};
    const double ratio = first.value() / second.value();
    const double error =
        std::sqrt(1 / first.events - 1 / first.n + 1 / second.events - 1 / second.n);
    return Interval{ratio * std::exp(-z * error), ratio * std::exp(z * error)};
}

}  // namespace plimsoll::analyse
