#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/utf8.h"
#include "evaluate/json_schema/ecma_pattern.h"

namespace plimsoll::evaluate::schema {

namespace {

/// ECMA-262's WhiteSpace and LineTerminator, and everything else: RE2's \s knows ASCII only.
constexpr std::string_view space_ranges =
    R"(\x09-\x0d\x20\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view other_ranges =
    R"(\x00-\x08\x0e-\x1f\x21-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027})"
    R"(\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";

/// General categories by the long names that RE2 does not know.
constexpr std::pair<std::string_view, std::string_view> category_names[] = {
    {"Letter", "L"},
    {"Cased_Letter", "LC"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Line_Separator", "Zl"},
    {"Paragraph_Separator", "Zp"},
    {"Control", "Cc"},
    {"cntrl", "Cc"},
    {"Format", "Cf"},
    {"Private_Use", "Co"},
};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class Translator {
  public:
    explicit Translator(std::string_view expression) : in_(expression) {}

    Result<std::string> translate() {
        while (at_ < in_.size() && why_.empty()) step();
        if (!why_.empty()) return Error{why_};
        return std::move(out_);
    }

  private:
    void step() {
        const char c = in_[at_];
        if (c == '\\') return escape(false);
        if (c == '[') return character_class();
        if (c == '(') return group();
        ++at_;
        if (c == '.') {
            out_ += R"([^\n\r\x{2028}\x{2029}])";
        } else {
            out_ += c;  // RE2 means the same by it; UTF-8 goes through byte by byte.
        }
    }

    void group() {
        const std::string_view rest = in_.substr(at_);
        if (rest.starts_with("(?=") || rest.starts_with("(?!")) return fail("look-ahead");
        if (rest.starts_with("(?<=") || rest.starts_with("(?<!")) return fail("look-behind");
        if (rest.starts_with("(?<") || rest.starts_with("(?P<")) {
            const std::size_t end = rest.find('>');
            if (end == std::string_view::npos) return refuse("a group's name does not end");
            at_ += end + 1;
            out_ += "(?:";  // Nobody asks for what a group caught.
            return;
        }
        for (const std::string_view plain : {"(?:", "(?i:", "(?i)"}) {
            if (!rest.starts_with(plain)) continue;
            at_ += plain.size();
            out_ += plain;
            return;
        }
        if (rest.starts_with("(?")) return refuse("'(?' must be followed by ':' or '<name>'");
        ++at_;
        out_ += "(?:";
    }

    /// in_[at_] is '['.
    void character_class() {
        ++at_;
        const bool negated = at_ < in_.size() && in_[at_] == '^';
        if (negated) ++at_;
        if (at_ < in_.size() && in_[at_] == ']') {
            ++at_;  // [] is nothing and [^] everything; to RE2 the ']' would be a member.
            out_ += negated ? R"([\x00-\x{10ffff}])" : R"([^\x00-\x{10ffff}])";
            return;
        }
        out_ += negated ? "[^" : "[";
        while (at_ < in_.size() && in_[at_] != ']' && why_.empty()) {
            if (in_[at_] == '\\') {
                const char letter = at_ + 1 < in_.size() ? in_[at_ + 1] : '\0';
                escape(true);
                if (std::string_view("dDwWsSpP").find(letter) != std::string_view::npos) {
                    literal_minus();
                }
            } else {
                if (in_[at_] == '[') out_ += '\\';  // RE2 would look for [:alpha:].
                out_ += in_[at_++];
            }
        }
        if (why_.empty() && at_ == in_.size()) return refuse("'[' without its ']'");
        ++at_;
        out_ += ']';
    }

    /// [\s-x] has no range in it, but \s may be written out as ranges that end there.
    void literal_minus() {
        if (at_ + 1 >= in_.size() || in_[at_] != '-' || in_[at_ + 1] == ']') return;
        out_ += "\\-";
        ++at_;
    }

    /// in_[at_] is '\\'.
    void escape(bool in_class) {
        if (++at_ == in_.size()) return refuse("a lone \\ at the end");
        const char c = in_[at_++];
        switch (c) {
            case 'd':
            case 'D':
            case 'w':
            case 'W':
            case 't':
            case 'n':
            case 'v':
            case 'f':
            case 'r':
                (out_ += '\\') += c;
                return;
            case 's':
                return ranges(space_ranges, in_class);
            case 'S':
                return ranges(other_ranges, in_class);
            case 'b':
                out_ += in_class ? R"(\x08)" : R"(\b)";
                return;
            case 'B':
                if (in_class) return refuse(R"(\B inside of [])");
                out_ += R"(\B)";
                return;
            case 'c':
                return control();
            case 'x':
                return hex_escape();
            case 'u':
                return unicode_escape();
            case 'p':
            case 'P':
                return property(c, in_class);
            case 'k':
                return fail("a back-reference");
            default:
                break;
        }
        if (c == '0' && (at_ == in_.size() || !is_digit(in_[at_]))) {
            out_ += R"(\x00)";
        } else if (is_digit(c)) {
            if (in_class || c == '0') return refuse(fmt::format("\\{} is no escape", c));
            fail("a back-reference");
        } else if (is_letter(c)) {
            refuse(fmt::format("\\{} is no escape of ECMA-262", c));
        } else {
            if (static_cast<unsigned char>(c) < 0x80) out_ += '\\';
            out_ += c;
        }
    }

    void ranges(std::string_view ranges, bool in_class) {
        if (in_class) {
            out_ += ranges;
        } else {
            out_.append("[").append(ranges).append("]");
        }
    }

    void control() {
        if (at_ == in_.size() || !is_letter(in_[at_])) return refuse("\\c without its letter");
        character(static_cast<std::uint32_t>(in_[at_++]) % 32);
    }

    void hex_escape() {
        const auto point = hex(2);
        if (!point) return refuse("\\x without its two hex digits");
        character(*point);
    }

    void unicode_escape() {
        if (at_ < in_.size() && in_[at_] == '{') {
            const std::size_t end = in_.find('}', at_);
            std::uint32_t point = 0;
            const char* const first = in_.data() + at_ + 1;
            const char* const last = in_.data() + std::min(end, in_.size());
            const auto [stopped, error] = std::from_chars(first, last, point, 16);
            if (end == std::string_view::npos || error != std::errc{} || stopped != last ||
                point > 0x10FFFF) {
                return refuse("\\u{} without a code point");
            }
            at_ = end + 1;
            return character(point);
        }
        auto point = hex(4);
        if (!point) return refuse("\\u without its four hex digits");
        if (*point >= 0xD800 && *point < 0xDC00 && in_.substr(at_, 2) == "\\u") {
            at_ += 2;
            const auto low = hex(4);
            if (low && *low >= 0xDC00 && *low < 0xE000) {
                return character(0x10000 + ((*point - 0xD800) << 10) + (*low - 0xDC00));
            }
            at_ -= low ? 6 : 2;
        }
        character(*point);
    }

    /// \p{Letter}, \p{L}, \p{gc=L}, \p{Script=Greek}.
    void property(char p, bool in_class) {
        const std::size_t end = in_.find('}', at_);
        if (at_ == in_.size() || in_[at_] != '{' || end == std::string_view::npos) {
            return refuse("\\p without its name in {}");
        }
        std::string_view name = in_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        for (const std::string_view prefix :
             {"General_Category=", "gc=", "Script=", "sc=", "Script_Extensions=", "scx="}) {
            if (!name.starts_with(prefix)) continue;
            name.remove_prefix(prefix.size());
            break;
        }
        for (const auto& [full, abbreviated] : category_names) {
            if (name == full) name = abbreviated;
        }
        if (name == "ASCII") {
            ranges(p == 'p' ? R"(\x00-\x7f)" : R"(\x{80}-\x{10ffff})", in_class);
        } else {
            out_ += fmt::format("\\{}{{{}}}", p, name);
        }
    }

    std::optional<std::uint32_t> hex(std::size_t digits) {
        if (at_ + digits > in_.size() || in_[at_] == '-') return std::nullopt;
        std::uint32_t value = 0;
        const char* const end = in_.data() + at_ + digits;
        const auto [stopped, error] = std::from_chars(in_.data() + at_, end, value, 16);
        if (error != std::errc{} || stopped != end) return std::nullopt;
        at_ += digits;
        return value;
    }

    void character(std::uint32_t point) {
        // A text of ours holds no lone surrogate, so one in an expression matches nothing of it.
        if (point >= 0xD800 && point < 0xE000) return refuse("a lone surrogate");
        out_ += fmt::format("\\x{{{:x}}}", point);
    }

    void refuse(std::string why) { why_ = std::move(why); }
    void fail(std::string_view what) {
        refuse(fmt::format("{} cannot be had in linear time", what));
    }

    const std::string_view in_;
    std::size_t at_ = 0;
    std::string out_;
    std::string why_;
};

}  // namespace

Result<std::string> in_re2_syntax(std::string_view expression) {
    return Translator(expression).translate();
}

}  // namespace plimsoll::evaluate::schema
