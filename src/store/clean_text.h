/// clean_text.h: text as DuckDB may hold it: valid UTF-8 without NUL, cut at a character's border.
///
/// A string cut in the middle of a character can make a DuckDB file unopenable, so nothing gets
/// there by another way.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll::store {

inline constexpr std::size_t short_text_bytes = 256;
inline constexpr std::size_t long_text_bytes = 1'000;  ///< Previews and explanations.

/// `text` itself if it is clean and short, as nearly always; else a mended copy kept in `room`.
/// Bytes that are no UTF-8 become '?', NUL becomes a space.
std::string_view clean_text(std::string_view text, std::string& room,
                            std::size_t bytes_max = short_text_bytes);

/// The same as a string of its own.
std::string clean_text(std::string_view text, std::size_t bytes_max = short_text_bytes);

}  // namespace plimsoll::store
