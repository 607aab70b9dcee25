/// exchange_reader.h: what stands beside the messages in a provider's whole request or reply.
///
///     {"id":…, "model":…, "choices":[…], "usage":{"prompt_tokens":9, …}}     OpenAI and its like
///     {"id":…, "model":…, "content":[…], "stop_reason":…, "usage":{…}}       Anthropic
///     {"candidates":[…], "usageMetadata":{"promptTokenCount":9, …}}          Gemini
///
/// The messages themselves are read by message_reader.h. Whose words are used is found by the keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "interaction/interaction.h"

namespace plimsoll::interaction {

/// A count above this is a mistake: no call has it, and sums of a million calls still fit.
inline constexpr std::int64_t tokens_max = 1'000'000'000'000;

struct Exchange {
    std::string model;
    std::string response_id;
    Tokens tokens;
    std::vector<std::string> finish_reasons;  ///< In our words, one for each choice.
};

/// What a reply says of itself; empty where it is silent.
Exchange read_reply(json::Value reply);

/// An object of token counts. Input comes to include the cache, output to include reasoning: by the
/// names one knows whether the sender's do (Anthropic's, Bedrock's and Langfuse's do not).
Tokens read_usage(json::Value usage);

/// US dollars: `total`, `total_cost`, or the sum of the parts.
std::optional<double> read_cost(json::Value cost);

}  // namespace plimsoll::interaction
