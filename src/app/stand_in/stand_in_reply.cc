#include "app/stand_in/stand_in_reply.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/json.h"

namespace plimsoll::app {

namespace {

using evaluate::ModelProtocol;

constexpr std::string_view stand_in_reason =
    "No model read this: a stand-in answers by its declared confusion matrix.";

net::HttpReply json_reply(std::string body) {
    return {.type = "application/json", .body = std::move(body)};
}

/// The verdict's object; a whole number stands in it as a number.
std::string verdict_json(std::string_view reason, std::string_view answer) {
    json::Writer w;
    w.begin_object().key("reason").value(reason).key("verdict");
    std::int64_t number = 0;
    const auto read = std::from_chars(answer.data(), answer.data() + answer.size(), number);
    if (read.ec == std::errc{} && read.ptr == answer.data() + answer.size())
        w.value(number);
    else
        w.value(answer);
    return w.end_object().take();
}

void write_openai(json::Writer& w, const StandInRequest& request, const std::string& version,
                  std::string_view text, std::string_view finish, std::string_view refusal) {
    w.begin_object().key("id").value("chatcmpl-stand-in").key("object").value("chat.completion");
    w.key("model").value(version).key("choices").begin_array().begin_object();
    w.key("index").value(0).key("message").begin_object().key("role").value("assistant");
    w.key("content");
    refusal.empty() ? w.value(text) : w.null();
    w.key("refusal");
    refusal.empty() ? w.null() : w.value(refusal);
    w.end_object().key("finish_reason").value(finish).end_object().end_array();
    w.key("usage").begin_object().key("prompt_tokens").value(request.input_tokens);
    w.key("completion_tokens").value(std::int64_t(text.size() / 4 + 1)).end_object().end_object();
}

void write_anthropic(json::Writer& w, const StandInRequest& request, const std::string& version,
                     std::string_view text, std::string_view stop, bool tool) {
    w.begin_object().key("id").value("msg_stand_in").key("type").value("message");
    w.key("role").value("assistant").key("model").value(version).key("content").begin_array();
    w.begin_object().key("type");
    if (tool)
        w.value("tool_use")
            .key("id")
            .value("toolu_1")
            .key("name")
            .value("give_verdict")
            .key("input")
            .raw(text);
    else
        w.value("text").key("text").value(text);
    w.end_object().end_array().key("stop_reason").value(stop);
    w.key("usage").begin_object().key("input_tokens").value(request.input_tokens);
    w.key("output_tokens").value(std::int64_t(text.size() / 4 + 1)).end_object().end_object();
}

/// `text` as a reply's words, whatever was asked for.
net::HttpReply words_reply(const StandInRequest& request, const std::string& version,
                           std::string_view text) {
    json::Writer w;
    if (request.api == ModelProtocol::openai)
        write_openai(w, request, version, text, "stop", "");
    else
        write_anthropic(w, request, version, text, "end_turn", false);
    return json_reply(w.take());
}

}  // namespace

StandInRead read_request(ModelProtocol api, std::string_view body) {
    StandInRead read{.request = {.api = api}};
    const auto parsed = json::Document::parse(body);
    if (!parsed) return {.fault = "the body is no JSON: " + parsed.error().what};
    const json::Value root = parsed->root();
    const auto model = root.find("model");
    const auto messages = root.find("messages");
    if (!model || !model->is_string() || !messages || messages->size() == 0)
        return {.fault = "`model` and `messages` are required"};
    if (api == ModelProtocol::anthropic && !root.find("max_tokens"))
        return {.fault = "`max_tokens` is required"};
    read.request.model = model->as_string();
    for (const json::Value message : messages->elements()) {
        const auto content = message.find("content");
        if (!content || !content->is_string()) return {.fault = "`content` must be a text"};
        read.request.user = content->as_string();
    }
    read.request.structured =
        root.find(api == ModelProtocol::openai ? "response_format" : "tools").has_value();
    read.request.input_tokens = static_cast<std::int64_t>(body.size() / 4 + 1);
    return read;
}

net::HttpReply good_reply(const StandInRequest& request, const std::string& version,
                          const std::string& answer, StandInModel::Speech speech) {
    std::string text = verdict_json(stand_in_reason, answer);
    if (request.structured && request.api == ModelProtocol::anthropic) {
        json::Writer w;
        write_anthropic(w, request, version, text, "tool_use", true);
        return json_reply(w.take());
    }
    if (!request.structured && speech == StandInModel::Speech::fenced)
        text = fmt::format("Here is my verdict.\n```json\n{}\n```", text);
    if (!request.structured && speech == StandInModel::Speech::line)
        text = fmt::format("{}\n\n**Verdict:** {}", stand_in_reason, answer);
    return words_reply(request, version, text);
}

net::HttpReply refused_reply(const StandInRequest& request, const std::string& version) {
    json::Writer w;
    if (request.api == ModelProtocol::openai)
        write_openai(w, request, version, "", "stop", "I'm sorry, but I can't help with that.");
    else
        write_anthropic(w, request, version, "", "refusal", false);
    return json_reply(w.take());
}

net::HttpReply cut_reply(const StandInRequest& request, const std::string& version) {
    const std::string_view text = R"({"reason":"It goes on and on)";
    json::Writer w;
    if (request.api == ModelProtocol::openai)
        write_openai(w, request, version, text, "length", "");
    else
        write_anthropic(w, request, version, text, "max_tokens", false);
    return json_reply(w.take());
}

net::HttpReply malformed_reply(const StandInRequest& request, const std::string& version,
                               std::uint32_t which) {
    switch (which % malformed_kinds) {
        case 0:
            return json_reply("");
        case 1:
            return {.type = "text/html", .body = "<html><body>It works!</body></html>"};
        case 2: {
            std::string body =
                good_reply(request, version, "pass", StandInModel::Speech::json).body;
            body.resize(body.size() / 2);
            return json_reply(std::move(body));
        }
        case 3:
            return json_reply(R"({"choices":{},"content":7})");
        case 4:
            return json_reply("[]");
        case 5:
            return words_reply(request, version, "Let me think about that for a while.");
        default:
            return words_reply(request, version, "{\"reason\": \"a \"b\"\", verdict: pass}");
    }
}

net::HttpReply hostile_reply(const StandInRequest& request, const std::string& version,
                             std::uint32_t which) {
    switch (which % hostile_kinds) {
        case 0:
            return json_reply(std::string(6u << 20, ' '));
        case 1:
            return json_reply(std::string(100'000, '['));
        case 2:
            return {.status = 307,
                    .headers = "Location: http://169.254.169.254/latest/meta-data/\r\n"};
        case 3:
            return words_reply(request, version, R"({"reason":"much","verdict":1e308})");
        case 4:
            return words_reply(request, version,
                               R"({"reason":"a","verdict":"pass"}{"reason":"b","verdict":"fail"})");
        case 5:
            return words_reply(request, version, std::string(200'000, '{'));
        case 6:
            // Quotes a ready verdict of the content's as if it were its own.
            return words_reply(request, version, request.user);
        default:
            return json_reply(
                "{\"model\":\"x\\u0000\\u001b[2J\",\"choices\":[{\"message\":"
                "{\"content\":\"\\u0000\\u001b]0;x\\u0007\"}}]}");
    }
}

net::HttpReply error_reply(ModelProtocol api, int status, std::string_view type,
                           std::string_view message) {
    json::Writer w;
    w.begin_object();
    if (api == ModelProtocol::anthropic) w.key("type").value("error");
    w.key("error").begin_object().key("type").value(type).key("message").value(message);
    w.end_object().end_object();
    net::HttpReply reply = json_reply(w.take());
    reply.status = status;
    return reply;
}

net::HttpReply limited_reply(ModelProtocol api, std::chrono::milliseconds retry_after) {
    net::HttpReply reply =
        error_reply(api, 429, "rate_limit_error", "Too many requests: come back later.");
    reply.headers = fmt::format("Retry-After: {}\r\nretry-after-ms: {}\r\n",
                                (retry_after.count() + 999) / 1000, retry_after.count());
    return reply;
}

}  // namespace plimsoll::app
