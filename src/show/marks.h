/// marks.h: the pieces of an interaction's text that a verdict is about, and where they stand.
///
///   ScoreFact ──ask the evaluator again──▶ marks of the answer, of a call ──▶ step, message, part
///
/// Marks are not stored: the same text gives the same marks again, as long as the evaluator that
/// scored it is still configured. A judge's verdict has none.
#pragma once

#include <string>
#include <vector>

#include "evaluate/scorecard.h"
#include "record/facts.h"

namespace plimsoll::show {

struct PlacedMark {
    SpanId step;
    std::size_t message = 0;  ///< Index into its output.
    std::size_t part = 0;     ///< Index into the message's parts.
    std::size_t begin = 0;    ///< Bytes [begin, end) of the part: its text, or a call's arguments.
    std::size_t end = 0;
    std::string why;
};

/// What the evaluator of `score` marks in `interaction`; none if that version of it is gone.
std::vector<PlacedMark> marks_of(const evaluate::Scorecard* scorecard,
                                 const record::ScoreFact& score, const Interaction& interaction);

}  // namespace plimsoll::show
