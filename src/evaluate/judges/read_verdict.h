/// read_verdict.h: a judge's reply becomes a verdict, or none with a reason. Never a guess.
///
///   read, in this order                            not read
///   {"reason":…,"verdict":…}  all of the reply     two verdicts that differ
///   the same in a fence, or between words          a verdict off the scale: 6 of 5, "maybe", 3.5
///   a line "Score: 4/5", "**Verdict:** pass"       one that only repeats a text under judgement
///   the bare answer: "pass"                        what the server calls cut or refused
#pragma once

#include <string>
#include <string_view>

#include "evaluate/judges/judge_reply.h"
#include "evaluate/judges/judge_scale.h"
#include "evaluate/verdict.h"

namespace plimsoll::evaluate {

struct ReadVerdict {
    Verdict verdict;     ///< Its explanation: the judge's reason, or why there is no score.
    std::string chosen;  ///< The answer on the scale: "pass", "4"; "" if unscored.
};

/// `content`: all data that the judge was shown. A verdict that stands in it letter for letter was
/// written by whoever is judged, however it came into the reply, and is not believed.
ReadVerdict read_verdict(const JudgeScale& scale, const JudgeReply& reply,
                         std::string_view content);

inline constexpr std::size_t reply_bytes_max = 256 * 1024;  ///< Longer texts are not read.
inline constexpr std::size_t reason_characters_max = 2'000;

}  // namespace plimsoll::evaluate
