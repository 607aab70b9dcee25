/// place_text.h: places as people read them: $.items[2]["unit price"].
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll::evaluate::schema {

/// ".name", or ["odd name"] where a dot would mislead. Long names are cut.
void append_member(std::string& place, std::string_view name);
void append_element(std::string& place, std::size_t index);

/// "/token", its slashes and tildes escaped (RFC 6901).
void append_pointer(std::string& pointer, std::string_view token);

/// `text` quoted as JSON, cut after about 40 bytes.
std::string shortened(std::string_view text);

/// `text` as it is, cut after about 100 bytes.
std::string cut(std::string_view text);

}  // namespace plimsoll::evaluate::schema
