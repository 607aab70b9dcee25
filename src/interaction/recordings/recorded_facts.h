/// recorded_facts.h: the messages, tools, tokens and finish reasons of a recorded call. Beside
/// recorded_call.h.
#pragma once

#include "interaction/recordings/recorded_call.h"

namespace plimsoll::interaction::recordings {

inline bool is_media(std::string_view type) {
    return type.starts_with("image") || type.starts_with("input_image") || type == "document" ||
           type.starts_with("input_audio") || type == "file" || type == "input_file";
}

/// The words of a result: a text, or the texts of its blocks.
inline std::string result_words(Value content) {
    if (!content.is_array()) return words_of(content);
    std::string all;
    for (const Value block : content.elements()) {
        if (!at(block, "text").is_string()) return json::to_text(content);
        if (!all.empty()) all += '\n';
        all += at(block, "text").as_string();
    }
    return all;
}

inline void add_content(Value content, Said& into) {
    if (content.is_string() && content.size()) into.atoms.push_back({.words = words_of(content)});
    for (const Value block : content.elements()) {
        const std::string_view type = at(block, "type").as_string();
        const Value guarded = at(at(block, "guardContent", "text"), "text");  // Bedrock
        if (type == "tool_use") {
            into.atoms.push_back({Atom::call, words_of(at(block, "input")),
                                  words_of(at(block, "name")), words_of(at(block, "id"))});
        } else if (type == "tool_result") {
            into.atoms.push_back({Atom::result, result_words(at(block, "content")), "",
                                  words_of(at(block, "tool_use_id"))});
        } else if (is_media(type)) {
            into.atoms.push_back({.kind = Atom::media});
        } else if (guarded.is_string()) {
            into.atoms.push_back({.words = words_of(guarded)});
        } else if (at(block, "text").size()) {
            into.atoms.push_back({.words = words_of(at(block, "text"))});
        } else if (at(block, "data").is_string() && type == "text") {  // Aleph Alpha
            into.atoms.push_back({.words = words_of(at(block, "data"))});
        } else if (at(block, "refusal").size()) {
            into.atoms.push_back({.words = words_of(at(block, "refusal"))});
        }
    }
}

inline Said message_of(Value message) {
    Said said;
    const std::string_view role = at(message, "role").as_string();
    said.role = role == "developer" ? "system" : role == "CHATBOT" ? "assistant" : role;
    if (role == "tool" || role == "function") {
        said.atoms.push_back({Atom::result, result_words(at(message, "content")), "",
                              words_of(at(message, "tool_call_id"))});
        return said;
    }
    add_content(at(message, "content"), said);
    if (at(message, "refusal").size()) {
        said.atoms.push_back({.words = words_of(at(message, "refusal"))});
    }
    if (at(message, "function_call").is_object()) {
        said.atoms.push_back({Atom::call, words_of(at(message, "function_call", "arguments")),
                              words_of(at(message, "function_call", "name")), ""});
    }
    for (const Value call : at(message, "tool_calls").elements()) {
        said.atoms.push_back({Atom::call, words_of(at(call, "function", "arguments")),
                              words_of(at(call, "function", "name")), words_of(at(call, "id"))});
    }
    return said;
}

/// Messages, and the items of the Responses API among them.
inline void add_items(Value list, std::vector<Said>& into) {
    for (const Value item : list.elements()) {
        const std::string_view type = at(item, "type").as_string();
        if (type == "function_call") {
            into.push_back({"assistant",
                            {{Atom::call, words_of(at(item, "arguments")),
                              words_of(at(item, "name")), words_of(at(item, "call_id"))}}});
        } else if (type == "function_call_output") {
            into.push_back({"tool",
                            {{Atom::result, result_words(at(item, "output")), "",
                              words_of(at(item, "call_id"))}}});
        } else if (at(item, "role").is_string()) {
            into.push_back(message_of(item));
        }
    }
}

inline void add_words(std::string_view role, Value words, std::vector<Said>& into) {
    if (words.is_array()) {
        Said blocks{std::string(role), {}};
        for (const Value each : words.elements()) {
            if (each.is_string()) into.push_back({std::string(role), {{.words = words_of(each)}}});
        }
        add_content(words, blocks);
        if (!blocks.atoms.empty()) into.push_back(std::move(blocks));
    } else if (words.size()) {
        into.push_back({std::string(role), {{.words = words_of(words)}}});
    }
}

inline void read_request(Value request, Recorded& into) {
    into.model = words_of(at(request, "model"));
    for (const std::string_view key : {"instructions", "preamble"}) {
        add_words("system", at(request, key), into.input);
    }
    const Value system = at(request, "system");
    if (system.is_array()) {
        Said said{"system", {}};
        add_content(system, said);
        into.input.push_back(std::move(said));
    } else {
        add_words("system", system, into.input);
    }
    add_items(at(request, "messages"), into.input);
    for (const Value past : at(request, "chat_history").elements()) {
        Said said = message_of(past);
        const std::string_view role = at(past, "role").as_string();
        said.role = role == "USER" ? "user" : role == "SYSTEM" ? "system" : "assistant";
        said.atoms.push_back({.words = words_of(at(past, "message"))});
        into.input.push_back(std::move(said));
    }
    if (at(request, "message").is_string()) {
        add_words("user", at(request, "message"), into.input);
    }
    for (const std::string_view key : {"prompt", "inputText", "inputs"}) {
        add_words("user", at(request, key), into.input);
    }
    if (at(request, "input").is_string()) add_words("user", at(request, "input"), into.input);
    add_items(at(request, "input"), into.input);
    for (Value tool : at(request, "tools").elements()) {
        const std::string type = words_of(at(tool, "type"));
        if (at(tool, "function").is_object()) tool = at(tool, "function");
        const Value schema =
            at(tool, "input_schema").is_null() ? at(tool, "parameters") : at(tool, "input_schema");
        into.tools.push_back({at(tool, "name").size() ? words_of(at(tool, "name")) : type,
                              words_of(at(tool, "description")), words_of(schema)});
    }
}

/// The provider's word in ours; by the table of 5.5 in the convention notes, not by vocabulary.cc.
inline std::string finish_word(std::string_view sent) {
    static const std::map<std::string_view, std::string> words = {
        {"stop", "stop"},
        {"end_turn", "stop"},
        {"stop_sequence", "stop"},
        {"COMPLETE", "stop"},
        {"FINISH", "stop"},
        {"eos_token", "stop"},
        {"eos", "stop"},
        {"completed", "stop"},
        {"length", "length"},
        {"max_tokens", "length"},
        {"MAX_TOKENS", "length"},
        {"LENGTH", "length"},
        {"max_output_tokens", "length"},
        {"maximum_tokens", "length"},
        {"tool_calls", "tool_call"},
        {"tool_use", "tool_call"},
        {"function_call", "tool_call"},
        {"TOOL_CALL", "tool_call"},
        {"content_filter", "content_filter"},
        {"guardrail_intervened", "content_filter"},
        {"refusal", "content_filter"},
    };
    const auto found = words.find(sent);
    return found == words.end() ? std::string(sent) : found->second;
}

inline void read_reply(Value reply, Recorded& into) {
    const auto finished = [&into](Value reason) {
        if (reason.size()) into.finish.push_back(finish_word(reason.as_string()));
    };
    const auto count = [](Value value) { return value.as_integer(); };
    if (const Value model = at(reply, "model"); model.size() && into.model.empty()) {
        into.model = model.as_string();
    }
    for (const Value choice : at(reply, "choices").elements()) {
        if (at(choice, "message").is_object()) {
            Said said = message_of(at(choice, "message"));
            said.role = "assistant";
            into.output.push_back(std::move(said));
        }
        add_words("assistant", at(choice, "text"), into.output);
        finished(at(choice, "finish_reason"));
    }
    for (const std::string_view key : {"generations", "completions", "results"}) {
        for (const Value one : at(reply, key).elements()) {
            for (const std::string_view words :
                 {"text", "completion", "generated_text", "outputText"}) {
                add_words("assistant", at(one, words), into.output);
            }
            for (const std::string_view why :
                 {"finish_reason", "stop_reason", "completionReason"}) {
                finished(at(one, why));
            }
            for (const std::string_view key_in : {"input_token_count"}) {
                if (const auto in = count(at(one, key_in))) into.tokens_in = in;
            }
            for (const std::string_view key_out : {"generated_token_count", "tokenCount"}) {
                if (const auto out = count(at(one, key_out))) into.tokens_out = out;
            }
        }
    }
    for (const Value one : reply.elements()) {  // Hugging Face
        add_words("assistant", at(one, "generated_text"), into.output);
    }
    add_items(at(reply, "output"), into.output);  // Responses
    if (at(reply, "output").is_array()) {
        if (at(reply, "incomplete_details").is_object()) {
            finished(at(reply, "incomplete_details", "reason"));
        } else if (at(reply, "status").as_string() == "completed") {
            bool calls = false;
            for (const Said& said : into.output) {
                for (const Atom& atom : said.atoms) calls |= atom.kind == Atom::call;
            }
            into.finish.push_back(calls ? "tool_call" : "stop");
        }
    }
    if (at(reply, "role").as_string() == "assistant") {  // Anthropic
        into.output.push_back(message_of(reply));
    }
    for (const Value message : {at(reply, "message"), at(reply, "output", "message")}) {
        if (message.is_object()) into.output.push_back(message_of(message));
    }
    if (at(reply, "choices").is_null()) {
        for (const std::string_view words : {"text", "completion", "response"}) {
            if (at(reply, words).is_string()) add_words("assistant", at(reply, words), into.output);
        }
        for (const std::string_view why :
             {"stop_reason", "stopReason", "finish_reason", "done_reason"}) {
            finished(at(reply, why));
        }
    }
    const Value usage = at(reply, "usage");
    const Value meta = at(reply, "meta");
    for (const auto& [in, out] :
         {std::pair(at(usage, "prompt_tokens"), at(usage, "completion_tokens")),
          std::pair(at(usage, "input_tokens"), at(usage, "output_tokens")),
          std::pair(at(usage, "inputTokens"), at(usage, "outputTokens")),
          std::pair(at(usage, "tokens", "input_tokens"), at(usage, "tokens", "output_tokens")),
          std::pair(at(meta, "tokens", "input_tokens"), at(meta, "tokens", "output_tokens")),
          std::pair(at(meta, "billed_units", "input_tokens"),
                    at(meta, "billed_units", "output_tokens")),
          std::pair(at(reply, "prompt_eval_count"), at(reply, "eval_count")),
          std::pair(at(reply, "num_tokens_prompt_total"), at(reply, "num_tokens_generated")),
          std::pair(at(reply, "inputTextTokenCount"), Value())}) {
        if (!into.tokens_in) into.tokens_in = count(in);
        if (!into.tokens_out) into.tokens_out = count(out);
    }
    // Anthropic's input leaves the cache out.
    for (const std::string_view cache :
         {"cache_read_input_tokens", "cache_creation_input_tokens"}) {
        if (const auto more = count(at(usage, cache)); more && into.tokens_in) {
            *into.tokens_in += *more;
        }
    }
}

/// nullopt if the recording is no call of a model: assistants' threads, analytics.
inline std::optional<Recorded> recorded(Value line) {
    const std::string_view uri = at(line, "uri").as_string();
    for (const std::string_view other : {"/assistants", "/threads", "posthog.com"}) {
        if (uri.find(other) != uri.npos) return std::nullopt;
    }
    Recorded made;
    made.source = words_of(at(line, "package"));
    made.cassette = words_of(at(line, "cassette"));
    made.request = json::to_text(at(line, "request"));
    made.reply = whole_reply(uri, at(line, "response"));
    read_request(at(line, "request"), made);
    const auto reply = json::Document::parse(made.reply);
    if (reply) read_reply(reply->root(), made);
    return made;
}

}  // namespace plimsoll::interaction::recordings
