/// dice.h: randomness from a seed, the same on every machine.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace plimsoll::load {

/// splitmix64's finisher: spreads one word over all its bits.
inline std::uint64_t spread(std::uint64_t word) {
    word += 0x9E3779B97F4A7C15ull;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ull;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBull;
    return word ^ (word >> 31);
}

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(spread(seed)) {}
    std::uint64_t word() { return spread(state_++); }
    double uniform() { return static_cast<double>(word() >> 11) * 0x1p-53; }
    std::size_t below(std::size_t count) {
        return static_cast<std::size_t>(uniform() * static_cast<double>(count));
    }
    double lognormal(double median, double sigma) {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return median * std::exp(sigma * radius * std::cos(2 * std::numbers::pi * uniform()));
    }

  private:
    std::uint64_t state_;
};

}  // namespace plimsoll::load
