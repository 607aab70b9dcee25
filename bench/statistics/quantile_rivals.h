/// quantile_rivals.h: other sketches of a distribution, as baselines for B11.
///
/// TDigest: the merging digest of Dunning and Ertl 2019, scale function k1, compression 100: small,
/// best in the tails, but what it answers depends on the order of merging and has no bound.
/// LogLinear: the layout of HdrHistogram (Tene): 256 linear steps in each power of two, so within
/// 0.4%, but for a range of values that is fixed beforehand.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace plimsoll::bench {

class TDigest {
  public:
    void add(double value) {
        waiting_.push_back({value, 1});
        if (waiting_.size() >= 1000) compress();
    }
    void merge(const TDigest& other) {
        waiting_.insert(waiting_.end(), other.centroids_.begin(), other.centroids_.end());
        waiting_.insert(waiting_.end(), other.waiting_.begin(), other.waiting_.end());
        compress();
    }
    double quantile(double q) {
        compress();
        const double rank = q * total_;
        double before = 0;  // Weight left of the middle of a centroid; linear between middles.
        for (std::size_t i = 0; i < centroids_.size(); ++i) {
            const double middle = before + centroids_[i].weight / 2;
            if (rank <= middle || i + 1 == centroids_.size()) {
                if (i == 0 || rank > middle) return centroids_[i].mean;
                const double last = before - centroids_[i - 1].weight / 2;
                const double share = (rank - last) / (middle - last);
                return centroids_[i - 1].mean +
                       share * (centroids_[i].mean - centroids_[i - 1].mean);
            }
            before += centroids_[i].weight;
        }
        return 0;
    }

  private:
    struct Centroid {
        double mean, weight;
    };
    void compress() {
        if (waiting_.empty()) return;
        waiting_.insert(waiting_.end(), centroids_.begin(), centroids_.end());
        std::ranges::sort(waiting_, {}, &Centroid::mean);
        total_ = 0;
        for (const Centroid& one : waiting_) total_ += one.weight;
        constexpr double compression = 100;
        const auto k = [](double q) {
            return compression / (2 * std::numbers::pi) * std::asin(2 * std::min(q, 1.) - 1);
        };
        centroids_.clear();
        double before = 0;
        Centroid open = waiting_[0];
        for (std::size_t i = 1; i < waiting_.size(); ++i) {
            const Centroid& next = waiting_[i];
            const double joined = (before + open.weight + next.weight) / total_;
            if (k(joined) - k(before / total_) <= 1) {
                open.mean += (next.mean - open.mean) * next.weight / (open.weight + next.weight);
                open.weight += next.weight;
            } else {
                centroids_.push_back(open);
                before += open.weight;
                open = next;
            }
        }
        centroids_.push_back(open);
        waiting_.clear();
    }
    std::vector<Centroid> centroids_, waiting_;
    double total_ = 0;
};

class LogLinear {
  public:
    static constexpr std::uint64_t steps = 256;
    /// Values are whole units, from 0 to 2^40.
    LogLinear() : counts_(steps * 34) {}

    void add(double value) { ++counts_[index(static_cast<std::uint64_t>(value))]; }
    void merge(const LogLinear& other) {
        for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    }
    double quantile(double q) const {
        std::uint64_t total = 0;
        for (const std::uint64_t count : counts_) total += count;
        const double rank = q * static_cast<double>(total);
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            below += counts_[i];
            if (static_cast<double>(below) >= rank) return middle(i);
        }
        return 0;
    }

  private:
    static std::size_t index(std::uint64_t v) {
        if (v < steps) return static_cast<std::size_t>(v);
        const int shift = std::bit_width(v) - 9;  // v >> shift lies in 256 … 511.
        return static_cast<std::size_t>(steps * static_cast<std::uint64_t>(shift) + (v >> shift));
    }
    static double middle(std::size_t i) {
        if (i < 2 * steps) return static_cast<double>(i);
        const auto shift = static_cast<int>(i / steps) - 1;
        const auto base = static_cast<double>(i - steps * static_cast<std::size_t>(shift));
        return std::ldexp(base + 0.5, shift);
    }
    std::vector<std::uint64_t> counts_;
};

}  // namespace plimsoll::bench
