#include "wire/otlp_json_scalar.h"

#include <charconv>
#include <cstdlib>
#include <limits>

#include "base/id.h"
#include "wire/base64.h"

namespace plimsoll::wire {
namespace {

/// nullopt unless all of `text` is a number of this type, in its range.
template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
    return number;
}

/// All of `text`, beyond a double's range too: 1e999 is infinite. from_chars knows the words
/// "inf" and "nan" in several spellings, which are none of JSON's.
std::optional<double> real_number(std::string_view text) {
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    if (text.find_first_not_of("+-.0123456789eE") != std::string_view::npos) return std::nullopt;
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc::invalid_argument || stop != end) return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        return std::strtod(std::string(text).c_str(), nullptr);
    }
    return number;
}

/// JavaScript's Long: {"low":-1,"high":10,"unsigned":true}, two halves of 32 bits.
std::optional<std::uint64_t> read_long(JsonReader& in) {
    std::optional<std::uint64_t> low, high;
    in.object([&](std::string_view key) {
        const bool is_low = key == "low";
        if ((!is_low && key != "high") || in.kind() != JsonKind::number) {
            in.skip();
            return;
        }
        if (const auto half = whole_number<std::int64_t>(in.number())) {
            (is_low ? low : high) = static_cast<std::uint32_t>(*half);
        }
    });
    if (!low || !high) return std::nullopt;
    return *high << 32 | *low;
}

/// The text of a number or of a string; nullopt, and the value passed over, for others.
std::optional<std::string_view> read_digits(JsonReader& in) {
    if (in.kind() == JsonKind::number) return in.number();
    if (in.kind() == JsonKind::string) return in.string();
    in.skip();
    return std::nullopt;
}

}  // namespace

std::variant<std::int64_t, double> to_number(std::string_view text) {
    if (const auto whole = whole_number<std::int64_t>(text)) return *whole;
    return real_number(text).value_or(0.0);
}

std::optional<std::uint64_t> read_unsigned(JsonReader& in) {
    if (in.kind() == JsonKind::object) return read_long(in);
    const auto text = read_digits(in);
    if (!text) return std::nullopt;
    if (const auto whole = whole_number<std::uint64_t>(*text)) return whole;
    const auto real = real_number(*text);
    if (!real) return std::nullopt;
    if (!(*real > 0)) return 0;
    if (*real >= 0x1p64) return std::numeric_limits<std::uint64_t>::max();
    return static_cast<std::uint64_t>(*real);
}

std::optional<std::variant<std::int64_t, double>> read_integer(JsonReader& in) {
    if (in.kind() == JsonKind::object) {
        const auto number = read_long(in);
        if (!number) return std::nullopt;
        return static_cast<std::int64_t>(*number);
    }
    const auto text = read_digits(in);
    if (!text) return std::nullopt;
    if (const auto whole = whole_number<std::int64_t>(*text)) return *whole;
    const auto real = real_number(*text);
    if (!real) return std::nullopt;
    if (*real >= -0x1p63 && *real < 0x1p63 &&
        *real == static_cast<double>(static_cast<std::int64_t>(*real))) {
        return static_cast<std::int64_t>(*real);
    }
    return *real;
}

std::optional<double> read_real(JsonReader& in) {
    const auto text = read_digits(in);
    return text ? real_number(*text) : std::nullopt;
}

std::optional<bool> read_boolean(JsonReader& in) {
    if (in.kind() == JsonKind::boolean) return in.boolean();
    if (in.kind() != JsonKind::string) {
        in.skip();
        return std::nullopt;
    }
    const std::string_view text = in.string();
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

std::optional<std::uint32_t> read_enum(JsonReader& in, std::span<const std::string_view> names) {
    const auto text = read_digits(in);
    if (!text) return std::nullopt;
    if (const auto number = whole_number<std::int32_t>(*text)) {
        return static_cast<std::uint32_t>(*number);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == *text) return static_cast<std::uint32_t>(i);
    }
    return std::nullopt;
}

std::string read_id(JsonReader& in, std::size_t size) {
    if (in.kind() == JsonKind::null) {
        in.null();
        return "";
    }
    if (in.kind() != JsonKind::string) {
        in.skip();
        return "?";
    }
    const std::string_view text = in.string();
    if (text.empty()) return "";
    if (size == 16) {
        if (const auto id = TraceId::from_hex(text)) return std::string(id->raw());
    } else if (const auto id = SpanId::from_hex(text)) {
        return std::string(id->raw());
    }
    // 16 and 8 bytes in base64 end in '=', so no hex is mistaken for it.
    if (text.back() == '=') {
        if (const auto bytes = from_base64(text); bytes && bytes->size() == size) return *bytes;
    }
    return "?";
}

}  // namespace plimsoll::wire
