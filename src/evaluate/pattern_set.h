/// pattern_set.h: many regular expressions of ours looked for in one pass: where each of them ends.
///
///   "we cannot help"  ──▶  {pattern 3, end 9}, {pattern 7, end 14}
///
/// For expressions in our source, not a user's: compiling costs milliseconds each and an expression
/// that cannot be compiled throws. Text is read as bytes, so "." is one byte; \w and \b are ASCII.
/// append_bytewise() makes every character one byte, so that counted repeats count characters.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

/// Immutable: any thread may ask.
class PatternSet {
  public:
    explicit PatternSet(std::span<const char* const> expressions);
    ~PatternSet();
    PatternSet(const PatternSet&) = delete;
    PatternSet& operator=(const PatternSet&) = delete;

    struct End {
        std::uint32_t pattern;  ///< Index of the expression.
        std::uint32_t end;      ///< Byte of the text behind a match.
    };
    /// Every place where one ends, of the first 4 GiB; no order is promised.
    std::vector<End> ends(std::string_view text) const;

  private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

/// Appends `text` with 0x80 for each character that is not ASCII, and a line break for each byte
/// that is no character.
void append_bytewise(std::string& bytes, std::string_view text);

}  // namespace plimsoll::evaluate
