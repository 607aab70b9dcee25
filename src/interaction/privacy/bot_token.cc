#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

std::size_t run_end(std::string_view text, std::size_t at, bool (*belongs)(char)) {
    while (at < text.size() && belongs(text[at])) ++at;
    return at;
}

/// 110201543:AAHdqTcvCH1vGWJxfSe1ofSAs0K5PALDsaw: a number, a colon, 35 bytes.
bool is_telegram(std::string_view text, std::size_t begin, std::size_t& end) {
    const std::size_t colon = run_end(text, begin, is_digit);
    if (colon - begin < 8 || colon - begin > 10 || byte_at(text, colon) != ':') return false;
    end = run_end(text, colon + 1, is_token);
    return end - colon - 1 == 35;
}

/// Three parts: 23 to 28 bytes that begin M, N, O or A (base64 of a number), 6, and 27 to 38.
bool is_discord(std::string_view text, std::size_t begin, std::size_t& end) {
    const std::size_t first = run_end(text, begin, is_token);
    if (std::string_view("MNOA").find(text[begin]) == std::string_view::npos) return false;
    if (first - begin < 23 || first - begin > 28 || byte_at(text, first) != '.') return false;
    const std::size_t second = run_end(text, first + 1, is_token);
    if (second - first - 1 != 6 || byte_at(text, second) != '.') return false;
    end = std::min(run_end(text, second + 1, is_token), second + 39);
    return end - second - 1 >= 27;
}

/// 32 hex digits and "-us30".
bool is_mailchimp(std::string_view text, std::size_t begin, std::size_t& end) {
    const std::size_t hex = run_end(text, begin, is_hex);
    if (hex - begin != 32 || !text.substr(hex).starts_with("-us")) return false;
    end = run_end(text, hex + 3, is_digit);
    return end > hex + 3 && end <= hex + 5;
}

/// AC or SK and 32 hex digits.
bool is_twilio(std::string_view text, std::size_t begin, std::size_t& end) {
    if (!text.substr(begin).starts_with("AC") && !text.substr(begin).starts_with("SK"))
        return false;
    end = run_end(text, begin + 2, is_hex);
    return end - begin == 34;
}

/// AP, a hex digit, ten more.
bool is_artifactory(std::string_view text, std::size_t begin, std::size_t& end) {
    if (!text.substr(begin).starts_with("AP") || !is_hex(byte_at(text, begin + 2))) return false;
    end = run_end(text, begin + 3, is_alnum);
    return end - begin >= 13;
}

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t) {
    const std::size_t begin = is_escaped(text, at) ? at + 1 : at;
    const char before = byte_before(text, begin);
    if (!begins_word(text, begin) || before == '/' || before == '+')
        return std::nullopt;  // Base64.
    for (const auto is : {is_telegram, is_discord, is_mailchimp, is_twilio, is_artifactory}) {
        std::size_t end = begin;
        if (is(text, begin, end) && !is_alnum(byte_at(text, end))) return Place{begin, end};
    }
    return std::nullopt;
}

constexpr std::string_view anchors[] = {word, "APA", "APB"};

}  // namespace

const Recognizer bot_token{
    .name = "bot_token",
    .label = "SECRET",
    .says = "Keys known by their parts: Telegram, Discord, Mailchimp, Twilio, Artifactory.",
    .anchors = anchors,
    .find = find,
    .example = "The bot is 110201543:AAHdqTcvCH1vGWJxfSe1ofSAs0K5PALDsaw"};

}  // namespace plimsoll::interaction::privacy
