/// id.h: identifiers that cannot be confused: a SpanId where a TraceId is due does not compile.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// `size` bytes as they came on the wire. All zero means "absent" (a root's parent) or invalid.
template <class Tag, std::size_t size>
struct Id {
    std::array<std::uint8_t, size> bytes{};

    auto operator<=>(const Id&) const = default;
    bool is_zero() const { return *this == Id{}; }

    /// From exactly `size` raw bytes; nullopt at any other length.
    static std::optional<Id> from_bytes(std::string_view raw) {
        if (raw.size() != size) return std::nullopt;
        Id id;
        std::memcpy(id.bytes.data(), raw.data(), size);
        return id;
    }

    /// From 2 * size hex digits of either case; nullopt for anything else.
    static std::optional<Id> from_hex(std::string_view hex) {
        if (hex.size() != 2 * size) return std::nullopt;
        Id id;
        for (std::size_t i = 0; i < size; ++i) {
            const int high = hex_digit(hex[2 * i]);
            const int low = hex_digit(hex[2 * i + 1]);
            if (high < 0 || low < 0) return std::nullopt;
            id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
        }
        return id;
    }

    std::string_view raw() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

    /// Lower-case hex, 2 * size digits.
    std::string hex() const {
        static constexpr char digits[] = "0123456789abcdef";
        std::string text;
        text.reserve(2 * size);
        for (const std::uint8_t byte : bytes) {
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
        return text;
    }

  private:
    static int hex_digit(char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    }
};

using TraceId = Id<struct TraceIdTag, 16>;
using SpanId = Id<struct SpanIdTag, 8>;

}  // namespace plimsoll

template <class Tag, std::size_t size>
struct std::hash<plimsoll::Id<Tag, size>> {
    /// Every bit of the id reaches the low bits: senders choose ids at random, but need not (A09).
    std::size_t operator()(const plimsoll::Id<Tag, size>& id) const noexcept {
        static_assert(size % 8 == 0);
        std::uint64_t hash = 0;
        for (std::size_t at = 0; at < size; at += 8) {
            std::uint64_t word;
            std::memcpy(&word, id.bytes.data() + at, 8);
            hash ^= word;
            hash ^= hash >> 32;
            hash *= 0x9E3779B97F4A7C15ull;
            hash ^= hash >> 32;
        }
        return hash;
    }
};
