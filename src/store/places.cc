#include "store/places.h"

#include <cstdint>

namespace plimsoll::store {

namespace {

void put(std::string& bytes, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
    bytes += static_cast<char>(value);
}

bool take(std::string_view& bytes, std::uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<std::uint8_t>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

}  // namespace

// Rows go by differences: the spans of one trace lie close together. A difference may be negative,
// so its sign moves to the lowest bit.
std::string encode_places(const std::vector<interaction::SpanPlace>& places) {
    std::string bytes;
    bytes.reserve(places.size() * 11);
    std::uint64_t seq = 0;
    for (const interaction::SpanPlace& place : places) {
        bytes += place.span.raw();
        const auto difference = static_cast<std::int64_t>(place.seq - seq);
        put(bytes, static_cast<std::uint64_t>(difference) << 1 ^
                       static_cast<std::uint64_t>(difference >> 63));
        put(bytes, place.ordinal);
        seq = place.seq;
    }
    return bytes;
}

std::optional<std::vector<interaction::SpanPlace>> decode_places(std::string_view bytes) {
    std::vector<interaction::SpanPlace> places;
    std::uint64_t seq = 0;
    while (!bytes.empty()) {
        interaction::SpanPlace place;
        if (bytes.size() < 8) return std::nullopt;
        place.span = *SpanId::from_bytes(bytes.substr(0, 8));
        bytes.remove_prefix(8);
        std::uint64_t difference, ordinal;
        if (!take(bytes, difference) || !take(bytes, ordinal) || ordinal > UINT32_MAX)
            return std::nullopt;
        place.seq = seq += (difference >> 1) ^ (0 - (difference & 1));
        place.ordinal = static_cast<std::uint32_t>(ordinal);
        places.push_back(place);
    }
    return places;
}

}  // namespace plimsoll::store
