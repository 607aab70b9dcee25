/// chance.h: dice that fall alike on every machine: all of them from a seed, none from the world.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace plimsoll::app::demo {

/// Mixes words into one (splitmix64's finisher after each): a seed for a session, a turn, a span.
inline std::uint64_t mix(std::initializer_list<std::uint64_t> words) {
    std::uint64_t mixed = 0x9E3779B97F4A7C15ull;
    for (std::uint64_t word : words) {
        mixed += word + 0x9E3779B97F4A7C15ull;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
        mixed ^= mixed >> 31;
    }
    return mixed;
}

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t word() { return mix({state_++}); }
    /// In [0, 1).
    double uniform() { return static_cast<double>(word() >> 11) * 0x1p-53; }
    bool happens(double rate) { return uniform() < rate; }
    /// In [0, count).
    std::size_t below(std::size_t count) {
        return static_cast<std::size_t>(uniform() * static_cast<double>(count));
    }
    /// A positive number whose logarithm is normal: half of them lie below `median`.
    double lognormal(double median, double sigma) {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return median * std::exp(sigma * radius * std::cos(2 * std::numbers::pi * uniform()));
    }
    template <class List>
    decltype(auto) pick(const List& list) {
        return list[below(std::size(list))];
    }

  private:
    std::uint64_t state_;
};

}  // namespace plimsoll::app::demo
