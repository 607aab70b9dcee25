/// session_hours_reader.h: the counts of record/session_hours.h as tables beside the facts.
///
///   interactions, scores, attributes ──stale days──▶ session_hours ── session_series: whose
///
/// What changes facts writes the days it touched into stale_days, in the same transaction; a
/// refresh takes those it sees with it, so that none is lost and none is computed from half a
/// batch.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "record/session_hours.h"
#include "store/duck.h"

namespace plimsoll::store {

/// Makes the tables where they are missing; then every day is stale.
Result<Done> make_session_hours(DuckConnection& connection);
/// Inside the transaction that changes the facts of these days (Unix days).
Result<Done> mark_stale(DuckConnection& connection, const std::vector<std::uint64_t>& days);

Result<Done> refresh_session_hours(DuckConnection& connection,
                                   const std::vector<std::string>& attributes);
Result<std::vector<record::SessionSeries>> ask_session_series(DuckConnection& connection,
                                                              std::int32_t before_hour);
Result<Done> ask_session_counts(
    DuckConnection& connection, const std::vector<std::uint32_t>& ids, std::int32_t before_hour,
    const std::function<void(std::uint32_t, const std::vector<record::SessionCount>&)>& visit);
Result<std::vector<record::VersionCount>> ask_versions(
    DuckConnection& connection, const std::string& service,
    const std::map<std::string, std::string>& slice, UnixNanos from, UnixNanos to);
Result<std::vector<TraceId>> ask_worst(DuckConnection& connection, const record::SessionSeries& of,
                                       UnixNanos from, UnixNanos to, std::size_t count);

}  // namespace plimsoll::store
