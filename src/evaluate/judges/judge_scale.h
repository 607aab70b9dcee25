/// judge_scale.h: what a judge may answer with, and which score each answer is.
///
///   binary    pass, fail                        1, 0
///   graded    a whole number from 1 to 5, say   (answer - lowest) / (highest - lowest)
///   classes   supported, partly, unsupported    as the team wrote: 1, 0.5, 0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace plimsoll::evaluate {

/// One answer and its score, in [0, 1].
struct JudgeClass {
    std::string name;
    double score = 0;
    bool operator==(const JudgeClass&) const = default;
};

struct JudgeScale {
    enum class Kind : std::uint8_t { binary, graded, classes };
    Kind kind = Kind::binary;
    std::vector<JudgeClass> classes;  ///< Every answer there is; those of graded are numerals.

    static JudgeScale binary();
    /// lowest < highest, at most graded_span_max apart.
    static JudgeScale graded(std::int64_t lowest, std::int64_t highest);
    /// At least two, names unlike each other whatever their case.
    static JudgeScale of_classes(std::vector<JudgeClass> classes);

    /// The answer that `word` is, without regard to case; nullptr if it is not on the scale.
    const JudgeClass* find(std::string_view word) const;
    /// The same for JSON: also 4 and 4.0 on a graded scale, true and 1 for pass.
    const JudgeClass* find(json::Value answer) const;

    /// `"pass" or "fail"`, `a whole number from 1 to 5`: for the instructions.
    std::string says() const;
    /// JSON Schema of a reply, in the subset that structured output of every provider knows.
    std::string output_schema() const;
    bool operator==(const JudgeScale&) const = default;
};

inline constexpr std::int64_t graded_span_max = 100;

std::string_view to_word(JudgeScale::Kind kind);  ///< "binary", "graded", "classes"

}  // namespace plimsoll::evaluate
