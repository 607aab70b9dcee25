/// gather.h: which spans belong together, and when an interaction is whole.
///
///     add(seq, arrived, keys) ──▶ open traces ──advance(now)──▶ closed: trace + where its spans
///     lie
///
///     by age    A ─▶ B ─▶ C ─▶ D    every open trace, oldest first: due `age_max` after its first
///     span by quiet  C ─▶ A              those whose root has ended, longest silent first: due
///     `quiet`
///                                   after their last span
///
/// A trace closes when its root has ended and nothing came for `quiet`, or `age_max` after its
/// first span came. Both delays are constants, so two linked lists are always in order of due time:
/// every step costs O(1), whatever is open. Holds no text: a span is a place in the journal, 24
/// bytes.
///
/// Time is the arrival time that the journal recorded, so a rebuild decides alike: what closes, and
/// in which order, depends only on the calls of add(), never on how often advance() was asked. That
/// needs arrivals that do not go back; one that does counts as arriving at the latest time seen.
///
/// A root is a span without a parent, or its own parent (A07). One that is still pending (end = 0)
/// has not ended. Later spans of a closed trace open it again; whoever takes it finds the earlier
/// spans in the facts and makes a new revision. Of the traces that closed last it is remembered
/// that their root has ended, so that a late span waits for quiet only. Not safe to share between
/// threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
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
    std::chrono::milliseconds quiet{2'000};  ///< After the last arrival, once the root has ended.
    std::chrono::milliseconds age_max{600'000};  ///< After the first arrival, whatever is missing.
    std::size_t open_spans_max = 2'000'000;  ///< Past this the oldest trace closes as incomplete.
    std::size_t spans_per_trace_max = 100'000;  ///< At this a trace closes as incomplete.
    std::size_t recent_traces_max = 200'000;    ///< Closed traces whose root is remembered.
    /// Ids are hashed with it, so that a sender who chooses them cannot make them collide (A09).
    /// Drawn at start by the program; what closes and when does not depend on it.
    std::uint64_t hash_seed = 0;
};

struct ClosedTrace {
    TraceId trace;
    bool incomplete = false;  ///< No root that ended, or closed by a limit.
    UnixNanos last_arrival = 0;
    /// By place. Of a span sent twice, the first; but a pending one gives way to one that has
    /// ended.
    std::vector<SpanPlace> spans;

    bool operator==(const ClosedTrace&) const = default;
};

class Gather {
  public:
    explicit Gather(GatherOptions options);
    ~Gather();
    Gather(Gather&&) noexcept;
    Gather& operator=(Gather&&) noexcept;

    /// Tells that `span` arrived at `arrived` in row `seq`. Call in journal order.
    void add(std::uint64_t seq, std::uint32_t ordinal, UnixNanos arrived,
             const wire::SpanKey& span);

    /// What has closed by `now`, in the order of due times; what is due at once, in the order of
    /// arrival. Each trace is handed out once. `now` must not be later than an arrival still to
    /// come.
    std::vector<ClosedTrace> advance(UnixNanos now);

    /// The lowest journal row that an open trace still needs, or one that closed and was not yet
    /// handed out; `otherwise` if there is none. O(1).
    std::uint64_t lowest_seq(std::uint64_t otherwise) const;

    std::size_t open_traces() const;
    std::size_t open_spans() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace plimsoll::interaction
