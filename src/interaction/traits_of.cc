#include "interaction/traits_of.h"

#include <algorithm>
#include <cstring>

namespace plimsoll::interaction {
namespace {

bool is_call(const Step& step) {
    return step.kind == StepKind::model_call || step.kind == StepKind::embedding;
}

bool redacted(const Step& step) {
    const auto in = [](const std::vector<Message>& messages) {
        return std::ranges::any_of(messages, [](const Message& message) {
            return std::ranges::any_of(message.parts, [](const Part& part) {
                return holds_placeholder(part.text) || holds_placeholder(part.json);
            });
        });
    };
    return holds_placeholder(step.system) || in(step.input) || in(step.output) ||
           holds_placeholder(step.tool_arguments) || holds_placeholder(step.tool_result) ||
           holds_placeholder(step.query);
}

}  // namespace

bool holds_placeholder(std::string_view text) {
    constexpr std::size_t name_letters = 7;
    for (std::size_t at = text.find('<'); at != std::string_view::npos;
         at = text.find('<', at + 1)) {
        std::size_t end = at + 1;
        while (end < text.size() && ((text[end] >= 'A' && text[end] <= 'Z') || text[end] == '_'))
            ++end;
        if (end < at + 3 || text[end - 1] != '_' || end + name_letters >= text.size()) continue;
        const std::string_view name = text.substr(end, name_letters);
        if (text[end + name_letters] == '>' &&
            std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; }))
            return true;
    }
    return false;
}

Traits traits_of(const Interaction& made) {
    Traits traits;
    bool all_known = true, any_priced = false, any_sent = false, calls = false;
    for (const Step& step : made.steps) {
        const bool system_message = std::ranges::any_of(
            step.input, [](const Message& each) { return each.role == Role::system; });
        traits.set(Trait::system_prompt, !step.system.empty() || system_message);
        traits.set(Trait::documents, std::ranges::any_of(step.documents, [](const Document& each) {
                       return !each.text.empty();
                   }));
        traits.set(Trait::tool_schemas,
                   std::ranges::any_of(step.tools, [](const ToolDefinition& each) {
                       return !each.parameters_json.empty();
                   }));
        traits.set(Trait::truncated, step.content == ContentStatus::truncated);
        traits.set(Trait::unparsable, step.content == ContentStatus::unparsable);
        traits.set(Trait::without_span, step.from_logs);
        traits.set(Trait::model_called, step.kind == StepKind::model_call);
        traits.set(Trait::tool_called,
                   step.kind == StepKind::tool_call ||
                       std::ranges::any_of(step.output, [](const Message& message) {
                           return std::ranges::any_of(message.parts, [](const Part& part) {
                               return part.kind == PartKind::tool_call;
                           });
                       }));
        traits.set(Trait::retrieved, step.kind == StepKind::retrieval);
        traits.set(Trait::usage_repeated, step.repeats_usage);
        traits.set(Trait::redacted, !traits.has(Trait::redacted) && redacted(step));
        if (step.cost_usd) (step.priced ? any_priced : any_sent) = true;
        if (step.kind == StepKind::model_call) calls = true;
        const bool has_tokens = step.tokens.input || step.tokens.output;
        if (is_call(step) && step.counts_tokens && has_tokens && !step.cost_usd) all_known = false;
    }
    traits.set(Trait::cost_priced, any_priced);
    traits.set(Trait::cost_sent, any_sent);
    traits.set(Trait::cost_unknown, calls && (!made.cost_usd || (any_priced && !all_known)));
    traits.set(Trait::model_version, !made.context.model_answered.empty());
    traits.set(Trait::prompt_version, !made.context.prompt_version.empty());
    traits.set(Trait::prompt_derived,
               made.context.prompt_version.empty() && !made.context.prompt_fingerprint.empty());
    traits.set(Trait::user, !made.user.empty());
    traits.set(Trait::session, made.session != made.id.hex());
    traits.set(Trait::usage, made.tokens.input || made.tokens.output);
    traits.set(Trait::question, !made.question.empty());
    traits.set(Trait::answer, !made.answer.empty());
    traits.set(Trait::first_token, made.first_token_s.has_value());
    traits.set(Trait::orphan_spans, made.orphans > 0);
    traits.set(Trait::root_missing, made.incomplete);
    traits.set(Trait::dropped, made.dropped > 0);
    traits.set(Trait::outside_scored, !made.outside_scores.empty());
    return traits;
}

}  // namespace plimsoll::interaction
