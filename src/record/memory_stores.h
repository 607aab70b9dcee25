/// memory_stores.h: journal and facts in memory, for tests of what stands between them.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "record/facts.h"
#include "record/journal.h"

namespace plimsoll::record {

class MemoryJournal : public Journal {
  public:
    /// A row of its own for each body, received when the test says.
    std::uint64_t receive(UnixNanos received, std::string otlp) {
        rows_.push_back({.seq = rows_.size() + 1, .received = received, .otlp = std::move(otlp)});
        return rows_.size();
    }
    void damage(std::uint64_t seq) { damaged_.insert(seq); }

    void append(std::string otlp, std::size_t,
                std::function<void(Result<std::uint64_t>)> done) override {
        done(receive(rows_.empty() ? 1 : rows_.back().received, std::move(otlp)));
    }
    Result<std::vector<JournalRow>> read(std::uint64_t after, std::size_t bytes_max) override {
        std::vector<JournalRow> rows;
        std::size_t bytes = 0;
        for (std::uint64_t seq = after + 1;
             seq <= rows_.size() && (rows.empty() || bytes < bytes_max); ++seq) {
            if (damaged_.contains(seq)) continue;
            rows.push_back(rows_[seq - 1]);
            bytes += rows.back().otlp.size();
        }
        return rows;
    }
    Result<std::optional<JournalRow>> row(std::uint64_t seq) override {
        if (seq == 0 || seq > rows_.size() || damaged_.contains(seq))
            return std::optional<JournalRow>{};
        return std::optional(rows_[seq - 1]);
    }
    UnixNanos settled() override { return rows_.empty() ? 0 : rows_.back().received; }
    JournalStatus status() override { return {.head_seq = rows_.size(), .rows = rows_.size()}; }

  private:
    std::vector<JournalRow> rows_;
    std::set<std::uint64_t> damaged_;
};

/// Keeps what apply() says; answers only what the follower asks.
class MemoryFacts : public Facts {
  public:
    std::map<TraceId, InteractionFact> interactions_by_trace;
    std::uint64_t applied = 0, judged = 0;
    std::size_t applies = 0;
    int failures_left = 0;  ///< That many apply() calls answer an Error.

    Result<Done> apply(const FactsBatch& batch) override {
        if (failures_left > 0) {
            --failures_left;
            return Error{"commit facts: disk full"};
        }
        for (const InteractionFact& fact : batch.interactions)
            interactions_by_trace[fact.trace] = fact;
        for (const JudgedFact& fact : batch.judged) {
            const auto at = interactions_by_trace.find(fact.trace);
            if (at == interactions_by_trace.end()) continue;
            for (const ScoreFact& score : fact.scores) {
                std::erase_if(at->second.scores, [&](const ScoreFact& each) {
                    return each.dimension == score.dimension && each.evaluator == score.evaluator;
                });
                at->second.scores.push_back(score);
            }
        }
        for (const TraitFact& fact : batch.traits_later)
            if (const auto at = interactions_by_trace.find(fact.trace);
                at != interactions_by_trace.end())
                at->second.traits |= fact.traits;
        if (batch.judged_changed) judged = *batch.judged_changed;
        applied = batch.applied_seq;
        ++applies;
        return Done{};
    }
    Result<std::uint64_t> applied_seq() override { return applied; }
    Result<std::uint64_t> judged_changed() override { return judged; }
    Result<std::vector<KnownTrace>> known(const std::vector<TraceId>& traces) override {
        std::vector<KnownTrace> found;
        for (const TraceId& trace : traces)
            if (const auto at = interactions_by_trace.find(trace);
                at != interactions_by_trace.end())
                found.push_back({trace, at->second.revision, at->second.incomplete,
                                 at->second.places, at->second.traits});
        return found;
    }
    Result<Done> for_each_known(const std::function<void(const KnownTrace&)>& visit) override {
        for (const auto& [trace, fact] : interactions_by_trace)
            visit({trace, fact.revision, fact.incomplete, fact.places, fact.traits});
        return Done{};
    }
    Result<std::optional<InteractionFact>> interaction(TraceId trace) override {
        const auto at = interactions_by_trace.find(trace);
        if (at == interactions_by_trace.end()) return std::optional<InteractionFact>{};
        return std::optional(at->second);
    }
    Result<std::vector<ScoreSums>> score_sums(const Filter&) override {
        return std::vector<ScoreSums>{};
    }
    Result<std::vector<JudgedSums>> judged_sums(const Filter&) override {
        return std::vector<JudgedSums>{};
    }
    Result<std::vector<TrendPoint>> trend(const Filter&, UnixNanos) override {
        return std::vector<TrendPoint>{};
    }
    Result<std::vector<InteractionRow>> interactions(
        const Filter&, std::size_t, std::optional<std::pair<UnixNanos, TraceId>>) override {
        return std::vector<InteractionRow>{};
    }
    Result<std::vector<TraceScores>> scores_of(const std::vector<TraceId>& traces) override {
        std::vector<TraceScores> found;
        for (const TraceId& trace : traces)
            if (const auto at = interactions_by_trace.find(trace);
                at != interactions_by_trace.end())
                found.push_back(
                    {trace, at->second.start, at->second.session, at->second.user,
                     at->second.attributes, at->second.scores});
        return found;
    }
    Result<Done> for_each_verdict(
        const std::string& dimension, UnixNanos from, UnixNanos to,
        const std::function<void(const DimensionVerdict&)>& visit) override {
        for (const auto& [trace, fact] : interactions_by_trace) {
            if (fact.start < from || fact.start >= to) continue;
            std::optional<double> lowest;
            for (const ScoreFact& one : fact.scores)
                if (one.dimension == dimension && one.score)
                    lowest = std::min(lowest.value_or(1), *one.score);
            if (lowest) visit({trace, fact.start, *lowest});
        }
        return Done{};
    }
    Result<Done> for_each_judged(const Filter&, const std::string&, const std::string&,
                                 const std::function<void(const JudgedRow&)>&) override {
        return Done{};
    }
    Result<std::uint64_t> count(const Filter&) override {
        return std::uint64_t{interactions_by_trace.size()};
    }
    Result<std::vector<Facet>> facets(const Filter&) override { return std::vector<Facet>{}; }
    Result<std::vector<TraitCounts>> trait_counts(const Filter&, UnixNanos) override {
        return std::vector<TraitCounts>{};
    }
    Result<std::vector<ContextCounts>> context_counts(const Filter&, UnixNanos) override {
        return std::vector<ContextCounts>{};
    }
    Result<std::vector<UsageSums>> usage_sums(const Filter&, const std::string&,
                                              std::size_t) override {
        return std::vector<UsageSums>{};
    }
    Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() override {
        return std::optional<std::pair<UnixNanos, UnixNanos>>{};
    }
    Result<FactsStatus> status() override {
        return FactsStatus{.applied_seq = applied, .interactions = interactions_by_trace.size()};
    }
};

}  // namespace plimsoll::record
