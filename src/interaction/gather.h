/// gather.h: which spans belong together, and when an interaction is whole.
///
///     add(seq, arrived, keys) ──▶ open traces ──advance(now)──▶ closed: trace + where its spans lie
///
/// A trace closes when its root has ended and nothing came for `quiet`, or `age_max` after its first
/// span came. Time is the arrival time that the journal recorded, so a rebuild decides alike. Holds
/// no text: a span is a place in the journal. Later spans of a closed trace open it again; whoever
/// takes it finds the earlier spans in the facts and makes a new revision.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "wire/otlp.h"

namespace plimsoll::interaction {

/// Where a span lies: journal row, and its ordinal in that row's body.
struct SpanPlace {
    SpanId span;
    std::uint64_t seq = 0;
    std::uint32_t ordinal = 0;

    auto operator<=>(const SpanPlace&) const = default;
};

struct GatherOptions {
    std::chrono::milliseconds quiet{2'000};     ///< After the last arrival, once the root has ended.
    std::chrono::milliseconds age_max{600'000}; ///< After the first arrival, whatever is missing.
    std::size_t open_spans_max = 2'000'000;     ///< Past this the oldest trace closes as incomplete.
    std::size_t spans_per_trace_max = 100'000;  ///< Past this a trace closes as incomplete.
};

struct ClosedTrace {
    TraceId trace;
    bool incomplete = false;
    UnixNanos last_arrival = 0;
    std::vector<SpanPlace> spans;  ///< By place. Of a span sent twice, the first.
};

class Gather {
  public:
    explicit Gather(GatherOptions options) : options_(options) {}

    /// Tells that `span` arrived at `arrived` in row `seq`. Call in journal order, after
    /// advance(arrived).
    void add(std::uint64_t seq, std::uint32_t ordinal, UnixNanos arrived,
             const wire::SpanKey& span);

    /// Closes what is due at `now`, in the order of (due time, trace id).
    std::vector<ClosedTrace> advance(UnixNanos now);

    /// The lowest journal row that an open trace still needs; `otherwise` if none is open.
    std::uint64_t lowest_seq(std::uint64_t otherwise) const;

    std::size_t open_traces() const;
    std::size_t open_spans() const;

  private:
    GatherOptions options_;
};

}  // namespace plimsoll::interaction
