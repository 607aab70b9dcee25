/// ledger.h: which spans a receiver said it had, and what a store holds of them.
///
///   file: "plimsoll-ledger1\n", then 24 bytes per span: trace id, span id
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "base/result.h"
#include "load/corpus.h"

namespace plimsoll::load {

struct SpanName {
    TraceBytes trace;
    SpanBytes span;
    auto operator<=>(const SpanName&) const = default;
};

Result<Done> write_ledger(const std::string& path, const std::vector<SpanName>& acknowledged);
Result<std::vector<SpanName>> read_ledger(const std::string& path);

/// "traceid spanid" in hex, one line each, as `plimsoll spans` prints them. Errors name the line.
Result<std::vector<SpanName>> read_spans(std::istream& lines);

struct Comparison {
    std::uint64_t acknowledged = 0;
    std::uint64_t held = 0;
    std::uint64_t lost = 0;     ///< Acknowledged and not held.
    std::uint64_t doubled = 0;  ///< Held more than once.
    std::uint64_t unasked = 0;  ///< Held and not acknowledged: sent, but its answer never came.
    bool whole() const { return lost == 0 && doubled == 0; }
};
Comparison compare(std::vector<SpanName> acknowledged, std::vector<SpanName> held);

}  // namespace plimsoll::load
