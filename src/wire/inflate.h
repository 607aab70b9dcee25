/// inflate.h: bodies as senders compress them, opened with a hard limit on what comes out.
///
/// One core, release (inflate_bench.cc): as fast as the libraries alone: gzip 1.1 GB/s, zstd 0.8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace plimsoll::wire {

enum class Compression {
    identity,
    gzip,
    zstd,
    deflate
};  ///< deflate: zlib format, as OTLP has it.

/// From a Content-Encoding or grpc-encoding value, any case; "" is identity; nullopt if unknown.
std::optional<Compression> compression_named(std::string_view name);

struct Inflated {
    enum class Outcome { ok, damaged, too_large };
    Outcome outcome = Outcome::ok;
    std::string body;  ///< "" unless ok.
    std::string why;   ///< For a person; "" if ok.
};

/// Opens `compressed`. Concatenated gzip members and zstd frames are all read; trailing garbage is
/// damage. Stops, holding at most `bytes_max` plus one block, as soon as more would come out:
/// neither a member's claimed size nor its ratio is believed (A01).
Inflated inflate(std::string_view compressed, Compression compression, std::size_t bytes_max);

}  // namespace plimsoll::wire
