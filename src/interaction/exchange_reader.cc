#include "interaction/exchange_reader.h"

#include <initializer_list>
#include <span>

#include "interaction/message_reader.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

using json::Value;
using Count = std::optional<std::int64_t>;
using Keys = std::initializer_list<std::string_view>;

/// A count under the first of `keys` that has one: a number, digits, or {"total": number}.
Count count_at(Value object, Keys keys) {
    for (const std::string_view key : keys) {
        auto found = object.find(key);
        if (found && found->is_object()) found = found->find("total");
        if (!found) continue;
        Count count = found->as_integer();
        if (found->is_string()) {
            const auto document = json::Document::parse(found->as_string());
            if (document) count = document->root().as_integer();
        }
        if (count && *count >= 0 && *count <= tokens_max) return count;
    }
    return std::nullopt;
}

Count count_in(Value object, Keys containers, Keys keys) {
    for (const std::string_view container : containers) {
        if (const auto inner = object.find(container); inner && inner->is_object()) {
            if (const Count count = count_at(*inner, keys)) return count;
        }
    }
    return std::nullopt;
}

void add(Count& sum, const Count& part) {
    if (sum && part) *sum += *part;
}

std::string text_at(Value object, std::span<const std::string_view> keys) {
    for (const std::string_view key : keys) {
        if (const auto found = object.find(key); found && found->size() != 0) {
            return std::string(found->as_string());
        }
    }
    return "";
}

std::string text_at(Value object, Keys keys) {
    return text_at(object, std::span(keys.begin(), keys.size()));
}

constexpr std::string_view finish_keys[] = {"finish_reason", "finishReason", "stop_reason",
                                            "stopReason",    "done_reason",  "completionReason"};

}  // namespace

Tokens read_usage(Value usage) {
    Tokens tokens;
    if (!usage.is_object()) return tokens;
    // OpenAI: parts of what contains them. LangChain's and the AI SDK's names mean the same.
    tokens.input = count_at(usage, {"prompt_tokens", "promptTokens", "promptTokenCount",
                                    "prompt_token_count", "prompt_eval_count", "input_token_count",
                                    "inputTextTokenCount", "num_tokens_prompt_total"});
    tokens.output =
        count_at(usage, {"completion_tokens", "completionTokens", "candidatesTokenCount",
                         "candidates_token_count", "eval_count", "generated_token_count",
                         "num_tokens_generated", "tokenCount"});
    tokens.cache_read = count_in(usage,
                                 {"prompt_tokens_details", "input_tokens_details",
                                  "input_token_details", "inputTokenDetails", "inputTokens"},
                                 {"cached_tokens", "cache_read", "cacheReadTokens", "cacheRead"});
    tokens.cache_write = count_in(
        usage, {"prompt_tokens_details", "input_token_details", "inputTokenDetails", "inputTokens"},
        {"cache_write_tokens", "cache_creation", "cacheWriteTokens", "cacheWrite"});
    tokens.reasoning = count_in(usage,
                                {"completion_tokens_details", "output_tokens_details",
                                 "output_token_details", "outputTokenDetails", "outputTokens"},
                                {"reasoning_tokens", "reasoning", "reasoningTokens"});
    if (!tokens.reasoning) tokens.reasoning = count_at(usage, {"reasoningTokens"});
    if (!tokens.cache_read) {
        tokens.cache_read = count_at(
            usage, {"cachedInputTokens", "cachedContentTokenCount", "cached_content_token_count"});
    }
    // Gemini thinks beside its candidates.
    if (const Count thoughts = count_at(usage, {"thoughtsTokenCount", "thoughts_token_count"})) {
        tokens.reasoning = thoughts;
        tokens.output = tokens.output.value_or(0) + *thoughts;
    }
    if (!tokens.input) tokens.input = count_at(usage, {"input_tokens", "inputTokens"});
    if (!tokens.output) tokens.output = count_at(usage, {"output_tokens", "outputTokens"});

    // Anthropic and Bedrock: the cache beside the input.
    const Count read = count_at(
        usage, {"cache_read_input_tokens", "cacheReadInputTokens", "cacheReadInputTokenCount"});
    const Count write = count_at(usage, {"cache_creation_input_tokens", "cacheWriteInputTokens",
                                         "cacheWriteInputTokenCount"});
    if (!tokens.cache_read && read) tokens.cache_read = read, add(tokens.input, read);
    if (!tokens.cache_write && write) tokens.cache_write = write, add(tokens.input, write);

    // Langfuse: buckets that do not overlap.
    if (!tokens.input && !tokens.output) {
        tokens.input = count_at(usage, {"input"});
        tokens.output = count_at(usage, {"output"});
        tokens.cache_read =
            count_at(usage, {"input_cached_tokens", "input_cache_read", "cache_read_input_tokens"});
        tokens.cache_write =
            count_at(usage, {"input_cache_creation", "cache_creation_input_tokens"});
        tokens.reasoning = count_at(usage, {"output_reasoning_tokens", "output_reasoning"});
        add(tokens.input, tokens.cache_read);
        add(tokens.input, tokens.cache_write);
        add(tokens.output, tokens.reasoning);
    }
    // Cohere counts in what it bills, and in what it read.
    if (!tokens.input && !tokens.output) {
        for (const std::string_view key : {"tokens", "billed_units"}) {
            if (const auto inner = usage.find(key); inner && inner->find("input_tokens")) {
                return read_usage(*inner);
            }
        }
    }
    return tokens;
}

std::optional<double> read_cost(Value cost) {
    if (!cost.is_object()) return cost.as_number();
    for (const std::string_view key : {"total", "total_cost"}) {
        if (const auto total = cost.find(key)) return total->as_number();
    }
    std::optional<double> sum;
    for (const auto& [key, part] : cost.members()) {
        if (const auto number = part.as_number()) sum = sum.value_or(0) + *number;
    }
    return sum;
}

Exchange read_reply(Value reply) {
    Exchange read;
    if (!reply.is_object()) return read;
    // The Responses API as a stream ends, and Cohere's: the reply in an event of its own.
    if (const auto inner = reply.find("response"); inner && inner->is_object()) {
        return read_reply(*inner);
    }
    read.model = text_at(reply, {"model", "modelVersion", "model_version", "model_id"});
    read.response_id = text_at(reply, {"id", "responseId", "response_id"});
    for (const std::string_view key :
         {"usage", "usageMetadata", "usage_metadata", "meta", "token_usage"}) {
        if (const auto usage = reply.find(key); usage && usage->is_object()) {
            read.tokens = read_usage(*usage);
            break;
        }
    }
    if (read.tokens == Tokens{}) read.tokens = read_usage(reply);  // Ollama: beside the message.

    const auto finished = [&read](Value said) {
        std::string reason = finish_reason_named(text_at(said, finish_keys));
        if (!reason.empty()) read.finish_reasons.push_back(std::move(reason));
    };
    for (const std::string_view key :
         {"choices", "candidates", "generations", "completions", "results"}) {
        const auto choices = reply.find(key);
        if (!choices) continue;
        for (const Value choice : choices->elements()) {
            finished(choice);
            const Tokens counted = read_usage(choice);  // watsonx and Titan count in a result.
            if (!read.tokens.input) read.tokens.input = counted.input;
            if (!read.tokens.output) read.tokens.output = counted.output;
        }
        if (!read.finish_reasons.empty()) break;
    }
    if (read.finish_reasons.empty()) finished(reply);
    if (read.finish_reasons.empty()) {  // The Responses API says how it went, not why it ended.
        const auto output = reply.find("output");
        const auto incomplete = reply.find("incomplete_details");
        if (incomplete && incomplete->is_object()) {
            read.finish_reasons.push_back(finish_reason_named(text_at(*incomplete, {"reason"})));
        } else if (output && output->is_array() && text_at(reply, {"status"}) == "completed") {
            bool calls = false;
            for (const Value item : output->elements()) {
                calls |= text_at(item, {"type"}) == "function_call";
            }
            read.finish_reasons.push_back(calls ? "tool_call" : "stop");
        }
    }
    return read;
}

}  // namespace plimsoll::interaction
