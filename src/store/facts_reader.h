/// facts_reader.h: the questions of record/facts.h as queries. Each takes a connection of its own;
/// any number may run at once. The database reduces; what comes back is small.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "record/facts.h"
#include "store/duck.h"

namespace plimsoll::store {

Result<std::vector<record::KnownTrace>> ask_known(DuckConnection& connection,
                                                  const std::vector<TraceId>& traces);
Result<Done> ask_for_each_known(DuckConnection& connection,
                                const std::function<void(const record::KnownTrace&)>& visit);
Result<std::vector<record::ScoreSums>> ask_score_sums(DuckConnection& connection,
                                                      const record::Filter& filter);
Result<std::vector<record::JudgedSums>> ask_judged_sums(DuckConnection& connection,
                                                        const record::Filter& filter);
Result<std::vector<record::TrendPoint>> ask_trend(DuckConnection& connection,
                                                  const record::Filter& filter, UnixNanos step);
Result<std::vector<record::InteractionRow>> ask_interactions(
    DuckConnection& connection, const record::Filter& filter, std::size_t limit,
    std::optional<std::pair<UnixNanos, TraceId>> before);
Result<std::uint64_t> ask_count(DuckConnection& connection, const record::Filter& filter);
Result<std::optional<record::InteractionFact>> ask_interaction(DuckConnection& connection,
                                                               TraceId trace);
Result<std::vector<record::TraceScores>> ask_scores_of(DuckConnection& connection,
                                                       const std::vector<TraceId>& traces);
Result<Done> ask_for_each_verdict(
    DuckConnection& connection, const std::string& dimension, UnixNanos from, UnixNanos to,
    const std::function<void(const record::DimensionVerdict&)>& visit);
Result<Done> ask_for_each_judged(DuckConnection& connection, const record::Filter& filter,
                                 const std::string& dimension, const std::string& evaluator,
                                 const std::function<void(const record::JudgedRow&)>& visit);
Result<std::vector<record::Facet>> ask_facets(DuckConnection& connection,
                                              const record::Filter& filter);
Result<std::vector<record::TraitCounts>> ask_trait_counts(DuckConnection& connection,
                                                          const record::Filter& filter,
                                                          UnixNanos step);
Result<std::vector<record::ContextCounts>> ask_context_counts(DuckConnection& connection,
                                                              const record::Filter& filter,
                                                              UnixNanos step);
Result<std::vector<record::UsageSums>> ask_usage_sums(DuckConnection& connection,
                                                      const record::Filter& filter,
                                                      const std::string& by, std::size_t limit);
Result<std::optional<std::pair<UnixNanos, UnixNanos>>> ask_time_range(DuckConnection& connection);
Result<record::FactsStatus> ask_status(DuckConnection& connection);

}  // namespace plimsoll::store
