/// step.h: what happened in one interaction, before anybody put names of attributes to it.
///
///   Session, turn ──compose──▶ Happening ──speak──▶ ResourceSpans (wire/otlp_writer.h)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/content.h"
#include "app/demo/timeline.h"
#include "base/id.h"
#include "base/time.h"

namespace plimsoll::app::demo {

struct ToolCall {
    std::string id;
    std::string name;
    std::string arguments;  ///< What the model wrote; meant to be JSON.
};

struct Said {
    std::string_view role;  ///< user, assistant, tool
    std::string text;
    std::optional<ToolCall> call;  ///< assistant: asks for it; tool: answers it.
};

struct Found {
    const Article* article;
    double score;
};

enum class What { agent, retrieval, model, tool };

/// One span's worth. Fields that do not belong to `what` are empty.
struct Event {
    What what = What::model;
    UnixNanos start = 0;  ///< Since the interaction began.
    UnixNanos end = 0;
    std::string error_type;  ///< "" if it went well.
    std::string error_message;

    std::string query;  // retrieval
    std::vector<Found> found;

    Model model{};  // model
    std::string system;
    std::string context;  ///< The articles, as told to the model; "" without any.
    std::vector<Said> input;
    Said output;
    std::string_view finish;  ///< stop, length, tool_call; "" after an error.
    std::int64_t input_tokens = 0;
    std::int64_t output_tokens = 0;
    double cost_usd = 0;
    double first_token_s = 0;
    bool offers_tools = false;
    bool wants_json = false;

    ToolCall call;  // tool
    std::string result;
};

enum class Vocabulary { current, older, openinference };

/// Who, where, in which conversation: the same for all spans of an interaction.
struct Happening {
    TraceId trace;
    std::uint64_t seed = 0;  ///< Span ids come from it.
    const Customer* customer = nullptr;
    std::string user;
    std::string session;
    Feature feature{};
    std::string_view language;
    std::string_view category;
    std::string_view prompt_version;
    Vocabulary vocabulary{};
    bool root_arrives = true;
    UnixNanos duration = 0;
    std::vector<Event> events;  ///< The agent first, then in order of time.
};

}  // namespace plimsoll::app::demo
