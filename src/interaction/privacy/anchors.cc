#include "interaction/privacy/anchors.h"

#include <algorithm>
#include <bit>

#include "interaction/privacy/characters.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plimsoll::interaction::privacy {

namespace {

/// Base64's alphabets, the usual one and that of URLs, by the halves of a byte: bit h of
/// base64_low[l] says whether the byte 0xhl belongs. High halves above 7 never do.
constexpr std::array<std::uint8_t, 16> make_base64_low() {
    std::array<std::uint8_t, 16> low{};
    for (int byte = 0; byte < 128; ++byte) {
        const char c = static_cast<char>(byte);
        if (is_token(c) || c == '+' || c == '/')
            low[static_cast<std::size_t>(byte & 15)] |= static_cast<std::uint8_t>(1 << (byte >> 4));
    }
    return low;
}
alignas(16) constexpr std::array<std::uint8_t, 16> base64_low = make_base64_low();

Block scan_plain(const Anchors::Tables& tables, const char* bytes) {
    Block block;
    const auto buckets = [&](int position, char c) {
        const auto byte = static_cast<unsigned char>(c);
        return tables.low[position][byte & 15] & tables.high[position][byte >> 4];
    };
    for (int i = 0; i < 64; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (buckets(0, bytes[i]) & buckets(1, bytes[i + 1]) & buckets(2, bytes[i + 2]))
            block.literals |= bit;
        if (is_digit(bytes[i])) block.digits |= bit;
        if (Anchors::in_base64(bytes[i])) block.base64 |= bit;
    }
    return block;
}

#if defined(__x86_64__)
#define PLIMSOLL_AVX2 __attribute__((target("avx2"), always_inline)) inline
PLIMSOLL_AVX2 void load_twice(const std::uint8_t* table, __m256i& into) {
    into = _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(table)));
}
PLIMSOLL_AVX2 std::uint64_t bits_of(const __m256i& matched) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(matched));
}

__attribute__((target("avx2"))) Block scan_avx2(const Anchors::Tables& tables, const char* bytes) {
    alignas(16) static constexpr std::uint8_t high_bit[16] = {1, 2, 4, 8, 16, 32, 64, 128};
    const __m256i half = _mm256_set1_epi8(0x0f), zero = _mm256_setzero_si256();
    __m256i low[3], high[3], alphabet, bit_of;
    for (int position = 0; position < 3; ++position) {
        load_twice(tables.low[position], low[position]);
        load_twice(tables.high[position], high[position]);
    }
    load_twice(base64_low.data(), alphabet);
    load_twice(high_bit, bit_of);
    Block block;
    for (int part = 0; part < 2; ++part) {
        __m256i buckets = _mm256_set1_epi8(-1);
        __m256i first = zero, first_low = zero, first_high = zero;
        for (int position = 0; position < 3; ++position) {
            const __m256i seen =
                _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32 * part + position));
            const __m256i l = _mm256_and_si256(seen, half);
            const __m256i h = _mm256_and_si256(_mm256_srli_epi16(seen, 4), half);
            if (position == 0) first = seen, first_low = l, first_high = h;
            buckets =
                _mm256_and_si256(buckets, _mm256_and_si256(_mm256_shuffle_epi8(low[position], l),
                                                           _mm256_shuffle_epi8(high[position], h)));
        }
        const __m256i digit = _mm256_and_si256(_mm256_cmpgt_epi8(first, _mm256_set1_epi8('0' - 1)),
                                               _mm256_cmpgt_epi8(_mm256_set1_epi8('9' + 1), first));
        const __m256i member = _mm256_and_si256(_mm256_shuffle_epi8(alphabet, first_low),
                                                _mm256_shuffle_epi8(bit_of, first_high));
        block.literals |= (bits_of(_mm256_cmpeq_epi8(buckets, zero)) ^ 0xffffffffu) << (32 * part);
        block.digits |= bits_of(digit) << (32 * part);
        block.base64 |= (bits_of(_mm256_cmpeq_epi8(member, zero)) ^ 0xffffffffu) << (32 * part);
    }
    return block;
}
#endif

}  // namespace

Anchors::Anchors() : scan_(scan_plain) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) scan_ = scan_avx2;
#endif
}

void Anchors::use_plain_loops() {
    scan_ = scan_plain;
}

bool Anchors::in_base64(char c) {
    return is_token(c) || c == '+' || c == '/';
}

void Anchors::add(std::string_view literal, Owners owner) {
    std::vector<Literal>& known = by_first_byte_[static_cast<unsigned char>(literal[0])];
    for (Literal& one : known) {
        if (one.text == literal) {
            one.owners |= owner;
            return;
        }
    }
    known.push_back({literal, owner});

    // The halves that a bucket must hold for it: low and high, of three positions. What follows a
    // short literal may be anything, what follows ':' a hex digit or ':'.
    std::array<std::uint16_t, 6> wanted;
    wanted.fill(0xffff);
    for (std::size_t i = 0; i < std::min<std::size_t>(literal.size(), 3); ++i) {
        const auto byte = static_cast<unsigned char>(literal[i]);
        wanted[2 * i] = static_cast<std::uint16_t>(1 << (byte & 15));
        wanted[2 * i + 1] = static_cast<std::uint16_t>(1 << (byte >> 4));
    }
    if (literal == ":") {
        wanted[2] = 0x07ff;  // 0-9 and ':', a-f.
        wanted[3] = 1 << 3 | 1 << 4 | 1 << 6;
    }
    // Into the bucket whose chance to be met by other bytes grows least.
    const auto chance = [](const std::array<std::uint16_t, 6>& halves) {
        double product = 1;
        for (const std::uint16_t half : halves) product *= std::popcount(half) / 16.0;
        return product;
    };
    const auto joined = [&](std::array<std::uint16_t, 6> halves) {
        for (std::size_t i = 0; i < halves.size(); ++i) halves[i] |= wanted[i];
        return halves;
    };
    std::size_t best = 0;
    double least = 2;
    for (std::size_t bucket = 0; bucket < used_.size(); ++bucket) {
        const double growth = chance(joined(used_[bucket])) - chance(used_[bucket]);
        if (growth < least) {
            least = growth;
            best = bucket;
        }
    }
    used_[best] = joined(used_[best]);
    for (std::size_t position = 0; position < 3; ++position) {
        for (std::size_t half = 0; half < 16; ++half) {
            const auto bit = static_cast<std::uint8_t>(1 << best);
            if (used_[best][2 * position] >> half & 1) tables_.low[position][half] |= bit;
            if (used_[best][2 * position + 1] >> half & 1) tables_.high[position][half] |= bit;
        }
    }
}

Anchors::Owners Anchors::owners_at(std::string_view text, std::size_t at) const {
    for (const Literal& one : by_first_byte_[static_cast<unsigned char>(text[at])]) {
        if (text.substr(at).starts_with(one.text)) return one.owners;
    }
    return 0;
}

}  // namespace plimsoll::interaction::privacy
