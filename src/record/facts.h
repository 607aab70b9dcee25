/// facts.h: what is known of spans, interactions and scores, as narrow columns.
///
/// Facts are derived: one transaction adds what a stretch of the journal gave and moves `applied`
/// past it, so facts and journal agree after any crash, and lost facts are rebuilt. Texts stay in
/// the journal; here are numbers and short strings (cut to 256 bytes of valid UTF-8 by the writer).
#pragma once

#include <array>
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
#include "interaction/traits.h"

namespace plimsoll::record {

struct SpanFact {
    SpanId id;
    std::string kind;  ///< StepKind's word.
    std::string name;
    std::string model;
    std::string tool;
    UnixNanos start = 0;
    double duration_ms = 0;
    std::optional<std::int64_t> input_tokens;  ///< Only where the step counts tokens.
    std::optional<std::int64_t> output_tokens;
    std::optional<double> cost_usd;
    bool failed = false;
    bool priced = false;         ///< The cost is of the price list.
    bool repeats_usage = false;  ///< Its tokens are counted elsewhere.
};

struct ScoreFact {
    std::string dimension;
    std::string evaluator;
    std::string version;          ///< The evaluator's.
    std::optional<double> score;  ///< nullopt: unscored.
    std::string reason;           ///< Why unscored; "" if scored.
    std::string explanation;      ///< Cut to 1,000 bytes.
    /// Probability with which this interaction was to be evaluated; nullopt: outside the sampler,
    /// which enters no estimate.
    std::optional<double> inclusion = 1.0;
    std::string stratum = {};  ///< Of a judge's score, or of why it has none; "" for checks.
};

/// Why a judge has not said anything, as words in ScoreFact::reason.
inline constexpr std::string_view not_sampled = "not_sampled";  ///< The sampler passed it over.
inline constexpr std::string_view pending = "pending";          ///< It will be asked.

/// All the reasons for which nobody was asked; the last three as the judge ledger and
/// evaluate::MayAsk have them.
inline constexpr std::array<std::string_view, 5> unasked_reasons{
    not_sampled, pending, "too_late", "judge_budget_spent", "budget_spent"};

/// Nobody was asked: it is no score that failed, but one that was not to be, is not yet, or was
/// left out for want of money or time.
bool was_asked(std::string_view reason);

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
    ContextVersions context;
    Traits traits;
    std::string configuration;  ///< Content version of the configuration it was scored under.
    std::string question;       ///< The first 200 characters, for lists.
    std::string answer;         ///< The first 200 characters, for lists.
    std::optional<std::int64_t> input_tokens;
    std::optional<std::int64_t> output_tokens;
    std::optional<std::int64_t> cache_read_tokens;   ///< Part of input_tokens.
    std::optional<std::int64_t> cache_write_tokens;  ///< Part of input_tokens.
    std::optional<std::int64_t> reasoning_tokens;    ///< Part of output_tokens.
    std::optional<double> cost_usd;
    std::optional<double> first_token_s;
    std::uint32_t dropped = 0;                      ///< Attributes and events, as clients say.
    std::map<std::string, std::string> attributes;  ///< To slice by.
    std::vector<interaction::SpanPlace> places;     ///< Its spans in the journal.
    std::vector<SpanFact> spans;
    std::vector<ScoreFact> scores;
    std::vector<OutsideScore> outside_scores;  ///< Not ours; in no estimate.
};

/// A signal that came after the interaction: set beside those it has. Of one that is not here
/// nothing is done.
struct TraitFact {
    TraceId trace;
    Traits traits;
};

/// What judges said later of an interaction that is here: takes the place of earlier scores of the
/// same dimension and evaluator. Of one that is not here (any more) nothing is done.
struct JudgedFact {
    TraceId trace;
    std::vector<ScoreFact> scores;
};

struct FactsBatch {
    /// Replaces earlier revisions of the same traces, scores and spans included.
    std::vector<InteractionFact> interactions;
    /// Every journal row up to here is now in the facts, or in no open trace.
    std::uint64_t applied_seq = 0;
    /// In their order, after the interactions.
    std::vector<JudgedFact> judged = {};
    std::vector<TraitFact> traits_later = {};
    /// The judge ledger is in the facts up to here; nullopt: as far as before.
    std::optional<std::uint64_t> judged_changed = {};
};

/// What earlier revisions hold, to tell a resent span from a late one.
struct KnownTrace {
    TraceId trace;
    std::uint32_t revision = 0;
    bool incomplete = false;
    std::vector<interaction::SpanPlace> places;
    Traits traits = {};
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
    std::string text;       ///< Found in question or answer preview, case ignored.
    std::string dimension;  ///< With score_below or unscored: the dimension they speak of;
                            ///< alone: interactions that this dimension scored.
    std::string evaluator;  ///< As dimension, one of its evaluators.
    std::optional<double> score_below;  ///< Some score of that dimension is below this.
    bool unscored = false;              ///< Some evaluator of that dimension gave no score.
    std::optional<bool> failed;
    Traits traits;              ///< Has all of these.
    bool unrecognised = false;  ///< Also traces without any model activity.
};

/// Sums over one evaluator's scores in one stretch of time; the parts of a mean with an interval.
struct ScoreSums {
    std::string dimension;
    std::string
        evaluator;  ///< "" for the dimension as a whole: the lowest of an interaction's scores.
    std::string version;  ///< Latest that scored; of what never did, latest asked.
    std::uint64_t scored = 0;
    std::uint64_t unscored = 0;
    std::uint64_t unasked = 0;  ///< was_asked() is false: not sampled, not yet, or left out.
    double weight = 0;          ///< Sum of w = 1 / inclusion over scored.
    double weighted = 0;        ///< Sum of w * score.
    /// The same two by hash64(session) mod 64, for a cluster-robust interval.
    std::vector<double> bucket_weight;
    std::vector<double> bucket_weighted;
    std::map<std::string, std::uint64_t> reasons;  ///< Why unscored, with counts.
};

/// What one version of a judge said in one stratum: the parts of an estimate that knows how the
/// sample was drawn. w = 1 / inclusion, y = score; what is outside the sampler is left out.
struct JudgedSums {
    std::string dimension, evaluator, version, stratum;
    std::uint64_t population = 0;  ///< Interactions of the stratum, judged or not.
    std::uint64_t drawn = 0;       ///< Of them, those that the sampler chose.
    double drawn_weight = 0;       ///< Sum of w over the drawn: should be the population.
    double drawn_weight2 = 0;      ///< Sum of w².
    std::map<std::string, std::uint64_t> reasons;  ///< Why there is no score.
    std::uint64_t scored = 0;
    double y = 0, w = 0, w2 = 0, wy = 0, w2y = 0, w2y2 = 0, wy2 = 0;  ///< Sums over the scored.
    std::uint64_t outside = 0;  ///< Scored outside the sampler; in none of the sums.
    /// By hash64(session) mod 64.
    std::vector<double> bucket_population, bucket_weight, bucket_weighted;
};

struct TrendPoint {
    UnixNanos time = 0;  ///< Start of the stretch.
    std::string dimension;
    std::uint64_t scored = 0;
    std::uint64_t unscored = 0;
    double mean = 0;  ///< Weighted; meaningless if scored is 0.
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
    std::string session, user;
    /// Its attributes; beside them service, environment, provider, model and prompt.
    std::map<std::string, std::string> attributes;
    std::vector<ScoreFact> scores;  ///< Without explanations.
};

/// What a dimension as a whole said of one interaction: the lowest of its scores.
struct DimensionVerdict {
    TraceId trace;
    UnixNanos start = 0;
    double score = 0;
    double weight = 1;    ///< 1 / inclusion; 0: outside the sampler.
    unsigned bucket = 0;  ///< hash64(session) mod 64.
};

/// What a judge, drawn by the sampler, said of one interaction.
struct JudgedRow {
    TraceId trace;
    UnixNanos start = 0;
    double score = 0;
    double weight = 1;    ///< 1 / inclusion.
    unsigned bucket = 0;  ///< hash64(session) mod 64.
    std::string version, stratum;
};

struct Facet {
    std::string name;  ///< "service", "model", "attributes.app.customer.segment", …
    std::vector<std::pair<std::string, std::uint64_t>>
        values;  ///< Most frequent first, 20 at most.
};

/// How many interactions of one service had each trait, in one stretch of time.
struct TraitCounts {
    UnixNanos time = 0;  ///< Start of the stretch.
    std::string service;
    std::uint64_t interactions = 0;
    std::array<std::uint64_t, trait_count> with{};  ///< By Trait.
    std::uint64_t dropped = 0;                      ///< Attributes and events, as clients say.
    std::uint64_t sessions = 0;                     ///< Named ones.
    /// Of them, those whose last interaction here has no answer: the user was left waiting.
    std::uint64_t sessions_without_end = 0;
};

/// How many interactions ran under the same versions, in one stretch of time.
struct ContextCounts {
    UnixNanos time = 0;
    std::string service;
    std::string model;   ///< Of the version tuple.
    std::string prompt;  ///< Of the version tuple.
    ContextVersions context;
    std::uint64_t interactions = 0;
    UnixNanos first = 0, last = 0;  ///< Start of the first and of the last of them.
};

/// What a group of interactions used and cost.
struct UsageSums {
    std::string group;  ///< A user, a session, a service, …; "" for those without.
    std::uint64_t interactions = 0;
    std::uint64_t input_tokens = 0, output_tokens = 0;
    std::uint64_t cache_read_tokens = 0, cache_write_tokens = 0, reasoning_tokens = 0;
    double cost_usd = 0;
    std::uint64_t priced = 0;          ///< Interactions with a cost from the price list.
    std::uint64_t unknown = 0;         ///< Interactions with a call that has no known cost.
    std::uint64_t usage_repeated = 0;  ///< Interactions in which a parent repeated usage.
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
    virtual Result<std::uint64_t> judged_changed() = 0;

    /// Which of these traces are already here, with the places of their spans.
    virtual Result<std::vector<KnownTrace>> known(const std::vector<TraceId>& traces) = 0;

    /// Every trace that is here, in no order.
    virtual Result<Done> for_each_known(const std::function<void(const KnownTrace&)>& visit) = 0;

    virtual Result<std::vector<ScoreSums>> score_sums(const Filter& filter) = 0;
    /// In the order of dimension, evaluator, version, stratum.
    virtual Result<std::vector<JudgedSums>> judged_sums(const Filter& filter) = 0;
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
    /// Every score that `evaluator` gave in `dimension` to what the sampler drew, in no order.
    virtual Result<Done> for_each_judged(const Filter& filter, const std::string& dimension,
                                         const std::string& evaluator,
                                         const std::function<void(const JudgedRow&)>& visit) = 0;
    virtual Result<std::vector<Facet>> facets(const Filter& filter) = 0;
    /// In the order of (time, service). `step` as of trend(); 0: all of it in one stretch.
    virtual Result<std::vector<TraitCounts>> trait_counts(const Filter& filter, UnixNanos step) = 0;
    /// In the order of (time, service), the most frequent first.
    virtual Result<std::vector<ContextCounts>> context_counts(const Filter& filter,
                                                              UnixNanos step) = 0;
    /// By "user", "session", "service", "environment", "model", "prompt", "provider" or
    /// "attributes.<key>"; the costliest first, `limit` at most. Another word is an Error.
    virtual Result<std::vector<UsageSums>> usage_sums(const Filter& filter, const std::string& by,
                                                      std::size_t limit) = 0;
    virtual Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() = 0;
    virtual Result<FactsStatus> status() = 0;
};

}  // namespace plimsoll::record
