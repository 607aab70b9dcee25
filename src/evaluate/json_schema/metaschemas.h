/// metaschemas.h: the schemas that the drafts publish for schemas, so that a `$ref` to one needs no
/// network.
#pragma once

#include <optional>
#include <string_view>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

/// The metaschema or vocabulary at `uri` (without fragment); it lives as long as the program.
std::optional<json::Value> metaschema(std::string_view uri);

}  // namespace plimsoll::evaluate::schema
