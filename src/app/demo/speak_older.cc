/// As senders wrote it up to 1.36: gen_ai.system, prompt and completion tokens, and messages as
/// span events; every third session in the form of 1.27, with one event for all messages.
#include <fmt/format.h>

#include "app/demo/speak.h"
#include "base/json.h"

namespace plimsoll::app::demo {
namespace {

using wire::outgoing::Attributes;

/// One span event per message: gen_ai.user.message, …, and gen_ai.choice.
void message_events(const Event& event, UnixNanos start, wire::outgoing::Span& span) {
    const UnixNanos asked = start + event.start;
    const std::string system = event.context.empty()
                                   ? event.system
                                   : event.system + "\n\nHelp articles:\n" + event.context;
    span.events.push_back({"gen_ai.system.message", asked, {{"content", system}}});
    for (const Said& said : event.input) {
        Attributes list;
        if (said.role == "tool") list.push_back({"id", said.call->id});
        if (said.role == "assistant" && said.call)
            list.push_back(
                {"tool_calls",
                 fmt::format(
                     R"([{{"id":{},"type":"function","function":{{"name":{},"arguments":{}}}}}])",
                     json::quoted(said.call->id), json::quoted(said.call->name),
                     json::quoted(said.call->arguments))});
        else
            list.push_back({"content", said.text});
        span.events.push_back(
            {fmt::format("gen_ai.{}.message", said.role), asked, std::move(list)});
    }
    if (!event.error_type.empty()) return;
    span.events.push_back(
        {"gen_ai.choice",
         start + event.end,
         {{"index", 0},
          {"finish_reason", event.finish == "tool_call" ? "tool_calls" : event.finish},
          {"message", chat_json(event.output)}}});
}

/// Two span events that hold all messages as JSON.
void content_events(const Event& event, UnixNanos start, wire::outgoing::Span& span) {
    std::string prompt =
        "[" +
        chat_json({"system",
                   event.context.empty() ? event.system
                                         : event.system + "\n\nHelp articles:\n" + event.context,
                   {}});
    for (const Said& said : event.input) prompt += "," + chat_json(said);
    span.events.push_back(
        {"gen_ai.content.prompt", start + event.start, {{"gen_ai.prompt", prompt + "]"}}});
    if (!event.error_type.empty()) return;
    span.events.push_back({"gen_ai.content.completion",
                           start + event.end,
                           {{"gen_ai.completion", "[" + chat_json(event.output) + "]"}}});
}

}  // namespace

void speak_older(const Happening& happening, const Event& event, UnixNanos start,
                 wire::outgoing::Span& span) {
    auto& list = span.attributes;
    switch (event.what) {
        case What::agent:
            span.name = "invoke_agent pakkolin-assistant";
            list.push_back({"gen_ai.operation.name", "invoke_agent"});
            list.push_back({"gen_ai.agent.name", "pakkolin-assistant"});
            break;
        case What::retrieval:
            // Had no convention then: a span of the application's own.
            span.name = "help_centre.search";
            list.push_back({"search.query", event.query});
            list.push_back({"search.hits", static_cast<std::int64_t>(event.found.size())});
            break;
        case What::tool:
            span.name = fmt::format("execute_tool {}", event.call.name);
            list.push_back({"gen_ai.operation.name", "execute_tool"});
            list.push_back({"gen_ai.tool.name", event.call.name});
            list.push_back({"gen_ai.tool.call.id", event.call.id});
            list.push_back({"gen_ai.tool.call.arguments", event.call.arguments});
            list.push_back({"gen_ai.tool.call.result", event.result});
            break;
        case What::model:
            span.name = fmt::format("chat {}", event.model.name);
            span.kind = wire::SpanKind::client;
            list.push_back({"gen_ai.operation.name", "chat"});
            list.push_back({"gen_ai.system", "nimbus"});
            list.push_back({"gen_ai.request.model", event.model.name});
            list.push_back({"gen_ai.request.temperature", 0.2});
            list.push_back({"gen_ai.request.max_tokens", 400});
            list.push_back({"gen_ai.prompt.name", to_word(happening.feature)});
            list.push_back({"gen_ai.prompt.version", happening.prompt_version});
            if (event.error_type.empty()) {
                list.push_back({"gen_ai.response.model", event.model.build});
                list.push_back({"gen_ai.response.finish_reasons",
                                std::vector<std::string>{std::string(
                                    event.finish == "tool_call" ? "tool_calls" : event.finish)}});
                list.push_back({"gen_ai.usage.prompt_tokens", event.input_tokens});
                list.push_back({"gen_ai.usage.completion_tokens", event.output_tokens});
                list.push_back({"gen_ai.usage.cost", event.cost_usd});
            }
            if (happening.seed % 3 == 0)
                content_events(event, start, span);
            else
                message_events(event, start, span);
            break;
    }
}

}  // namespace plimsoll::app::demo
