/// judging.h: what judges have to do with the interactions that the follower writes.
///
///   interaction ─draw─▶ not sampled │ pending ─want─▶ judge ledger ─take─▶ scores in the facts
///
/// Every interaction gets a row for each judge of a dimension, judged or not, so that the facts
/// know the population of every stratum. The ledger is the truth of what judges said: facts that
/// are rebuilt get it from there, and nobody is asked again.
/// Reasons that come later are heard until the freeze (evaluate/sampling/late_reasons.h); after it
/// probabilities and strata stand.
#pragma once

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "evaluate/sampling/sampling_design.h"
#include "evaluate/scorecard.h"
#include "record/facts.h"
#include "record/judge_ledger.h"
#include "record/reasons.h"

namespace plimsoll::record {

/// A judge and where it is at work.
struct JudgeInDimensions {
    struct Place {
        std::string dimension;
        std::string evaluator;  ///< Its name there.
        std::map<std::string, std::string> where;
        bool only_what_passes = false;  ///< Not applicable where a check of the dimension failed.
    };
    std::string name;
    std::string definition;  ///< evaluate::definition_hash
    evaluate::SamplingDesign design;
    std::vector<Place> places;
    evaluate::JudgeSentinels sentinels = {};
    std::string rubric = {};  ///< Version.
};

/// The judges of a scorecard, each once, with the sampling its configuration asks for.
std::vector<JudgeInDimensions> judges_of(const evaluate::Scorecard& scorecard);

/// "tone@1f0c…": the evaluator's name and the judge's version; of what no model has answered yet,
/// the hash of the definition stands for the version.
std::string judge_score_version(const std::string& name, const std::string& definition,
                                const std::string& model);

/// One thread, the follower's.
class Judging {
  public:
    /// `reasons` may be nullptr: none come later.
    Judging(JudgeLedger& ledger, std::vector<JudgeInDimensions> judges, Reasons* reasons = nullptr)
        : ledger_(ledger), reasons_(reasons), judges_(std::move(judges)) {}

    /// Appends to the scores of the checks one for each judge and dimension. What was drawn is
    /// remembered until want().
    void draw(const Interaction& interaction, std::vector<ScoreFact>& scores);

    /// Brings what was drawn to the ledger, and what the ledger knows into the facts. `now`: when
    /// they arrived, by the journal's clock.
    Result<Done> want(std::span<InteractionFact> facts, UnixNanos now);

    /// After draw() and before want(), for a later revision of what is frozen: what was drawn stays
    /// drawn, with the probability it had; `before` are the scores of the earlier revision.
    void keep_frozen(InteractionFact& fact, std::span<const ScoreFact> before);

    /// Late reasons since the last call: the ledger is told, and the facts that change are to be
    /// applied. A reason of an interaction that is not here yet waits for it.
    struct HeardReasons {
        FactsBatch batch;
        bool more = false;
    };
    Result<HeardReasons> hear(Facts& facts, std::size_t limit = 500);

    /// What the ledger has learned since `changed`: to be applied, then asked for again.
    Result<FactsBatch> take(std::uint64_t changed, std::size_t limit = 2'000);

  private:
    std::vector<ScoreFact> scores_of(const KnownJudgement& known) const;

    Result<Done> raise(const LateReason& late, TraceScores& known, FactsBatch& batch);

    JudgeLedger& ledger_;
    Reasons* const reasons_;
    const std::vector<JudgeInDimensions> judges_;
    std::uint64_t heard_ = 0;  ///< seq of the last late reason. All are heard anew after a start.
    /// Also of what is not here yet, and for later revisions.
    std::unordered_map<TraceId, std::vector<LateReason>> late_;
    std::vector<Judgement> drawn_;
};

}  // namespace plimsoll::record
