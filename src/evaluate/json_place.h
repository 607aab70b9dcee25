/// json_place.h: where in the text of a JSON document the value stands that a JSON Pointer (RFC
/// 6901) names.
///
///   {"items": [{"n": "two"}]}   /items/0/n   ──▶  bytes [17, 22), the "two" with its marks
#pragma once

#include <optional>
#include <string_view>

namespace plimsoll::evaluate {

struct JsonPlace {
    std::size_t begin = 0;  ///< Bytes [begin, end) of the text.
    std::size_t end = 0;
};

/// `json` must be one JSON document. Of members with one name the first counts. nullopt if there is
/// no such value. Linear in the text.
std::optional<JsonPlace> place_of(std::string_view json, std::string_view pointer);

}  // namespace plimsoll::evaluate
