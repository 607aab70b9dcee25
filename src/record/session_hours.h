/// session_hours.h: what sessions said, hour by hour, as counts: all that drift detection reads.
///
///   scores, latency, cost ──one value a session──▶ (series, hour, weight, bin) → sessions
///
/// A session is what a detector may count once (docs/statistics/0-kernel.md), so its interactions
/// of one day of UTC become one value, in the hour of the first of them: the weighted mean of its
/// scores, or the figure of one interaction, the one with the smallest trace id. Counts are exact
/// integers: the same facts give the same counts, whatever order they came in.
///
/// Derived from the facts and kept beside them; refresh() computes anew only the days that changed,
/// so late scores cost the day they belong to.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

/// Counted beside scores, as a series without evaluator whose dimension is this word.
inline constexpr std::array<std::string_view, 7> watched_measures{
    "latency_ms",    "first_token_ms", "cost_usd",  "input_tokens",
    "output_tokens", "spans",          "incomplete"};
/// 1 where the root never ended or never came, else 0; its bins are those of a loss.
inline constexpr std::string_view incomplete_measure = "incomplete";

/// Bins of measures grow by this factor: bin = ceil(log(value) / log(measure_growth)), which is a
/// value within 1% (analyse/stats/ddsketch.h).
inline constexpr double measure_growth = 1.01 / .99;
inline constexpr std::int16_t measure_zero = -32'768;  ///< The bin of values <= 1e-9.

struct SessionSeries {
    std::uint32_t id = 0;  ///< While these facts last.
    std::string dimension, evaluator, version;
    std::string service;
    std::string attribute, value;                ///< A slice of the service; "" for all of it.
    std::int32_t first_hour = 0, last_hour = 0;  ///< Unix hours that have sessions.
    std::uint64_t sessions = 0;

    bool is_measure() const { return evaluator.empty(); }
    bool is_slice() const { return !attribute.empty(); }
};

/// So many sessions of one hour that weigh and say the same.
struct SessionCount {
    std::int32_t hour = 0;     ///< Since 1970.
    std::uint32_t weight = 0;  ///< 1 / inclusion probability, in thousandths.
    std::int16_t bin = 0;      ///< Loss (1 - score) in hundredths; of a measure, see above.
    std::uint32_t sessions = 0;
    bool operator==(const SessionCount&) const = default;
};

/// Interactions of one hour that had this version of something.
struct VersionCount {
    std::int32_t hour = 0;
    std::string element;  ///< model, prompt, provider, dataset, rubric, or an attribute's key.
    std::string value;
    std::uint64_t interactions = 0;
};

class SessionHours {
  public:
    virtual ~SessionHours() = default;
    /// Brings the counts up to the facts; `attributes` are sliced by, 32 values of each a day.
    /// Beside attributes: environment, provider, model, prompt. One caller at a time.
    virtual Result<Done> refresh(const std::vector<std::string>& attributes) = 0;
    /// Every series with sessions before that hour, by name.
    virtual Result<std::vector<SessionSeries>> series(std::int32_t before_hour) = 0;
    /// Of these, before that hour: the counts in the order of hour, weight, bin, series by series
    /// in ascending order of id.
    virtual Result<Done> counts(
        const std::vector<std::uint32_t>& ids, std::int32_t before_hour,
        const std::function<void(std::uint32_t, const std::vector<SessionCount>&)>& visit) = 0;

    /// Tuple and context versions (interaction/context_versions.h), and what else looks like one
    /// (attributes with version, feature_flag, data_source, schema … in their keys), by hour of
    /// [from, to), of a service's interactions within the slice.
    virtual Result<std::vector<VersionCount>> versions(
        const std::string& service, const std::map<std::string, std::string>& slice, UnixNanos from,
        UnixNanos to) = 0;
    /// Up to `count` interactions of the series in [from, to): the lowest scores, the fewest
    /// spans, the largest of other figures; of equal ones the newest.
    virtual Result<std::vector<TraceId>> worst(const SessionSeries& of, UnixNanos from,
                                               UnixNanos to, std::size_t count) = 0;
};

}  // namespace plimsoll::record
