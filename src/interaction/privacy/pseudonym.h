/// pseudonym.h: a short name that stands for a value: the same for the same value, and without the
/// key neither to be undone nor guessed.
///
///     Pseudonyms(key).of("EMAIL", "ana@example.com")   ▶   "qwmzrtb"
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::interaction::privacy {

/// 16 secret bytes, made once for a data directory. Whoever has them can try values one by one.
using PseudonymKey = std::array<std::uint8_t, 16>;

/// SipHash-2-4 (Aumasson and Bernstein, 2012): 64 bits that nobody can tell without the key.
std::uint64_t siphash(const PseudonymKey& key, std::string_view bytes);

class Pseudonyms {
  public:
    explicit Pseudonyms(const PseudonymKey& key) : key_(key) {}

    /// Seven letters: 33 bits, so among 10,000 values two share a name with probability 0.006.
    /// Letters only, so that no recogniser takes them for a number. What people write differently
    /// is one value: case, and what parts the digits of a number.
    std::string of(std::string_view label, std::string_view value) const;

  private:
    PseudonymKey key_;
};

}  // namespace plimsoll::interaction::privacy
