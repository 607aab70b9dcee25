/// packed_bytes.h: bytes as a zstd frame that knows its own length and checksum.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace plimsoll::store {

/// Level 1, 340 MB/s and more; a request to a judge takes about a third of its size.
std::string pack_bytes(std::string_view bytes);

/// The Error says what is wrong with the frame. Never asks for more than `bytes_max`.
Result<std::string> unpack_bytes(std::string_view packed, std::size_t bytes_max = 64u << 20);

}  // namespace plimsoll::store
