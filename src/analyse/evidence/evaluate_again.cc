#include "analyse/evidence/evaluate_again.h"

#include <algorithm>

#include "record/judging.h"

namespace plimsoll::analyse {

namespace {

AgainVerdict judge_again(const evaluate::JudgeEvaluator& evaluator, const Interaction& interaction,
                         bool check_failed, const AnswerJudge& answer) {
    const evaluate::Judge& judge = *evaluator.judge;
    const std::string definition = evaluate::definition_hash(judge);
    AgainVerdict again{evaluator.name, record::judge_score_version(evaluator.name, definition, ""),
                       Verdict::unscored(Reason::not_applicable)};
    if (!interaction.recognised()) return again;
    if (auto out = evaluate::left_out(evaluator.where, interaction)) {
        again.verdict = std::move(*out);
        return again;
    }
    if (check_failed) return again;
    auto prompt = evaluate::judge_prompt(judge, interaction);
    if (auto* none = std::get_if<Verdict>(&prompt)) {
        again.verdict = std::move(*none);
        return again;
    }
    const auto& asked = std::get<evaluate::JudgePrompt>(prompt);
    const auto response = answer(judge, asked);
    if (!response) {
        again.verdict = Verdict::unscored(Reason::judge_unreachable, "There is no reply.");
        return again;
    }
    evaluate::Judgement made = evaluate::judgement_of(judge, asked, *response);
    again.version = record::judge_score_version(evaluator.name, definition, made.model_version);
    again.verdict = std::move(made.verdict);
    return again;
}

}  // namespace

std::vector<AgainVerdict> evaluate_again(const ConcernedEvaluators& who,
                                         const Interaction& interaction,
                                         const AnswerJudge& answer) {
    evaluate::Scorecard alone;
    alone.dimensions.push_back({.evaluators = who.dimension->evaluators});
    bool check_failed = false;
    std::vector<AgainVerdict> verdicts;
    for (evaluate::Scored& scored : alone.score(interaction)) {
        const evaluate::Evaluator& check = who.dimension->evaluators[scored.evaluator];
        const Score* const score = scored.verdict.score();
        check_failed |= score && score->value() < 1;
        if (std::ranges::any_of(who.checks,
                                [&](const auto* one) { return one->name == check.name; }))
            verdicts.push_back({check.name, check.version, std::move(scored.verdict)});
    }
    check_failed &= who.dimension->judges_only_what_passes;
    for (const evaluate::JudgeEvaluator* judge : who.judges)
        verdicts.push_back(judge_again(*judge, interaction, check_failed, answer));
    return verdicts;
}

std::optional<double> lowest(const std::vector<AgainVerdict>& verdicts) {
    std::optional<double> found;
    for (const AgainVerdict& one : verdicts)
        if (const Score* score = one.verdict.score())
            found = std::min(found.value_or(1), score->value());
    return found;
}

AnswerJudge recorded_answers(const Replies& replies, TraceId trace) {
    return
        [&replies, trace](const evaluate::Judge& judge,
                          const evaluate::JudgePrompt&) -> std::optional<evaluate::ModelResponse> {
            const auto reply = replies.find({trace, evaluate::definition_hash(judge)});
            if (reply == replies.end()) return std::nullopt;
            return evaluate::ModelResponse{.status = 200, .body = reply->second};
        };
}

}  // namespace plimsoll::analyse
