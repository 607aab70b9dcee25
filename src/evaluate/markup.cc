#include "evaluate/markup.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "evaluate/find_any.h"

namespace plimsoll::evaluate {

namespace {

constexpr auto tags = std::to_array<std::string_view>(
    {"a",      "b",     "blockquote", "body",   "br",    "button", "code", "div", "em",
     "font",   "form",  "h1",         "h2",     "h3",    "h4",     "h5",   "h6",  "head",
     "hr",     "html",  "i",          "img",    "input", "li",     "ol",   "p",   "pre",
     "script", "small", "span",       "strong", "style", "sub",    "sup",  "svg", "table",
     "tbody",  "td",    "th",         "thead",  "title", "tr",     "u",    "ul"});

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// End of a tag that begins with '<' at `at`; 0 if it is none.
std::size_t tag_end(std::string_view text, std::size_t at) {
    std::size_t from = at + 1;
    if (from < text.size() && text[from] == '/') ++from;
    std::size_t to = from;
    while (to < text.size() && (is_letter(text[to]) ||
                                (to > from && std::isdigit(static_cast<unsigned char>(text[to])))))
        ++to;
    std::string name(text.substr(from, std::min<std::size_t>(to - from, 16)));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (std::ranges::find(tags, name) == tags.end() || to == text.size()) return 0;
    if (text[to] != '>' && text[to] != '/' && !is_blank(text[to])) return 0;
    constexpr std::size_t attributes_max = 500;
    const std::size_t close = text.substr(to, attributes_max).find_first_of("<>");
    return close == text.npos || text[to + close] == '<' ? 0 : to + close + 1;
}

/// End of "&name;" or "&#123;"; 0 if it is none.
std::size_t reference_end(std::string_view text, std::size_t at) {
    std::size_t to = at + 1;
    if (to < text.size() && text[to] == '#') ++to;
    const std::size_t from = to;
    while (to < text.size() && to - from < 10 &&
           std::isalnum(static_cast<unsigned char>(text[to]))) {
        ++to;
    }
    return to - from >= 2 && to < text.size() && text[to] == ';' ? to + 1 : 0;
}

class Scan {
  public:
    explicit Scan(std::string_view text) : text_(text) {}

    std::vector<Markup> run() {
        for (std::size_t begin = 0; begin < text_.size();) {
            std::size_t end = text_.find('\n', begin);
            if (end == text_.npos) end = text_.size();
            line(begin, end);
            begin = end + 1;
        }
        return std::move(found_);
    }

  private:
    void add(std::string_view kind, std::size_t begin, std::size_t end) {
        found_.push_back({kind, begin, end});
    }

    void line(std::size_t begin, std::size_t end) {
        std::size_t at = begin;
        while (at < end && is_blank(text_[at])) ++at;
        const std::string_view rest = text_.substr(at, end - at);
        if (rest.starts_with("```") || rest.starts_with("~~~")) {
            add("code fence", at, at + 3);
            in_fence_ = !in_fence_;
            return;
        }
        if (in_fence_) return;
        const std::size_t hashes = std::min(rest.find_first_not_of('#'), rest.size());
        if (hashes >= 1 && hashes <= 6 && hashes < rest.size() && is_blank(rest[hashes])) {
            add("heading", at, end);
        } else if (rest.starts_with("> ")) {
            add("quote", at, at + 2);
        } else if (is_table_rule(rest)) {
            add("table", at, end);
        } else if (rest.size() >= 3 && rest.find_first_not_of(rest[0]) == rest.npos &&
                   (rest[0] == '-' || rest[0] == '*' || rest[0] == '_')) {
            add("rule", at, end);
        }
        inside(at, end);
    }

    /// "| --- | :-: |": what makes a table of the lines around it.
    static bool is_table_rule(std::string_view line) {
        return line.find("---") != line.npos && line.find('|') != line.npos &&
               line.find_first_not_of("|-: \t\r") == line.npos;
    }

    void inside(std::size_t at, std::size_t end) {
        while (true) {
            // What a piece of markup inside a line begins with.
            at = find_any<'<', '&', '`', '*', '_', '['>(text_.substr(0, end), at);
            if (at >= end) return;
            const std::string_view rest = text_.substr(at, end - at);
            std::size_t to = 0;
            std::string_view kind;
            switch (text_[at]) {
                case '<':
                    if ((to = tag_end(text_, at))) kind = "HTML tag";
                    break;
                case '&':
                    if ((to = reference_end(text_, at))) kind = "HTML character reference";
                    break;
                case '`':
                    if (const std::size_t close = rest.find('`', 1);
                        close != rest.npos && close > 1) {
                        to = at + close + 1;
                        kind = "code";
                    }
                    break;
                case '*':
                case '_':
                    to = bold_end(at, end);
                    kind = "bold";
                    break;
                case '[':
                    to = link_end(at, end);
                    kind = at > 0 && text_[at - 1] == '!' ? "image" : "link";
                    break;
                default:
                    break;
            }
            if (to > at) {
                add(kind, at, to);
                at = to;
            } else {
                ++at;
            }
        }
    }

    /// **words** or __words__, tight against the words; 0 if it is none.
    std::size_t bold_end(std::size_t at, std::size_t end) const {
        const std::string_view mark = text_.substr(at, 2);
        if (mark.size() < 2 || mark[0] != mark[1] || at + 4 >= end) return 0;
        if (is_blank(text_[at + 2]) || text_[at + 2] == mark[0]) return 0;
        if (at > 0 && std::isalnum(static_cast<unsigned char>(text_[at - 1]))) return 0;  // 2**3**2
        const std::size_t close = text_.substr(0, end).find(mark, at + 2);
        return close == text_.npos || is_blank(text_[close - 1]) ? 0 : close + 2;
    }

    /// [words](address); 0 if it is none.
    std::size_t link_end(std::size_t at, std::size_t end) {
        const std::string_view line = text_.substr(0, end);
        const std::size_t close = find_any<'[', ']'>(line, at + 1);
        if (close == end || line[close] == '[' || !line.substr(close).starts_with("](")) {
            return 0;
        }
        // Where an address ends is looked for once: places are asked for from left to right.
        if (stop_ < close + 2) stop_ = find_any<')', ' '>(line, close + 2);
        return stop_ == end || line[stop_] == ' ' ? 0 : stop_ + 1;
    }

    std::string_view text_;
    std::vector<Markup> found_;
    bool in_fence_ = false;
    std::size_t stop_ = 0;  ///< The first ) or blank, or the end of the line, behind a place.
};

}  // namespace

std::vector<Markup> markup_of(std::string_view text) {
    return Scan(text).run();
}

}  // namespace plimsoll::evaluate
