#include "interaction/draft.h"

#include <algorithm>

#include "base/json.h"
#include "interaction/exchange_reader.h"
#include "interaction/salvage.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

using wire::AnyValue;

/// What libraries write where they have nothing to say.
bool says_nothing(std::string_view text) {
    return text.empty() || text == "N/A" || text == "None" || text == "<not specified>" ||
           text == "<not serializable>" || text == "undefined" || text == "null" ||
           text == "(merged tools)";
}

std::size_t bytes_of(const std::vector<Message>& messages) {
    std::size_t bytes = 0;
    for (const Message& message : messages) {
        for (const Part& part : message.parts) bytes += part.text.size() + part.json.size();
    }
    return bytes;
}

bool has_part(const std::vector<Message>& messages, PartKind kind) {
    return std::any_of(messages.begin(), messages.end(), [kind](const Message& message) {
        return std::any_of(message.parts.begin(), message.parts.end(),
                           [kind](const Part& part) { return part.kind == kind; });
    });
}

bool richer(const std::vector<Message>& one, const std::vector<Message>& other) {
    const bool more =
        one.size() > other.size() ||
        (has_part(one, PartKind::tool_call) && !has_part(other, PartKind::tool_call)) ||
        (has_part(one, PartKind::media) && !has_part(other, PartKind::media));
    return more && one.size() >= other.size() && bytes_of(one) >= bytes_of(other);
}

/// {"args":[],"kwargs":{…}}: the kwargs; "" if there are others.
std::string named_arguments(std::string_view text) {
    const auto document = json::Document::parse(text);
    if (!document) return "";
    const auto args = document->root().find("args");
    const auto kwargs = document->root().find("kwargs");
    if (!args || args->size() != 0 || !kwargs || !kwargs->is_object()) return "";
    return json::to_text(*kwargs);
}

/// What a retriever was asked: words, or the member of an object that holds them.
std::string query_in(std::string_view text) {
    if (text.starts_with('{')) {
        if (const auto document = json::Document::parse(text)) {
            for (const std::string_view key : {"query", "question", "input", "text"}) {
                const auto found = document->root().find(key);
                if (found && found->size() != 0) return std::string(found->as_string());
            }
        }
    }
    return std::string(text);
}

}  // namespace

Draft::Draft(const wire::SpanView& span) : span_(span) {
    step_.id = span.id;
    step_.parent = span.parent;
    step_.name = span.name;
    step_.start = span.start;
    step_.end = span.end;
    step_.scope = span.scope ? span.scope->name : "";
    step_.dropped = span.dropped_attributes + span.dropped_events;
    step_.sources.reserve(16);
}

bool Draft::offer(const Row& row, const AnyValue& value, const Convention& convention) {
    const bool several = row.field == Field::parameter || row.field == Field::parameters ||
                         row.field == Field::metadata || row.field == Field::input ||
                         row.field == Field::output || row.field >= Field::tags;
    if (!several && has(row.field)) return false;
    const auto integer = [&](std::optional<std::int64_t>& into) {
        const auto read = integer_of(value);
        if (!read || *read < 0 || *read > tokens_max) return false;
        if (value.kind == AnyValue::Kind::string) remark(Flaw::number_as_text, row.key);
        into = read;
        return true;
    };
    bool valid = false;
    std::string storage;
    switch (row.field) {
        case Field::kind: {
            if (value.kind != AnyValue::Kind::string) return false;
            for (const KindWord& known : convention.kinds) {
                if (known.word == unquoted(value.text)) {
                    set_kind(known.kind, row.key, convention);
                    return true;
                }
            }
            return false;
        }
        case Field::provider:
            if (value.kind == AnyValue::Kind::string && !is_framework(unquoted(value.text)) &&
                !says_nothing(unquoted(value.text))) {
                step_.provider = provider_named(unquoted(value.text));
                valid = true;
            }
            break;
        case Field::operation:
            valid = set_text(step_.operation, value);
            break;
        case Field::model_requested:
            valid = set_text(step_.model_requested, value);
            break;
        case Field::model_answered:
            valid = set_text(step_.model_answered, value);
            break;
        case Field::response_id:
            valid = set_text(step_.response_id, value);
            break;
        case Field::parameter:
            if (step_.parameters.size() < parameters_max) {
                const std::string_view text = json_text(value, storage);
                if (!says_nothing(text)) {
                    const auto added =
                        value.kind == AnyValue::Kind::string
                            ? step_.parameters.try_emplace(std::string(row.detail), text)
                            : step_.parameters.try_emplace(std::string(row.detail),
                                                           std::move(storage));
                    valid = added.second;
                }
            }
            break;
        case Field::parameters:
            read_parameters(json_text(value, storage), row.key, convention);
            return true;
        case Field::output_type:
            valid = set_text(step_.output_type, value);
            break;
        case Field::system: {
            MessagesRead read = read_messages_or_words(json_text(value, storage), Role::system);
            for (const Message& message : read.messages) {
                if (!step_.system.empty()) step_.system += '\n';
                step_.system += message.text();
            }
            valid = !step_.system.empty();
            if (valid) note(read, row.key);
            break;
        }
        case Field::input:
        case Field::output:
            offer_messages(row.field,
                           read_messages(json_text(value, storage),
                                         row.field == Field::input ? Role::user : Role::assistant),
                           row.key, convention);
            return true;
        case Field::input_words:
        case Field::output_words:
            return set_words(row.field, value, row.key, convention);
        case Field::output_calls:
            offer_calls(json_text(value, storage), row.key, convention);
            return true;
        case Field::tools:
            offer_tools(read_tools(json_text(value, storage)), row.key, convention);
            return true;
        case Field::tool_names:
            read_tool_names(value, row.key, convention);
            return true;
        case Field::documents:
            offer_documents(read_documents(json_text(value, storage)), row.key, convention);
            return true;
        case Field::query:
            valid = set_text(step_.query, value);
            break;
        case Field::tool_name:
            valid = set_text(step_.tool_name, value);
            break;
        case Field::tool_call_id:
            valid = set_text(step_.tool_call_id, value);
            break;
        case Field::tool_arguments:
            valid = set_json(step_.tool_arguments, value, row.key);
            break;
        case Field::tool_result:
            valid = set_json(step_.tool_result, value, row.key);
            break;
        case Field::tokens_input:
            valid = integer(step_.tokens.input);
            break;
        case Field::tokens_output:
            valid = integer(step_.tokens.output);
            break;
        case Field::tokens_cache_read:
            valid = integer(step_.tokens.cache_read);
            break;
        case Field::tokens_cache_write:
            valid = integer(step_.tokens.cache_write);
            break;
        case Field::tokens_reasoning:
            valid = integer(step_.tokens.reasoning);
            break;
        case Field::cost_usd:
            step_.cost_usd = number_of(value);
            if (step_.cost_usd && *step_.cost_usd < 0) step_.cost_usd.reset();
            valid = step_.cost_usd.has_value();
            break;
        case Field::first_token_s:
        case Field::first_token_ms: {
            const auto read = number_of(value);
            if (!read || *read < 0 || step_.first_token_s) return false;
            step_.first_token_s = row.field == Field::first_token_s ? *read : *read / 1000.0;
            valid = true;
            break;
        }
        case Field::session:
            valid = set_text(step_.session, value);
            break;
        case Field::user:
            valid = set_text(step_.user, value);
            break;
        case Field::agent:
            valid = set_text(step_.agent, value);
            break;
        case Field::prompt_name:
            valid = set_text(step_.prompt_name, value);
            break;
        case Field::prompt_version:
            valid = set_text(step_.prompt_version, value);
            break;
        case Field::data_source:
            valid = set_text(step_.data_source, value);
            break;
        case Field::finish_reasons:
            read_finish_reasons(value);
            valid = !step_.finish_reasons.empty();
            break;
        case Field::error_type:
            valid = set_text(step_.error_type, value);
            if (step_.error_type.starts_with("<class '")) {  // As Python prints one.
                step_.error_type.erase(0, sizeof "<class '" - 1);
                step_.error_type.resize(
                    std::min(step_.error_type.find('\''), step_.error_type.size()));
            }
            break;
        case Field::metadata:
            read_metadata(json_text(value, storage));
            return true;
        case Field::tags:
            read_tags(value);
            return true;
        case Field::request:
            read_request(json_text(value, storage), row.key, convention);
            return true;
        case Field::reply:
            read_reply_of(json_text(value, storage), row.key, convention);
            return true;
        case Field::usage:
            read_usage_of(json_text(value, storage), row.key, convention);
            return true;
        case Field::cost:
            if (has(Field::cost_usd) || !read_cost_of(json_text(value, storage))) return false;
            took(Field::cost_usd, row.key, convention);
            return true;
        case Field::prompt:
            read_prompt(json_text(value, storage), row.key, convention);
            return true;
        case Field::slice:
        case Field::unused:
            return false;
    }
    if (valid) took(row.field, row.key, convention);
    return valid;
}

void Draft::offer_all(const wire::Attributes& attributes, const Convention& convention) {
    for (const Row& row : convention.table) {
        if (const AnyValue* value = attributes.find(row.key)) offer(row, *value, convention);
    }
}

void Draft::offer_messages(Field side, MessagesRead read, std::string_view key,
                           const Convention& convention) {
    if (!read.system.empty() && !has(Field::system)) {
        step_.system = std::move(read.system);
        took(Field::system, key, convention);
    }
    offer_tools(std::move(read.tools), key, convention);
    if (read.messages.empty()) return;
    std::vector<Message>& held = side == Field::input ? step_.input : step_.output;
    if (!held.empty() && !richer(read.messages, held)) return;
    held = std::move(read.messages);
    if (side == Field::output && held.size() == 1 && held[0].role == Role::user &&
        has_part(held, PartKind::text)) {  // Alone in an output nobody but the model speaks.
        held[0].role = Role::assistant;
        read.role_corrected = true;
    }
    note(read, key);
    took(side, key, convention);
}

void Draft::offer_documents(std::vector<Document> documents, std::string_view key,
                            const Convention& convention) {
    if (documents.empty() || has(Field::documents)) return;
    step_.documents = std::move(documents);
    lower_content(ContentStatus::full);
    took(Field::documents, key, convention);
}

void Draft::offer_tools(std::vector<ToolDefinition> tools, std::string_view key,
                        const Convention& convention) {
    if (tools.empty() || has(Field::tools)) return;
    step_.tools = std::move(tools);
    took(Field::tools, key, convention);
}

void Draft::offer_text(Field field, std::string text, std::string_view key,
                       const Convention& convention) {
    AnyValue value;
    value.kind = AnyValue::Kind::string;
    value.text = text;
    offer({key, field}, value, convention);
}

void Draft::offer_span_name(const Convention& convention) {
    offer_text(Field::tool_name, std::string(span_.name), "name of the span", convention);
}

void Draft::offer_first_token(UnixNanos time, std::string_view key, const Convention& convention) {
    if (step_.first_token_s || time < span_.start) return;
    step_.first_token_s = static_cast<double>(time - span_.start) / 1e9;
    took(Field::first_token_s, key, convention);
}

void Draft::set_kind(StepKind kind, std::string_view key, const Convention& convention) {
    step_.kind = kind;
    took(Field::kind, key, convention);
}

void Draft::guess_kind() {
    if (has(Field::kind)) return;
    if (has(Field::tool_name) || has(Field::tool_call_id)) {
        step_.kind = StepKind::tool_call;
    } else if ((has(Field::model_requested) || has(Field::model_answered)) &&
               (has(Field::tokens_input) || has(Field::tokens_output) || has(Field::input) ||
                has(Field::output))) {
        step_.kind = StepKind::model_call;
    } else if (has(Field::documents)) {
        step_.kind = StepKind::retrieval;
    }
}

void Draft::mark_failed(std::string_view error_type, std::string_view message) {
    step_.failed = true;
    if (step_.error_type.empty()) step_.error_type = error_type;
    if (step_.error_message.empty()) step_.error_message = message;
}

void Draft::add_flag(std::string name, std::string variant) {
    if (name.empty() || step_.flags.size() == flags_max) return;
    step_.flags.emplace_back(std::move(name), std::move(variant));
}

bool Draft::add_slice(std::string_view key, const AnyValue& value) {
    if (value.kind == AnyValue::Kind::string && value.text.size() > slice_bytes_max) return false;
    std::string text = plain_text(value);
    if (text.empty() || text.size() > slice_bytes_max) return false;
    if (text.starts_with('"')) text = unquoted(text);
    step_.slices.emplace_back(key, std::move(text));
    return true;
}

Step Draft::finish() {
    Tokens& tokens = step_.tokens;
    // More cached than sent: this sender's input leaves the cache out (conventions.h says how).
    const std::int64_t cached = tokens.cache_read.value_or(0) + tokens.cache_write.value_or(0);
    if (tokens.input && cached != 0 && (cache_apart_ || cached > *tokens.input)) {
        *tokens.input += cached;
        remark(Flaw::cache_left_out, "");
    }
    if (span_.dropped_attributes != 0) remark(Flaw::attributes_dropped, "");

    if (step_.kind == StepKind::tool_call) {
        if (step_.tool_name.empty() && span_.name.starts_with("execute_tool ") &&
            !says_nothing(span_.name.substr(sizeof "execute_tool " - 1))) {
            step_.tool_name = span_.name.substr(sizeof "execute_tool " - 1);
        }
        if (!step_.tool_arguments.empty() || !step_.tool_result.empty()) {
            lower_content(ContentStatus::full);
        }
    }
    if (step_.finish_reasons.empty()) {
        for (const Message& message : step_.output) {
            if (!message.finish_reason.empty())
                step_.finish_reasons.push_back(message.finish_reason);
        }
    }
    // A system prompt that also leads the messages is said once, where it was said.
    if (!step_.system.empty() && !step_.input.empty() && step_.input[0].role == Role::system &&
        step_.input[0].text() == step_.system) {
        step_.system.clear();
    }
    if (span_.status == wire::StatusCode::error) {
        step_.failed = true;
        if (!span_.status_message.empty()) step_.error_message = span_.status_message;
    }
    return std::move(step_);
}

bool Draft::set_text(std::string& into, const AnyValue& value) {
    std::string text = plain_text(value);
    if (text.starts_with('"')) text = unquoted(text);
    if (says_nothing(text)) return false;
    into = std::move(text);
    return true;
}

/// Arguments and results: words stay words, and a JSON string becomes the words it holds.
bool Draft::set_json(std::string& into, const AnyValue& value, std::string_view key) {
    std::string storage;
    const std::string_view text = json_text(value, storage);
    if (text.empty() || text == "<not specified>" || text == "<not serializable>" ||
        text == "N/A") {
        return false;
    }
    if (text.starts_with('"')) {
        if (const auto document = json::Document::parse(text)) {
            into = document->root().as_string();
            return !into.empty();
        }
    }
    if ((text.starts_with('{') || text.starts_with('[')) && !json::Document::parse(text) &&
        salvage_json(text)) {
        mark_truncated(key);
    }
    into = value.kind == AnyValue::Kind::string ? std::string(text) : std::move(storage);
    return true;
}

bool Draft::set_words(Field side, const AnyValue& value, std::string_view key,
                      const Convention& convention) {
    const bool in = side == Field::input_words;
    std::string storage;
    const std::string_view text = json_text(value, storage);
    if (says_nothing(text)) return false;
    switch (step_.kind) {
        case StepKind::tool_call:
            if (in && text.starts_with("{\"args\"")) {  // A Python function, as it was called.
                if (const auto kwargs = named_arguments(text); !kwargs.empty()) {
                    offer_text(Field::tool_arguments, kwargs, key, convention);
                    return true;
                }
            }
            return offer({key, in ? Field::tool_arguments : Field::tool_result}, value, convention);
        case StepKind::retrieval:
        case StepKind::rerank:
            if (in) {
                offer_text(Field::query, query_in(text), key, convention);
                return true;
            }
            return offer({key, Field::documents}, value, convention);
        case StepKind::embedding:
            return false;
        case StepKind::model_call:
            if (text.starts_with('{')) {
                if (in) read_request(text, key, convention);
                if (!in) read_reply_of(text, key, convention);
            }
            break;
        default:
            break;
    }
    const Field target = in ? Field::input : Field::output;
    if (has(target)) return false;
    offer_messages(target, read_messages_or_words(text, in ? Role::user : Role::assistant), key,
                   convention);
    return true;
}

void Draft::took(Field field, std::string_view key, const Convention& convention) {
    taken_.set(static_cast<std::size_t>(field));
    const std::string_view name = to_word(field);
    for (FieldSource& source : step_.sources) {
        if (source.field == name && field != Field::parameter) {  // A richer source took over.
            source.key = key;
            source.convention = convention.name;
            return;
        }
    }
    if (field != Field::parameter) step_.sources.push_back({name, key, convention.name});
}

void Draft::mark_truncated(std::string_view key) {
    lower_content(ContentStatus::truncated);
    remark(Flaw::truncated, key);
}

void Draft::remark(Flaw flaw, std::string_view key) {
    const Remark made{flaw, key};
    if (std::find(step_.remarks.begin(), step_.remarks.end(), made) == step_.remarks.end()) {
        step_.remarks.push_back(made);
    }
}

void Draft::add_unmapped(std::string name) {
    if (step_.unmapped.size() < unmapped_max) step_.unmapped.push_back(std::move(name));
}

void Draft::note(const MessagesRead& read, std::string_view key) {
    lower_content(read.status);
    if (read.status == ContentStatus::truncated) remark(Flaw::truncated, key);
    if (read.status == ContentStatus::unparsable) remark(Flaw::unparsable, key);
    if (read.encoded_twice) remark(Flaw::encoded_twice, key);
    if (read.role_corrected) remark(Flaw::role_corrected, key);
}

void Draft::lower_content(ContentStatus status) {
    step_.content = std::max(step_.content, status);
}

}  // namespace plimsoll::interaction
