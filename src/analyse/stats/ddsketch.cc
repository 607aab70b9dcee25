#include "analyse/stats/ddsketch.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace plimsoll::analyse {

namespace {
constexpr double zero_up_to = 1e-9;
}

DDSketch::DDSketch(double accuracy, std::size_t bins_max)
    : accuracy_(accuracy),
      gamma_((1 + accuracy) / (1 - accuracy)),
      per_log_(1 / std::log(gamma_)),
      bins_max_(bins_max) {
    assert(accuracy > 0 && accuracy < 1 && bins_max >= 1);
}

int DDSketch::key_of(double value) const {
    return static_cast<int>(std::ceil(std::log(value) * per_log_));
}

double DDSketch::value_of(int key) const {
    return 2 * std::pow(gamma_, key) / (1 + gamma_);
}

/// Where a key is counted: no lower than bins_max bins below the highest.
int DDSketch::collapse_below(int key) const {
    const int last = first_ + static_cast<int>(counts_.size()) - 1;
    return counts_.empty() ? key : std::max(key, last - static_cast<int>(bins_max_) + 1);
}

/// Makes counts_ reach `key`; the lowest bins fall together if it would become too long.
void DDSketch::cover(int key) {
    if (counts_.empty()) {
        first_ = key;
        counts_.assign(1, 0);
    } else if (key < first_) {
        counts_.insert(counts_.begin(), static_cast<std::size_t>(first_ - key), 0);
        first_ = key;
    } else if (const auto size = static_cast<std::size_t>(key - first_) + 1; size > bins_max_) {
        const std::size_t gone = size - bins_max_;  // Bins that fall into the new lowest.
        std::vector<std::uint64_t> kept(bins_max_);
        for (std::size_t i = 0; i < counts_.size(); ++i)
            kept[i < gone ? 0 : i - gone] += counts_[i];
        counts_ = std::move(kept);
        first_ += static_cast<int>(gone);
    } else if (size > counts_.size()) {
        counts_.resize(size);
    }
}

void DDSketch::add(double value, std::uint64_t times) {
    assert(std::isfinite(value));
    if (value <= zero_up_to) {
        zeros_ += times;
        return;
    }
    const int key = collapse_below(key_of(value));
    if (counts_.empty() || key < first_ || key >= first_ + static_cast<int>(counts_.size())) {
        cover(key);
    }
    counts_[static_cast<std::size_t>(key - first_)] += times;
    positive_ += times;
}

void DDSketch::merge(const DDSketch& other) {
    assert(accuracy_ == other.accuracy_ && bins_max_ == other.bins_max_);
    zeros_ += other.zeros_;
    if (other.counts_.empty()) return;
    cover(collapse_below(other.first_ + static_cast<int>(other.counts_.size()) - 1));
    cover(collapse_below(other.first_));
    for (std::size_t i = 0; i < other.counts_.size(); ++i) {
        const int key = collapse_below(other.first_ + static_cast<int>(i));
        counts_[static_cast<std::size_t>(key - first_)] += other.counts_[i];
    }
    positive_ += other.positive_;
}

double DDSketch::value_at(std::uint64_t rank) const {
    assert(rank < count());
    if (rank < zeros_) return 0;
    std::uint64_t below = zeros_;
    std::size_t i = 0;
    while (below + counts_[i] <= rank) below += counts_[i++];
    return value_of(first_ + static_cast<int>(i));
}

Computed<double> DDSketch::quantile(double q) const {
    assert(q >= 0 && q <= 1);
    if (count() == 0) return Undefined{"no values"};
    return value_at(static_cast<std::uint64_t>(q * static_cast<double>(count() - 1)));
}

double DDSketch::share_up_to(double value) const {
    if (count() == 0) return 0;
    std::uint64_t sum = zeros_;
    if (value > zero_up_to && !counts_.empty()) {
        const int key = std::min(key_of(value) - first_, static_cast<int>(counts_.size()) - 1);
        for (int i = 0; i <= key; ++i) sum += counts_[static_cast<std::size_t>(i)];
    }
    return static_cast<double>(sum) / static_cast<double>(count());
}

}  // namespace plimsoll::analyse
