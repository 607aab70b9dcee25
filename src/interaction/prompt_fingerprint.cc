#include "interaction/prompt_fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/hash.h"
#include "base/json.h"

namespace plimsoll::interaction {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool has(std::string_view text, char c) {
    return text.find(c) != std::string_view::npos;
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
/// Of a word in a script that parts its words: ASCII, and the Latin letters of two bytes.
bool is_of_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return is_digit(c) || is_upper(c) || is_lower(c) || c == '_' || c == '@' || c == '\'' ||
           (byte >= 0xC3 && byte <= 0xC9) || (byte >= 0x80 && byte < 0xC0);
}

/// Words of time that are capitalised or not, and so need a list. Lower case, sorted.
constexpr std::array<std::string_view, 49> time_words{
    "am",       "apr",      "april",   "aug",       "august", "cest",      "cet",
    "dec",      "december", "edt",     "est",       "feb",    "february",  "fri",
    "friday",   "gmt",      "jan",     "january",   "jul",    "july",      "jun",
    "june",     "mar",      "march",   "mon",       "monday", "noon",      "nov",
    "november", "oct",      "october", "pdt",       "pm",     "pst",       "sat",
    "saturday", "sep",      "sept",    "september", "sun",    "sunday",    "thu",
    "thursday", "tue",      "tuesday", "utc",       "wed",    "wednesday", "z"};
static_assert(std::ranges::is_sorted(time_words));

/// Words that instructions are made of: kept though they be capitalised. Lower case, sorted.
constexpr std::array<std::string_view, 138> instruction_words{
    "a",         "about",    "act",          "all",    "always",    "an",
    "and",       "answer",   "any",          "are",    "as",        "ask",
    "assistant", "at",       "avoid",        "based",  "be",        "before",
    "but",       "by",       "call",         "can",    "check",     "cite",
    "context",   "current",  "customer",     "date",   "day",       "do",
    "don't",     "each",     "english",      "ensure", "every",     "example",
    "examples",  "explain",  "final",        "first",  "focus",     "follow",
    "for",       "format",   "from",         "give",   "given",     "guidelines",
    "help",      "here",     "how",          "if",     "important", "in",
    "include",   "input",    "instructions", "is",     "it",        "its",
    "json",      "keep",     "language",     "like",   "list",      "location",
    "make",      "markdown", "may",          "must",   "name",      "never",
    "no",        "not",      "note",         "now",    "of",        "on",
    "only",      "or",       "otherwise",    "our",    "output",    "please",
    "policy",    "provide",  "question",     "read",   "refuse",    "reply",
    "respond",   "response", "return",       "role",   "rules",     "say",
    "should",    "since",    "so",           "some",   "speak",     "step",
    "steps",     "summary",  "system",       "task",   "tell",      "than",
    "that",      "the",      "their",        "then",   "there",     "these",
    "they",      "think",    "this",         "time",   "to",        "today",
    "tool",      "tools",    "try",          "unless", "use",       "user",
    "using",     "we",       "what",         "when",   "where",     "which",
    "will",      "with",     "write",        "yes",    "you",       "your"};
static_assert(std::ranges::is_sorted(instruction_words));

struct Word {
    std::string_view text;
    bool opens = false;     ///< First of its line or sentence.
    bool variable = false;  ///< By its form alone.
    bool title = false;     ///< Capitalised, and none of the words of instruction.
};

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    return made;
}

/// The end of "<EMAIL_qwmzrtb>" or "https://…" at `at`; `at` if neither stands there.
std::size_t end_of_marked(std::string_view line, std::size_t at) {
    if (line[at] == '<') {
        std::size_t end = at + 1;
        while (end < line.size() && (is_upper(line[end]) || line[end] == '_')) ++end;
        if (end < at + 4 || line[end - 1] != '_') return at;
        const std::size_t name = end;
        while (end < line.size() && is_lower(line[end])) ++end;
        return end == name + 7 && end < line.size() && line[end] == '>' ? end + 1 : at;
    }
    if (!line.substr(at).starts_with("http")) return at;
    const std::size_t scheme = line.find("://", at);
    if (scheme == std::string_view::npos || scheme > at + 5) return at;
    return std::min(line.find_first_of(" \t\"'<>)", at), line.size());
}

std::vector<Word> words_of(std::string_view line) {
    std::vector<Word> words;
    bool opens = true;
    for (std::size_t at = 0; at < line.size();) {
        if (const std::size_t end = end_of_marked(line, at); end != at) {
            words.push_back({line.substr(at, end - at), opens, true});
            at = end;
            opens = false;
            continue;
        }
        if (!is_of_word(line[at])) {
            const auto byte = static_cast<unsigned char>(line[at]);
            if (byte == 0xC2 ||
                line.substr(at).starts_with("\xE2\x80")) {  // Quotes, dashes, spaces.
                at += byte == 0xC2 ? 2 : 3;
                continue;
            }
            if (byte >= 0xCA) {  // A character of a script with other borders: a word of its own.
                std::size_t end = at + 1;
                while (end < line.size() && (line[end] & 0xC0) == 0x80) ++end;
                words.push_back({line.substr(at, end - at), opens});
                at = end;
                opens = false;
                continue;
            }
            opens |= line[at] == '.' || line[at] == '!' || line[at] == '?';
            ++at;
            continue;
        }
        std::size_t end = at;
        bool digits = false;
        while (end < line.size() && is_of_word(line[end])) digits |= is_digit(line[end++]);
        // 2026-05-24T10:00, 10.5, a@b.example, A-1001: joined by what else ends a word.
        const auto goes_on = [&] {
            if (end + 1 >= line.size() || !is_of_word(line[end + 1])) return false;
            if (line[end] == '-' && is_digit(line[end + 1])) return true;
            return (digits || has(line.substr(at, end - at), '@')) && has("-.:/,", line[end]);
        };
        while (goes_on()) {
            ++end;
            while (end < line.size() && is_of_word(line[end])) digits |= is_digit(line[end++]);
        }
        Word word{line.substr(at, end - at), opens};
        word.variable = digits || has(word.text, '@');
        const bool capital = is_upper(word.text[0]);
        const std::string small = lower(word.text);
        if (!word.variable) {
            const bool timely = std::ranges::binary_search(time_words, small);
            // "may" and "mar" as words of a sentence are lower case; "AM" is either.
            word.variable = timely && (capital || small == "am" || small == "pm") &&
                            !(small == "am" && !words.empty() && !words.back().variable);
            word.title = capital && word.text.size() > 1 && is_lower(word.text[1]) &&
                         !std::ranges::binary_search(instruction_words, small);
        }
        words.push_back(word);
        opens = false;
        at = end;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {  // A month, or what one may do.
        if (words[i].text != "May") continue;
        words[i].variable =
            (i > 0 && words[i - 1].variable) || (i + 1 < words.size() && words[i + 1].variable);
    }
    return words;
}

/// Nouns are capitalised: more than a fifth of the words inside sentences.
bool capitalises_nouns(const std::vector<std::vector<Word>>& lines) {
    std::size_t inside = 0, titles = 0;
    for (const auto& words : lines)
        for (const Word& word : words)
            if (!word.opens && !word.variable) ++inside, titles += word.title;
    return inside >= 40 && titles * 5 > inside;
}

std::string words_that_stay(const std::vector<Word>& words, bool names) {
    std::string made;
    bool after_variable = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Word& word = words[i];
        // A capital at the start of a sentence says nothing, unless a name goes on.
        const bool goes_on = i + 1 < words.size() && words[i + 1].title && !words[i + 1].opens;
        const bool variable = word.variable || (names && word.title && (!word.opens || goes_on));
        if (variable && after_variable) continue;
        if (!made.empty()) made += ' ';
        made += variable ? "#" : lower(word.text);
        after_variable = variable;
    }
    return made;
}

using Eight = std::uint32_t;

/// A digest in which the order of members does not count. `words` leaves out what is filled in.
std::uint64_t digest_of(const json::Value& value, bool words) {
    switch (value.kind()) {
        case json::Kind::object: {
            std::uint64_t sum = 0x0B;
            for (const auto& [key, each] : value.members())
                sum += hash64(key, digest_of(each, words));
            return hash64("object", sum);
        }
        case json::Kind::array: {
            std::uint64_t chain = 0x0A;
            for (const json::Value each : value.elements())
                chain = hash64("array", chain * 31 + digest_of(each, words));
            return chain;
        }
        case json::Kind::string:
            return hash64(
                words ? std::string_view(template_words(value.as_string())) : value.as_string(),
                0x05);
        default: {
            if (words) return 1;
            const auto number = value.as_number();
            const auto boolean = value.as_boolean();
            return hash64(number    ? fmt::format("{}", *number)
                          : boolean ? fmt::format("{}", *boolean)
                                    : std::string("null"),
                          0x01);
        }
    }
}

std::uint64_t digest_of(const std::vector<ToolDefinition>& tools, bool words) {
    std::uint64_t sum = tools.size();
    for (const ToolDefinition& tool : tools) {
        const auto schema = json::Document::parse(tool.parameters_json);
        std::uint64_t one = schema ? digest_of(schema->root(), words)
                                   : hash64(words ? "" : std::string_view(tool.parameters_json));
        one = hash64(words ? template_words(tool.description) : tool.description, one);
        sum += hash64(tool.name, one);
    }
    return hash64("tools", sum);
}

/// The same prompts and tools come with nearly every call: what was worked out is kept, by content.
template <class Work>
std::uint64_t remembered(std::uint64_t key, Work work) {
    constexpr std::size_t kept_max = 4096;
    thread_local std::unordered_map<std::uint64_t, std::uint64_t> kept;
    if (const auto found = kept.find(key); found != kept.end()) return found->second;
    const std::uint64_t made = work();
    if (kept.size() >= kept_max) kept.clear();
    kept.emplace(key, made);
    return made;
}

std::uint64_t digest(const std::vector<ToolDefinition>& tools, bool words) {
    std::uint64_t key = words ? 11 : 12;
    for (const ToolDefinition& tool : tools) {
        key = hash64(tool.name, key);
        key = hash64(tool.description, key);
        key = hash64(tool.parameters_json, key);
    }
    return remembered(key, [&] { return digest_of(tools, words); });
}

}  // namespace

std::string template_words(std::string_view prompt) {
    std::vector<std::vector<Word>> lines;
    for (std::size_t at = 0; at < prompt.size();) {
        const std::size_t end = std::min(prompt.find('\n', at), prompt.size());
        if (auto words = words_of(prompt.substr(at, end - at)); !words.empty())
            lines.push_back(std::move(words));
        at = end + 1;
    }
    const bool names = !capitalises_nouns(lines);
    std::string made, last;
    for (const auto& words : lines) {
        std::string line = words_that_stay(words, names);
        if (line == last) continue;
        if (!made.empty()) made += '\n';
        made += line;
        last = std::move(line);
    }
    return made;
}

std::string prompt_fingerprint(std::string_view system, const std::vector<ToolDefinition>& tools) {
    if (system.empty() && tools.empty()) return "";
    std::string made = "~";
    if (!system.empty())
        made += fmt::format("{:08x}", static_cast<Eight>(remembered(hash64(system, 10), [&] {
                                return hash64(template_words(system));
                            })));
    if (!tools.empty()) made += fmt::format("+{:08x}", static_cast<Eight>(digest(tools, true)));
    return made;
}

std::string tools_digest(const std::vector<ToolDefinition>& tools) {
    if (tools.empty()) return "";
    return fmt::format("{:012x}", digest(tools, false) >> 16);
}

}  // namespace plimsoll::interaction
