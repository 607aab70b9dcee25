/// follower.h: keeps the facts up with the journal.
///
///   journal rows ─▶ gather ─▶ closed traces ─▶ understand, assemble ─▶ score, draw ─▶ facts
///                                            judge ledger ─▶ what judges said meanwhile ─▶
///
/// One path for everything: live traffic, a restart, and a rebuild of lost facts all follow the
/// journal from the last applied row. Bodies wait in the journal, not in memory, so a backlog lives
/// on disk. Applying a row twice changes nothing: a trace already known with the same spans is left
/// alone, one with new spans gets a new revision.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "evaluate/scorecard.h"
#include "interaction/gather.h"
#include "interaction/unmapped_counts.h"
#include "record/facts.h"
#include "record/journal.h"
#include "record/judging.h"
#include "record/row_cache.h"
#include "record/traffic_signals.h"

namespace plimsoll::record {

struct FollowerOptions {
    interaction::GatherOptions gather;
    std::size_t read_bytes_max = 8u << 20;    ///< Bodies taken from the journal at once.
    std::size_t step_bytes_max = 64u << 20;   ///< Bodies read in one step.
    std::size_t cache_bytes_max = 96u << 20;  ///< Bodies kept for traces that close soon.
    std::size_t spans_per_apply = 20'000;     ///< Spans understood before the facts are written.
};

class Follower {
  public:
    /// `configuration` is the content version that every fact is marked with. Starts behind the row
    /// that the facts have applied; the error says why that could not be asked.
    static Result<std::unique_ptr<Follower>> create(Journal& journal, Facts& facts,
                                                    const evaluate::Scorecard& scorecard,
                                                    std::string configuration,
                                                    FollowerOptions options,
                                                    Judging* judging = nullptr);

    /// Takes what the journal has, closes what is due, writes facts. `now` may only be a time
    /// before which no further row will be received (Journal::settled()). True if there is more to
    /// do.
    Result<bool> step(UnixNanos now);

    /// Any thread.
    std::uint64_t read_seq() const { return read_seq_; }
    std::uint64_t applied_seq() const { return applied_seq_; }
    std::uint64_t open_traces() const { return open_traces_; }
    std::uint64_t generation() const { return generation_; }  ///< Grows when facts changed.
    const interaction::UnmappedCounts& unmapped() const { return unmapped_; }  ///< Since start.

  private:
    Follower(Journal& journal, Facts& facts, const evaluate::Scorecard& scorecard,
             std::string configuration, FollowerOptions options, Judging* judging);

    Result<Done> apply(std::span<interaction::ClosedTrace> closed, std::uint64_t applied_seq);
    Result<Done> keep_frozen(std::span<InteractionFact> facts);
    Result<bool> apply_judged();
    InteractionFact fact_of(Interaction interaction, std::vector<interaction::SpanPlace> places);

    Journal& journal_;
    Facts& facts_;
    const evaluate::Scorecard& scorecard_;
    const std::string configuration_;
    const FollowerOptions options_;
    Judging* const judging_;  ///< nullptr: no judges.
    UnixNanos now_ = 0;       ///< Of the step under way.
    std::uint64_t judged_changed_ = 0;
    interaction::Gather gather_;
    TrafficSignals signals_;
    RowCache rows_;
    interaction::UnmappedCounts unmapped_;
    std::vector<interaction::ClosedTrace> waiting_;  ///< Closed, not yet in the facts.
    std::atomic<std::uint64_t> read_seq_{0}, applied_seq_{0}, open_traces_{0}, generation_{0};
};

}  // namespace plimsoll::record
