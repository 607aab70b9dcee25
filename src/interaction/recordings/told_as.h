/// told_as.h: a recorded call as the span that an instrumentation would send: the provider's JSON
/// whole, as four of them keep it, or in the parts of a convention. For recordings_test.cc only.
#pragma once

#include <deque>
#include <functional>

#include "interaction/recordings/recorded_facts.h"
#include "interaction/understand.h"

namespace plimsoll::interaction::recordings {

/// A span that owns what its view points at.
class Telling {
  public:
    Telling() {
        view_.id.bytes[7] = 1;
        view_.start = 1'000'000'000;
        view_.end = 2'000'000'000;
        view_.resource = &resource_;
        view_.scope = &scope_;
    }
    void says(std::string key, std::string text) { add(view_.attributes, key, text); }
    void says(std::string key, std::int64_t number) {
        wire::AnyValue value;
        value.kind = wire::AnyValue::Kind::integer;
        value.integer = number;
        view_.attributes.add({texts_.emplace_back(std::move(key)), value});
    }
    void event(std::string name, std::string key, std::string text) {
        wire::EventView event;
        event.name = texts_.emplace_back(std::move(name));
        event.time = view_.start + static_cast<UnixNanos>(view_.events.size());
        add(event.attributes, key, text);
        view_.events.push_back(std::move(event));
    }
    Step understood() const { return understand_span(view_); }

  private:
    void add(wire::Attributes& into, std::string& key, std::string& text) {
        wire::AnyValue value;
        value.kind = wire::AnyValue::Kind::string;
        value.text = texts_.emplace_back(std::move(text));
        into.add({texts_.emplace_back(std::move(key)), value});
    }
    std::deque<std::string> texts_;
    wire::ResourceView resource_;
    wire::ScopeView scope_;
    wire::SpanView view_;
};

struct Shape {
    std::string_view name;
    void (*tell)(const Recorded& call, Telling& span);
};

inline void tell_numbers(const Recorded& call, Telling& span, std::string in, std::string out) {
    if (call.tokens_in) span.says(in, *call.tokens_in);
    if (call.tokens_out) span.says(out, *call.tokens_out);
}

inline void tell_finish(const Recorded& call, Telling& span) {
    json::Writer list;
    list.begin_array();
    for (const std::string& reason : call.finish) list.value(reason);
    if (!call.finish.empty()) span.says("gen_ai.response.finish_reasons", list.end_array().take());
}

inline std::string tools_json(const Recorded& call) {
    json::Writer out;
    out.begin_array();
    for (const Tool& tool : call.tools) {
        out.begin_object().key("type").value("function").key("name").value(tool.name);
        out.key("description").value(tool.description);
        if (!tool.parameters.empty()) out.key("parameters").raw(tool.parameters);
        out.end_object();
    }
    return out.end_array().take();
}

inline void tell_otel(const Recorded& call, Telling& span) {
    span.says("gen_ai.operation.name", std::string("chat"));
    const auto messages = [](const std::vector<Said>& list) {
        json::Writer out;
        out.begin_array();
        for (const Said& said : list) {
            out.begin_object().key("role").value(said.role).key("parts").begin_array();
            for (const Atom& atom : said.atoms) {
                out.begin_object().key("type");
                if (atom.kind == Atom::text) {
                    out.value("text").key("content").value(atom.words);
                } else if (atom.kind == Atom::call) {
                    out.value("tool_call").key("id").value(atom.id).key("name").value(atom.name);
                    out.key("arguments").value(atom.words);
                } else if (atom.kind == Atom::result) {
                    out.value("tool_call_response").key("id").value(atom.id);
                    out.key("response").value(atom.words);
                } else {
                    out.value("uri").key("modality").value("image").key("uri").value("x:y");
                }
                out.end_object();
            }
            out.end_array().end_object();
        }
        return out.end_array().take();
    };
    span.says("gen_ai.input.messages", messages(call.input));
    span.says("gen_ai.output.messages", messages(call.output));
    if (!call.tools.empty()) span.says("gen_ai.tool.definitions", tools_json(call));
    tell_numbers(call, span, "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens");
    tell_finish(call, span);
}

/// OpenAI's form of a message, as events and OpenLLMetry's content have it.
inline std::string openai_body(const Said& said) {
    json::Writer out;
    out.begin_object().key("role").value(said.role);
    std::string content, id;
    bool calls = false;
    for (const Atom& atom : said.atoms) {
        if (atom.kind == Atom::call) calls = true;
        if (atom.kind == Atom::result) id = atom.id;
    }
    out.key("content").begin_array();
    for (const Atom& atom : said.atoms) {
        if (atom.kind == Atom::text || atom.kind == Atom::result) {
            out.begin_object().key("type").value("text").key("text").value(atom.words).end_object();
        } else if (atom.kind == Atom::media) {
            out.begin_object().key("type").value("image_url").key("image_url").begin_object();
            out.key("url").value("x:y").end_object().end_object();
        }
    }
    out.end_array();
    if (!id.empty()) out.key("id").value(id);
    if (calls) out.key("tool_calls").begin_array();
    for (const Atom& atom : said.atoms) {
        if (atom.kind != Atom::call) continue;
        out.begin_object().key("id").value(atom.id).key("type").value("function").key("function");
        out.begin_object().key("name").value(atom.name).key("arguments").value(atom.words);
        out.end_object().end_object();
    }
    if (calls) out.end_array();
    return out.end_object().take();
}

/// Messages as far as one result stands in each: OpenAI's form has no more room.
inline std::vector<Said> one_result_each(const std::vector<Said>& list) {
    std::vector<Said> split;
    for (const Said& said : list) {
        Said rest{said.role, {}};
        for (const Atom& atom : said.atoms) {
            if (atom.kind == Atom::result) {
                split.push_back({"tool", {atom}});
            } else {
                rest.atoms.push_back(atom);
            }
        }
        if (!rest.atoms.empty()) split.push_back(std::move(rest));
    }
    return split;
}

inline void tell_events(const Recorded& call, Telling& span) {
    span.says("gen_ai.operation.name", std::string("chat"));
    for (const Said& said : one_result_each(call.input)) {
        span.event("gen_ai." + said.role + ".message", "gen_ai.event.content", openai_body(said));
    }
    for (std::size_t i = 0; i < call.output.size(); ++i) {
        json::Writer out;
        out.begin_object().key("index").value(std::uint64_t{i}).key("finish_reason");
        out.value(i < call.finish.size() ? call.finish[i] : "").key("message");
        span.event("gen_ai.choice", "gen_ai.event.content",
                   out.raw(openai_body(call.output[i])).end_object().take());
    }
    tell_numbers(call, span, "gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens");
    tell_finish(call, span);
    if (!call.tools.empty()) span.says("gen_ai.tool.definitions", tools_json(call));
}

/// Keys with numbers, as OpenLLMetry (call "tool_calls.0.name") and OpenInference write them.
inline void tell_numbered(const Recorded& call, Telling& span, bool openinference) {
    const std::string message = openinference ? "message." : "";
    const std::string inside = openinference ? "tool_call.function." : "";
    const auto tell = [&](const std::string& prefix, const std::vector<Said>& list) {
        std::size_t number = 0;
        for (const Said& said : one_result_each(list)) {
            const std::string at = prefix + std::to_string(number++) + "." + message;
            span.says(at + "role", said.role);
            std::size_t calls = 0, blocks = 0;
            json::Writer content;
            content.begin_array();
            for (const Atom& atom : said.atoms) {
                const std::string block =
                    at + "contents." + std::to_string(blocks) + ".message_content.";
                if (atom.kind == Atom::call) {
                    const std::string one = at + "tool_calls." + std::to_string(calls++) + ".";
                    span.says(one + (openinference ? "tool_call.id" : "id"), atom.id);
                    span.says(one + inside + "name", atom.name);
                    span.says(one + inside + "arguments", atom.words);
                } else if (atom.kind == Atom::result) {
                    span.says(at + "content", atom.words);
                    span.says(at + "tool_call_id", atom.id);
                } else if (said.atoms.size() == 1 && atom.kind == Atom::text) {
                    span.says(at + "content", atom.words);
                } else if (openinference && atom.kind == Atom::text) {
                    span.says(block + "type", std::string("text"));
                    span.says(block + "text", atom.words);
                    ++blocks;
                } else if (openinference) {
                    span.says(block + "type", std::string("image"));
                    span.says(block + "image.image.url", std::string("x:y"));
                    ++blocks;
                } else if (atom.kind == Atom::text) {
                    content.begin_object().key("type").value("text").key("text");
                    content.value(atom.words).end_object();
                    ++blocks;
                } else {
                    content.begin_object().key("type").value("image_url").key("image_url");
                    content.value("x:y").end_object();
                    ++blocks;
                }
            }
            content.end_array();
            if (!openinference && blocks) span.says(at + "content", content.take());
        }
    };
    tell(openinference ? "llm.input_messages." : "gen_ai.prompt.", call.input);
    tell(openinference ? "llm.output_messages." : "gen_ai.completion.", call.output);
    for (std::size_t i = 0; i < call.tools.size(); ++i) {
        const Tool& tool = call.tools[i];
        if (openinference) {
            json::Writer out;
            out.begin_object().key("name").value(tool.name).key("description");
            out.value(tool.description).key("input_schema");
            out.raw(tool.parameters.empty() ? "null" : tool.parameters);
            span.says("llm.tools." + std::to_string(i) + ".tool.json_schema",
                      out.end_object().take());
        } else {
            const std::string at = "llm.request.functions." + std::to_string(i) + ".";
            span.says(at + "name", tool.name);
            span.says(at + "description", tool.description);
            span.says(at + "parameters", tool.parameters);
        }
    }
    tell_finish(call, span);
}

inline constexpr Shape shapes[] = {
    {"logfire",
     [](const Recorded& call, Telling& span) {
         span.says("gen_ai.operation.name", std::string("chat"));
         span.says("request_data", call.request);
         span.says("response_data", call.reply);
     }},
    {"openinf.value",
     [](const Recorded& call, Telling& span) {
         span.says("openinference.span.kind", std::string("LLM"));
         span.says("input.value", call.request);
         span.says("output.value", call.reply);
     }},
    {"mlflow",
     [](const Recorded& call, Telling& span) {
         span.says("mlflow.spanType", std::string("\"CHAT_MODEL\""));
         span.says("mlflow.spanInputs", call.request);
         span.says("mlflow.spanOutputs", call.reply);
     }},
    {"langfuse",
     [](const Recorded& call, Telling& span) {
         span.says("langfuse.observation.type", std::string("generation"));
         span.says("langfuse.observation.input", call.request);
         span.says("langfuse.observation.output", call.reply);
     }},
    {"otel", tell_otel},
    {"otel.events", tell_events},
    {"openllmetry",
     [](const Recorded& call, Telling& span) {
         span.says("llm.request.type", std::string("chat"));
         tell_numbered(call, span, false);
         tell_numbers(call, span, "gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens");
     }},
    {"openinference",
     [](const Recorded& call, Telling& span) {
         span.says("openinference.span.kind", std::string("LLM"));
         tell_numbered(call, span, true);
         tell_numbers(call, span, "llm.token_count.prompt", "llm.token_count.completion");
     }},
};

}  // namespace plimsoll::interaction::recordings
