/// verdict.h: what an evaluator says of an interaction: a Score, or that there is none and why.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plimsoll {

/// A number in [0, 1]; 1 is good. Score::of is the only way to one.
class Score {
  public:
    /// `value` must be in [0, 1] (asserted: an evaluator that breaks this is a bug of ours).
    static Score of(double value) {
        assert(value >= 0.0 && value <= 1.0);
        return Score(value);
    }
    static Score pass() { return Score(1.0); }
    static Score fail() { return Score(0.0); }
    static Score pass_if(bool condition) { return condition ? pass() : fail(); }

    double value() const { return value_; }
    auto operator<=>(const Score&) const = default;

  private:
    explicit Score(double value) : value_(value) {}
    double value_;
};

/// Why there is no score.
enum class Reason : std::uint8_t {
    not_applicable,     ///< The check has nothing to look at by design: no tool was called, say.
    missing_content,    ///< The sender left out what the check reads.
    truncated,          ///< The text was cut on the way, so a verdict on it would be about the cut.
    incomplete,         ///< The trace never became whole.
    unparsable,         ///< What the check needs (a tool's schema, say) could not be read.
    too_large,          ///< Over a limit of the check.
    fault,              ///< The check itself failed; reported as ours.
    judge_refused,      ///< The judge's model declined to judge.
    judge_unreadable,   ///< Its reply was malformed, cut, off the scale or against itself.
    judge_unreachable,  ///< Its server was not reached, or answered with an error.
    timed_out,          ///< No whole reply within the judge's deadline.
};
inline constexpr std::size_t reason_count = 11;

std::string_view to_word(Reason reason);  ///< "not_applicable", …

struct Unscored {
    Reason reason;
    bool operator==(const Unscored&) const = default;
};

/// A piece of the output that a verdict is about: bytes [begin, end) of it, and why, in a few
/// words.
struct Mark {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string why;
    bool operator==(const Mark&) const = default;
};

struct Verdict {
    std::variant<Score, Unscored> outcome;
    /// One sentence a person can check: "$.items[2].price: expected number, found string".
    /// "" where a passing score says it all.
    std::string explanation;
    /// In the order of the output; few evaluators give any. Not stored: the same output gives the
    /// same marks again.
    std::vector<Mark> marks = {};

    static Verdict pass(std::string explanation = "") {
        return {Score::pass(), std::move(explanation)};
    }
    static Verdict fail(std::string explanation) { return {Score::fail(), std::move(explanation)}; }
    static Verdict unscored(Reason reason, std::string explanation = "") {
        return {Unscored{reason}, std::move(explanation)};
    }
    const Score* score() const { return std::get_if<Score>(&outcome); }
    const Unscored* unscored() const { return std::get_if<Unscored>(&outcome); }
};

}  // namespace plimsoll
