#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// What may follow a prefix. `mixed`: letters, digits, '_' and '-', of which at least one is a
/// digit or upper case, since "sk-" also begins words.
enum class Tail { alnum, capitals, token, mixed, dotted };

struct Shape {
    std::string_view prefix;
    Tail tail;
    std::size_t min;
    std::size_t max = 512;
};

/// By their first bytes, which are the anchors.
constexpr Shape shapes[] = {
    {"sk-", Tail::mixed, 20},       // OpenAI, Anthropic, DeepSeek, OpenRouter, LiteLLM
    {"sk_live_", Tail::alnum, 16},  // Stripe
    {"sk_test_", Tail::alnum, 16},    {"rk_live_", Tail::alnum, 16},
    {"rk_test_", Tail::alnum, 16},    {"whsec_", Tail::alnum, 24},
    {"ghp_", Tail::alnum, 36},  // GitHub
    {"gho_", Tail::alnum, 36},        {"ghu_", Tail::alnum, 36},
    {"ghs_", Tail::alnum, 36},        {"ghr_", Tail::alnum, 36},
    {"github_pat_", Tail::token, 22}, {"glpat-", Tail::token, 20},  // GitLab
    {"gldt-", Tail::token, 20},       {"glrt-", Tail::token, 20},
    {"glft-", Tail::token, 20},       {"glsoat-", Tail::token, 20},
    {"glcbt-", Tail::token, 20},      {"glimt-", Tail::token, 25, 25},
    {"glptt-", Tail::token, 40, 40},  {"glagent-", Tail::token, 50},
    {"gloas-", Tail::token, 64, 64},  {"GR1348941", Tail::token, 20},
    {"AKIA", Tail::capitals, 16, 16},  // Amazon
    {"ASIA", Tail::capitals, 16, 16}, {"ABIA", Tail::capitals, 16, 16},
    {"ACCA", Tail::capitals, 16, 16}, {"A3T", Tail::capitals, 17, 17},
    {"AIza", Tail::token, 35},  // Google
    {"ya29.", Tail::token, 20},       {"GOCSPX-", Tail::token, 20},
    {"xoxb-", Tail::token, 10},  // Slack
    {"xoxp-", Tail::token, 10},       {"xoxa-", Tail::token, 10},
    {"xoxr-", Tail::token, 10},       {"xoxs-", Tail::token, 10},
    {"xoxe-", Tail::token, 10},       {"SG.", Tail::dotted, 40},  // SendGrid
    {"npm_", Tail::alnum, 36},        {"pypi-AgE", Tail::token, 50},
    {"hf_", Tail::alnum, 30},                                      // Hugging Face
    {"gsk_", Tail::alnum, 40},                                     // Groq
    {"xai-", Tail::alnum, 40},        {"pplx-", Tail::alnum, 40},  // Perplexity
    {"r8_", Tail::alnum, 30},                                      // Replicate
    {"AKC", Tail::alnum, 10},                                      // JFrog
    {"dop_v1_", Tail::alnum, 60},                                  // DigitalOcean
    {"shpat_", Tail::alnum, 32},                                   // Shopify
    {"lsv2_", Tail::token, 30},                                    // LangSmith
    {"sk_lf_", Tail::token, 20},      {"tvly-", Tail::token, 20},  // Tavily
};

bool fits(char c, Tail tail) {
    switch (tail) {
        case Tail::alnum:
            return is_alnum(c);
        case Tail::capitals:
            return is_digit(c) || (c >= 'A' && c <= 'Z');
        case Tail::dotted:
            return is_token(c) || c == '.';
        default:
            return is_token(c);
    }
}

std::optional<Place> at_prefix(std::string_view text, std::size_t at) {
    const char before = byte_before(text, at);
    if (!begins_word(text, at) || before == '/' || before == '+') return std::nullopt;  // Base64.
    for (const Shape& shape : shapes) {
        if (shape.prefix[0] != byte_at(text, at) || !text.substr(at).starts_with(shape.prefix))
            continue;
        const std::size_t begin = at + shape.prefix.size();
        std::size_t end = begin;
        while (end < text.size() && end - begin <= shape.max && fits(text[end], shape.tail)) ++end;
        const std::size_t size = end - begin;
        if (size < shape.min || size > shape.max) continue;
        if (shape.tail == Tail::capitals && is_alnum(byte_at(text, end))) continue;
        const auto telling = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
        const std::string_view tail = text.substr(begin, size);
        if (shape.tail == Tail::mixed && std::none_of(tail.begin(), tail.end(), telling)) continue;
        return Place{at, end};
    }
    return std::nullopt;
}

/// The word with the digit, or one before it that a '.' parts from it: "ya29." and "SG." hold dots.
std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    if (auto found = at_prefix(text, is_escaped(text, at) ? at + 1 : at)) return found;
    std::size_t begin = at;
    while (begin > floor && at - begin < 40 &&
           (is_token(text[begin - 1]) || text[begin - 1] == '.'))
        --begin;
    return begin == at ? std::nullopt : at_prefix(text, begin);
}

constexpr std::string_view anchors[] = {word, "AKI", "ASI", "ABI", "ACC", "AKC"};

}  // namespace

const Recognizer api_key{
    .name = "api_key",
    .label = "SECRET",
    .says =
        "Keys of providers (OpenAI, Anthropic, Google, Amazon, GitHub, GitLab, Stripe, Slack, "
        "Hugging Face and others), by prefix, alphabet and length.",
    .anchors = anchors,
    .find = find,
    .example = "OPENAI_API_KEY is sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2"};

}  // namespace plimsoll::interaction::privacy
