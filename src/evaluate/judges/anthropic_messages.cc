#include "evaluate/judges/anthropic_messages.h"

#include "base/json.h"
#include "evaluate/judges/reply_json.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view tool_name = "give_verdict";

}  // namespace

std::string anthropic_url(std::string_view base_url) {
    while (base_url.ends_with('/')) base_url.remove_suffix(1);
    return with_path(base_url, base_url.ends_with("/v1") ? "/messages" : "/v1/messages");
}

std::string anthropic_request_body(const Judge& judge, const JudgePrompt& prompt) {
    const JudgeParameters& parameters = judge.parameters;
    json::Writer w;
    w.begin_object().key("model").value(judge.model.name);
    w.key("max_tokens").value(parameters.max_tokens);
    if (parameters.temperature) w.key("temperature").value(*parameters.temperature);
    w.key("system").value(prompt.system).key("messages").begin_array();
    w.begin_object().key("role").value("user").key("content").value(prompt.user).end_object();
    w.end_array();
    if (parameters.structured) {
        w.key("tools").begin_array().begin_object().key("name").value(tool_name);
        w.key("description").value("Takes the verdict. Call it once.");
        w.key("input_schema").raw(judge.scale.output_schema()).end_object().end_array();
        w.key("tool_choice").begin_object().key("type").value("tool");
        w.key("name").value(tool_name).end_object();
    }
    append_members(w, json::Document::parse(parameters.extra_json));
    return w.end_object().take();
}

JudgeReply read_anthropic_reply(std::string_view body) {
    JudgeReply reply;
    const auto document = parse_reply(body, reply);
    if (!document) return reply;
    const json::Value root = document->root();
    reply.model_version = text_at(root, "model");
    if (const auto usage = root.find("usage")) {
        reply.input_tokens = count_at(*usage, "input_tokens");
        reply.output_tokens = count_at(*usage, "output_tokens");
    }
    reply.finish_reason = text_at(root, "stop_reason");
    reply.cut = reply.finish_reason == "max_tokens";
    reply.refused = reply.finish_reason == "refusal";
    const auto content = root.find("content");
    if (!content || !content->is_array()) {
        reply.fault = "the reply holds no content";
        return reply;
    }
    std::string words, called;
    for (const json::Value block : content->elements()) {
        const std::string type = text_at(block, "type");
        if (type == "text") words += text_at(block, "text");
        // Two calls that differ are for read_verdict to find.
        if (const auto input = block.find("input"); type == "tool_use" && input)
            called += (called.empty() ? "" : "\n") + json::to_text(*input);
    }
    reply.text = called.empty() ? std::move(words) : std::move(called);
    return reply;
}

}  // namespace plimsoll::evaluate
