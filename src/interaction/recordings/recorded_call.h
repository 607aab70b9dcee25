/// recorded_call.h: what a recorded request to a provider and its reply say, read plainly by the
/// provider's own documentation and by nothing of ours but JSON. For recordings_test.cc only.
///
///   recordings.jsonl ── whole_reply(): a stream put together ──▶ recorded(): Recorded
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace plimsoll::interaction::recordings {

using json::Value;

/// A piece of a message.
struct Atom {
    enum Kind { text, call, result, media } kind = text;
    std::string words = {};  ///< text, result; of a call its arguments.
    std::string name = {};   ///< Of a call.
    std::string id = {};     ///< Of a call or a result.
};

struct Said {
    std::string role;
    std::vector<Atom> atoms;
};

struct Tool {
    std::string name, description, parameters;
};

struct Recorded {
    std::string source;  ///< The client package.
    std::string cassette;
    std::string model;
    std::vector<Said> input, output;
    std::vector<Tool> tools;
    std::optional<std::int64_t> tokens_in, tokens_out;
    std::vector<std::string> finish;
    std::string request, reply;  ///< JSON; of a stream the reply as it would have come at once.
};

inline std::string words_of(Value value) {
    return value.is_string() ? std::string(value.as_string())
           : value.is_null() ? ""
                             : json::to_text(value);
}

inline Value at(Value value, std::string_view key) {
    return value.find(key).value_or(Value());
}

inline Value at(Value value, std::string_view key, std::string_view inner) {
    return at(at(value, key), inner);
}

/// Every JSON document of a stream: server-sent events, or one a line.
inline std::vector<json::Document> events_of(std::string_view stream) {
    std::vector<json::Document> events;
    while (!stream.empty()) {
        const std::size_t end = std::min(stream.find('\n'), stream.size());
        std::string_view line = stream.substr(0, end);
        stream.remove_prefix(std::min(end + 1, stream.size()));
        for (const std::string_view prefix : {"data:", " "}) {
            if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
        }
        if (!line.starts_with('{')) continue;
        if (auto document = json::Document::parse(line)) events.push_back(std::move(*document));
    }
    return events;
}

/// A reply of OpenAI's form, put together from its choices' deltas.
inline std::string openai_reply(const std::vector<json::Document>& events) {
    struct Choice {
        std::string content, finish;
        bool is_chat = false;
        std::map<std::int64_t, Atom> calls;
    };
    std::map<std::int64_t, Choice> choices;
    std::string id, model;
    std::string usage;
    for (const json::Document& event : events) {
        const Value root = event.root();
        if (at(root, "id").size()) id = at(root, "id").as_string();
        if (at(root, "model").size()) model = at(root, "model").as_string();
        if (at(root, "usage").is_object()) usage = json::to_text(at(root, "usage"));
        if (at(root, "value").is_string()) choices[0].content += at(root, "value").as_string();
        for (const Value choice : at(root, "choices").elements()) {
            Choice& into = choices[at(choice, "index").as_integer().value_or(0)];
            into.content += at(choice, "text").as_string();
            const Value delta = at(choice, "delta");
            into.is_chat |= delta.is_object();
            into.content += at(delta, "content").as_string();
            if (at(choice, "finish_reason").size()) {
                into.finish = at(choice, "finish_reason").as_string();
            }
            for (const Value call : at(delta, "tool_calls").elements()) {
                Atom& made = into.calls[at(call, "index").as_integer().value_or(0)];
                made.id += at(call, "id").as_string();
                made.name += at(call, "function", "name").as_string();
                made.words += at(call, "function", "arguments").as_string();
            }
        }
    }
    json::Writer out;
    out.begin_object().key("id").value(id).key("model").value(model).key("choices").begin_array();
    for (const auto& [index, choice] : choices) {
        out.begin_object().key("index").value(index);
        if (!choice.is_chat) {
            out.key("text").value(choice.content);
        } else {
            out.key("message").begin_object().key("role").value("assistant");
            out.key("content").value(choice.content);
            if (!choice.calls.empty()) out.key("tool_calls").begin_array();
            for (const auto& [number, call] : choice.calls) {
                out.begin_object().key("id").value(call.id).key("type").value("function");
                out.key("function").begin_object().key("name").value(call.name);
                out.key("arguments").value(call.words).end_object().end_object();
            }
            if (!choice.calls.empty()) out.end_array();
            out.end_object();
        }
        out.key("finish_reason");
        choice.finish.empty() ? out.null() : out.value(choice.finish);
        out.end_object();
    }
    out.end_array();
    if (!usage.empty()) out.key("usage").raw(usage);
    return out.end_object().take();
}

inline std::string anthropic_reply(const std::vector<json::Document>& events) {
    struct Block {
        std::string type, text, id, name;
    };
    std::map<std::int64_t, Block> blocks;
    std::string id, model, stop, start_usage = "{}";
    std::optional<std::int64_t> output;
    for (const json::Document& event : events) {
        const Value root = event.root();
        const std::string_view type = at(root, "type").as_string();
        if (type == "message_start") {
            id = at(root, "message", "id").as_string();
            model = at(root, "message", "model").as_string();
            start_usage = json::to_text(at(root, "message", "usage"));
        } else if (type == "message_delta") {
            stop = at(root, "delta", "stop_reason").as_string();
            output = at(root, "usage", "output_tokens").as_integer();
        }
        Block& block = blocks[at(root, "index").as_integer().value_or(-1)];
        if (type == "content_block_start") {
            block.type = at(root, "content_block", "type").as_string();
            block.id = at(root, "content_block", "id").as_string();
            block.name = at(root, "content_block", "name").as_string();
        }
        for (const std::string_view key : {"text", "partial_json", "thinking"}) {
            block.text += at(root, "delta", key).as_string();
        }
    }
    blocks.erase(-1);
    json::Writer out;
    out.begin_object().key("id").value(id).key("type").value("message").key("role");
    out.value("assistant").key("model").value(model).key("content").begin_array();
    for (const auto& [index, block] : blocks) {
        out.begin_object().key("type").value(block.type);
        if (block.type == "tool_use") {
            out.key("id").value(block.id).key("name").value(block.name).key("input");
            out.raw(block.text.empty() ? "{}" : block.text);
        } else {
            out.key(block.type == "thinking" ? "thinking" : "text").value(block.text);
        }
        out.end_object();
    }
    out.end_array().key("stop_reason").value(stop).key("usage").begin_object();
    const auto usage = json::Document::parse(start_usage);
    for (const auto& [key, value] : usage->root().members()) {
        out.key(key);
        if (key == "output_tokens" && output) {
            out.value(*output);
        } else {
            out.value(value);
        }
    }
    return out.end_object().end_object().take();
}

/// Cohere's second interface, and Ollama's lines: words that add up, and a last event that counts.
inline std::string lines_reply(const std::vector<json::Document>& events) {
    std::string words;
    const json::Document* last = nullptr;
    for (const json::Document& event : events) {
        const Value root = event.root();
        words += at(at(root, "delta", "message"), "content", "text").as_string();
        words += at(root, "message", "content").as_string();
        words += at(root, "response").as_string();
        if (at(root, "delta", "finish_reason").size() || at(root, "done").as_boolean() == true) {
            last = &event;
        }
    }
    json::Writer out;
    out.begin_object();
    if (last && last->root().find("done")) {
        for (const auto& [key, value] : last->root().members()) {
            if (key == "message" || key == "response") continue;
            out.key(key).value(value);
        }
        if (last->root().find("response")) {
            return out.key("response").value(words).end_object().take();
        }
    } else if (last) {
        out.key("finish_reason").value(at(last->root(), "delta", "finish_reason"));
        out.key("usage").value(at(last->root(), "delta", "usage"));
    }
    out.key("message").begin_object().key("role").value("assistant").key("content").value(words);
    return out.end_object().end_object().take();
}

inline std::string whole_reply(std::string_view uri, Value response) {
    if (!response.is_string()) return json::to_text(response);
    const auto events = events_of(response.as_string());
    for (const json::Document& event : events) {
        const Value done = at(event.root(), "response");
        const std::string_view status = at(done, "status").as_string();
        if (status == "completed" || status == "incomplete") return json::to_text(done);
        if (at(event.root(), "event_type").as_string() == "stream-end") return json::to_text(done);
    }
    if (uri.find("anthropic.com") != uri.npos) return anthropic_reply(events);
    if (uri.find("/api/") != uri.npos || uri.find("/v2/chat") != uri.npos) {
        return lines_reply(events);
    }
    return openai_reply(events);
}

}  // namespace plimsoll::interaction::recordings
