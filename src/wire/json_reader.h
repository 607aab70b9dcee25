/// json_reader.h: JSON read once, front to back, by someone who knows what comes.
///
///     JsonReader in(text);
///     in.object([&](std::string_view key) {           // every member, in the order of the text
///         if (key == "name") name = in.string();      // its value must be read …
///         else in.skip();                             // … or skipped
///     });
///
/// Keeps no tree: what a request holds in memory is its text and what its reader makes of it,
/// however many brackets and commas a sender packs into it (A05). Strict (RFC 8259) but for two
/// things that senders cannot help: bytes that are not UTF-8, and halves of surrogate pairs, which
/// SDKs leave when they cut a text. Both become U+FFFD and are counted.
///
/// Text that is not JSON throws BrokenJson.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::wire {

struct BrokenJson {
    std::size_t at;    ///< Byte where reading stopped.
    const char* what;  ///< "a string without end"
};

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object, end };

class JsonReader {
  public:
    /// The text must outlive the reader. A byte order mark in front is passed over.
    explicit JsonReader(std::string_view text);

    /// What comes next, blanks passed over. Decides by the first byte alone.
    JsonKind kind();

    /// Calls `member(key)` for each member; it must read or skip the value. The key lives until the
    /// next string is read.
    template <class Member>
    void object(Member&& member) {
        if (!open('{', '}')) return;
        do {
            const std::string_view key = string();
            expect(':', "a member without a colon");
            member(key);
        } while (another('}'));
    }

    /// Calls `element()` for each element; it must read or skip it.
    template <class Element>
    void array(Element&& element) {
        if (!open('[', ']')) return;
        do {
            element();
        } while (another(']'));
    }

    /// Unescaped and UTF-8; may hold NUL. Lives until the next string is read.
    std::string_view string();

    /// The number as it is written: digits, perhaps with sign, fraction and exponent.
    std::string_view number();

    bool boolean();
    void null();

    /// Any value, checked, to any depth, without recursion.
    void skip();

    std::size_t repaired() const { return repaired_; }
    std::size_t at() const { return static_cast<std::size_t>(next_ - begin_); }
    [[noreturn]] void fail(const char* what) const { throw BrokenJson{at(), what}; }

  private:
    // Between values: short, and run for every brace, comma and colon.

    /// The next byte that is not blank, still to be read; NUL at the end, where no JSON has one.
    char peek() {
        while (next_ != end_ && is_blank(*next_)) ++next_;
        return next_ == end_ ? '\0' : *next_;
    }
    static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    void expect(char wanted, const char* otherwise) {
        if (peek() != wanted || next_ == end_) fail(otherwise);
        ++next_;
    }

    /// False if the container is empty and has been read.
    bool open(char open, char close) {
        expect(open, open == '{' ? "no object where one is due" : "no array where one is due");
        if (peek() != close) return true;
        ++next_;
        return false;
    }

    bool another(char close) {
        const char found = peek();
        if (found != ',' && found != close) fail("neither a comma nor an end after a value");
        ++next_;
        return found == ',';
    }

    void word(std::string_view wanted);
    void escape();
    std::uint32_t hex4();

    const char* const begin_;
    const char* next_;
    const char* const end_;
    std::string scratch_;     ///< The last string, if it could not be a view of the text.
    std::vector<bool> open_;  ///< For skip(): true for an object.
    bool half_pair_ = false;  ///< Met in the string being read.
    std::size_t repaired_ = 0;
};

}  // namespace plimsoll::wire
