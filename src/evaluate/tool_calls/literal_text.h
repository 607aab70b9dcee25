/// literal_text.h: pieces of source text: numbers, and lists parted at their commas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

/// Without white space at its ends.
std::string_view trimmed(std::string_view text);

bool is_whole_number(std::string_view text);                     ///< -?digits
bool is_real_number(std::string_view text, bool with_exponent);  ///< -?digits(.digits)?(e±digits)?

/// JSON of a number that one of the above holds for; a real keeps a fraction ("5" → "5.0").
std::string number_json(std::string_view text, bool real);

/// “text” between equal quotation marks of one of the `marks`.
bool is_quoted(std::string_view text, std::string_view marks);

/// The parts between commas that stand outside quotes and brackets, trimmed; {} if all is blank.
std::vector<std::string_view> parted(std::string_view text);

/// What stands between the first `open` and the `close` that ends it; nullptr data if none does.
std::string_view inside(std::string_view text, char open, char close);

}  // namespace plimsoll::evaluate
