#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// What announces a secret.
struct Word {
    std::string_view text;  ///< Its end decides: "db_password" is a password.
    std::size_t min;        ///< Bytes of the secret.
    bool assigned;          ///< A ':' or '=' comes between.
};
constexpr Word words[] = {
    {"bearer", 20, false},    {"basic", 16, false},       {"password", 6, true},
    {"passwd", 6, true},      {"secret", 8, true},        {"api_key", 8, true},
    {"api-key", 8, true},     {"apikey", 8, true},        {"authtoken", 8, true},
    {"auth_token", 8, true},  {"access_token", 8, true},  {"access-token", 8, true},
    {"accesstoken", 8, true}, {"access_key", 8, true},    {"secret_key", 8, true},
    {"secretkey", 8, true},   {"refresh_token", 8, true},
};

bool belongs(char c) {
    return is_token(c) || std::string_view("+/=.~!@#$%^&*").find(c) != std::string_view::npos;
}
bool parts(char c) {
    return std::string_view(" :=\"'\\`").find(c) != std::string_view::npos;
}

/// A name or a template, "$PASSWORD", "get(1)", is no secret; one holds a digit or a sign, and
/// letters.
bool looks_secret(std::string_view value) {
    if (value.starts_with('$') || value.starts_with('%')) return false;
    const auto sign = [](char c) {
        return !is_alnum(c) && std::string_view("._-/").find(c) == std::string_view::npos;
    };
    return std::any_of(value.begin(), value.end(), is_letter) &&
           std::any_of(value.begin(), value.end(), [&](char c) { return is_digit(c) || sign(c); });
}

/// What follows the word that ends at `after`; `": "` may come between, with the backslashes of
/// JSON inside JSON.
std::optional<Place> secret_after(std::string_view text, std::size_t after, const Word& word) {
    std::size_t begin = after;
    bool assigned = false;
    while (begin < text.size() && begin - after < 16 && parts(text[begin])) {
        assigned = assigned || text[begin] == ':' || text[begin] == '=';
        ++begin;
    }
    if (begin == after || (word.assigned && !assigned)) return std::nullopt;
    std::size_t end = begin;
    while (end < text.size() && belongs(text[end]) && end - begin < 4096) ++end;
    if (byte_at(text, end) == '(') return std::nullopt;  // A call.
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '!')) --end;
    const std::string_view value = text.substr(begin, end - begin);
    if (value.size() < word.min || !looks_secret(value)) return std::nullopt;
    return Place{begin, end};
}

bool ends_with_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    const std::string_view end = text.substr(text.size() - word.size());
    return std::equal(end.begin(), end.end(), word.begin(),
                      [](char a, char b) { return lower(a) == b; });
}

/// Asked at a word with a digit, which may stand inside of the secret, or at the "ssw" of password.
std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    if (lower(text[at]) == 's' && at >= floor + 2 && lower(byte_at(text, at + 2)) == 'w') {
        for (const Word& one : {words[2], words[3]}) {
            const std::size_t after = at - 2 + one.text.size();
            if (after <= text.size() && ends_with_word(text.substr(0, after), one.text))
                return secret_after(text, after, one);
        }
    }
    std::size_t before = at;
    while (before > floor && at - before < 64 && belongs(text[before - 1]) &&
           text[before - 1] != '=') {
        --before;
    }
    std::size_t after = before;
    while (after > floor && before - after < 16 && parts(text[after - 1])) --after;
    if (after == before) return std::nullopt;
    for (const Word& one : words) {
        if (!ends_with_word(text.substr(floor, after - floor), one.text)) continue;
        if (auto found = secret_after(text, after, one)) return found;
    }
    return std::nullopt;
}

constexpr std::string_view anchors[] = {word, "ssw", "SSW"};

}  // namespace

const Recognizer credential{
    .name = "credential",
    .label = "SECRET",
    .says =
        "What follows Bearer or Basic, and what a password, secret, api_key or access_token is "
        "set to; it holds a digit or a sign.",
    .anchors = anchors,
    .find = find,
    .example = "Authorization: Bearer 6f1c9a0b7d2e4f8a9c0d1e2f"};

}  // namespace plimsoll::interaction::privacy
