#include "evaluate/judges/replay.h"

namespace plimsoll::evaluate {

std::optional<Replayed> replay(const Judge& judge, const Interaction& interaction,
                               std::string_view request, std::string_view reply) {
    const auto prompt = judge_prompt(judge, interaction);
    const auto* asked = std::get_if<JudgePrompt>(&prompt);
    if (asked == nullptr) return std::nullopt;
    ModelResponse response;
    response.outcome = ModelResponse::Outcome::answered;
    response.status = 200;
    response.body = reply;
    return Replayed{.same_request = request_of(judge, *asked).body == request,
                    .judgement = judgement_of(judge, *asked, response)};
}

}  // namespace plimsoll::evaluate
