#include "interaction/message_reader.h"

#include <algorithm>
#include <span>

#include "interaction/salvage.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

using json::Value;

constexpr int depth_max = 8;  // Lists of lists, replies in replies: more is no message.

/// Reads what may be a message, a list of them, or a whole request or reply that holds them.
class Reader {
  public:
    Reader(Role unless_said, MessagesRead& into) : unless_said_(unless_said), into_(into) {}

    /// False if nothing of it is a message.
    bool read(Value value, int depth = 0) {
        if (depth > depth_max) return false;
        if (value.is_string()) return words(value.as_string());
        if (value.is_array()) return list(value, depth);
        if (value.is_object()) return object(value, depth);
        return false;
    }

  private:
    bool words(std::string_view text) {
        Message message;
        message.role = unless_said_;
        message.parts.emplace_back().text = text;
        into_.messages.push_back(std::move(message));
        return true;
    }

    /// Messages; or the blocks of one message without its frame, as system instructions are sent.
    bool list(Value value, int depth) {
        bool any = false;
        bool in_frame = false;  // The last message was made here, of blocks.
        into_.messages.reserve(into_.messages.size() + value.size());
        for (const Value each : value.elements()) {
            if (each.as_string().starts_with('{')) {  // Each message encoded by itself.
                if (const auto inner = json::Document::parse(each.as_string());
                    inner && inner->root().find("role") && read(inner->root(), depth + 1)) {
                    into_.encoded_twice = any = true;
                    in_frame = false;
                    continue;
                }
            }
            if (each.is_object() && !is_framed(each)) {
                if (!in_frame) into_.messages.emplace_back().role = unless_said_;
                in_frame = true;
                read_content(each, into_.messages.back().parts);
                any = true;
            } else {
                in_frame = false;
                any |= read(each, depth + 1);
            }
        }
        return any;
    }

    /// False for a bare block.
    static bool is_framed(Value value) {
        for (const auto& [key, member] : value.members()) {
            if (key == "role" || key == "parts" || key == "message" || key == "kwargs" ||
                (key == "data" && member.is_object()) || key == "tool_calls" || key == "messages" ||
                key == "completion" || key == "generated_text" || key == "outputText") {
                return true;
            }
        }
        const auto type = value.find("type");
        if (!type) return value.find("content").has_value();
        // Responses API items stand in a list like messages and make each one of their own.
        return role_named(type->as_string()) != Role::other ||
               type->as_string() == "function_call" || type->as_string() == "function_call_output";
    }

    bool object(Value value, int depth) {
        for (const std::string_view key :
             {"system", "instructions", "preamble", "systemInstruction", "system_instruction"}) {
            const auto found = value.find(key);
            if (!found || found->size() == 0 || value.find("role") || value.find("status"))
                continue;
            const auto parts = found->find("parts");
            Message prompt;
            read_content(parts ? *parts : *found, prompt.parts);
            into_.system = prompt.text();
            if (!into_.system.empty()) break;
        }
        // Gemini keeps these in `config`; what it stands beside is read below.
        if (const auto config = value.find("config"); config && value.find("contents")) {
            MessagesRead inner;
            Reader(unless_said_, inner).object(*config, depth_max);
            if (into_.system.empty()) into_.system = std::move(inner.system);
            into_.tools = std::move(inner.tools);
        }
        if (const auto tools = value.find("tools"); tools && tools->is_array()) {
            read_tools(*tools, into_.tools);
        }
        for (const std::string_view key : {"messages", "contents", "choices", "candidates",
                                           "generations", "completions", "results"}) {
            const auto found = value.find(key);
            if (found && (found->is_array() || found->is_string()) && read(*found, depth + 1)) {
                return true;
            }
        }
        if (whole(value, depth)) return true;
        if (offers_a_tool(value)) return true;
        if (read_message(value, unless_said_, into_.messages)) return true;
        return sides(value, depth);
    }

    /// LangChain's callback sends the tools on offer as messages of role tool.
    bool offers_a_tool(Value value) {
        const auto role = value.find("role");
        const auto content = value.find("content");
        if (!role || role->as_string() != "tool" || !content || value.find("tool_call_id")) {
            return false;
        }
        const auto type = content->find("type");
        const auto function = content->find("function");
        if (!type || type->as_string() != "function" || !function) return false;
        read_tools(*content, into_.tools);
        return true;
    }

    /// A provider's request or reply that keeps its messages under a key that others use for else.
    bool whole(Value value, int depth) {
        const auto history = value.find("chat_history");  // Cohere: what was said, and then this.
        const auto now = value.find("message");
        if (history && now && now->is_string()) {
            read(*history, depth + 1);
            return words(now->as_string());
        }
        const auto output = value.find("output");
        if (!output || unless_said_ != Role::assistant) return false;
        if (output->is_array() && (value.find("status") || value.find("usage"))) {  // Responses
            return read(*output, depth + 1);
        }
        const auto message = output->find("message");  // Bedrock
        return message && read_message(*message, unless_said_, into_.messages);
    }

    /// What a chain was given and what it gave: {"input":…} and {"output":…} under many names.
    bool sides(Value value, int depth) {
        static constexpr std::string_view given[] = {"input", "prompt",    "query", "question",
                                                     "args",  "inputText", "inputs"};
        static constexpr std::string_view gave[] = {"output", "answer", "result", "response"};
        const auto any_of = [&](std::span<const std::string_view> keys) {
            for (const std::string_view key : keys) {
                const auto found = value.find(key);
                if (found && (found->is_array() || found->is_string()) && found->size() != 0 &&
                    read(*found, depth + 1)) {
                    return true;
                }
            }
            return false;
        };
        return unless_said_ == Role::assistant ? any_of(gave) || any_of(given)
                                               : any_of(given) || any_of(gave);
    }

    Role unless_said_;
    MessagesRead& into_;
};

/// Tool results are a tool's and calls are a model's, whoever's role they were sent under.
void settle_role(Message& message) {
    if (message.parts.empty()) return;
    const auto only = [&message](PartKind kind) {
        return std::all_of(message.parts.begin(), message.parts.end(),
                           [kind](const Part& part) { return part.kind == kind; });
    };
    if (message.role == Role::user && only(PartKind::tool_result)) {
        message.role = Role::tool;
    } else if (message.role != Role::assistant && only(PartKind::tool_call)) {
        message.role = Role::assistant;
    }
}

/// A message of role tool that carries its result as plain content: words, or JSON of its own.
void frame_result(Message& message, std::string_view call_id, std::optional<Value> content) {
    if (message.role != Role::tool) return;
    bool only_text = true;
    for (const Part& part : message.parts) {
        if (part.kind == PartKind::tool_result) return;
        only_text &= part.kind == PartKind::text;
    }
    Part result;
    result.kind = PartKind::tool_result;
    result.id = call_id;
    result.name = message.name;
    result.text = only_text || !content ? message.text() : json::to_text(*content);
    message.parts.assign(1, std::move(result));
}

/// LangChain writes a message's class where others write a role:
/// ["langchain","schema","AIMessage"].
std::string_view class_of(Value value) {
    const auto id = value.find("id");
    std::string_view last;
    if (id) {
        for (const Value each : id->elements()) last = each.as_string();
    }
    return last;
}

void note_roles(MessagesRead& read) {
    for (const Message& message : read.messages) {
        const Role said = role_named(message.role_sent);
        read.role_corrected |= said != Role::other && said != message.role;
    }
}

/// A JSON string that was cut, perhaps within an escape: what is left of it.
Result<json::Document> cut_string(std::string_view text) {
    std::string closed(text);
    for (int dropped = 0;; ++dropped) {
        auto document = json::Document::parse(closed + '"');
        if (document || dropped == 6 || closed.size() < 2) return document;
        closed.pop_back();
    }
}

MessagesRead read(std::string_view text, Role unless_said, bool words_are_fine) {
    MessagesRead into;
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return into;
    const auto as_words = [&] {
        Message message;
        message.role = unless_said;
        message.parts.emplace_back().text = text;
        into.messages.push_back(std::move(message));
    };
    const char first = text[start];
    if (first != '[' && first != '{' && first != '"') {
        as_words();
        into.status = ContentStatus::full;
        return into;
    }
    auto document = json::Document::parse(text);
    into.status = ContentStatus::full;
    if (!document) {
        if (const auto kept = salvage_json(text)) document = json::Document::parse(*kept);
        if (!document && first == '"') document = cut_string(text);
        if (!document) {
            as_words();
            into.status = words_are_fine ? ContentStatus::full : ContentStatus::unparsable;
            return into;
        }
        into.status = ContentStatus::truncated;
    }
    const Value root = document->root();
    if (root.is_string()) {  // JSON in a string in JSON: some libraries encode twice.
        const std::string_view inner = root.as_string();
        if (inner.starts_with('[') || inner.starts_with('{')) {
            MessagesRead unwrapped = read(inner, unless_said, false);
            if (unwrapped.status != ContentStatus::unparsable) {
                unwrapped.status = std::max(unwrapped.status, into.status);
                unwrapped.encoded_twice = true;
                return unwrapped;
            }
        }
    }
    if (!Reader(unless_said, into).read(root)) {
        if (root.size() == 0 && !root.is_number()) {
            into.status = ContentStatus::absent;
            return into;
        }
        Message message;
        message.role = unless_said;
        Part& part = message.parts.emplace_back();
        part.kind = PartKind::other;
        part.json = json::to_text(root);
        into.messages.push_back(std::move(message));
    }
    note_roles(into);
    return into;
}

}  // namespace

MessagesRead read_messages(Value value, Role unless_said) {
    MessagesRead into;
    if (!Reader(unless_said, into).read(value)) return into;
    into.status = ContentStatus::full;
    note_roles(into);
    return into;
}

bool read_message(Value value, Role unless_said, std::vector<Message>& into) {
    if (!value.is_object()) return false;
    Message message;
    message.role = unless_said;
    std::string_view call_id, finish;
    std::optional<Value> content, parts, tool_calls, function_call, inner, reasoning, refusal, text;
    std::string_view type;
    for (const auto& [key, member] : value.members()) {
        if (key == "role" || (key == "author" && member.is_string())) {
            message.role_sent = member.as_string();
        } else if (key == "content") {
            content = member;
        } else if (key == "parts") {
            parts = member;
        } else if (key == "name") {
            message.name = member.as_string();
        } else if (key == "tool_calls" || key == "toolCalls") {
            tool_calls = member;
        } else if (key == "additional_kwargs" && !tool_calls) {
            tool_calls = member.find("tool_calls");  // LangChain keeps what OpenAI sent in there.
        } else if (key == "function_call") {
            function_call = member;
        } else if (key == "tool_call_id" || key == "toolCallId") {
            call_id = member.as_string();
        } else if (key == "finish_reason" || key == "stop_reason" || key == "finishReason" ||
                   key == "done_reason") {
            finish = member.as_string();
        } else if (key == "message" || key == "kwargs" || key == "data") {
            inner = member;
        } else if (key == "reasoning_content" || key == "reasoning") {
            reasoning = member;
        } else if (key == "refusal") {
            refusal = member;
        } else if (key == "text" || key == "completion" || key == "generated_text" ||
                   key == "outputText" || key == "combined_chunk_content") {
            if (!member.is_object()) text = member;  // An object says how to answer (Responses).
        } else if (key == "type") {
            type = member.as_string();
        }
    }
    if (call_id.empty() &&
        (message.role_sent == "tool" || (message.role_sent.empty() && unless_said == Role::tool))) {
        // Events: {content, id}.
        if (const auto id = value.find("id")) call_id = id->as_string();
    }

    // A choice, or a LangChain dump: the message stands one level down.
    const bool holds = content || parts || tool_calls || function_call;
    if (!content && !parts && (inner || (text && (tool_calls || !finish.empty())))) {
        if (inner && inner->is_object() && read_message(*inner, unless_said, into)) {
            Message& made = into.back();
            if (made.finish_reason.empty()) made.finish_reason = finish_reason_named(finish);
            if (made.role_sent.empty()) {
                const std::string_view word = class_of(value).empty() ? type : class_of(value);
                if (role_named(word) != Role::other) {
                    made.role_sent = word;
                    made.role = role_named(word);
                    frame_result(made, call_id, inner->find("content"));
                }
            }
            for (const Value call : tool_calls ? tool_calls->elements() : inner->elements()) {
                if (call.is_object()) made.parts.push_back(read_tool_call(call));
            }
            return true;
        }
        if (inner && inner->is_string() && !text) content = inner;
    }

    if (message.role_sent.empty() && role_named(type) != Role::other) message.role_sent = type;
    if (message.role_sent.empty() && !holds && !text && !content) {
        // Items of the Responses API: a call or its output stands alone in the list.
        if (type != "function_call" && type != "function_call_output") return false;
        message.role = type == "function_call" ? Role::assistant : Role::tool;
        read_content(value, message.parts);
        into.push_back(std::move(message));
        return true;
    }
    if (!message.role_sent.empty()) message.role = role_named(message.role_sent);

    if (reasoning && reasoning->is_string() && reasoning->size() != 0) {
        Part& part = message.parts.emplace_back();
        part.kind = PartKind::reasoning;
        part.text = reasoning->as_string();
    }
    // Gemini puts {parts} in `content` of a candidate; others put the blocks themselves there.
    if (content && content->is_object()) {
        if (const auto framed = content->find("parts")) {
            if (const auto role = content->find("role"); role && message.role_sent.empty()) {
                message.role_sent = role->as_string();
                message.role = role_named(message.role_sent);
            }
            parts = framed;
            content = std::nullopt;
        }
    }
    if (parts) read_content(*parts, message.parts);
    if (content) {
        if (!content->is_string()) {
            read_content(*content, message.parts);
        } else if (content->size() != 0) {
            message.parts.emplace_back().text = content->as_string();
        }
    } else if (!parts && text) {
        read_content(*text, message.parts);
    }
    if (refusal && refusal->is_string() && refusal->size() != 0) {
        message.parts.emplace_back().text = refusal->as_string();
    }
    if (function_call && function_call->is_object()) {
        message.parts.push_back(read_tool_call(*function_call));
    }
    if (tool_calls && tool_calls->is_array()) {
        for (const Value call : tool_calls->elements()) {
            if (call.is_object()) message.parts.push_back(read_tool_call(call));
        }
    }
    message.finish_reason = finish_reason_named(finish);
    frame_result(message, call_id, content);
    settle_role(message);
    into.push_back(std::move(message));
    return true;
}

MessagesRead read_messages(std::string_view text, Role unless_said) {
    return read(text, unless_said, false);
}

MessagesRead read_messages_or_words(std::string_view text, Role unless_said) {
    return read(text, unless_said, true);
}

}  // namespace plimsoll::interaction
