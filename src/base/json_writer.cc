#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/utf8.h"

namespace plimsoll::json {

namespace {

/// Bytes that cannot stand in a quoted string as they are, or need a look (UTF-8).
constexpr std::array<bool, 256> needs_care = [] {
    std::array<bool, 256> table{};
    for (int byte = 0; byte < 256; ++byte) table[byte] = byte < 0x20 || byte >= 0x7F;
    for (const char c : {'"', '\\', '<', '>', '&'}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

void append_escape(std::string& out, unsigned char byte) {
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    constexpr char hex[] = "0123456789abcdef";
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

void append_quoted(std::string& out, std::string_view text) {
    out.reserve(out.size() + text.size() + 2);
    out += '"';
    std::size_t run = 0;  // Where the bytes start that are copied as they are.
    std::size_t at = 0;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (!needs_care[byte]) {
            ++at;
            continue;
        }
        if (byte >= 0x80) {
            if (const std::size_t length = utf8_length(text.substr(at))) {
                at += length;
                continue;
            }
        }
        out.append(text, run, at - run);
        if (byte < 0x80) {
            append_escape(out, byte);
        } else {
            out += replacement_character;
        }
        run = ++at;
    }
    out.append(text, run);
    out += '"';
}

template <class Number>
void append_number(std::string& out, Number number) {
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    assert(error == std::errc{});
    out.append(digits, end);
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

std::string to_text(Value value) {
    return Writer().value(value).take();
}

/// What stands before says whether a comma is due: after an opening or a colon, none.
void Writer::separate() {
    if (text_.empty()) return;
    const char before = text_.back();
    if (before == '[' || before == '{' || before == ':') return;
    assert(!open_.empty() && "a second value after the first was complete");
    text_ += ',';
}

Writer& Writer::close(char open, char close) {
    assert(!open_.empty() && open_.back() == open && text_.back() != ':');
    static_cast<void>(open);
    open_.pop_back();
    text_ += close;
    return *this;
}

Writer& Writer::begin_object() {
    separate();
    open_ += '{';
    text_ += '{';
    return *this;
}

Writer& Writer::end_object() {
    return close('{', '}');
}

Writer& Writer::begin_array() {
    separate();
    open_ += '[';
    text_ += '[';
    return *this;
}

Writer& Writer::end_array() {
    return close('[', ']');
}

Writer& Writer::key(std::string_view name) {
    assert(!open_.empty() && open_.back() == '{' && text_.back() != ':');
    separate();
    append_quoted(text_, name);
    text_ += ':';
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    append_quoted(text_, text);
    return *this;
}

Writer& Writer::value(bool boolean) {
    return raw(boolean ? "true" : "false");
}

Writer& Writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    append_number(text_, number);
    return *this;
}

Writer& Writer::value(std::int64_t number) {
    separate();
    append_number(text_, number);
    return *this;
}

Writer& Writer::value(std::uint64_t number) {
    separate();
    append_number(text_, number);
    return *this;
}

Writer& Writer::null() {
    return raw("null");
}

Writer& Writer::raw(std::string_view json) {
    assert(!json.empty());
    separate();
    text_ += json;
    return *this;
}

Writer& Writer::value(Value json) {
    switch (json.kind()) {
        case Kind::null:
            return null();
        case Kind::boolean:
            return value(*json.as_boolean());
        case Kind::real:
            return value(*json.as_number());
        case Kind::integer:
            return json.as_integer() ? value(*json.as_integer()) : value(*json.as_unsigned());
        case Kind::string:
            return value(json.as_string());
        case Kind::array:
            begin_array();
            for (const Value element : json.elements()) value(element);
            return end_array();
        case Kind::object:
            begin_object();
            for (const Member& member : json.members()) key(member.key).value(member.value);
            return end_object();
    }
    return *this;
}

}  // namespace plimsoll::json
