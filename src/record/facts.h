/// facts.h: what is known of spans, interactions and scores, as narrow columns.
///
/// Facts are derived: one transaction adds what a stretch of the journal gave and moves `applied`
/// past it, so facts and journal agree after any crash, and lost facts are rebuilt. Texts stay in the
/// journal; here are numbers and short strings (cut to 256 bytes of valid UTF-8 by the writer).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "interaction/gather.h"
#include "interaction/interaction.h"

namespace plimsoll::record {

struct SpanFact {
    SpanId id;
    std::string kind;  ///< StepKind's word.
    std::string name;
    std::string model;
    std::string tool;
    UnixNanos start = 0;
    double duration_ms = 0;
    std::optional<std::int64_t> input_tokens;   ///< Only where the step counts tokens.
    std::optional<std::int64_t> output_tokens;
    std::optional<double> cost_usd;
    bool failed = false;
};

struct ScoreFact {
    std::string dimension;
    std::string evaluator;
    std::string version;           ///< The evaluator's.
    std::optional<double> score;   ///< nullopt: unscored.
    std::string reason;            ///< Why unscored; "" if scored.
    std::string explanation;       ///< Cut to 1,000 bytes.
    double inclusion = 1.0;        ///< Probability with which this interaction was evaluated.
};

/// An interaction's latest revision with all that hangs on it.
struct InteractionFact {
    TraceId trace;
    std::uint32_t revision = 1;
    bool recognised = true;
    bool incomplete = false;
    bool failed = false;
    UnixNanos start = 0;
    double duration_ms = 0;
    std::string service;
    std::string environment;
    std::string session;
    std::string user;
    std::string provider;
    VersionTuple versions;
    std::string configuration;      ///< Content version of the configuration it was scored under.
    std::string question;           ///< The first 200 characters, for lists.
    std::string answer;             ///< The first 200 characters, for lists.
    std::optional<std::int64_t> input_tokens;
    std::optional<std::int64_t> output_tokens;
    std::optional<double> cost_usd;
    std::optional<double> first_token_s;
    std::map<std::string, std::string> attributes;  ///< To slice by.
    std::vector<interaction::SpanPlace> places;     ///< Its spans in the journal.
    std::vector<SpanFact> spans;
    std::vector<ScoreFact> scores;
};

struct FactsBatch {
    /// Replaces earlier revisions of the same traces, scores and spans included.
    std::vector<InteractionFact> interactions;
    /// Every journal row up to here is now in the facts, or in no open trace.
    std::uint64_t applied_seq = 0;
};

/// What earlier revisions hold, to tell a resent span from a late one.
struct KnownTrace {
    TraceId trace;
    std::uint32_t revision = 0;
    bool incomplete = false;
    std::vector<interaction::SpanPlace> places;
};

// ---- Questions -------------------------------------------------------------------------------

/// Which interactions are meant. Empty fields do not restrict.
struct Filter {
    std::optional<UnixNanos> from;  ///< start >= from
    std::optional<UnixNanos> to;    ///< start < to
    std::string service;
    std::string environment;
    std::string model;
    std::string prompt;
    std::string session;
    std::string user;
    std::map<std::string, std::string> attributes;
    std::string text;        ///< Found in question or answer preview, case ignored.
    std::string dimension;   ///< With score_below or unscored: the dimension they speak of;
                             ///< alone: interactions that this dimension scored.
    std::string evaluator;   ///< As dimension, one of its evaluators.
    std::optional<double> score_below;  ///< Some score of that dimension is below this.
    bool unscored = false;              ///< Some evaluator of that dimension gave no score.
    std::optional<bool> failed;
    bool unrecognised = false;          ///< Also traces without any model activity.
};

/// Sums over one evaluator's scores in one stretch of time; the parts of a mean with an interval.
struct ScoreSums {
    std::string dimension;
    std::string evaluator;  ///< "" for the dimension as a whole: the lowest of an interaction's scores.
    std::string version;    ///< Latest seen.
    std::uint64_t scored = 0;
    std::uint64_t unscored = 0;
    double weight = 0;      ///< Sum of w = 1 / inclusion over scored.
    double weighted = 0;    ///< Sum of w * score.
    /// The same two by hash64(session) mod 64, for a cluster-robust interval.
    std::vector<double> bucket_weight;
    std::vector<double> bucket_weighted;
    std::map<std::string, std::uint64_t> reasons;  ///< Why unscored, with counts.
};

struct TrendPoint {
    UnixNanos time = 0;  ///< Start of the stretch.
    std::string dimension;
    std::uint64_t scored = 0;
    std::uint64_t unscored = 0;
    double mean = 0;     ///< Weighted; meaningless if scored is 0.
};

struct InteractionRow {
    TraceId trace;
    std::uint32_t revision = 1;
    bool recognised = true, incomplete = false, failed = false;
    UnixNanos start = 0;
    double duration_ms = 0;
    std::string service, environment, session, user, provider, model, prompt, question, answer;
    std::optional<std::int64_t> input_tokens, output_tokens;
    std::optional<double> cost_usd, first_token_s;
    std::uint32_t span_count = 0;
    std::map<std::string, double> scores;  ///< Dimension → lowest score; only scored ones.
};

/// What evaluators said of one interaction, with what it can be sliced by.
struct TraceScores {
    TraceId trace;
    UnixNanos start = 0;
    /// Its attributes; beside them service, environment, provider, model and prompt.
    std::map<std::string, std::string> attributes;
    std::vector<ScoreFact> scores;  ///< Without explanations.
};

/// What a dimension as a whole said of one interaction: the lowest of its scores.
struct DimensionVerdict {
    TraceId trace;
    UnixNanos start = 0;
    double score = 0;
};

struct Facet {
    std::string name;  ///< "service", "model", "attributes.app.customer.segment", …
    std::vector<std::pair<std::string, std::uint64_t>> values;  ///< Most frequent first, 20 at most.
};

struct FactsStatus {
    std::uint64_t applied_seq = 0;
    std::uint64_t interactions = 0;
    std::uint64_t spans = 0;
    std::uint64_t scores = 0;
    std::uint64_t disk_bytes = 0;
};

class Facts {
  public:
    virtual ~Facts() = default;

    /// All or nothing. One caller at a time; questions may be asked meanwhile.
    virtual Result<Done> apply(const FactsBatch& batch) = 0;
    virtual Result<std::uint64_t> applied_seq() = 0;

    /// Which of these traces are already here, with the places of their spans.
    virtual Result<std::vector<KnownTrace>> known(const std::vector<TraceId>& traces) = 0;

    /// Every trace that is here, in no order.
    virtual Result<Done> for_each_known(const std::function<void(const KnownTrace&)>& visit) = 0;

    virtual Result<std::vector<ScoreSums>> score_sums(const Filter& filter) = 0;
    /// Points of `step` nanoseconds, aligned to the epoch, in (dimension, time) order; empty
    /// stretches are left out.
    virtual Result<std::vector<TrendPoint>> trend(const Filter& filter, UnixNanos step) = 0;
    /// Newest first, at most `limit` after skipping those not before (start, trace) of `before`.
    virtual Result<std::vector<InteractionRow>> interactions(
        const Filter& filter, std::size_t limit,
        std::optional<std::pair<UnixNanos, TraceId>> before) = 0;
    virtual Result<std::uint64_t> count(const Filter& filter) = 0;
    virtual Result<std::optional<InteractionFact>> interaction(TraceId trace) = 0;
    /// Of those that are here, in no order.
    virtual Result<std::vector<TraceScores>> scores_of(const std::vector<TraceId>& traces) = 0;
    /// Every interaction that `dimension` scored and that started in [from, to), in no order.
    virtual Result<Done> for_each_verdict(
        const std::string& dimension, UnixNanos from, UnixNanos to,
        const std::function<void(const DimensionVerdict&)>& visit) = 0;
    virtual Result<std::vector<Facet>> facets(const Filter& filter) = 0;
    virtual Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() = 0;
    virtual Result<FactsStatus> status() = 0;
};

}  // namespace plimsoll::record
