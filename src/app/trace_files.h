/// trace_files.h: OTLP in files instead of on a socket: what exporters and collectors write down.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "wire/otlp.h"

namespace plimsoll::app {

/// One file's good spans, and what was left out.
struct TraceFile {
    std::vector<std::string> bodies;  ///< Admitted OTLP.
    std::size_t span_count = 0;
    std::size_t rejected = 0;
    std::vector<std::string> complaints;  ///< "traces.jsonl:12: …"
};

/// Reads OTLP/JSON (one document, or one a line) or protobuf, plain or compressed with gzip or zstd,
/// told apart by their first bytes. "-" is standard input. The error says why the file could not be
/// read at all.
Result<TraceFile> read_trace_file(const std::string& path, const wire::Limits& limits);

}  // namespace plimsoll::app
