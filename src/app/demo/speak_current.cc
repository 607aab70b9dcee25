/// The OpenTelemetry GenAI conventions as of 1.41: provider.name, messages as JSON with parts.
#include <fmt/format.h>

#include "app/demo/speak.h"
#include "base/json.h"

namespace plimsoll::app::demo {
namespace {

using json::Writer;

void text_part(Writer& json, std::string_view text) {
    json.begin_object().key("type").value("text").key("content").value(text).end_object();
}

/// {"role":…,"parts":[…]}, with finish_reason if there is one.
void message(Writer& json, const Said& said, std::string_view finish = "") {
    json.begin_object().key("role").value(said.role).key("parts").begin_array();
    if (said.role == "tool") {
        json.begin_object().key("type").value("tool_call_response").key("id").value(said.call->id);
        json.key("response").raw(as_json(said.text)).end_object();
    } else if (said.call) {
        json.begin_object().key("type").value("tool_call").key("id").value(said.call->id);
        json.key("name").value(said.call->name);
        json.key("arguments").raw(as_json(said.call->arguments)).end_object();
    } else if (!said.text.empty()) {
        text_part(json, said.text);
    }
    json.end_array();
    if (!finish.empty()) json.key("finish_reason").value(finish);
    json.end_object();
}

const std::string& tool_definitions() {
    static const std::string definitions = [] {
        Writer json;
        json.begin_array();
        for (const Tool& tool : tools()) {
            json.begin_object().key("type").value("function").key("name").value(tool.name);
            json.key("description").value(tool.description);
            json.key("parameters").raw(tool.parameters).end_object();
        }
        return json.end_array().take();
    }();
    return definitions;
}

std::string documents(const Event& event) {
    Writer json;
    json.begin_array();
    for (const Found& hit : event.found) {
        json.begin_object().key("id").value(hit.article->id).key("score").value(hit.score);
        json.key("content").value(hit.article->text).end_object();
    }
    return json.end_array().take();
}

void model_call(const Happening& happening, const Event& event, wire::outgoing::Span& span) {
    auto& list = span.attributes;
    span.name = fmt::format("chat {}", event.model.name);
    span.kind = wire::SpanKind::client;
    list.push_back({"gen_ai.operation.name", "chat"});
    list.push_back({"gen_ai.provider.name", "nimbus"});
    list.push_back({"gen_ai.request.model", event.model.name});
    list.push_back({"gen_ai.request.temperature", 0.2});
    list.push_back({"gen_ai.request.max_tokens", 400});
    list.push_back({"gen_ai.request.stream", true});
    list.push_back({"gen_ai.output.type", event.wants_json ? "json" : "text"});
    list.push_back({"gen_ai.conversation.id", happening.session});
    list.push_back({"gen_ai.prompt.name", to_word(happening.feature)});
    list.push_back({"gen_ai.prompt.version", happening.prompt_version});

    Writer system;
    system.begin_array();
    text_part(system, event.system);
    if (!event.context.empty()) text_part(system, "Help articles:\n" + event.context);
    list.push_back({"gen_ai.system_instructions", system.end_array().take()});
    if (event.offers_tools) list.push_back({"gen_ai.tool.definitions", tool_definitions()});
    Writer input;
    input.begin_array();
    for (const Said& said : event.input) message(input, said);
    list.push_back({"gen_ai.input.messages", input.end_array().take()});
    if (!event.error_type.empty()) return;

    Writer output;
    output.begin_array();
    message(output, event.output, event.finish);
    list.push_back({"gen_ai.output.messages", output.end_array().take()});
    list.push_back({"gen_ai.response.model", event.model.build});
    list.push_back({"gen_ai.response.id", fmt::format("nr-{:016x}", happening.seed + event.start)});
    list.push_back(
        {"gen_ai.response.finish_reasons", std::vector<std::string>{std::string(event.finish)}});
    list.push_back({"gen_ai.response.time_to_first_chunk", event.first_token_s});
    list.push_back({"gen_ai.usage.input_tokens", event.input_tokens});
    list.push_back({"gen_ai.usage.output_tokens", event.output_tokens});
    list.push_back({"gen_ai.usage.cost", event.cost_usd});
}

}  // namespace

void speak_current(const Happening& happening, const Event& event, UnixNanos,
                   wire::outgoing::Span& span) {
    auto& list = span.attributes;
    switch (event.what) {
        case What::agent:
            span.name = "invoke_agent pakkolin-assistant";
            list.push_back({"gen_ai.operation.name", "invoke_agent"});
            list.push_back({"gen_ai.agent.name", "pakkolin-assistant"});
            list.push_back({"gen_ai.agent.version", "4.18.0"});
            list.push_back({"gen_ai.conversation.id", happening.session});
            break;
        case What::retrieval:
            span.name = "retrieval pakkolin-help";
            span.kind = wire::SpanKind::client;
            list.push_back({"gen_ai.operation.name", "retrieval"});
            list.push_back({"gen_ai.data_source.id", "pakkolin-help"});
            list.push_back({"gen_ai.retrieval.query.text", event.query});
            list.push_back({"gen_ai.retrieval.documents", documents(event)});
            break;
        case What::model:
            model_call(happening, event, span);
            break;
        case What::tool:
            span.name = fmt::format("execute_tool {}", event.call.name);
            list.push_back({"gen_ai.operation.name", "execute_tool"});
            list.push_back({"gen_ai.tool.name", event.call.name});
            list.push_back({"gen_ai.tool.type", "function"});
            list.push_back({"gen_ai.tool.call.id", event.call.id});
            list.push_back({"gen_ai.tool.call.arguments", event.call.arguments});
            list.push_back({"gen_ai.tool.call.result", event.result});
            break;
    }
}

}  // namespace plimsoll::app::demo
