/// salvage.h: what can still be read of JSON that was cut on the way.
///
/// Clients cut long attributes at a length limit, in the middle of a string if need be, and leave
/// no mark. Salvage keeps every value that came whole, keeps the words of a text that was cut, and
/// closes what was left open:
///
///     [{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello the
///     [{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello the"}]
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::interaction {

/// JSON made of the front part of `text`; nullopt if `text` is not the front part of a JSON array
/// or object, or nothing of it came whole. Only the words of a member called content, text or value
/// are kept when cut: half a name or half a number would be wrong, half a sentence is half a
/// sentence.
std::optional<std::string> salvage_json(std::string_view text);

}  // namespace plimsoll::interaction
