/// pattern.h: a regular expression that a user wrote. RE2: time grows with the text, never faster,
/// whatever the expression (A16). RE2 stays behind pattern.cc.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace plimsoll::evaluate {

struct Found {
    std::size_t begin = 0;  ///< Bytes [begin, end) of the text.
    std::size_t end = 0;
};

/// Immutable: any thread may ask.
class Pattern {
  public:
    /// The Error says what is wrong with the expression, and where.
    static Result<Pattern> compile(const std::string& expression, bool ignore_case);

    /// The first place that matches; nullopt if there is none.
    std::optional<Found> find(std::string_view text) const;
    const std::string& expression() const { return expression_; }

    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

  private:
    struct Compiled;
    Pattern(std::string expression, std::unique_ptr<Compiled> compiled);

    std::string expression_;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace plimsoll::evaluate
