#include "evaluate/sentences.h"

#include <algorithm>

#include "evaluate/find_any.h"

namespace plimsoll::evaluate {

namespace {

constexpr char full_stop_lead = '\xE3';  ///< The first byte of "。".

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Bytes of "- ", "* ", "• ", "12. ", "3) " at the front of a line; 0 if it is no list item.
std::size_t item_mark(std::string_view line) {
    if (line.starts_with("•")) return std::string_view("•").size();
    if (line.size() > 1 && (line[0] == '-' || line[0] == '*') && is_space(line[1])) return 1;
    std::size_t digits = 0;
    while (digits < line.size() && digits < 3 && is_digit(line[digits])) ++digits;
    const bool mark = digits > 0 && digits + 1 < line.size() &&
                      (line[digits] == '.' || line[digits] == ')') && is_space(line[digits + 1]);
    return mark ? digits + 1 : 0;
}

bool ends_with_abbreviation(std::string_view before_dot) {
    std::size_t start = before_dot.size();
    while (start > 0 && (is_letter(before_dot[start - 1]) || before_dot[start - 1] == '.')) --start;
    const std::string_view word = before_dot.substr(start);
    if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I') return true;
    constexpr std::string_view known[] = {"e.g", "i.e", "Mr",  "Mrs", "Ms", "Dr", "Prof",  "St",
                                          "vs",  "cf",  "etc", "No",  "Jr", "Sr", "approx"};
    return std::find(std::begin(known), std::end(known), word) != std::end(known);
}

/// Adds what [begin, end) holds beside white space.
void add(std::vector<Sentence>& found, std::string_view text, std::size_t begin, std::size_t end,
         bool item) {
    while (begin < end && is_space(text[begin])) ++begin;
    while (end > begin && is_space(text[end - 1])) --end;
    if (begin < end) found.push_back({begin, end, item});
}

void split_line(std::vector<Sentence>& found, std::string_view text, std::size_t begin,
                std::size_t end) {
    while (begin < end && is_space(text[begin])) ++begin;
    const std::size_t mark = item_mark(text.substr(begin, end - begin));
    begin += mark;
    const bool item = mark > 0;
    const std::string_view line = text.substr(0, end);
    for (std::size_t i = begin; i < end; ++i) {
        i = find_any<'.', '!', '?', full_stop_lead>(line, i);
        if (i == end) break;
        if (text.substr(i).starts_with("。")) {
            i += 2;
            add(found, text, begin, i + 1, item);
            begin = i + 1;
            continue;
        }
        if (text[i] == full_stop_lead) continue;
        std::size_t after = i + 1;
        while (after < end && std::string_view("\"')]").find(text[after]) != std::string_view::npos)
            ++after;
        if (after < end && !is_space(text[after])) continue;
        if (text[i] == '.' && ends_with_abbreviation(text.substr(begin, i - begin))) continue;
        add(found, text, begin, after, item);
        begin = i = after;
    }
    add(found, text, begin, end, item);
}

}  // namespace

std::vector<Sentence> sentences_of(std::string_view text) {
    std::vector<Sentence> found;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        split_line(found, text, begin, end);
        begin = end + 1;
    }
    return found;
}

Sentence first_sentence(std::string_view text) {
    std::vector<Sentence> found;
    for (std::size_t begin = 0; begin < text.size() && found.empty();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        split_line(found, text, begin, end);
        begin = end + 1;
    }
    return found.empty() ? Sentence{0, text.size()} : found.front();
}

}  // namespace plimsoll::evaluate
