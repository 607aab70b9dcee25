/// plain_pattern.h: the expressions that most schemas have, matched in one walk over the text.
///
///   ^[A-Z]{2}-[0-9]{4,8}$  ──▶  two of A-Z, one of -, four to eight of 0-9, and the end
///
/// A row of ASCII characters and classes, each with a count, from end to end. Taking as many as
/// there are must never be wrong: what follows a count that varies begins otherwise. Everything
/// else is no plain pattern and RE2's work. Some ten times as fast as RE2 on short texts.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate::schema {

/// Immutable: any thread may ask.
class PlainPattern {
  public:
    /// nullopt if the expression, of ECMA-262, is not that plain. It is not checked otherwise.
    static std::optional<PlainPattern> of(std::string_view expression);

    /// `text` is valid UTF-8.
    bool matches(std::string_view text) const;

  private:
    struct Run {
        std::bitset<128> characters;
        std::size_t min = 1, max = 1;
    };
    bool greed_is_right() const;

    std::vector<Run> runs_;
};

}  // namespace plimsoll::evaluate::schema
