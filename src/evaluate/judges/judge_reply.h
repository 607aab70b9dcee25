/// judge_reply.h: what a model's server answered, whatever its protocol.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace plimsoll::evaluate {

/// A value. Nothing in it is believed yet: read_verdict.h decides what it says.
struct JudgeReply {
    std::string text;           ///< The words, or the JSON handed to our tool.
    std::string model_version;  ///< The model as the server named it; "" if it did not.
    std::optional<std::int64_t> input_tokens;
    std::optional<std::int64_t> output_tokens;
    std::string finish_reason;  ///< As sent: "stop", "end_turn", …
    bool cut = false;           ///< It ended at max_tokens.
    bool refused = false;       ///< The server says that its model declined, or filtered it.
    std::string fault;          ///< Why the body could not be read; "" if it could.
};

}  // namespace plimsoll::evaluate
