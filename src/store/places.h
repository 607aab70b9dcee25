/// places.h: where an interaction's spans lie in the journal, in few bytes: about eleven per span.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interaction/gather.h"

namespace plimsoll::store {

std::string encode_places(const std::vector<interaction::SpanPlace>& places);

/// nullopt if the bytes are not ours.
std::optional<std::vector<interaction::SpanPlace>> decode_places(std::string_view bytes);

}  // namespace plimsoll::store
