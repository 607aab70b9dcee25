/// hash.h: one fast, fixed 64-bit hash (XXH3) for everything that must come out the same on any
/// machine and any day: content versions, checksums of stored bytes, buckets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

/// XXH3-64 of `bytes`, 24 GB/s. Not for secrets: an attacker can find collisions.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// 32 hex digits (XXH3-128): names a version by its content.
std::string content_version(std::string_view bytes);

}  // namespace plimsoll
