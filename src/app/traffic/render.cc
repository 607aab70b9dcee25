#include "app/traffic/render.h"

#include "base/json.h"

namespace plimsoll::app::traffic {
namespace {

/// `text` if it is one JSON value, else `text` as a JSON string: what an instrumentation does with
/// arguments that a model wrote.
std::string as_json(const std::string& text) {
    return json::Document::parse(text) ? text : json::quoted(text);
}

void write(json::Writer& out, const Line& line, std::string_view finish) {
    out.begin_object().key("role").value(line.role).key("parts").begin_array();
    if (line.role == "tool") {
        out.begin_object()
            .key("type")
            .value("tool_call_response")
            .key("id")
            .value(line.calls.front().id);
        out.key("response").raw(as_json(line.text)).end_object();
    } else {
        if (!line.text.empty())
            out.begin_object()
                .key("type")
                .value("text")
                .key("content")
                .value(line.text)
                .end_object();
        for (const Call& call : line.calls) {
            out.begin_object().key("type").value("tool_call").key("id").value(call.id);
            out.key("name").value(call.name).key("arguments");
            out.raw(as_json(call.arguments)).end_object();
        }
    }
    out.end_array();
    if (!finish.empty()) out.key("finish_reason").value(finish);
    out.end_object();
}

}  // namespace

std::string messages(const std::vector<Line>& lines, std::string_view finish) {
    json::Writer out;
    out.begin_array();
    for (const Line& line : lines) write(out, line, finish);
    return out.end_array().take();
}

Act retrieval(std::string query, const std::vector<Passage>& found) {
    json::Writer out;
    out.begin_array();
    for (const Passage& passage : found) {
        out.begin_object().key("id").value(passage.id);
        out.key("content").value(passage.title.empty() ? passage.text
                                                       : passage.title + "\n" + passage.text);
        out.end_object();
    }
    Act act;
    act.what = Act::What::retrieval;
    act.input = std::move(query);
    act.output = out.end_array().take();
    return act;
}

Act chat(std::string system, const std::vector<Line>& lines, std::string tools) {
    Act act;
    act.system = std::move(system);
    act.tools = std::move(tools);
    act.finish = lines.back().calls.empty() ? "stop" : "tool_call";
    act.input = messages({lines.begin(), lines.end() - 1});
    act.output = messages({lines.back()}, act.finish);
    act.input_tokens = tokens_of(act.system) + tokens_of(act.input) + tokens_of(act.tools);
    act.output_tokens = tokens_of(lines.back().text) + 1;
    for (const Call& call : lines.back().calls) act.output_tokens += tokens_of(call.arguments) + 8;
    return act;
}

Act tool(std::string name, std::string arguments, std::string result) {
    Act act;
    act.what = Act::What::tool;
    act.name = std::move(name);
    act.input = std::move(arguments);
    act.output = std::move(result);
    return act;
}

Act agent(std::string name) {
    Act act;
    act.what = Act::What::agent;
    act.name = std::move(name);
    return act;
}

std::string definitions(const std::vector<Offered>& tools) {
    json::Writer out;
    out.begin_array();
    for (const Offered& tool : tools) {
        out.begin_object().key("type").value("function").key("name").value(tool.name);
        out.key("description").value(tool.description);
        out.key("parameters").raw(tool.parameters).end_object();
    }
    return out.end_array().take();
}

}  // namespace plimsoll::app::traffic
