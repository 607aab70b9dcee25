#include "show/step_json.h"

#include "show/columns.h"

namespace plimsoll::show {

namespace {

using json::Writer;

struct Located {
    const Step& step;
    UnixNanos origin;
};

void write_strings(Writer& w, const std::vector<std::string>& list) {
    w.begin_array();
    for (const auto& text : list) w.value(text);
    w.end_array();
}

void write_messages(Writer& w, const std::vector<Message>& messages) {
    w.begin_array();
    for (const Message& message : messages) {
        w.begin_object().key("role").value(to_word(message.role));
        w.key("role_sent").value(message.role_sent).key("name").value(message.name);
        w.key("finish_reason").value(message.finish_reason).key("parts").begin_array();
        for (const Part& part : message.parts)
            w.begin_object().key("kind").value(to_word(part.kind)).key("text").value(part.text)
                .key("id").value(part.id).key("name").value(part.name).key("json")
                .value(part.json).key("is_error").value(part.is_error).end_object();
        w.end_array().end_object();
    }
    w.end_array();
}

constexpr Column<Located> light_columns[] = {
    {"id", "string", "Span id, hex.",
     [](Writer& w, const Located& at) { w.value(at.step.id.hex()); }},
    {"parent", "string", "Span id of the parent; empty for a root.",
     [](Writer& w, const Located& at) {
         w.value(at.step.parent.is_zero() ? "" : at.step.parent.hex());
     }},
    {"name", "string", "As sent.", [](Writer& w, const Located& at) { w.value(at.step.name); }},
    {"kind", "string", "model_call, tool_call, retrieval, rerank, embedding, agent, workflow, …",
     [](Writer& w, const Located& at) { w.value(to_word(at.step.kind)); }},
    {"start_ms", "number", "After the interaction's start.",
     [](Writer& w, const Located& at) {
         w.value(static_cast<double>(at.step.start - at.origin) / 1e6);
     }},
    {"duration_ms", "number", "Start to end.",
     [](Writer& w, const Located& at) { w.value(at.step.duration_ms()); }},
    {"failed", "boolean", "Status error, or an exception.",
     [](Writer& w, const Located& at) { w.value(at.step.failed); }},
    {"error_type", "string", "", [](Writer& w, const Located& at) { w.value(at.step.error_type); }},
    {"model_answered", "string", "Model that answered.",
     [](Writer& w, const Located& at) { w.value(at.step.model_answered); }},
    {"model_requested", "string", "Model asked for.",
     [](Writer& w, const Located& at) { w.value(at.step.model_requested); }},
    {"tool_name", "string", "The tool that ran.",
     [](Writer& w, const Located& at) { w.value(at.step.tool_name); }},
    {"tokens", "object", "input, output, cache_read, cache_write, reasoning; null if not sent.",
     [](Writer& w, const Located& at) {
         const Tokens& tokens = at.step.tokens;
         w.begin_object().key("input").value(tokens.input).key("output").value(tokens.output);
         w.key("cache_read").value(tokens.cache_read).key("cache_write").value(tokens.cache_write);
         w.key("reasoning").value(tokens.reasoning).end_object();
     }},
    {"cost_usd", "number", "As the span says.",
     [](Writer& w, const Located& at) { w.value(at.step.cost_usd); }},
    {"first_token_s", "number", "Seconds to the first piece of the answer.",
     [](Writer& w, const Located& at) { w.value(at.step.first_token_s); }},
    {"counts_tokens", "boolean", "False where a parent repeats its children's usage.",
     [](Writer& w, const Located& at) { w.value(at.step.counts_tokens); }},
};

constexpr Column<Located> full_columns[] = {
    {"error_message", "string", "",
     [](Writer& w, const Located& at) { w.value(at.step.error_message); }},
    {"provider", "string", "Who served the model.",
     [](Writer& w, const Located& at) { w.value(at.step.provider); }},
    {"operation", "string", "As sent.",
     [](Writer& w, const Located& at) { w.value(at.step.operation); }},
    {"response_id", "string", "The provider's.",
     [](Writer& w, const Located& at) { w.value(at.step.response_id); }},
    {"parameters", "object", "temperature, max_tokens, …",
     [](Writer& w, const Located& at) {
         w.begin_object();
         for (const auto& [key, value] : at.step.parameters) w.key(key).value(value);
         w.end_object();
     }},
    {"system", "string", "The system prompt, when sent apart from the messages.",
     [](Writer& w, const Located& at) { w.value(at.step.system); }},
    {"input", "array", "Messages to the model.",
     [](Writer& w, const Located& at) { write_messages(w, at.step.input); }},
    {"output", "array", "Messages from the model.",
     [](Writer& w, const Located& at) { write_messages(w, at.step.output); }},
    {"tools", "array", "Tools offered.",
     [](Writer& w, const Located& at) {
         w.begin_array();
         for (const auto& tool : at.step.tools)
             w.begin_object().key("name").value(tool.name).key("description")
                 .value(tool.description).key("parameters_json").value(tool.parameters_json)
                 .end_object();
         w.end_array();
     }},
    {"documents", "array", "Documents retrieved.",
     [](Writer& w, const Located& at) {
         w.begin_array();
         for (const auto& document : at.step.documents)
             w.begin_object().key("id").value(document.id).key("text").value(document.text)
                 .key("score").value(document.score).key("metadata_json")
                 .value(document.metadata_json).end_object();
         w.end_array();
     }},
    {"query", "string", "What was asked of a retriever.",
     [](Writer& w, const Located& at) { w.value(at.step.query); }},
    {"tool_call_id", "string", "", [](Writer& w, const Located& at) { w.value(at.step.tool_call_id); }},
    {"tool_arguments", "string", "JSON as sent.",
     [](Writer& w, const Located& at) { w.value(at.step.tool_arguments); }},
    {"tool_result", "string", "JSON or words as sent.",
     [](Writer& w, const Located& at) { w.value(at.step.tool_result); }},
    {"content", "string", "absent, full, truncated or unparsable.",
     [](Writer& w, const Located& at) { w.value(to_word(at.step.content)); }},
    {"session", "string", "", [](Writer& w, const Located& at) { w.value(at.step.session); }},
    {"user", "string", "", [](Writer& w, const Located& at) { w.value(at.step.user); }},
    {"agent", "string", "", [](Writer& w, const Located& at) { w.value(at.step.agent); }},
    {"prompt_name", "string", "", [](Writer& w, const Located& at) { w.value(at.step.prompt_name); }},
    {"prompt_version", "string", "",
     [](Writer& w, const Located& at) { w.value(at.step.prompt_version); }},
    {"finish_reasons", "array", "stop, length, tool_call, content_filter, error; else as sent.",
     [](Writer& w, const Located& at) { write_strings(w, at.step.finish_reasons); }},
    {"dropped", "integer", "Attributes and events the client says it left out.",
     [](Writer& w, const Located& at) { w.value(at.step.dropped); }},
    {"remarks", "array",
     "What the sender got wrong and was read all the same: truncated, unparsable, encoded_twice, "
     "number_as_text, role_corrected, attributes_dropped, cache_left_out; and of which key.",
     [](Writer& w, const Located& at) {
         w.begin_array();
         for (const Remark& remark : at.step.remarks)
             w.begin_object().key("flaw").value(to_word(remark.flaw)).key("key").value(remark.key)
                 .end_object();
         w.end_array();
     }},
    {"unmapped", "array", "Attributes, and events as \"event NAME\", that no convention reads.",
     [](Writer& w, const Located& at) { write_strings(w, at.step.unmapped); }},
    {"scope", "string", "Instrumentation scope.",
     [](Writer& w, const Located& at) { w.value(at.step.scope); }},
    {"sources", "array", "Where each field came from.",
     [](Writer& w, const Located& at) {
         w.begin_array();
         for (const auto& source : at.step.sources)
             w.begin_object().key("field").value(source.field).key("key").value(source.key)
                 .key("convention").value(source.convention).end_object();
         w.end_array();
     }},
};

}  // namespace

void write_step(Writer& writer, const Step& step, UnixNanos origin, StepDetail detail) {
    const Located at{step, origin};
    writer.begin_object();
    write_columns(writer, light_columns, at);
    writer.key("light").value(detail == StepDetail::light);
    if (detail != StepDetail::light) write_columns(writer, full_columns, at);
    if (detail == StepDetail::with_attributes) {
        writer.key("attributes").begin_array();
        for (const auto& [key, json] : step.attributes)
            writer.begin_object().key("key").value(key).key("json").value(json).end_object();
        writer.end_array();
    }
    writer.end_object();
}

void write_step_schema(Writer& writer) {
    write_schema(writer, light_columns);
    write_schema(writer, full_columns);
}

}  // namespace plimsoll::show
