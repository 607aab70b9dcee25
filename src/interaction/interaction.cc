#include "interaction/interaction.h"

#include <algorithm>

namespace plimsoll {

std::string Message::text() const {
    std::string all;
    for (const Part& part : parts) {
        if (part.kind != PartKind::text || part.text.empty()) continue;
        if (!all.empty()) all += '\n';
        all += part.text;
    }
    return all;
}

std::string_view to_word(StepKind kind) {
    switch (kind) {
        case StepKind::model_call:
            return "model_call";
        case StepKind::tool_call:
            return "tool_call";
        case StepKind::retrieval:
            return "retrieval";
        case StepKind::rerank:
            return "rerank";
        case StepKind::embedding:
            return "embedding";
        case StepKind::agent:
            return "agent";
        case StepKind::workflow:
            return "workflow";
        case StepKind::guardrail:
            return "guardrail";
        case StepKind::evaluator:
            return "evaluator";
        case StepKind::other:
            return "other";
    }
    return "other";
}

std::string_view to_word(Role role) {
    switch (role) {
        case Role::system:
            return "system";
        case Role::user:
            return "user";
        case Role::assistant:
            return "assistant";
        case Role::tool:
            return "tool";
        case Role::other:
            return "other";
    }
    return "other";
}

std::string_view to_word(PartKind kind) {
    switch (kind) {
        case PartKind::text:
            return "text";
        case PartKind::reasoning:
            return "reasoning";
        case PartKind::tool_call:
            return "tool_call";
        case PartKind::tool_result:
            return "tool_result";
        case PartKind::media:
            return "media";
        case PartKind::other:
            return "other";
    }
    return "other";
}

std::string_view to_word(ContentStatus status) {
    switch (status) {
        case ContentStatus::absent:
            return "absent";
        case ContentStatus::full:
            return "full";
        case ContentStatus::truncated:
            return "truncated";
        case ContentStatus::unparsable:
            return "unparsable";
    }
    return "absent";
}

std::string_view to_word(Flaw flaw) {
    switch (flaw) {
        case Flaw::truncated:
            return "truncated";
        case Flaw::unparsable:
            return "unparsable";
        case Flaw::encoded_twice:
            return "encoded_twice";
        case Flaw::number_as_text:
            return "number_as_text";
        case Flaw::role_corrected:
            return "role_corrected";
        case Flaw::attributes_dropped:
            return "attributes_dropped";
        case Flaw::cache_left_out:
            return "cache_left_out";
    }
    return "";
}

bool Interaction::recognised() const {
    return std::any_of(steps.begin(), steps.end(),
                       [](const Step& step) { return step.kind != StepKind::other; });
}

}  // namespace plimsoll
