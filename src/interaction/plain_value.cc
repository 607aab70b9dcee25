/// AnyValue read as what a field needs. Declared in draft.h.
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "interaction/draft.h"

namespace plimsoll::interaction {

using wire::AnyValue;

std::string_view unquoted(std::string_view text) {
    if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) return text;
    if (text.find('\\') != std::string_view::npos) return text;
    return text.substr(1, text.size() - 2);
}

std::string plain_text(const AnyValue& value) {
    char digits[32];
    switch (value.kind) {
        case AnyValue::Kind::string:
            return std::string(value.text);
        case AnyValue::Kind::boolean:
            return value.boolean ? "true" : "false";
        case AnyValue::Kind::integer: {
            const auto end = std::to_chars(digits, digits + sizeof digits, value.integer).ptr;
            return std::string(digits, end);
        }
        case AnyValue::Kind::real: {
            const auto end = std::to_chars(digits, digits + sizeof digits, value.real).ptr;
            return std::string(digits, end);
        }
        default:
            return "";
    }
}

std::optional<double> number_of(const AnyValue& value) {
    double number = 0;
    switch (value.kind) {
        case AnyValue::Kind::integer:
            return static_cast<double>(value.integer);
        case AnyValue::Kind::real:
            number = value.real;
            break;
        case AnyValue::Kind::string: {
            const std::string_view digits = unquoted(value.text);
            const char* end = digits.data() + digits.size();
            const auto read = std::from_chars(digits.data(), end, number);
            if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
            break;
        }
        default:
            return std::nullopt;
    }
    if (!std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<std::int64_t> integer_of(const AnyValue& value) {
    if (value.kind == AnyValue::Kind::integer) return value.integer;
    const auto number = number_of(value);
    if (!number || *number != std::trunc(*number) || std::abs(*number) > 0x1p53) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
}

std::string_view json_text(const AnyValue& value, std::string& storage) {
    if (value.kind == AnyValue::Kind::string) return value.text;
    if (value.kind == AnyValue::Kind::empty) return {};
    storage = wire::to_json(value);
    return storage;
}

}  // namespace plimsoll::interaction
