/// OpenLIT: OpenTelemetry's names, old and new, and some of its own. From the project's published
/// list of attributes.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"gen_ai.tool.input", Field::tool_arguments},
    {"gen_ai.tool.args", Field::tool_arguments},
    {"gen_ai.tool.output", Field::tool_result},
    {"gen_ai.server.time_to_first_token", Field::first_token_s},  // Strands': strands.cc.
    {"gen_ai.request.is_stream", Field::parameter, "stream"},
    {"gen_ai.request.tool_choice", Field::parameter, "tool_choice"},
    {"gen_ai.request.user", Field::user},
    {"gen_ai.request.embedding_dimension", Field::unused},
    {"gen_ai.server.time_per_output_token", Field::unused},
    {"gen_ai.client.operation.duration", Field::unused},
    {"gen_ai.usage.completion_tokens_details.audio", Field::unused},
    {"gen_ai.usage.prompt_tokens_details.cached", Field::tokens_cache_read},
    {"gen_ai.usage.completion_tokens_details.reasoning", Field::tokens_reasoning},
    {"gen_ai.application_name", Field::slice},
    {"gen_ai.environment", Field::slice},
    {"gen_ai.endpoint", Field::slice},
    {"gen_ai.sdk.version", Field::slice},
    {"gen_ai.prompt.id", Field::prompt_name},
    {"gen_ai.hub.owner", Field::unused},
    {"gen_ai.hub.repo", Field::unused},
};

/// The calls come last, beside words that an event holds.
constexpr Row last_resort[] = {
    {"gen_ai.response.tool_calls", Field::output_calls},
    {"gen_ai.content.prompt", Field::input_words},
    {"gen_ai.content.completion", Field::output_words},
    {"gen_ai.content.reasoning", Field::unused},
};

/// Its own verdicts are no evaluator's of ours, and none of the conversation.
constexpr std::string_view content_prefixes[] = {"gen_ai.eval.", "gen_ai.content."};

/// "system: Be brief.\nuser: Hi": each line that opens with a role begins a message.
std::vector<Message> messages_of(std::string_view text, Role unless_said) {
    std::vector<Message> messages;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t colon = line.find(": ");
        const std::string_view word = line.substr(0, std::min(colon, line.size()));
        const bool opens =
            colon != std::string_view::npos && colon <= 16 && role_named(word) != Role::other;
        if (opens || messages.empty()) {
            Message& message = messages.emplace_back();
            message.role = opens ? role_named(word) : unless_said;
            if (opens) message.role_sent = word, line.remove_prefix(colon + 2);
            message.parts.emplace_back().text = line;
        } else {
            messages.back().parts[0].text.append("\n").append(line);
        }
    }
    return messages;
}

void read(const wire::SpanView& span, Draft& draft) {
    if (!span.scope || !span.scope->name.starts_with("openlit")) return;
    for (const wire::EventView& event : span.events) {
        const bool in = event.name == "gen_ai.content.prompt";
        if (!in && event.name != "gen_ai.content.completion") continue;
        const auto* body = event.attributes.find(in ? "gen_ai.prompt" : "gen_ai.completion");
        if (!body) continue;
        const Role role = in ? Role::user : Role::assistant;
        const std::string text = plain_text(*body);
        MessagesRead read;
        if (text.starts_with('[') || text.starts_with('{')) {
            read = read_messages_or_words(text, role);
        } else {
            read.messages = messages_of(text, role);
            read.status = ContentStatus::full;
        }
        draft.offer_messages(in ? Field::input : Field::output, std::move(read),
                             in ? "gen_ai.content.prompt" : "gen_ai.content.completion", openlit);
    }
}

}  // namespace

const Convention openlit{
    .name = "openlit",
    .says = "OpenLIT.",
    .table = table,
    .last_resort = last_resort,
    .content_prefixes = content_prefixes,
    .read = read,
};

}  // namespace plimsoll::interaction
