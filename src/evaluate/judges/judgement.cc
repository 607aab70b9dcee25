#include "evaluate/judges/judgement.h"

#include <fmt/format.h>

#include "evaluate/judges/anthropic_messages.h"
#include "evaluate/judges/openai_chat.h"
#include "evaluate/judges/read_verdict.h"
#include "evaluate/judges/reply_json.h"

namespace plimsoll::evaluate {

namespace {

using Outcome = ModelResponse::Outcome;

bool is_temporary(int status) {
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

/// Of a response that is no reply; nullopt if it is one.
std::optional<Verdict> failure(const ModelResponse& response) {
    switch (response.outcome) {
        case Outcome::timed_out:
            return Verdict::unscored(Reason::timed_out, response.why);
        case Outcome::unreachable:
            return Verdict::unscored(Reason::judge_unreachable, response.why);
        case Outcome::broken:
            return Verdict::unscored(Reason::judge_unreadable, response.why);
        case Outcome::answered:
            break;
    }
    if (response.status == 200) return std::nullopt;
    return Verdict::unscored(Reason::judge_unreachable,
                             fmt::format("The judge's server answered {}: {}", response.status,
                                         error_sentence(response.body)));
}

}  // namespace

ModelRequest request_of(const Judge& judge, const JudgePrompt& prompt) {
    if (judge.model.api == ModelProtocol::anthropic)
        return {judge.model.api, anthropic_url(judge.model.base_url),
                anthropic_request_body(judge, prompt)};
    return {judge.model.api, openai_url(judge.model.base_url), openai_request_body(judge, prompt)};
}

Judgement judgement_of(const Judge& judge, const JudgePrompt& prompt,
                       const ModelResponse& response) {
    if (auto failed = failure(response))
        return {
            .verdict = std::move(*failed),
            .may_retry = response.outcome == Outcome::unreachable ||
                         (response.outcome == Outcome::answered && is_temporary(response.status)),
            .retry_after = response.retry_after};
    const JudgeReply reply = judge.model.api == ModelProtocol::anthropic
                                 ? read_anthropic_reply(response.body)
                                 : read_openai_reply(response.body);
    ReadVerdict read = read_verdict(judge.scale, reply, prompt.content);
    Judgement judgement{.verdict = std::move(read.verdict),
                        .chosen = std::move(read.chosen),
                        .model_version = reply.model_version,
                        .version = judge_version(definition_hash(judge), reply.model_version),
                        .input_tokens = reply.input_tokens,
                        .output_tokens = reply.output_tokens};
    if (reply.input_tokens && reply.output_tokens)
        judgement.cost_usd = cost_usd(judge.model, *reply.input_tokens, *reply.output_tokens);
    return judgement;
}

Judgement ask(const Judge& judge, const Interaction& interaction, ModelApi& api) {
    auto prompt = judge_prompt(judge, interaction);
    if (auto* none = std::get_if<Verdict>(&prompt)) return {.verdict = std::move(*none)};
    const auto& asked = std::get<JudgePrompt>(prompt);
    return judgement_of(judge, asked, api.post(request_of(judge, asked), judge.deadline));
}

}  // namespace plimsoll::evaluate
