#include "analyse/calibration/sentinels.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/distributions.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {
namespace {

/// The fewest k with P(K >= k) <= alpha, summed from the far end so that no digits are lost.
template <class Probability>
std::uint64_t fewest(std::uint64_t items, double alpha, Probability&& of) {
    double above = 0;
    std::uint64_t k = items + 1;
    for (; k > 0; --k) {
        above += of(static_cast<double>(k - 1));
        if (above > alpha) break;
    }
    return k;
}

}  // namespace

Computed<SentinelBaseline> freeze_sentinels(std::span<const std::vector<bool>> scorings,
                                            const SentinelRules& rules) {
    if (scorings.empty()) return Undefined{"there are no sentinels"};
    SentinelBaseline baseline;
    double sum = 0, squares = 0, verdicts = 0;
    for (const std::vector<bool>& item : scorings) {
        assert(item.size() >= 3 && item.size() % 2 == 1);
        const auto all = static_cast<std::ptrdiff_t>(item.size());
        const auto fails = std::count(item.begin(), item.end(), true);
        baseline.fails.push_back(2 * fails > all);
        double flips = 0;
        for (const bool verdict : item) {
            // Of the others, how many more say the opposite: a flip if above 0.
            const auto opposite = verdict ? all - fails : fails;
            const auto more = 2 * opposite - (all - 1);
            flips += more > 0 ? 1 : more == 0 ? 0.5 : 0;
        }
        const double rate = flips / static_cast<double>(all);
        sum += rate;
        squares += rate * rate;
        verdicts += static_cast<double>(all);
    }
    const double n = static_cast<double>(scorings.size()), p = sum / n;
    baseline.flip_rate = p;
    // Flips of one item go together, so verdicts are worth fewer than there are. Without any flip
    // nobody knows how far they do: then an item counts once.
    double effective = n;
    if (p > 0 && p < 1 && n > 1) {
        const double between = std::max(0., squares / n - p * p) / (n - 1);
        const double effect = between / (p * (1 - p) / verdicts);
        effective = verdicts / std::max(1., effect);
    }
    baseline.scorings = effective;
    baseline.flip_rate_upper = wilson(p * effective, effective, z_95_one_sided).high;
    if (baseline.flip_rate_upper > rules.r0_max) {
        return Undefined{
            "the judge contradicts itself too often to be watched; lower its "
            "temperature or sharpen the rubric"};
    }
    return baseline;
}

std::uint64_t flips_that_alarm(std::uint64_t items, double rate, double alpha) {
    const double n = static_cast<double>(items);
    return fewest(items, alpha, [&](double k) { return binomial_pmf(k, n, rate); });
}

std::uint64_t flips_that_alarm(std::uint64_t items, const SentinelBaseline& baseline,
                               double alpha) {
    const double n = static_cast<double>(items);
    const double a = baseline.flip_rate * baseline.scorings + 0.5;
    const double b = (1 - baseline.flip_rate) * baseline.scorings + 0.5;
    return fewest(items, alpha, [&](double k) {
        return std::exp(log_beta(a + k, b + n - k) - log_beta(a, b) - log_beta(k + 1, n - k + 1) -
                        std::log(n + 1));
    });
}

SentinelWatch::Answer SentinelWatch::add_run(std::span<const bool> flipped) {
    Answer answer;
    answer.flips = static_cast<std::uint64_t>(std::ranges::count(flipped, true));
    answer.alarm_at = flips_that_alarm(flipped.size(), baseline_, rules_.alpha_run);
    answer.sudden = answer.flips >= answer.alarm_at;
    const double expected = baseline_.flip_rate_upper + rules_.tolerance;
    const double threshold = rules_.runs_to_false_alarm * static_cast<double>(flipped.size());
    for (const bool flip : flipped) {
        slow_.update((flip - expected) / expected);
        answer.slow = answer.slow || slow_.value() >= threshold;
    }
    if (answer.slow) slow_ = {};
    return answer;
}

}  // namespace plimsoll::analyse
