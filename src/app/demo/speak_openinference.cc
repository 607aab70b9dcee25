/// OpenInference: flattened messages under llm.*, the kind in openinference.span.kind.
#include <fmt/format.h>

#include "app/demo/speak.h"
#include "base/json.h"

namespace plimsoll::app::demo {
namespace {

void message(wire::outgoing::Attributes& list, const std::string& before, const Said& said) {
    list.push_back({before + ".message.role", said.role});
    if (said.role == "tool") list.push_back({before + ".message.tool_call_id", said.call->id});
    if (said.role == "assistant" && said.call) {
        const std::string call = before + ".message.tool_calls.0.tool_call.";
        list.push_back({call + "id", said.call->id});
        list.push_back({call + "function.name", said.call->name});
        list.push_back({call + "function.arguments", said.call->arguments});
    } else {
        list.push_back({before + ".message.content", said.text});
    }
}

void model_call(const Happening& happening, const Event& event, UnixNanos start,
                wire::outgoing::Span& span) {
    auto& list = span.attributes;
    span.name = "ChatCompletion";
    list.push_back({"openinference.span.kind", "LLM"});
    list.push_back({"llm.system", "nimbus"});
    list.push_back({"llm.provider", "nimbus"});
    list.push_back(
        {"llm.model_name", event.error_type.empty() ? event.model.build : event.model.name});
    list.push_back(
        {"llm.invocation_parameters",
         fmt::format(R"({{"model":"{}","temperature":0.2,"max_tokens":400,"stream":true}})",
                     event.model.name)});
    list.push_back({"llm.prompt_template.version", happening.prompt_version});
    std::size_t number = 0;
    const auto next = [&] { return fmt::format("llm.input_messages.{}", number++); };
    message(list, next(), {"system", event.system, {}});
    if (!event.context.empty())
        message(list, next(), {"system", "Help articles:\n" + event.context, {}});
    for (const Said& said : event.input) message(list, next(), said);
    if (event.offers_tools)
        for (std::size_t i = 0; i < tools().size(); ++i)
            list.push_back(
                {fmt::format("llm.tools.{}.tool.json_schema", i),
                 fmt::format(
                     R"({{"type":"function","function":{{"name":"{}","description":{},"parameters":{}}}}})",
                     tools()[i].name, json::quoted(tools()[i].description),
                     tools()[i].parameters)});
    if (!event.error_type.empty()) {
        span.events.push_back(
            {"exception",
             start + event.end,
             {{"exception.type", "OverloadedError"}, {"exception.message", event.error_message}}});
        return;
    }
    message(list, "llm.output_messages.0", event.output);
    list.push_back(
        {"llm.finish_reason", event.finish == "tool_call" ? "tool_calls" : event.finish});
    list.push_back({"llm.token_count.prompt", event.input_tokens});
    list.push_back({"llm.token_count.completion", event.output_tokens});
    list.push_back({"llm.token_count.total", event.input_tokens + event.output_tokens});
    list.push_back({"llm.cost.total", event.cost_usd});
    span.events.push_back({"First Token Stream Event",
                           start + event.start + static_cast<UnixNanos>(event.first_token_s * 1e9),
                           {}});
}

}  // namespace

void speak_openinference(const Happening& happening, const Event& event, UnixNanos start,
                         wire::outgoing::Span& span) {
    auto& list = span.attributes;
    switch (event.what) {
        case What::agent:
            span.name = "assistant";
            list.push_back({"openinference.span.kind", "AGENT"});
            list.push_back({"agent.name", "pakkolin-assistant"});
            break;
        case What::retrieval:
            span.name = "help_centre";
            list.push_back({"openinference.span.kind", "RETRIEVER"});
            list.push_back({"input.value", event.query});
            for (std::size_t i = 0; i < event.found.size(); ++i) {
                const std::string before = fmt::format("retrieval.documents.{}.document.", i);
                list.push_back({before + "id", event.found[i].article->id});
                list.push_back({before + "content", event.found[i].article->text});
                list.push_back({before + "score", event.found[i].score});
                list.push_back({before + "metadata",
                                fmt::format(R"({{"title":{}}})",
                                            json::quoted(event.found[i].article->title))});
            }
            break;
        case What::model:
            model_call(happening, event, start, span);
            break;
        case What::tool:
            span.name = event.call.name;
            list.push_back({"openinference.span.kind", "TOOL"});
            list.push_back({"tool.name", event.call.name});
            list.push_back({"tool.id", event.call.id});
            list.push_back({"input.value", event.call.arguments});
            list.push_back({"input.mime_type", "application/json"});
            list.push_back({"output.value", event.result});
            list.push_back({"output.mime_type", "application/json"});
            break;
    }
}

}  // namespace plimsoll::app::demo
