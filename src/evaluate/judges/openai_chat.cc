#include "evaluate/judges/openai_chat.h"

#include "base/json.h"
#include "evaluate/judges/reply_json.h"

namespace plimsoll::evaluate {

namespace {

/// A string, or a list of parts with a text each.
std::string text_of(json::Value content) {
    if (content.is_string()) return std::string(content.as_string());
    std::string text;
    for (const json::Value part : content.elements())
        if (const auto words = part.find("text")) text += words->as_string();
    return text;
}

}  // namespace

std::string openai_url(std::string_view base_url) {
    return with_path(base_url, "/chat/completions");
}

std::string openai_request_body(const Judge& judge, const JudgePrompt& prompt) {
    const JudgeParameters& parameters = judge.parameters;
    const auto extra = json::Document::parse(parameters.extra_json);
    json::Writer w;
    w.begin_object().key("model").value(judge.model.name).key("messages").begin_array();
    w.begin_object().key("role").value("system").key("content").value(prompt.system).end_object();
    w.begin_object().key("role").value("user").key("content").value(prompt.user).end_object();
    w.end_array();
    if (parameters.temperature) w.key("temperature").value(*parameters.temperature);
    // Reasoning models take this instead, and refuse max_tokens beside it.
    if (!extra || !extra->root().find("max_completion_tokens"))
        w.key("max_tokens").value(parameters.max_tokens);
    if (parameters.seed) w.key("seed").value(*parameters.seed);
    if (parameters.structured) {
        w.key("response_format").begin_object().key("type").value("json_schema");
        w.key("json_schema").begin_object().key("name").value("verdict").key("strict").value(true);
        w.key("schema").raw(judge.scale.output_schema()).end_object().end_object();
    }
    append_members(w, extra);
    return w.end_object().take();
}

JudgeReply read_openai_reply(std::string_view body) {
    JudgeReply reply;
    const auto document = parse_reply(body, reply);
    if (!document) return reply;
    const json::Value root = document->root();
    reply.model_version = text_at(root, "model");
    if (const auto usage = root.find("usage")) {
        reply.input_tokens = count_at(*usage, "prompt_tokens");
        reply.output_tokens = count_at(*usage, "completion_tokens");
    }
    const auto choices = root.find("choices");
    if (!choices || !choices->is_array() || choices->size() == 0) {
        reply.fault = "the reply holds no choice";
        return reply;
    }
    const json::Value choice = *choices->elements().begin();
    reply.finish_reason = text_at(choice, "finish_reason");
    reply.cut = reply.finish_reason == "length";
    reply.refused = reply.finish_reason == "content_filter";
    const auto message = choice.find("message");
    if (!message || !message->is_object()) {
        reply.fault = "the reply's choice holds no message";
        return reply;
    }
    if (const auto content = message->find("content")) reply.text = text_of(*content);
    if (std::string refusal = text_at(*message, "refusal"); !refusal.empty()) {
        reply.refused = true;
        if (reply.text.empty()) reply.text = std::move(refusal);
    }
    return reply;
}

}  // namespace plimsoll::evaluate
