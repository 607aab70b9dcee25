#include "interaction/privacy/protection.h"

#include <algorithm>

#include "interaction/privacy/characters.h"

namespace plimsoll::interaction::privacy {

namespace {

using Action = FieldRule::Action;

/// Hold keys and cookies of whoever called; nothing is evaluated from them.
constexpr std::string_view dropped[] = {"ai.request.headers.*", "llm.headers", "llm.headers.*",
                                        "http.request.header.*", "http.response.header.*"};

/// Name one person, in every convention we read.
constexpr std::string_view users[] = {"user.id",
                                      "enduser.id",
                                      "user.name",
                                      "user.full_name",
                                      "user.hash",
                                      "enduser.pseudo.id",
                                      "langfuse.user.id",
                                      "langfuse.trace.user_id",
                                      "gen_ai.user.id",
                                      "llm.user",
                                      "ai.telemetry.metadata.userId",
                                      "traceloop.association.properties.user_id"};

/// Texts that stay when only metrics may: what was called, how it ended, which run it belongs to.
constexpr std::string_view metrics[] = {"gen_ai.operation.name",
                                        "gen_ai.system",
                                        "gen_ai.provider.name",
                                        "gen_ai.request.*",
                                        "gen_ai.response.*",
                                        "gen_ai.usage.*",
                                        "gen_ai.conversation.id",
                                        "gen_ai.agent.id",
                                        "gen_ai.agent.name",
                                        "gen_ai.tool.name",
                                        "gen_ai.tool.type",
                                        "gen_ai.tool.call.id",
                                        "gen_ai.output.type",
                                        "llm.model_name",
                                        "llm.provider",
                                        "llm.system",
                                        "llm.token_count.*",
                                        "llm.cost.*",
                                        "llm.request.type",
                                        "openinference.span.kind",
                                        "session.id",
                                        "ai.model.*",
                                        "ai.usage.*",
                                        "ai.operationId",
                                        "ai.response.finishReason",
                                        "ai.response.model",
                                        "operation.name",
                                        "traceloop.span.kind",
                                        "langfuse.observation.type",
                                        "langfuse.observation.model.name",
                                        "langfuse.session.id",
                                        "service.*",
                                        "deployment.*",
                                        "telemetry.*",
                                        "error.type",
                                        "exception.type",
                                        "http.request.method",
                                        "http.route"};

bool fits(std::string_view key, std::string_view pattern) {
    if (!pattern.ends_with(".*")) return key == pattern;
    pattern.remove_suffix(1);
    return key.starts_with(pattern);
}

template <std::size_t count>
bool in(std::string_view key, const std::string_view (&patterns)[count]) {
    return std::any_of(std::begin(patterns), std::end(patterns),
                       [&](std::string_view pattern) { return fits(key, pattern); });
}

bool caseless(std::string_view word, std::string_view wanted) {
    return std::equal(word.begin(), word.end(), wanted.begin(), wanted.end(),
                      [](char a, char b) { return lower(a) == b; });
}

}  // namespace

constexpr std::string_view actions[] = {"keep", "redact", "pseudonym", "drop"};

std::optional<Action> field_action_named(std::string_view word) {
    const auto* found = std::find(std::begin(actions), std::end(actions), word);
    if (found == std::end(actions)) return std::nullopt;
    return static_cast<Action>(found - actions);
}
std::string_view to_word(Action action) {
    return actions[static_cast<std::size_t>(action)];
}
std::string_view to_word(wire::Consent consent) {
    constexpr std::string_view words[] = {"content", "metrics", "nothing"};
    return words[static_cast<std::size_t>(consent)];
}

wire::Consent consent_named(std::string_view word) {
    if (caseless(word, "content") || caseless(word, "true")) return wire::Consent::content;
    if (caseless(word, "metrics")) return wire::Consent::metrics;
    return wire::Consent::nothing;
}

Protection::Protection(const PseudonymKey& key, ProtectionOptions options)
    : options_(std::move(options)), redactor_(key, options_.redactor) {}

wire::KeyRule Protection::rule(std::string_view key) const {
    if (key.empty()) return {};
    return {action(key), in(key, metrics), key == options_.consent_attribute};
}

Action Protection::action(std::string_view key) const {
    for (const FieldRule& rule : options_.fields) {
        if (fits(key, rule.key)) return rule.action;
    }
    if (in(key, dropped)) return Action::drop;
    if (options_.pseudonymise_users && in(key, users)) return Action::pseudonym;
    return Action::redact;
}

std::optional<std::string> Protection::text(std::string_view key, wire::KeyRule rule,
                                            std::string_view text) const {
    if (rule.action == Action::keep || text.empty()) return std::nullopt;
    if (rule.action == Action::pseudonym) {
        if (text.starts_with("<USER_") && text.ends_with(">")) return std::nullopt;
        return redactor_.placeholder("USER", text);
    }
    constexpr std::size_t number_bytes_max = 32;
    if (!key.empty() && text.size() <= number_bytes_max && is_digit(text[0])) {
        // "customer.phone" announces what stands in it.
        return redactor_.redact_after(std::string(key) + ": ", text);
    }
    return redactor_.redact(text);
}

}  // namespace plimsoll::interaction::privacy
