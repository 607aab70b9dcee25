/// permanent_random.h: one number per id that is as good as random and never changes.
///
/// A trace is in a sample of probability pi if its number is below pi: the same on every machine,
/// on every replay, and a smaller sample lies inside a larger one of the same salt. Source:
/// statistics.md section 2.1 (FNV-1a, then splitmix64's finaliser).
#pragma once

#include <cstdint>
#include <string_view>

namespace plimsoll {

/// FNV-1a, 64 bits, going on from `state`.
std::uint64_t fnv1a64(std::string_view bytes, std::uint64_t state = 0xcbf29ce484222325);

/// One step of splitmix64 from the state `z`: every bit of the result depends on every bit of z.
std::uint64_t splitmix64(std::uint64_t z);

/// splitmix64(fnv1a64(salt 0x1F id)).
std::uint64_t permanent_bits(std::string_view salt, std::string_view id);

/// Uniform in [0, 1), a multiple of 2^-53.
double permanent_random(std::string_view salt, std::string_view id);

}  // namespace plimsoll
