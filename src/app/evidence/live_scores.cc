#include "app/evidence/live_scores.h"

#include <algorithm>

#include "analyse/evidence/evaluate_again.h"

namespace plimsoll::app {

std::vector<std::optional<double>> live_scores(const analyse::ConcernedEvaluators& who,
                                               const std::vector<Interaction>& interactions,
                                               const ApiOf& api_of, unsigned at_once) {
    analyse::ConcernedEvaluators checks = who;
    checks.judges.clear();
    std::vector<std::optional<double>> scores;
    for (const Interaction& interaction : interactions)
        scores.push_back(analyse::lowest(analyse::evaluate_again(
            checks, interaction, analyse::recorded_answers({}, interaction.id))));
    if (who.judges.empty()) return scores;

    evaluate::Scorecard judging;
    judging.dimensions.push_back(
        {.name = who.dimension->name,
         .evaluators = who.dimension->evaluators,
         .judges_only_what_passes = who.dimension->judges_only_what_passes});
    for (const evaluate::JudgeEvaluator* judge : who.judges)
        judging.dimensions.front().judges.push_back(*judge);
    for (const Judged& one :
         judge_interactions(judging, interactions, api_of, {.only = {}, .at_once = at_once})) {
        auto& score = scores[static_cast<std::size_t>(one.interaction - interactions.data())];
        if (const Score* said = one.judgement.verdict.score())
            score = std::min(score.value_or(1), said->value());
        else if (one.asked)
            score.reset();  // Half an answer is none.
    }
    return scores;
}

}  // namespace plimsoll::app
