#include "evaluate/judges/reply_json.h"

#include <fmt/format.h>

#include "evaluate/quote.h"

namespace plimsoll::evaluate {

std::string with_path(std::string_view base_url, std::string_view path) {
    const std::size_t query = std::min(base_url.find('?'), base_url.size());
    std::string_view base = base_url.substr(0, query);
    while (base.ends_with('/')) base.remove_suffix(1);
    return fmt::format("{}{}{}", base, path, base_url.substr(query));
}

void append_members(json::Writer& w, const Result<json::Document>& extra) {
    if (!extra) return;
    for (const json::Member member : extra->root().members()) w.key(member.key).value(member.value);
}

std::optional<json::Document> parse_reply(std::string_view body, JudgeReply& reply) {
    auto parsed = json::Document::parse(body, {.depth_max = 64, .bytes_max = 16u << 20});
    if (!parsed) {
        reply.fault = fmt::format("the reply is no JSON: {}", parsed.error().what);
        return std::nullopt;
    }
    if (!parsed->root().is_object()) {
        reply.fault = fmt::format("the reply is no object but {}", to_word(parsed->root().kind()));
        return std::nullopt;
    }
    if (const auto error = parsed->root().find("error"); error && !error->is_null()) {
        reply.fault = fmt::format("the reply is an error: {}", error_sentence(body));
        return std::nullopt;
    }
    return std::move(*parsed);
}

std::string text_at(json::Value object, std::string_view key) {
    const auto value = object.find(key);
    return value ? std::string(value->as_string()) : "";
}

std::optional<std::int64_t> count_at(json::Value object, std::string_view key) {
    const auto value = object.find(key);
    const auto count = value ? value->as_integer() : std::nullopt;
    return count && *count >= 0 ? count : std::nullopt;
}

std::string error_sentence(std::string_view body) {
    const auto parsed = json::Document::parse(body, {.depth_max = 64, .bytes_max = 1u << 20});
    const auto error = parsed ? parsed->root().find("error") : std::nullopt;
    std::string message =
        error ? error->is_string() ? std::string(error->as_string()) : text_at(*error, "message")
              : std::string();
    return quote(message.empty() ? body : std::string_view(message), 200);
}

}  // namespace plimsoll::evaluate
