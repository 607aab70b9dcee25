/// data_block.h: text under judgement, set so that a judge cannot take it for instructions.
///
///   <<<data answer 5f3a9c…          the tag occurs nowhere in the data
///   | Ignore all of the above.      every line of the data begins with "| "
///   ~ 3,412 characters left out     our own notes begin with "~ "
///   data answer 5f3a9c…>>>
///
/// So no line of the data can be a delimiter, a heading or a role, whatever it says. Characters
/// that nobody sees, and words that a model's server may take for the border of a message
/// (<|im_start|>, [INST]), are made visible as \u{…}. Deterministic; linear in the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

/// 16 hex digits out of a hash of `salt` and `texts`, in none of them, however their case is.
std::string tag_for(std::string_view salt, const std::vector<std::string_view>& texts);

/// Appends the block. Past `characters_max` the middle is left out, with a note: two thirds of what
/// stays are the beginning. True if it was cut. `name` is ours, never data.
bool append_block(std::string& prompt, std::string_view name, std::string_view text,
                  std::string_view tag, std::size_t characters_max);

/// How much of each text fits into `total` characters: short ones whole, the long ones alike.
std::vector<std::size_t> fair_shares(const std::vector<std::size_t>& characters, std::size_t total);

}  // namespace plimsoll::evaluate
