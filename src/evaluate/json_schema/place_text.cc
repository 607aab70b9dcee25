#include "evaluate/json_schema/place_text.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

namespace {

constexpr std::size_t shown_max = 40;
constexpr std::size_t cut_max = 100;

/// At most `bytes` of `text`, whole characters, and a sign that there was more.
std::string cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return std::string(text.substr(0, bytes)) + "\xE2\x80\xA6";
}

bool is_plain(std::string_view name) {
    return !name.empty() && name.size() <= shown_max &&
           std::ranges::all_of(name, [](unsigned char c) {
               return std::isalnum(c) || c == '_' || c == '$' || c == '-';
           });
}

}  // namespace

void append_member(std::string& place, std::string_view name) {
    if (is_plain(name)) {
        (place += '.') += name;
    } else {
        place += fmt::format("[{}]", shortened(name));
    }
}

void append_element(std::string& place, std::size_t index) {
    place += fmt::format("[{}]", index);
}

void append_pointer(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (const char c : token) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
}

std::string shortened(std::string_view text) {
    return json::quoted(cut(text, shown_max));
}

std::string cut(std::string_view text) {
    return cut(text, cut_max);
}

}  // namespace plimsoll::evaluate::schema
