/// key_check.h: how a door asks whether a key may enter.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "record/state.h"

namespace plimsoll::net {

/// True if `key` ("" if the sender showed none) has the needed role. Any thread may call it; quick,
/// as it is asked before every body. An empty function: no key is needed.
using KeyCheck = std::function<bool(std::string_view key, record::KeyRole needed)>;

/// The key out of "Authorization: Bearer KEY" or "X-Api-Key: KEY"; "" if there is none.
std::string_view presented_key(std::optional<std::string_view> authorization,
                               std::optional<std::string_view> x_api_key);

}  // namespace plimsoll::net
