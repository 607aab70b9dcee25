#include "app/gate/candidate_pairs.h"

#include <algorithm>
#include <numeric>

#include "analyse/evidence/input_text.h"
#include "app/evidence/live_scores.h"
#include "base/permanent_random.h"

namespace plimsoll::app {

namespace {

using Scores = std::vector<std::optional<double>>;

/// Scores interactions, opening the judges the first time one is needed.
class Scorer {
  public:
    Scorer(const OpenJudges& open, unsigned at_once) : open_(open), at_once_(at_once) {}

    Result<Scores> score(const GateTarget& target, const std::vector<Interaction>& interactions) {
        if (!target.who.judges.empty() && !interactions.empty() && !judges_) {
            auto opened = open_();
            if (!opened) return opened.error();
            judges_ = std::move(*opened);
        }
        return live_scores(target.who, interactions, judges_, at_once_);
    }

  private:
    const OpenJudges& open_;
    const unsigned at_once_;
    ApiOf judges_;
};

Result<Scores> baseline_scores(const GateExamples& set, const GateTarget& target, Scorer& scorer) {
    Scores scores;
    std::vector<Interaction> unknown;
    for (const GateExample& example : set.examples) {
        scores.push_back(example.recorded);
        if (!example.recorded) unknown.push_back(example.interaction);
    }
    if (unknown.empty()) return scores;
    const auto now = scorer.score(target, unknown);
    if (!now) return now.error();
    std::size_t next = 0;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (!set.examples[i].recorded) scores[i] = (*now)[next++];
    return scores;
}

}  // namespace

Result<std::vector<analyse::GateDimension>> candidate_pairs(const GateExamples& set,
                                                            const CandidateOutputs& outputs,
                                                            const OpenJudges& open_judges,
                                                            unsigned at_once) {
    std::vector<std::size_t> order(set.examples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) {
        return std::pair(permanent_bits("gate", set.examples[i].id), i);
    });
    Scorer scorer(open_judges, at_once);
    std::vector<analyse::GateDimension> dimensions;
    for (const GateTarget& target : set.targets) {
        const auto baseline = baseline_scores(set, target, scorer);
        if (!baseline) return baseline.error();
        std::vector<Interaction> answered;
        for (const std::size_t i : order)
            if (const auto runs = outputs.by_input.find(set.examples[i].id);
                (*baseline)[i] && runs != outputs.by_input.end())
                for (const std::string& output : runs->second)
                    if (output != set.examples[i].interaction.answer)
                        answered.push_back(
                            analyse::with_answer(set.examples[i].interaction, output));
        const auto scores = scorer.score(target, answered);
        if (!scores) return scores.error();

        analyse::GateDimension dimension{.name = target.name};
        std::size_t next = 0;
        for (const std::size_t i : order) {
            const GateExample& example = set.examples[i];
            if (!(*baseline)[i]) {
                // To a check it does not apply; a judge should have said something.
                dimension.excluded += !target.who.judges.empty();
                continue;
            }
            double sum = 0;
            std::size_t runs = 0;
            bool scored = true;
            if (const auto given = outputs.by_input.find(example.id);
                given != outputs.by_input.end())
                for (const std::string& output : given->second) {
                    const std::optional<double> score =
                        output == example.interaction.answer ? (*baseline)[i] : (*scores)[next++];
                    scored &= score.has_value();
                    sum += score.value_or(0);
                    ++runs;
                }
            if (!scored)
                ++dimension.excluded;
            else
                dimension.pairs.push_back(
                    {.cluster = example.cluster,
                     .baseline = *(*baseline)[i],
                     .candidate = runs > 0 ? sum / static_cast<double>(runs) : 0,
                     .weight = example.weight});
        }
        if (!dimension.pairs.empty() || dimension.excluded > 0)
            dimensions.push_back(std::move(dimension));
    }
    return dimensions;
}

}  // namespace plimsoll::app
