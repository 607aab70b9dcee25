/// judgement.h: one question to a judge and what came of it.
///
///   judge + interaction ─▶ JudgePrompt ─▶ ModelRequest ──ModelApi──▶ ModelResponse ─▶ Judgement
///
/// Both ends are pure: the same request and response give the same judgement, so a run can be
/// replayed offline, bit for bit.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "evaluate/judges/judge_prompt.h"
#include "evaluate/judges/model_api.h"

namespace plimsoll::evaluate {

struct Judgement {
    Verdict verdict;
    std::string chosen;         ///< The answer on the scale; "" if unscored.
    std::string model_version;  ///< As the provider reported it; "" if it did not.
    std::string version;        ///< judge_version(); "" if no model answered.
    std::optional<std::int64_t> input_tokens;
    std::optional<std::int64_t> output_tokens;
    std::optional<double> cost_usd;
    /// It was certainly not judged and not paid for, and may be later: 408, 429, 5xx, unreachable.
    bool may_retry = false;
    std::optional<std::chrono::milliseconds> retry_after;  ///< As the server asked.
};

ModelRequest request_of(const Judge& judge, const JudgePrompt& prompt);

/// `prompt` is the one that the request was made of.
Judgement judgement_of(const Judge& judge, const JudgePrompt& prompt,
                       const ModelResponse& response);

/// Asks once, and waits. Where there is nothing to ask, nobody is asked.
Judgement ask(const Judge& judge, const Interaction& interaction, ModelApi& api);

}  // namespace plimsoll::evaluate
