#include <stdexcept>

#include "evaluate/check.h"

namespace plimsoll::evaluate {

namespace {

constexpr UnixNanos noon = 1'767'614'400 * nanos_per_second;  // 2026-01-05T12:00:00Z

UnixNanos nanos_of_ms(double ms) {
    return static_cast<UnixNanos>(ms * 1e6);
}

std::string text_of(std::optional<json::Value> value) {
    if (!value) return "";
    return value->is_string() ? std::string(value->as_string()) : json::to_text(*value);
}

SpanId span_id(std::uint8_t number) {
    SpanId id;
    id.bytes[7] = number;
    return id;
}

Message message(Role role, Part part) {
    Message message;
    message.role = role;
    message.role_sent = to_word(role);
    message.parts.push_back(std::move(part));
    return message;
}

/// Puts steps one after the other in time.
struct Builder {
    Interaction interaction;
    UnixNanos now = noon;

    Step& add(StepKind kind, double latency_ms) {
        Step step;
        step.id = span_id(static_cast<std::uint8_t>(interaction.steps.size() + 1));
        if (!interaction.steps.empty()) step.parent = span_id(1);
        step.name = to_word(kind);
        step.kind = kind;
        step.start = now;
        now += nanos_of_ms(latency_ms);
        step.end = now;
        interaction.steps.push_back(std::move(step));
        return interaction.steps.back();
    }
};

Part tool_call_part(json::Value call, std::size_t number) {
    Part part;
    part.kind = PartKind::tool_call;
    part.id = "call_" + std::to_string(number);
    part.name = text_of(call.find("name"));
    part.json = text_of(call.find("arguments"));
    return part;
}

void add_tool_calls(Builder& builder, json::Value calls) {
    Step& asking = builder.interaction.steps.back();
    asking.content = ContentStatus::full;
    asking.finish_reasons = {"tool_call"};
    Message asked;
    asked.role = Role::assistant;
    asked.role_sent = "assistant";
    std::size_t number = 0;
    for (const json::Value call : calls.elements()) {
        asked.parts.push_back(tool_call_part(call, ++number));
    }
    asking.output.push_back(std::move(asked));

    number = 0;
    for (const json::Value call : calls.elements()) {
        ++number;
        if (!call.find("result") && !call.find("failed") && !call.find("latency_ms")) continue;
        const auto latency = call.find("latency_ms");
        Step& run =
            builder.add(StepKind::tool_call, latency ? latency->as_number().value_or(0) : 0);
        run.tool_name = text_of(call.find("name"));
        run.tool_call_id = "call_" + std::to_string(number);
        run.tool_arguments = text_of(call.find("arguments"));
        run.tool_result = text_of(call.find("result"));
        run.content = ContentStatus::full;
        const auto failed = call.find("failed");
        run.failed = failed && failed->as_boolean().value_or(false);
        if (run.failed) run.error_message = run.tool_result;
    }
}

/// Turns of named agents, and tools that ran between them.
void add_agents(Builder& builder, json::Value turns) {
    for (const json::Value turn : turns.elements()) {
        const bool is_tool = turn.find("tool").has_value();
        Step& step = builder.add(is_tool ? StepKind::tool_call : StepKind::agent, 0);
        step.content = ContentStatus::full;
        step.agent = text_of(turn.find("agent"));
        step.tool_name = text_of(turn.find("tool"));
        step.tool_result = text_of(turn.find("result"));
        if (!is_tool) {
            step.output.push_back(message(Role::assistant, {.text = text_of(turn.find("says"))}));
        }
    }
}

}  // namespace

Interaction example_interaction(std::string_view text) {
    auto parsed = json::Document::parse(text);
    if (!parsed) throw std::invalid_argument("example: " + parsed.error().what);
    const json::Document document = std::move(*parsed);
    const json::Value root = document.root();
    const auto number = [&](std::string_view key) -> std::optional<double> {
        const auto value = root.find(key);
        return value ? value->as_number() : std::nullopt;
    };
    const auto flag = [&](std::string_view key) {
        const auto value = root.find(key);
        return value && value->as_boolean().value_or(false);
    };

    Builder builder;
    Interaction& interaction = builder.interaction;
    interaction.id.bytes[15] = 1;
    interaction.session = interaction.id.hex();
    builder.add(StepKind::model_call, 0);
    if (const auto tools = root.find("tools")) {
        for (const json::Value tool : tools->elements()) {
            interaction.steps[0].tools.push_back(
                {text_of(tool.find("name")), "", text_of(tool.find("parameters"))});
        }
    }
    if (const auto documents = root.find("documents")) {
        Step& retrieval = builder.add(StepKind::retrieval, 0);
        for (const json::Value found : documents->elements()) {
            retrieval.documents.push_back({.text = text_of(found)});
        }
        retrieval.content = ContentStatus::full;
        std::swap(interaction.steps[0], interaction.steps[1]);  // Retrieved first, then asked.
    }
    const auto calls = root.find("tool_calls");
    if (calls) add_tool_calls(builder, *calls);
    if (calls && root.find("output")) builder.add(StepKind::model_call, 0);

    if (const auto agents = root.find("agents")) add_agents(builder, *agents);

    Step* last = nullptr;
    for (Step& step : interaction.steps) {
        if (step.kind == StepKind::model_call) last = &step;
    }
    last->system = text_of(root.find("system"));
    if (const auto input = root.find("input")) {
        last->input.push_back(message(Role::user, {.text = text_of(input)}));
        interaction.question = text_of(input);
    }
    if (const auto output = root.find("output")) {
        last->output.push_back(message(Role::assistant, {.text = text_of(output)}));
        interaction.answer = text_of(output);
        last->content = ContentStatus::full;
    }
    if (flag("truncated")) last->content = ContentStatus::truncated;
    if (const auto reason = root.find("finish_reason")) last->finish_reasons = {text_of(reason)};
    last->output_type = text_of(root.find("output_type"));
    last->failed = interaction.failed = flag("failed");
    last->counts_tokens = true;
    if (const auto tokens = number("input_tokens")) last->tokens.input = std::int64_t(*tokens);
    if (const auto tokens = number("output_tokens")) last->tokens.output = std::int64_t(*tokens);
    interaction.tokens = last->tokens;
    interaction.cost_usd = last->cost_usd = number("cost_usd");
    if (const auto ms = number("first_token_ms")) {
        interaction.first_token_s = last->first_token_s = *ms / 1000;
    }
    if (const auto attributes = root.find("attributes")) {
        for (const json::Member member : attributes->members()) {
            interaction.attributes[std::string(member.key)] = text_of(member.value);
            interaction.steps.front().attributes.emplace_back(member.key,
                                                              json::to_text(member.value));
        }
    }
    interaction.incomplete = flag("incomplete");
    interaction.start = noon;
    interaction.end =
        number("latency_ms") ? noon + nanos_of_ms(*number("latency_ms")) : builder.now;
    last->end = std::max(last->end, interaction.end);
    return interaction;
}

}  // namespace plimsoll::evaluate
