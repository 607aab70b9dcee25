/// ecma_pattern.h: a regular expression in the dialect of ECMA-262 with Unicode semantics, run by
/// RE2: time grows with the text, never faster, whatever the expression (A16).
///
///   ECMA-262 ──in_re2_syntax──▶ RE2 syntax, where \s, ., \uXXXX, [^], … mean what they mean there
///
/// What linear time cannot give (look-around, back-references) is refused with that reason.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace plimsoll::evaluate::schema {

/// Immutable: any thread may ask.
class EcmaPattern {
  public:
    /// The Error says what in the expression cannot be had.
    static Result<EcmaPattern> compile(std::string_view expression);

    /// Anywhere in the text; expressions anchor themselves.
    bool matches(std::string_view text) const;

    /// Instructions it takes, and memory in proportion.
    std::uint64_t program_size() const;

    /// Steps that matching a text may cost at worst (see SchemaLimits::work_max).
    std::uint64_t work(std::size_t text_bytes) const {
        return 1 + text_bytes * program_size() / 32;
    }

    const std::string& expression() const { return expression_; }

    EcmaPattern(EcmaPattern&&) noexcept;
    EcmaPattern& operator=(EcmaPattern&&) noexcept;
    ~EcmaPattern();

  private:
    struct Compiled;
    EcmaPattern(std::string expression, std::unique_ptr<const Compiled> compiled);

    std::string expression_;
    std::unique_ptr<const Compiled> compiled_;
};

/// Exposed for its test.
Result<std::string> in_re2_syntax(std::string_view expression);

}  // namespace plimsoll::evaluate::schema
