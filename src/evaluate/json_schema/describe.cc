#include "evaluate/json_schema/describe.h"

#include <fmt/format.h>

#include "evaluate/json_schema/compiled.h"
#include "evaluate/json_schema/place_text.h"

namespace plimsoll::evaluate::schema {

using json::Kind;
using json::Value;

namespace {

/// Alternatives that a message shows.
constexpr std::size_t shown_max = 8;

}  // namespace

std::uint8_t type_of(Value value) {
    switch (value.kind()) {
        case Kind::null:
            return type_null;
        case Kind::boolean:
            return type_boolean;
        case Kind::integer:
            return type_integer;
        case Kind::real:
            return is_whole(value) ? type_whole : type_fraction;
        case Kind::string:
            return type_string;
        case Kind::array:
            return type_array;
        case Kind::object:
            return type_object;
    }
    return 0;
}

std::string types_text(Value type) {
    if (type.is_string()) return std::string(type.as_string());
    std::string text;
    std::size_t left = type.size();
    for (const Value name : type.elements()) {
        text += name.as_string();
        --left;
        if (left > 0) text += left == 1 ? " or " : ", ";
    }
    return text.empty() ? "no value at all" : text;
}

std::string short_text(Value value) {
    switch (value.kind()) {
        case Kind::string:
            return shortened(value.as_string());
        case Kind::array:
            return fmt::format("an array of {}", value.size());
        case Kind::object:
            return fmt::format("an object of {}", value.size());
        default:
            return to_text(value);
    }
}

std::string alternatives_text(Value values) {
    std::string text = values.size() == 1 ? "" : "one of ";
    std::size_t shown = 0;
    for (const Value value : values.elements()) {
        if (shown > 0) text += ", ";
        if (shown == shown_max && values.size() > shown_max) return text + "\xE2\x80\xA6";
        text += short_text(value);
        ++shown;
    }
    return shown == 0 ? "no value at all" : text;
}

std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace plimsoll::evaluate::schema
