/// reply_json.h: what the protocols of model servers have in common. Internal to judges.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "evaluate/judges/judge_reply.h"

namespace plimsoll::evaluate {

/// "https://h/v1/?a=b" and "/chat" → "https://h/v1/chat?a=b".
std::string with_path(std::string_view base_url, std::string_view path);

/// The members of an object that is to be sent with a request.
void append_members(json::Writer& w, const Result<json::Document>& extra);

/// The object that a body is; else nullopt, and `reply.fault` says why. An object with an `error`
/// is none, whatever its status was.
std::optional<json::Document> parse_reply(std::string_view body, JudgeReply& reply);

std::string text_at(json::Value object, std::string_view key);  ///< "" if there is no text.
std::optional<std::int64_t> count_at(json::Value object, std::string_view key);  ///< 0 or more.

/// "message (type)" out of an error body of either protocol; its first words if it is none.
std::string error_sentence(std::string_view body);

}  // namespace plimsoll::evaluate
