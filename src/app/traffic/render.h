/// render.h: acts from plain words: messages, documents and tools as gen_ai.* attributes hold them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/traffic/content.h"

namespace plimsoll::app::traffic {

struct Call {
    std::string id, name, arguments;
};
struct Line {
    std::string_view role;  ///< user, assistant, tool
    std::string text;
    std::vector<Call> calls = {};  ///< assistant: what it asks for; tool: what it answers.
};
/// A JSON array of messages with parts.
std::string messages(const std::vector<Line>& lines, std::string_view finish = "");

struct Passage {
    std::string id, title, text;
};
Act retrieval(std::string query, const std::vector<Passage>& found);
/// The last of `lines` is what the model says.
Act chat(std::string system, const std::vector<Line>& lines, std::string tools = "");
Act tool(std::string name, std::string arguments, std::string result);
Act agent(std::string name);
/// [{"type":"function","name":…}], of which `parameters` is JSON.
struct Offered {
    std::string name, description, parameters;
};
std::string definitions(const std::vector<Offered>& tools);

}  // namespace plimsoll::app::traffic
