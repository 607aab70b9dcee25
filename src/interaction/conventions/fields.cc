#include "interaction/conventions/convention.h"

namespace plimsoll::interaction {

std::string_view to_word(Field field) {
    switch (field) {
        case Field::kind:
            return "kind";
        case Field::provider:
            return "provider";
        case Field::operation:
            return "operation";
        case Field::model_requested:
            return "model_requested";
        case Field::model_answered:
            return "model_answered";
        case Field::response_id:
            return "response_id";
        case Field::parameter:
        case Field::parameters:
            return "parameters";
        case Field::output_type:
            return "output_type";
        case Field::system:
            return "system";
        case Field::input:
        case Field::input_words:
            return "input";
        case Field::output:
        case Field::output_words:
        case Field::output_calls:
            return "output";
        case Field::tools:
        case Field::tool_names:
            return "tools";
        case Field::documents:
            return "documents";
        case Field::query:
            return "query";
        case Field::tool_name:
            return "tool_name";
        case Field::tool_call_id:
            return "tool_call_id";
        case Field::tool_arguments:
            return "tool_arguments";
        case Field::tool_result:
            return "tool_result";
        case Field::tokens_input:
            return "tokens.input";
        case Field::tokens_output:
            return "tokens.output";
        case Field::tokens_cache_read:
            return "tokens.cache_read";
        case Field::tokens_cache_write:
            return "tokens.cache_write";
        case Field::tokens_reasoning:
            return "tokens.reasoning";
        case Field::cost_usd:
            return "cost_usd";
        case Field::first_token_s:
        case Field::first_token_ms:
            return "first_token_s";
        case Field::session:
            return "session";
        case Field::user:
            return "user";
        case Field::agent:
            return "agent";
        case Field::prompt_name:
            return "prompt_name";
        case Field::prompt_version:
            return "prompt_version";
        case Field::data_source:
            return "data_source";
        case Field::finish_reasons:
            return "finish_reasons";
        case Field::error_type:
            return "error_type";
        case Field::metadata:
        case Field::tags:
        case Field::slice:
            return "slices";
        case Field::request:
            return "input";
        case Field::reply:
            return "output";
        case Field::usage:
            return "tokens";
        case Field::cost:
            return "cost_usd";
        case Field::prompt:
            return "prompt_name";
        case Field::unused:
            return "";
    }
    return "";
}

bool can_slice_by(Field field) {
    switch (field) {
        case Field::provider:
        case Field::operation:
        case Field::model_requested:
        case Field::model_answered:
        case Field::output_type:
        case Field::tool_name:
        case Field::agent:
        case Field::prompt_name:
        case Field::prompt_version:
        case Field::data_source:
        case Field::error_type:
        case Field::slice:
            return true;
        default:
            return false;
    }
}

}  // namespace plimsoll::interaction
