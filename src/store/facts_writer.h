/// facts_writer.h: puts a batch into the tables, in one transaction. One thread.
#pragma once

#include <cstdint>
#include <map>
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

  private:
    using SeriesKey = std::tuple<std::string, std::string, std::string>;
    explicit FactsWriter(DuckConnection connection) : connection_(std::move(connection)) {}

    Result<Done> read_small_tables();
    Result<Done> apply_inside(const record::FactsBatch& batch,
                              const std::vector<TraceId>& maybe_known);
    Result<Done> remove_earlier(const std::vector<TraceId>& traces);
    Result<std::uint32_t> series(const record::ScoreFact& score);
    Result<std::uint8_t> reason(const record::ScoreFact& score);

    DuckConnection connection_;
    std::uint64_t next_id_ = 1;
    std::map<SeriesKey, std::uint32_t> series_;
    std::unordered_map<std::string, std::uint8_t> reasons_;
    std::string room_, dimension_room_, evaluator_room_, version_room_;
};

}  // namespace plimsoll::store
