/// content.h: what is said in simulated traffic: tasks, and the responses that people have judged.
///
///   Task ── responses ─┬─ good, bad: what the label says of it, never edited
///                      └─ acts: one span's worth each
///
/// Quality is set by choosing among the responses of a task, so the truth of every interaction is a
/// label that stood beside a record. Values, constant once loaded: any thread may read them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace plimsoll::app::traffic {

/// One span. Texts are rendered once: gen_ai.* JSON as the conventions have it.
struct Act {
    enum class What : std::uint8_t { agent, retrieval, chat, tool };
    What what = What::chat;
    std::string name;    ///< Of the agent or the tool.
    std::string system;  ///< chat: the system prompt, plain.
    std::string input;   ///< chat: messages; retrieval: the query; tool: arguments.
    std::string output;  ///< chat: messages; retrieval: documents; tool: the result.
    std::string tools;   ///< chat: definitions, "" if none are offered.
    std::string finish = "stop";
    std::int64_t input_tokens = 0, output_tokens = 0;
    double seconds = 0;  ///< As measured with the record; 0: drawn.
    bool wants_json = false;
};

struct Response {
    std::string id;       ///< Of the record.
    std::string variant;  ///< Which version of a model or prompt made it; "" for all.
    bool good = true;
    std::vector<Act> acts;  ///< In order of time; an agent's span holds those after it.
    std::string says;       ///< What the answer is, plain: how a stand-in judge knows it again.
};

struct Task {
    std::string dataset;
    std::string category;
    std::vector<Response> responses;
};

/// Finds tasks by the name of their source; an Error says that there is no such source here.
using ContentSource = std::function<Result<std::vector<Task>>(const std::string& name)>;

/// The project's own: the Error for any other name lists them.
Result<std::vector<Task>> own_content(const std::string& name);

/// English prose and JSON come to about four bytes per token.
inline std::int64_t tokens_of(std::string_view text) {
    return static_cast<std::int64_t>(text.size() + 3) / 4;
}

}  // namespace plimsoll::app::traffic
