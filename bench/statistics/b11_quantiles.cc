// B11: the tail of latency, from a thousand shards. How near to the exact one, how sure, how fast?
//
// Latencies in microseconds are lognormal (median 800 ms, sigma 1), in bursts five times as long: a
// twentieth of the shards, or of the sessions, is in one. Accuracy: 10^8 values in 1000 shards
// against the exact order statistics (bins 10^-5 wide on the log scale). Coverage: sessions of 1 …
// 8 calls that share a lognormal factor (sigma 0.5); does the interval hold the true quantile of
// the process? Beside it: the interval that takes calls for independent, t-digest, and the layout
// of HdrHistogram.
#include <array>
#include <chrono>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "analyse/stats/ddsketch.h"
#include "analyse/stats/distributions.h"
#include "analyse/stats/quantile_limits.h"
#include "analyse/stats/solve.h"
#include "base/counter_random.h"
#include "base/permanent_random.h"
#include "statistics/quantile_rivals.h"
#include "statistics/scenario.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

const double log_median = std::log(800'000.), log_burst = std::log(5.);
constexpr double burst = 0.05;
constexpr double quantiles[] = {.50, .95, .99, .999};

/// Standard normal numbers, two by Box and Muller from two uniform ones.
class Normal {
  public:
    explicit Normal(CounterRandom& dice) : dice_(dice) {}
    double operator()() {
        if (has_other_) {
            has_other_ = false;
            return other_;
        }
        const double radius = std::sqrt(-2 * std::log(1 - dice_.uniform()));
        const double angle = 2 * std::numbers::pi * dice_.uniform();
        other_ = radius * std::sin(angle);
        has_other_ = true;
        return radius * std::cos(angle);
    }

  private:
    CounterRandom& dice_;
    double other_ = 0;
    bool has_other_ = false;
};

/// Exact order statistics to 10^-5: counts on a fine log scale.
class Exact {
  public:
    Exact() : counts_(static_cast<std::size_t>((high - low) / step) + 1) {}
    void add(double log_value) {
        ++counts_[static_cast<std::size_t>((std::clamp(log_value, low, high) - low) / step)];
        ++total_;
    }
    double quantile(double q) const {
        const auto rank = static_cast<std::uint64_t>(q * static_cast<double>(total_ - 1));
        std::uint64_t below = 0;
        std::size_t i = 0;
        while (below + counts_[i] <= rank) below += counts_[i++];
        return std::exp(low + (static_cast<double>(i) + .5) * step);
    }

  private:
    static constexpr double low = 5, high = 25, step = 1e-5;
    std::vector<std::uint32_t> counts_;
    std::uint64_t total_ = 0;
};

template <class Sketch>
struct Merged {
    Sketch sketch;
    double micros = 0;  ///< A merge, mean over the shards.
};

template <class Sketch>
Merged<Sketch> merged(const std::vector<Sketch>& shards, bool backward = false) {
    Merged<Sketch> result;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < shards.size(); ++i)
        result.sketch.merge(shards[backward ? shards.size() - 1 - i : i]);
    const std::chrono::duration<double, std::micro> spent =
        std::chrono::steady_clock::now() - start;
    result.micros = spent.count() / static_cast<double>(shards.size());
    return result;
}

void accuracy(std::vector<Figure>& figures, std::size_t shards, std::size_t values) {
    std::vector<DDSketch> sketches(shards);
    std::vector<TDigest> digests(shards);
    std::vector<LogLinear> layouts(shards);
    Exact exact;
    for (std::size_t s = 0; s < shards; ++s) {
        CounterRandom dice(permanent_bits("B11", "shards"), s);
        Normal normal(dice);
        const double median = log_median + (s % 20 == 0 ? log_burst : 0);
        for (std::size_t i = 0; i < values / shards; ++i) {
            const double log_value = median + normal(), value = std::exp(log_value);
            exact.add(log_value);
            sketches[s].add(value);
            layouts[s].add(value);
            digests[s].add(value);
        }
    }
    auto sketch = merged(sketches);
    const auto backward = merged(sketches, true);
    auto digest = merged(digests), digest_backward = merged(digests, true);
    const auto layout = merged(layouts);
    const std::string of =
        fmt::format("10^{:.0f} values in {} shards, ", std::log10(values), shards);
    double worst = 0, order = 0, digest_order = 0;
    for (const double q : quantiles) {
        const double truth = exact.quantile(q);
        const auto error = [&](double value) { return std::abs(value / truth - 1); };
        const double ours = error(*sketch.sketch.quantile(q));
        worst = std::max(worst, ours);
        order =
            std::max(order, std::abs(*sketch.sketch.quantile(q) - *backward.sketch.quantile(q)));
        const double forth = digest.sketch.quantile(q), back = digest_backward.sketch.quantile(q);
        digest_order = std::max(digest_order, std::abs(forth / back - 1));
        figures.push_back(
            {fmt::format("{}error of p{:g}", of, 100 * q), ours, 0, "<= .01", ours <= .01});
        figures.push_back(
            {fmt::format("{}error of p{:g}, t-digest", of, 100 * q), error(forth), 0, "", {}});
        figures.push_back({fmt::format("{}error of p{:g}, HDR layout", of, 100 * q),
                           error(layout.sketch.quantile(q)),
                           0,
                           "",
                           {}});
    }
    figures.push_back({of + "merged backward, largest difference", order, 0, "0", order == 0});
    figures.push_back(
        {of + "merged backward, largest difference, t-digest", digest_order, 0, "", {}});
    figures.push_back({of + "bins", static_cast<double>(sketch.sketch.bins()), 0, "", {}});
    figures.push_back({of + "time of a merge, us", sketch.micros, 0, "< 50", sketch.micros < 50});
    figures.push_back({of + "time of a merge, us, t-digest", digest.micros, 0, "", {}});
    figures.push_back({of + "time of a merge, us, HDR layout", layout.micros, 0, "", {}});
}

constexpr double shared_sigma = 0.5, own_sigma = 1;

/// Of a call: a mixture of two lognormals.
double true_quantile(double q) {
    const double sigma = std::hypot(shared_sigma, own_sigma);
    return std::exp(root_of(
        [&](double x) {
            return (1 - burst) * normal_cdf((x - log_median) / sigma) +
                   burst * normal_cdf((x - log_median - log_burst) / sigma) - q;
        },
        0, 40));
}

void coverage(std::vector<Figure>& figures, std::uint32_t sessions, int replicates) {
    std::array<Tally, 3> clustered, independent, open, width;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B11 sessions", fmt::format("{}", sessions)),
                           static_cast<std::uint64_t>(r));
        Normal normal(dice);
        std::vector<DDSketch> buckets(64);
        DDSketch all;
        for (std::uint32_t session = 0; session < sessions; ++session) {
            const std::uint32_t bucket = dice.below(64), calls = 1 + dice.below(8);
            const double shared =
                log_median + shared_sigma * normal() + (dice.uniform() < burst ? log_burst : 0);
            for (std::uint32_t call = 0; call < calls; ++call) {
                const double value = std::exp(shared + own_sigma * normal());
                buckets[bucket].add(value);
                all.add(value);
            }
        }
        for (std::size_t i = 0; i < 3; ++i) {
            const double truth = true_quantile(quantiles[i]);
            const auto ours = quantile_estimate(buckets, quantiles[i], sessions);
            const auto naive = quantile_estimate(all, quantiles[i]);
            clustered[i].add(ours && ours->interval.contains(truth));
            independent[i].add(naive->interval.contains(truth));
            if (!ours) continue;
            open[i].add(std::isinf(ours->interval.high));
            if (std::isfinite(ours->interval.high)) width[i].add(ours->interval.width() / truth);
        }
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const auto add = [&](const char* what, const Tally& tally, bool target = false) {
            if (tally.count() == 0) return;
            figures.push_back({fmt::format("{} sessions of 1 … 8 calls, p{:g}, {}", sessions,
                                           100 * quantiles[i], what),
                               tally.mean(), tally.error(), target ? ">= .95" : "",
                               target ? std::optional(tally.mean() >= .95) : std::nullopt});
        };
        add("coverage", clustered[i], true);
        add("coverage as if independent", independent[i]);
        add("width over the quantile", width[i]);
        add("no upper limit", open[i]);
    }
}

std::vector<Figure> run(Effort effort) {
    const bool full = effort == Effort::full;
    std::vector<Figure> figures;
    accuracy(figures, full ? 1000 : 10, full ? 100'000'000 : 10'000);
    for (const std::uint32_t sessions : {100u, 400u, 2000u, 10000u}) {
        if (!full && sessions > 100) continue;
        coverage(figures, sessions, full ? (sessions > 1000 ? 800 : 2000) : 5);
    }
    return figures;
}

}  // namespace

extern const Scenario b11_quantiles{
    .name = "B11",
    .says = "The tail of latency from a thousand shards: how near, how sure, how fast",
    .run = run};

}  // namespace plimsoll::bench
