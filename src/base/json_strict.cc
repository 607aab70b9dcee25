#include "base/json_strict.h"

#include <algorithm>
#include <cfloat>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/utf8.h"

namespace plimsoll::json {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `text` is a JSON number that no double is near: the largest double if it is too large, 0 if too
/// small. The place of its first digit but 0 tells which.
double beyond_double(std::string_view text) {
    const double sign = text.front() == '-' ? -1 : 1;
    std::int64_t exponent = 0;
    std::string_view digits = text.substr(text.front() == '-');
    if (const std::size_t e = digits.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view written = digits.substr(e + 1);
        if (written.front() == '+') written.remove_prefix(1);
        const bool negative = written.front() == '-';
        const auto [end, error] =
            std::from_chars(written.data(), written.data() + written.size(), exponent);
        if (error != std::errc{}) exponent = negative ? INT64_MIN / 4 : INT64_MAX / 4;
        digits = digits.substr(0, e);
    }
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::size_t first = digits.find_first_of("123456789");
    if (first == std::string_view::npos) return sign * 0.0;
    const auto magnitude = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
    return sign * (std::clamp<std::int64_t>(exponent, INT64_MIN / 4, INT64_MAX / 4) + magnitude > 0
                       ? DBL_MAX
                       : 0.0);
}

}  // namespace

class StrictReader {
  public:
    StrictReader(std::string_view text, const ParseLimits& limits, std::size_t skipped)
        : text_(text), limits_(limits), skipped_(skipped) {}

    Result<Document> read() {
        if (!read_values()) {
            return Error{fmt::format("byte {}: {}", skipped_ + at_, why_)};
        }
        Document document;
        document.nodes_ = std::make_unique_for_overwrite<Node[]>(nodes_.size());
        std::memcpy(document.nodes_.get(), nodes_.data(), nodes_.size() * sizeof(Node));
        document.text_ = std::make_unique_for_overwrite<char[]>(strings_.size());
        std::memcpy(document.text_.get(), strings_.data(), strings_.size());
        document.bytes_ = nodes_.size() * sizeof(Node) + strings_.size();
        return document;
    }

  private:
    /// One value and nothing after it. Containers wait in open_, so depth costs no stack.
    bool read_values() {
        if (!read_value()) return false;
        while (!open_.empty()) {
            if (!read_next_item()) return false;
        }
        skip_space();
        return at_ == text_.size() || fail("expected the end after the value");
    }

    /// In the innermost container: closes it, or reads one more element or member (whose content,
    /// if it is a container, is read by the next turns).
    bool read_next_item() {
        const std::uint32_t container = open_.back();
        const bool is_object = nodes_[container].kind == Kind::object;
        const bool is_first = nodes_[container].size == 0;
        skip_space();
        if (peek() == (is_object ? '}' : ']') && at_ < text_.size()) {
            ++at_;
            nodes_[container].inside = nodes_.size() - container - 1;
            open_.pop_back();
            return true;
        }
        if (!is_first) {
            if (!take(',')) return fail(is_object ? "expected ',' or '}'" : "expected ',' or ']'");
            skip_space();
        }
        if (is_object) {
            if (peek() != '"') return fail(is_first ? "expected a key or '}'" : "expected a key");
            if (!read_string()) return false;
            skip_space();
            if (!take(':')) return fail("expected ':'");
        }
        ++nodes_[container].size;
        return read_value();
    }

    bool read_value() {
        skip_space();
        switch (peek()) {
            case '{':
                return open(Kind::object);
            case '[':
                return open(Kind::array);
            case '"':
                return read_string();
            case 't':
                return read_word("true", Kind::boolean, 1);
            case 'f':
                return read_word("false", Kind::boolean, 0);
            case 'n':
                return read_word("null", Kind::null, 0);
            default:
                break;
        }
        if (peek() == '-' || is_digit(peek())) return read_number();
        return fail("expected a value");
    }

    bool open(Kind kind) {
        if (open_.size() == limits_.depth_max) {
            return fail(fmt::format("nested deeper than {}", limits_.depth_max));
        }
        ++at_;
        open_.push_back(static_cast<std::uint32_t>(nodes_.size()));
        add(kind);
        return true;
    }

    bool read_word(std::string_view word, Kind kind, int boolean) {
        if (text_.substr(at_, word.size()) != word) return fail("expected a value");
        at_ += word.size();
        Node& node = add(kind);
        if (kind == Kind::boolean) node.boolean = boolean != 0;
        return true;
    }

    bool read_number() {
        const std::size_t start = at_;
        take('-');
        if (!is_digit(peek())) return fail("expected a digit");
        if (take('0')) {
            if (is_digit(peek())) return fail("a number may not start with 0");
        }
        skip_digits();
        bool is_integer = true;
        if (take('.')) {
            is_integer = false;
            if (!is_digit(peek())) return fail("expected a digit");
            skip_digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            is_integer = false;
            if (peek() == '+' || peek() == '-') ++at_;
            if (!is_digit(peek())) return fail("expected a digit");
            skip_digits();
        }
        add_number(text_.substr(start, at_ - start), is_integer);
        return true;
    }

    void add_number(std::string_view number, bool is_integer) {
        const char* const front = number.data();
        const char* const back = front + number.size();
        if (is_integer) {
            std::int64_t integer;
            if (std::from_chars(front, back, integer).ec == std::errc{}) {
                add(Kind::integer).integer = integer;
                return;
            }
            std::uint64_t natural;
            if (number.front() != '-' && std::from_chars(front, back, natural).ec == std::errc{}) {
                Node& node = add(Kind::integer);
                node.is_unsigned = true;
                node.natural = natural;
                return;
            }
        }
        double real;
        if (std::from_chars(front, back, real).ec != std::errc{}) real = beyond_double(number);
        add(Kind::real).real = real;
    }

    bool read_string() {
        ++at_;
        Node& node = add(Kind::string);
        node.offset = strings_.size();
        while (true) {
            if (at_ == text_.size()) return fail("expected '\"': the string does not end");
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                node.size = static_cast<std::uint32_t>(strings_.size() - node.offset);
                return true;
            }
            if (c == '\\') {
                if (!read_escape()) return false;
                continue;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                return fail("a control character in a string must be escaped");
            }
            const std::size_t length = utf8_length(text_.substr(at_));
            if (length == 0) return fail("not valid UTF-8");
            strings_.append(text_, at_, length);
            at_ += length;
        }
    }

    bool read_escape() {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        ++at_;
        if (peek() == 'u') {
            const auto unit = code_unit(at_ + 1);
            if (!unit) return fail("expected four hex digits after \\u");
            at_ += 5;
            append_code_unit(*unit);
            return true;
        }
        const std::size_t letter = at_ < text_.size() ? letters.find(text_[at_]) : letters.npos;
        if (letter == letters.npos) return fail("no such escape");
        strings_ += meanings[letter];
        ++at_;
        return true;
    }

    void append_code_unit(std::uint32_t unit) {
        const bool is_high = unit >= 0xD800 && unit < 0xDC00;
        if (is_high && text_.substr(at_, 2) == "\\u") {
            const auto low = code_unit(at_ + 2);
            if (low && *low >= 0xDC00 && *low < 0xE000) {
                append_utf8(strings_, 0x10000 + ((unit - 0xD800) << 10) + (*low - 0xDC00));
                at_ += 6;
                return;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000) {
            strings_ += replacement_character;  // Half a character: the other half is missing.
        } else {
            append_utf8(strings_, unit);
        }
    }

    std::optional<std::uint32_t> code_unit(std::size_t at) const {
        if (at + 4 > text_.size()) return std::nullopt;
        std::uint32_t unit = 0;
        const char* const front = text_.data() + at;
        const auto [end, error] = std::from_chars(front, front + 4, unit, 16);
        if (error != std::errc{} || end != front + 4 || *front == '-') return std::nullopt;
        return unit;
    }

    Node& add(Kind kind) {
        Node& node = nodes_.emplace_back();
        node.kind = kind;
        return node;
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    void skip_digits() {
        while (is_digit(peek())) ++at_;
    }
    void skip_space() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                      text_[at_] == '\n' || text_[at_] == '\r')) {
            ++at_;
        }
    }
    bool fail(std::string why) {
        why_ = at_ == text_.size() && why.starts_with("expected a") ? why + ", found the end"
                                                                    : std::move(why);
        return false;
    }

    const std::string_view text_;
    const ParseLimits limits_;
    const std::size_t skipped_;
    std::size_t at_ = 0;
    std::string why_;
    std::vector<Node> nodes_;
    std::string strings_;
    std::vector<std::uint32_t> open_;
};

Result<Document> read_strictly(std::string_view text, const ParseLimits& limits,
                               std::size_t skipped) {
    return StrictReader(text, limits, skipped).read();
}

}  // namespace plimsoll::json
