/// finding.h: what an analysis says of the model's behavior: what moved, where, since when, why,
/// and how sure one can be. Plain values: made by analyse/watch, kept in state.db, judged by alert.
///
/// A finding keeps its id while it lasts: the next run says the same one again, better known, and
/// says when it ended. What it knows is replaced, never added up.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

enum class FindingKind : std::uint8_t {
    score_drift,         ///< A dimension's mean score over all traffic of a service.
    slice_drift,         ///< The same within a slice.
    distribution_drift,  ///< The shape moved, the mean need not have.
    latency_drift,       ///< p95 or p99 of an interaction or of its first token.
    cost_drift,          ///< Money or tokens of an interaction.
    calibration_drift,   ///< An evaluator moved, not what it looks at.
    mix_shift,           ///< Traffic moved between slices, none of which changed.
    coverage_gap,        ///< What could be seen of the traffic.
    sampler_integrity,   ///< The sample is not what its probabilities say.
    double_counting,     ///< Two dimensions count the same failure.
};
inline constexpr std::array finding_kinds{
    FindingKind::score_drift,    FindingKind::slice_drift,  FindingKind::distribution_drift,
    FindingKind::latency_drift,  FindingKind::cost_drift,   FindingKind::calibration_drift,
    FindingKind::mix_shift,      FindingKind::coverage_gap, FindingKind::sampler_integrity,
    FindingKind::double_counting};
std::string_view to_word(FindingKind kind);
std::optional<FindingKind> finding_kind_named(std::string_view word);

/// Something that changed when the series did.
struct FindingCause {
    std::string element;  ///< model, prompt, judge, rubric, dataset, tool_schema, retriever, …;
                          ///< several joined by " + " cannot be told apart; "mix" for traffic.
    std::string from, to;                  ///< Versions; "" where there are none.
    std::optional<double> probability;     ///< That the change came with this event.
    double effect = 0, low = 0, high = 0;  ///< Its part of the change, with a 95% interval.
};

struct Finding {
    std::string
        id;  ///< 16 hex digits of a hash of kind, series and `found`, which stay as first said.
    FindingKind kind = FindingKind::score_drift;
    std::string dimension;
    std::string evaluator;                     ///< "" where none is concerned.
    std::string version;                       ///< The evaluator's.
    std::string service;                       ///< "" for all.
    std::map<std::string, std::string> slice;  ///< Attribute → value; empty: all of the service.
    std::string measure;  ///< "mean score", "p99 ms", "usd per interaction", "share with documents"
    bool worse = true;    ///< false: an improvement, told but never paged.

    UnixNanos found = 0;  ///< End of the window in which it was first said.
    UnixNanos since = 0, since_earliest = 0, since_latest = 0;  ///< When it moved; 95% of moments.
    std::optional<UnixNanos> ended;                             ///< Back inside what it was before.

    double before = 0, before_low = 0, before_high = 0;  ///< Of `measure`, 95% intervals.
    double after = 0, after_low = 0, after_high = 0;
    double change = 0, change_low = 0, change_high = 0;
    std::uint64_t sessions_before = 0, sessions_after = 0;
    bool pages = false;  ///< The sequential detector said so, within the budget of false pages.
    double level = 0;    ///< Evidence as a share of that detector's threshold; 1 pages.

    std::vector<FindingCause> causes;  ///< The likeliest first; empty: nothing known changed.
    std::string answer;  ///< explained, several, not_identifiable, unexplained, nothing_changed
                         ///< (analyse/attribution/attribute.h); "" if nobody asked why.
    std::vector<std::string> replay;   ///< Elements that only a replay can tell apart.
    std::string says;                  ///< One sentence for a person: what, where, since when, why.
    std::vector<TraceId> worst;        ///< Interactions that show it, the worst first; 10 at most.
    std::vector<std::string> related;  ///< Ids of findings of the same change in other series.
    std::string leader;  ///< Of the related ones, the one that explains it best; "" if this does.
    std::string run;                   ///< Id of the run record that said this last.
};

/// Members of an object, named as the fields are; times as ISO 8601, to the millisecond.
void write_finding(json::Writer& writer, const Finding& finding);
/// Back from what write_finding() wrote; unknown members are passed over.
Result<Finding> finding_of(json::Value object);

/// The findings as last said.
class Findings {
  public:
    virtual ~Findings() = default;
    /// Takes the place of those with the same ids. All or nothing, durable when it returns.
    virtual Result<Done> put(const std::vector<Finding>& findings) = 0;
    /// Newest `since` first.
    virtual Result<std::vector<Finding>> all() = 0;
    virtual Result<std::optional<Finding>> finding(const std::string& id) = 0;
};

}  // namespace plimsoll::record
