#include "evaluate/json_schema/place_text.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

namespace {

constexpr std::size_t shown_max = 40;

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

std::string shortened(std::string_view text) {
    if (text.size() <= shown_max) return json::quoted(text);
    std::size_t end = shown_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return json::quoted(std::string(text.substr(0, end)) + "\xE2\x80\xA6");
}

}  // namespace plimsoll::evaluate::schema
