/// evaluate_again.h: what the evaluators of a finding say of an interaction now: checks computed
/// from its content, judges read from a reply.
///
///   check    Configured::verdict(interaction)
///   judge    prompt of the interaction + a reply's bytes ──read_verdict──▶ verdict
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "analyse/evidence/evidence.h"
#include "evaluate/judges/judgement.h"

namespace plimsoll::analyse {

struct AgainVerdict {
    std::string evaluator, version;
    Verdict verdict;
};

/// What answers a judge: a recorded reply, or its model. nullopt: nobody can.
using AnswerJudge = std::function<std::optional<evaluate::ModelResponse>(
    const evaluate::Judge& judge, const evaluate::JudgePrompt& prompt)>;

/// One for each evaluator, checks first. A judge that nobody answers is judge_unreachable.
std::vector<AgainVerdict> evaluate_again(const ConcernedEvaluators& who,
                                         const Interaction& interaction, const AnswerJudge& answer);

/// The lowest score; nullopt if there is none.
std::optional<double> lowest(const std::vector<AgainVerdict>& verdicts);

/// Answers with the replies that were recorded for this interaction.
AnswerJudge recorded_answers(const Replies& replies, TraceId trace);

}  // namespace plimsoll::analyse
