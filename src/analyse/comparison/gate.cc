#include "analyse/comparison/gate.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "analyse/comparison/sample_size.h"
#include "analyse/comparison/tango.h"
#include "analyse/drift/confidence_sequence.h"
#include "analyse/stats/distributions.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

namespace {

/// Fewer graded pairs without clusters than this: no normal approximation, but betting.
constexpr std::size_t graded_pairs_min = 100;
constexpr std::size_t clusters_min = 8;

struct PairSums {
    double weight = 0, baseline = 0, candidate = 0;
    double difference = 0;  ///< Weighted mean.
    double variance = 0;    ///< Of one pair's difference.
    bool binary = true, equal_weights = true;
};

PairSums sums_of(const std::vector<GatePair>& pairs) {
    PairSums sums;
    for (const GatePair& pair : pairs) {
        sums.weight += pair.weight;
        sums.baseline += pair.weight * pair.baseline;
        sums.candidate += pair.weight * pair.candidate;
        const auto is_binary = [](double x) { return x == 0 || x == 1; };
        sums.binary &= is_binary(pair.baseline) && is_binary(pair.candidate);
        sums.equal_weights &= pair.weight == pairs.front().weight;
    }
    sums.baseline /= sums.weight;
    sums.candidate /= sums.weight;
    sums.difference = sums.candidate - sums.baseline;
    for (const GatePair& pair : pairs) {
        const double off = pair.candidate - pair.baseline - sums.difference;
        sums.variance += pair.weight * off * off / sums.weight;
    }
    return sums;
}

/// What a method finds: is it proved to be better than -margin, and how likely is it to be worse
/// than 0?
struct Evidence {
    std::string method;
    bool passes = false;
    double p_worse = 1;
    Interval interval;
    double design_effect = 1;
};

Evidence by_tango(const GateDimension& dimension, const GateOptions& options) {
    PairedCounts counts{.n = static_cast<double>(dimension.pairs.size())};
    for (const GatePair& pair : dimension.pairs) {
        counts.gained += pair.candidate > pair.baseline;
        counts.lost += pair.candidate < pair.baseline;
    }
    const double z = normal_quantile(1 - options.pass_alpha);
    return {.method = "Tango's score",
            .passes = tango_z(counts, -dimension.margin) >= z,
            .p_worse = normal_cdf(tango_z(counts, 0)),
            .interval = tango(counts, z)};
}

/// Undefined variance (fewer than eight clusters) gives an interval that says nothing.
Evidence by_clusters(const GateDimension& dimension, const PairSums& sums,
                     const GateOptions& options) {
    std::map<std::string_view, double> off;  // By cluster: sum of w (d - mean).
    double independent = 0;
    for (const GatePair& pair : dimension.pairs) {
        const double term = pair.weight * (pair.candidate - pair.baseline - sums.difference);
        off[pair.cluster] += term;
        independent += term * term;
    }
    const auto count = static_cast<double>(off.size());
    if (off.size() < clusters_min) {
        return {.method = fmt::format("{} clusters, too few", off.size()), .interval = {-1, 1}};
    }
    double squares = 0;
    for (const auto& [cluster, sum] : off) squares += sum * sum;
    const double error = std::sqrt(count / (count - 1) * squares) / sums.weight;
    const double degrees = count - 1;
    const double half = student_quantile(1 - options.pass_alpha, degrees) * error;
    const Interval interval{sums.difference - half, sums.difference + half};
    const double t = error > 0              ? sums.difference / error
                     : sums.difference == 0 ? 0
                                            : std::copysign(INFINITY, sums.difference);
    return {.method = fmt::format("clusters, Student's t of {:.0f}", degrees),
            .passes = interval.low >= -dimension.margin,
            .p_worse = student_cdf(t, degrees),
            .interval = interval,
            .design_effect = independent > 0 ? std::fmax(1, squares / independent) : 1};
}

Evidence by_betting(const GateDimension& dimension, const GateOptions& options) {
    std::vector<double> scores;
    for (const GatePair& pair : dimension.pairs) {
        scores.push_back((pair.candidate - pair.baseline + 1) / 2);
    }
    const auto at = [&](double alpha) {
        const Interval i = hedged_sequence(scores, 2 * alpha);
        return Interval{2 * i.low - 1, 2 * i.high - 1};
    };
    // The p-value is the smallest alpha whose interval lies below 0, to three digits.
    const double p = at(.499).high >= 0  ? 1
                     : at(1e-6).high < 0 ? 1e-6
                                         : [&] {
                                               double low = 1e-6, high = .499;
                                               for (int i = 0; i < 30; ++i) {
                                                   const double middle = std::sqrt(low * high);
                                                   (at(middle).high < 0 ? high : low) = middle;
                                               }
                                               return high;
                                           }();
    const Interval interval = at(options.pass_alpha);
    return {.method = "hedged betting",
            .passes = interval.low >= -dimension.margin,
            .p_worse = p,
            .interval = interval};
}

bool has_clusters(const std::vector<GatePair>& pairs) {
    std::map<std::string_view, int> seen;
    for (const GatePair& pair : pairs) {
        if (++seen[pair.cluster] > 1) return true;
    }
    return false;
}

std::optional<double> pairs_to_decide(const GateResult& result, const PairSums& sums,
                                      double design_effect, const GateOptions& options) {
    GatePlan plan{.variance = sums.variance * design_effect,
                  .difference = sums.difference,
                  .margin = result.margin,
                  .confidence = 1 - options.pass_alpha,
                  .power = options.power};
    const double to_pass = pairs_to_pass(plan);
    plan.confidence = 1 - options.fail_alpha;
    const double least = std::fmin(to_pass, pairs_to_fail(plan));
    if (!std::isfinite(least)) return std::nullopt;
    return std::fmax(least, static_cast<double>(result.pairs + 1));
}

/// Everything but the failing, which takes all dimensions.
GateResult look_at(const GateDimension& dimension, const GateOptions& options) {
    GateResult result{.name = dimension.name,
                      .pairs = dimension.pairs.size(),
                      .excluded = dimension.excluded,
                      .margin = dimension.margin};
    const std::size_t all = result.pairs + result.excluded;
    if (result.pairs == 0) {
        result.says = all == 0 ? "there is no example" : "no example could be scored on both sides";
        return result;
    }
    const PairSums sums = sums_of(dimension.pairs);
    const bool clustered = has_clusters(dimension.pairs);
    const Evidence evidence =
        clustered || !sums.equal_weights   ? by_clusters(dimension, sums, options)
        : sums.binary                      ? by_tango(dimension, options)
        : result.pairs >= graded_pairs_min ? by_clusters(dimension, sums, options)
                                           : by_betting(dimension, options);
    result.method = evidence.method;
    result.baseline = sums.baseline;
    result.candidate = sums.candidate;
    result.interval = evidence.interval;
    result.p_worse = evidence.p_worse;
    const double share = static_cast<double>(result.excluded) / static_cast<double>(all);
    if (share > options.excluded_max) {
        result.says =
            fmt::format("{:.1f}% of the examples could not be scored, at most {:.0f}% may be",
                        100 * share, 100 * options.excluded_max);
        result.p_worse = std::nullopt;
        return result;
    }
    if (evidence.passes) {
        result.outcome = GateOutcome::pass;
        result.says = result.interval->high < 0 ? "worse, but by less than the margin"
                                                : "no worse than the margin allows";
        return result;
    }
    result.pairs_to_decide = pairs_to_decide(result, sums, evidence.design_effect, options);
    return result;
}

}  // namespace

std::string_view to_word(GateOutcome outcome) {
    switch (outcome) {
        case GateOutcome::pass:
            return "pass";
        case GateOutcome::fail:
            return "fail";
        default:
            return "not enough evidence";
    }
}

GateReport judge_gate(std::span<const GateDimension> dimensions, const GateOptions& options) {
    GateReport report;
    std::vector<double> p;
    for (const GateDimension& dimension : dimensions) {
        report.dimensions.push_back(look_at(dimension, options));
        p.push_back(report.dimensions.back().p_worse.value_or(1));
    }
    const std::vector<double> corrected = holm(p);
    bool all_pass = !report.dimensions.empty(), any_fails = false;
    for (std::size_t i = 0; i < report.dimensions.size(); ++i) {
        GateResult& result = report.dimensions[i];
        all_pass &= result.outcome == GateOutcome::pass;
        if (result.outcome == GateOutcome::pass || !result.says.empty()) continue;
        if (corrected[i] <= options.fail_alpha) {
            result.outcome = GateOutcome::fail;
            result.says = "worse than the baseline";
            result.pairs_to_decide = std::nullopt;
            any_fails = true;
        } else {
            result.says =
                result.pairs_to_decide
                    ? fmt::format("{:.0f} examples would decide, if the difference stays",
                                  *result.pairs_to_decide)
                    : "equal to the last example: no number of them is foreseen to decide";
        }
    }
    if (all_pass) report.outcome = GateOutcome::pass;
    if (any_fails) report.outcome = GateOutcome::fail;
    return report;
}

std::optional<std::size_t> passes_after(std::span<const double> differences, double margin,
                                        double alpha) {
    const double m = (1 - margin) / 2;
    double log_capital = 0, sum = 0, squares = 0, variance = .25;
    for (std::size_t i = 0; i < differences.size(); ++i) {
        const double x = (differences[i] + 1) / 2, t = static_cast<double>(i + 1);
        const double bet = std::sqrt(2 * std::log(1 / alpha) / (t * std::log(1 + t) * variance));
        log_capital += std::log1p(std::fmin(bet, .5 / m) * (x - m));
        if (log_capital >= std::log(1 / alpha)) return i + 1;
        sum += x;
        const double mean = (.5 + sum) / (t + 1);
        squares += (x - mean) * (x - mean);
        variance = (.25 + squares) / (t + 1);
    }
    return std::nullopt;
}

}  // namespace plimsoll::analyse
