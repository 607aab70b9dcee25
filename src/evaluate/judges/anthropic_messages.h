/// anthropic_messages.h: POST {base_url}/v1/messages, as Anthropic speaks it.
#pragma once

#include "evaluate/judges/judge_prompt.h"
#include "evaluate/judges/judge_reply.h"

namespace plimsoll::evaluate {

/// With "/v1" once, whether or not base_url ends with it.
std::string anthropic_url(std::string_view base_url);
/// Structured output is a tool that the model must call.
std::string anthropic_request_body(const Judge& judge, const JudgePrompt& prompt);
/// Of a body that came with status 200. Whatever it holds, a JudgeReply comes out.
JudgeReply read_anthropic_reply(std::string_view body);

inline constexpr std::string_view anthropic_version = "2023-06-01";  ///< Header of that name.

}  // namespace plimsoll::evaluate
