/// evidence.h: the interactions that a finding rests on, as a bundle holds them.
///
///   interactions.jsonl   {"trace","side","session","start","inclusion","drawn","weight","score",
///                         "incomplete","otlp"}, a line each, before first, then by trace
///   replies.jsonl        {"trace","judge","reply"}: what the model's server answered, as it came
///
/// `otlp` is the redacted trace request of the journal, in base64: what `plimsoll score` reads, and
/// what every check can be run on again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyse/evidence/bundle.h"
#include "analyse/evidence/figure.h"
#include "evaluate/scorecard.h"
#include "interaction/interaction.h"
#include "record/finding.h"

namespace plimsoll::analyse {

struct EvidenceLine {
    TraceId trace;
    bool after = false;
    bool incomplete = false;
    std::string session;
    UnixNanos start = 0;
    double inclusion = 1;  ///< Probability with which it was evaluated.
    double drawn = 1;      ///< Probability with which it came into the bundle.
    double score = 0;      ///< As it was recorded.
    std::string otlp;

    double weight() const { return 1 / (inclusion * drawn); }
};

/// A judge's reply by trace and definition hash.
using Replies = std::map<std::pair<TraceId, std::string>, std::string>;

struct FindingEvidence {
    record::Finding finding;
    std::vector<EvidenceLine> lines;
    Replies replies;
    std::string expected;  ///< to_json(Figure), without a line break.
};

std::string lines_text(const std::vector<EvidenceLine>& lines);
std::string replies_text(const Replies& replies);

/// Out of the files of a bundle that was checked. The Error names file and line.
Result<FindingEvidence> read_evidence(const BundleFiles& files);

/// The interaction as it was when it was evaluated.
Interaction interaction_of(const EvidenceLine& line);

/// The figure with these scores in the place of those recorded; nullopt leaves a line out.
Figure figure_of(const std::vector<EvidenceLine>& lines,
                 const std::vector<std::optional<double>>& scores);

/// The evaluators that a finding is about: one of its dimension, or all for "".
struct ConcernedEvaluators {
    const evaluate::Dimension* dimension = nullptr;
    std::vector<const evaluate::Evaluator*> checks;
    std::vector<const evaluate::JudgeEvaluator*> judges;
};
/// The Error says what is not configured.
Result<ConcernedEvaluators> concerned(const evaluate::Scorecard& scorecard,
                                      const record::Finding& finding);

}  // namespace plimsoll::analyse
