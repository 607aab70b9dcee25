#include "analyse/drift/confidence_sequence.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "analyse/stats/distributions.h"
#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

namespace {

constexpr double clusters_min = 50;

/// x log(y), 0 for x = 0 whatever y is.
double times_log(double x, double y) {
    return x == 0 ? 0 : x * std::log(y);
}

struct Bets {
    std::vector<double> sizes;  ///< lambda_t, known before score t.
    double middle = .5;         ///< The last estimate of the mean: inside every interval.
};

Bets hedged_bets(std::span<const double> scores, double alpha) {
    Bets bets;
    double sum = .5, squares = .25, variance = .25;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double t = static_cast<double>(i + 1);
        bets.sizes.push_back(std::sqrt(2 * std::log(2 / alpha) / (t * std::log(1 + t) * variance)));
        sum += scores[i];
        bets.middle = sum / (t + 1);
        squares += (scores[i] - bets.middle) * (scores[i] - bets.middle);
        variance = squares / (t + 1);
    }
    return bets;
}

/// log of the larger of two gamblers' halves: one bets that the mean is above m, one below.
double hedged_log_evidence(std::span<const double> scores, const Bets& bets, double m) {
    double above = 0, below = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        above += std::log1p(std::min(bets.sizes[i], .5 / m) * (scores[i] - m));
        below += std::log1p(-std::min(bets.sizes[i], .5 / (1 - m)) * (scores[i] - m));
    }
    return std::max(above, below) - std::log(2);
}

}  // namespace

double beta_mixture_log_evidence(double successes, double n, double p, double a, double b) {
    assert(successes >= 0 && successes <= n);
    return log_beta(a + successes, b + n - successes) - log_beta(a, b) - times_log(successes, p) -
           times_log(n - successes, 1 - p);
}

Interval beta_mixture_sequence(double successes, double n, double alpha) {
    if (n <= 0) return {0, 1};
    const auto excess = [&](double p) {
        return beta_mixture_log_evidence(successes, n, p) + std::log(alpha);
    };
    const double mean = successes / n;
    // At p = mean the evidence is smallest; towards 0 and 1 it grows without bound, unless no
    // success, or no failure, speaks against the end.
    return {successes == 0 ? 0 : root_of(excess, 1e-300, mean),
            successes == n ? 1 : root_of(excess, mean, 1 - 0x1p-53)};
}

double asymptotic_margin(double n, double n_best, double alpha) {
    const double a2 = alpha * alpha;
    const double r = (-lambert_w_minus1(-a2 * std::exp(a2 - 1)) - 1) / n_best;
    return std::sqrt(2 * (n * r + 1) / (n * n * r) * std::log(std::sqrt(n * r + 1) / alpha));
}

Computed<Interval> asymptotic_sequence(double mean, double standard_error, double clusters,
                                       double n_best, double alpha) {
    if (clusters < clusters_min) return Undefined{"fewer than 50 sessions"};
    const double margin =
        standard_error * std::sqrt(clusters) * asymptotic_margin(clusters, n_best, alpha);
    return Interval{mean - margin, mean + margin};
}

Interval hedged_sequence(std::span<const double> scores, double alpha) {
    if (scores.empty()) return {0, 1};
    const Bets bets = hedged_bets(scores, alpha);
    const auto excess = [&](double m) {
        return hedged_log_evidence(scores, bets, m) + std::log(alpha);
    };
    constexpr double tiny = 1e-9, tolerance = 1e-7;
    const double low = excess(tiny) < 0 ? 0 : root_of(excess, tiny, bets.middle, tolerance);
    const double high =
        excess(1 - tiny) < 0 ? 1 : root_of(excess, bets.middle, 1 - tiny, tolerance);
    return {low, high};
}

}  // namespace plimsoll::analyse
