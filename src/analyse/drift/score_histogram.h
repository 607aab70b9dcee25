/// score_histogram.h: a distribution of scores as 101 weights, one a hundredth.
///
/// Exact for judges that give two decimals. Sums: hours make weeks, shards a deployment.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace plimsoll::analyse {

struct ScoreHistogram {
    static constexpr std::size_t bins = 101;

    void add(double weight, double score) {
        assert(score >= 0 && score <= 1 && weight > 0);
        ++n;
        w += weight;
        w2 += weight * weight;
        bin_w[static_cast<std::size_t>(score * (bins - 1) + .5)] += weight;
    }
    void merge(const ScoreHistogram& other) {
        n += other.n;
        w += other.w;
        w2 += other.w2;
        for (std::size_t i = 0; i < bins; ++i) bin_w[i] += other.bin_w[i];
    }
    /// How many equally weighted scores say as much (Kish).
    double effective_count() const { return w2 > 0 ? w * w / w2 : 0; }
    /// Nothing between 0 and 1: then the mean says all there is to say.
    bool is_binary() const { return bin_w.front() + bin_w.back() >= w * (1 - 1e-12); }
    bool operator==(const ScoreHistogram&) const = default;

    std::uint64_t n = 0;
    double w = 0;
    double w2 = 0;
    std::array<double, bins> bin_w{};
};

}  // namespace plimsoll::analyse
