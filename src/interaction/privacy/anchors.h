/// anchors.h: the places of a text where something may begin, found 64 bytes at a time.
///
///   digits      the first digit of each run of them
///   literals    '@', ':' before a hex digit, and a few dozen of two or three bytes ("eyJ"): each
///               byte's two halves are looked up in tables of eight buckets, and where one bucket
///               holds three bytes in a row, the literal is compared
///   long runs   eight bytes of base64's alphabet in a row: where encoded text may stand
///
/// AVX2 where there is one (chosen when first used), else plain loops that find the same places.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace plimsoll::interaction::privacy {

/// Which of 64 bytes are what: bit i stands for byte i.
struct Block {
    std::uint64_t literals = 0;  ///< One may begin here.
    std::uint64_t digits = 0;
    std::uint64_t base64 = 0;
};

class Anchors {
  public:
    /// Whom to ask where a literal was seen: one bit each.
    using Owners = std::uint32_t;

    /// All are added before the first search; of a literal the first three bytes decide the speed.
    void add(std::string_view literal, Owners owner);

    /// Calls literal(at, owners) and digit(at) from left to right, then run(begin, end) for
    /// stretches of base64's alphabet of at least 16 bytes. What they return is where to go on:
    /// anchors before it are passed over.
    template <class Literal, class Digit, class Run>
    void for_each(std::string_view text, const Literal& literal, const Digit& digit,
                  const Run& run) const {
        std::size_t resume = 0, run_resume = 0;
        bool after_digit = false;
        char padded[64 + 2];
        for (std::size_t base = 0; base < text.size(); base += 64) {
            const char* bytes = text.data() + base;
            if (const std::size_t left = text.size() - base; left < sizeof padded) {
                std::memset(padded, 0, sizeof padded);
                std::memcpy(padded, bytes, left);
                bytes = padded;
            }
            const Block block = scan_(tables_, bytes);
            const std::uint64_t starts =
                block.digits & ~(block.digits << 1 | static_cast<std::uint64_t>(after_digit));
            after_digit = block.digits >> 63 != 0;
            for (std::uint64_t left = block.literals | starts; left != 0; left &= left - 1) {
                const auto bit = static_cast<std::size_t>(std::countr_zero(left));
                const std::size_t at = base + bit;
                if (at < resume) continue;
                if (starts >> bit & 1) {
                    resume = digit(at);
                } else if (const Owners owners = owners_at(text, at)) {
                    resume = literal(at, owners);
                }
            }
            // Bytes of the mask that are all ones: eight places in a row.
            const std::uint64_t gaps = ~block.base64;
            for (std::uint64_t full = (gaps - 0x0101010101010101u) & ~gaps & 0x8080808080808080u;
                 full != 0; full &= full - 1) {
                const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(full)) - 7;
                if (at < run_resume || at >= text.size()) continue;
                std::size_t begin = at, end = at;
                while (begin > 0 && in_base64(text[begin - 1])) --begin;
                while (end < text.size() && in_base64(text[end])) ++end;
                run_resume = end;
                if (end - begin >= 16) run(begin, end);
            }
        }
    }

    /// The plain loops, for the test that compares.
    void use_plain_loops();

    static bool in_base64(char c);

    /// By position in the literal and half of the byte: in which buckets it occurs.
    struct Tables {
        alignas(16) std::uint8_t low[3][16] = {};
        alignas(16) std::uint8_t high[3][16] = {};
    };

    Anchors();

  private:
    Owners owners_at(std::string_view text, std::size_t at) const;

    struct Literal {
        std::string_view text;
        Owners owners;
    };
    std::array<std::vector<Literal>, 256> by_first_byte_;
    std::array<std::array<std::uint16_t, 6>, 8> used_{};  ///< Halves that each bucket holds.
    Tables tables_;
    Block (*scan_)(const Tables&, const char*);
};

}  // namespace plimsoll::interaction::privacy
