/// facts_writer.h: puts a batch into the tables, in one transaction. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "record/facts.h"
#include "store/duck.h"

namespace plimsoll::store {

class FactsWriter {
  public:
    /// Reads the small tables and the highest id.
    static Result<FactsWriter> open(DuckConnection connection);

    /// `maybe_known`: those traces of the batch that may have an earlier revision.
    Result<Done> apply(const record::FactsBatch& batch, const std::vector<TraceId>& maybe_known);

    /// Takes all there is of these traces away.
    Result<Done> forget(const std::vector<TraceId>& traces);

  private:
    using SeriesKey = std::tuple<std::string, std::string, std::string, std::string>;
    explicit FactsWriter(DuckConnection connection) : connection_(std::move(connection)) {}

    Result<Done> read_small_tables();
    Result<Done> apply_inside(const record::FactsBatch& batch,
                              const std::vector<TraceId>& maybe_known);
    Result<Done> remove_earlier(const std::vector<TraceId>& traces);
    Result<Done> apply_judged(const std::vector<record::JudgedFact>& judged);

    /// Whose scores they are: what each row of scores repeats.
    struct ScoresOf {
        std::uint64_t interaction = 0;
        std::int64_t start = 0;
        bool recognised = false;
        std::uint8_t bucket = 0;
    };
    /// The i-th score of each interaction is nearly always of the same series as the one before.
    using Recent = std::vector<std::pair<const record::ScoreFact*, std::uint32_t>>;
    /// `facts` must outlive `recent`.
    Result<Done> write_scores(const ScoresOf& of, const std::vector<record::ScoreFact>& facts,
                              Recent& recent, DuckAppender& scores, DuckAppender& explanations);
    Result<Done> write_score(const ScoresOf& of, const record::ScoreFact& score,
                             std::uint32_t series_id, bool lowest, DuckAppender& scores);
    Result<Done> apply_traits(const std::vector<record::TraitFact>& traits_later);
    Result<std::uint32_t> context(const ContextVersions& versions);
    Result<std::uint32_t> series(const record::ScoreFact& score);
    Result<std::uint8_t> reason(const record::ScoreFact& score);

    /// What is counted by day (session_hours_reader.h) is no longer true of this one.
    void touch(UnixNanos start) {
        touched_.insert(static_cast<std::uint64_t>(start / (86'400 * nanos_per_second)));
    }

    DuckConnection connection_;
    std::set<std::uint64_t> touched_;  ///< Unix days, by the batch under way.
    std::uint64_t next_id_ = 1;
    std::map<SeriesKey, std::uint32_t> series_;
    std::unordered_map<std::string, std::uint8_t> reasons_;
    std::map<ContextVersions, std::uint32_t> contexts_;
    std::vector<bool> lowest_;
    std::string room_;
};

}  // namespace plimsoll::store
