#include "analyse/attribution/replay.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <map>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

constexpr std::size_t clusters_of_replay_min = 10;

/// The mean of one value an input, with the variance between clusters.
Estimate paired_mean(std::span<const ReplayedInput> inputs, const std::vector<double>& values) {
    const auto n = static_cast<double>(inputs.size());
    double mean = 0;
    for (const double value : values) mean += value / n;
    std::map<std::uint32_t, double> by_cluster;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        by_cluster[inputs[i].cluster] += values[i] - mean;
    double squares = 0;
    for (const auto& [cluster, sum] : by_cluster) squares += sum * sum;
    const auto clusters = static_cast<double>(by_cluster.size());
    const double error = std::sqrt(clusters / (clusters - 1) * squares) / n;
    const double half = error * student_quantile(.975, clusters - 1);
    return {mean, error, {mean - half, mean + half}};
}

}  // namespace

std::vector<double> shapley(std::span<const double> by_combination) {
    assert(std::has_single_bit(by_combination.size()));
    const auto k = static_cast<std::size_t>(std::countr_zero(by_combination.size()));
    std::vector<double> weight(k);  // Of a set of that size: s! (k - s - 1)! / k!
    for (std::size_t s = 0; s < k; ++s) {
        weight[s] =
            std::tgamma(double(s) + 1) * std::tgamma(double(k - s)) / std::tgamma(double(k) + 1);
    }
    std::vector<double> shares(k);
    for (std::size_t set = 0; set < by_combination.size(); ++set) {
        for (std::size_t j = 0; j < k; ++j) {
            if (set >> j & 1) continue;
            const auto size = static_cast<std::size_t>(std::popcount(set));
            const std::size_t joined = set | std::size_t{1} << j;
            shares[j] += weight[size] * (by_combination[joined] - by_combination[set]);
        }
    }
    return shares;
}

double interaction(std::span<const double> by_combination, std::size_t a, std::size_t b) {
    assert(a != b);
    const std::size_t one = std::size_t{1} << a, other = std::size_t{1} << b;
    return by_combination[one | other] - by_combination[one] - by_combination[other] +
           by_combination[0];
}

std::uint64_t replay_inputs(double change, double own_flips) {
    // Scores that differ by one for a share d of the inputs have variance d, at most.
    const double differ = std::abs(change) + own_flips;
    const double errors = (z_95_two_sided + z_95_one_sided) / change;
    return static_cast<std::uint64_t>(std::ceil(errors * errors * differ));
}

Computed<Replay> replay(std::span<const ReplayedInput> inputs,
                        std::span<const std::string> elements) {
    const std::size_t k = elements.size();
    assert(k >= 1 && k <= replay_elements_max);
    std::map<std::uint32_t, int> clusters;
    for (const ReplayedInput& input : inputs) {
        assert(input.by_combination.size() == std::size_t{1} << k);
        ++clusters[input.cluster];
    }
    if (clusters.size() < clusters_of_replay_min) return Undefined{"fewer than ten clusters"};
    const auto mean_of_inputs = [&](auto&& value) {
        std::vector<double> values;
        for (const ReplayedInput& input : inputs) values.push_back(value(input.by_combination));
        return paired_mean(inputs, values);
    };
    Replay result;
    result.change = mean_of_inputs([](const auto& v) { return v.back() - v.front(); });
    for (std::size_t e = 0; e < k; ++e) {
        result.effects.push_back(
            {elements[e], mean_of_inputs([e](const auto& v) { return shapley(v)[e]; })});
    }
    for (std::size_t a = 0; a < k; ++a) {
        for (std::size_t b = a + 1; b < k; ++b) {
            const Estimate size =
                mean_of_inputs([=](const auto& v) { return interaction(v, a, b); });
            result.interactions.push_back(
                {elements[a], elements[b], size, !size.interval.contains(0)});
        }
    }
    return result;
}

}  // namespace plimsoll::analyse
