/// counter_random.h: random numbers that are a function of (key, stream, position) and of nothing
/// else.
///
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC
/// 2011). Replicate 17 of a bootstrap gives the same numbers whoever computes it, in whatever
/// order.
#pragma once

#include <array>
#include <cstdint>

namespace plimsoll {

/// One block of Philox4x32-10.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

class CounterRandom {
  public:
    /// `key` says whose numbers they are (a hash of the series), `stream` which of its sequences.
    explicit CounterRandom(std::uint64_t key, std::uint64_t stream = 0)
        : key_(key), stream_(stream) {}

    std::uint64_t bits();
    /// In [0, 1), a multiple of 2^-53.
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    /// Each of 0 … n-1 alike, without bias. n > 0.
    std::uint32_t below(std::uint32_t n);

  private:
    std::uint32_t word();
    std::uint64_t key_, stream_, block_ = 0;
    std::array<std::uint32_t, 4> words_{};
    unsigned used_ = 4;
};

}  // namespace plimsoll
