/// openai_chat.h: POST {base_url}/chat/completions, as OpenAI, Azure, vLLM, Ollama, llama.cpp and
/// LiteLLM speak it.
#pragma once

#include "evaluate/judges/judge_prompt.h"
#include "evaluate/judges/judge_reply.h"

namespace plimsoll::evaluate {

/// A base_url with a query keeps it behind the path.
std::string openai_url(std::string_view base_url);
std::string openai_request_body(const Judge& judge, const JudgePrompt& prompt);
/// Of a body that came with status 200. Whatever it holds, a JudgeReply comes out.
JudgeReply read_openai_reply(std::string_view body);

}  // namespace plimsoll::evaluate
