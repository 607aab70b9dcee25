/// json_strict.h: the careful reader behind Document::parse. It reads what simdjson refuses though
/// the grammar allows it (huge numbers, lone surrogates), and says where and why a text is not
/// JSON. About a tenth of simdjson's speed; linear in the text, whatever the text.
#pragma once

#include <string_view>

#include "base/json.h"

namespace plimsoll::json {

/// `text` is within limits.bytes_max and without byte order mark. An error counts bytes from its
/// front, plus `skipped`.
Result<Document> read_strictly(std::string_view text, const ParseLimits& limits,
                               std::size_t skipped);

}  // namespace plimsoll::json
