/// histogram.h: latencies by the million in a few KB, each known to 1.6%.
///
/// Buckets as in an HDR histogram: 64 to each power of two, so the relative error is the same for a
/// microsecond as for a minute.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace plimsoll::load {

class Histogram {
  public:
    void add(std::uint64_t value) {
        const std::size_t bucket = bucket_of(value);
        if (bucket >= counts_.size()) counts_.resize(bucket + 1);
        ++counts_[bucket];
        ++count_;
        if (value > max_) max_ = value;
    }
    std::uint64_t count() const { return count_; }
    std::uint64_t max() const { return max_; }

    /// The smallest value that `share` of all are not above; the upper end of its bucket. 0 if
    /// empty.
    std::uint64_t quantile(double share) const {
        const auto wanted =
            static_cast<std::uint64_t>(share * static_cast<double>(count_) + .999999);
        std::uint64_t seen = 0;
        for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
            seen += counts_[bucket];
            if (seen >= wanted && seen > 0)
                return upper_end(bucket) < max_ ? upper_end(bucket) : max_;
        }
        return max_;
    }

  private:
    static constexpr unsigned fine = 6;  // 2^6 buckets to each doubling.

    static std::size_t bucket_of(std::uint64_t value) {
        if (value < (1u << fine)) return value;
        const unsigned shift = std::bit_width(value) - 1 - fine;
        return ((shift + 1) << fine) + ((value >> shift) - (1u << fine));
    }
    static std::uint64_t upper_end(std::size_t bucket) {
        if (bucket < (1u << fine)) return bucket;
        const unsigned shift = static_cast<unsigned>(bucket >> fine) - 1;
        const std::uint64_t first = ((bucket & ((1u << fine) - 1)) + (1u << fine)) << shift;
        return first + (std::uint64_t{1} << shift) - 1;
    }

    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace plimsoll::load
