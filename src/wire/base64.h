/// base64.h: bytes as JSON carries them. Writes the standard alphabet with padding; reads the
/// standard and the URL alphabet, padded or not, as proto3 JSON wants it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::wire {

std::string to_base64(std::string_view bytes);

/// nullopt for anything that is not base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace plimsoll::wire
