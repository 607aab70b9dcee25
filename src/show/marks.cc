#include "show/marks.h"

#include <algorithm>
#include <exception>

#include "evaluate/checks/call_fault.h"
#include "evaluate/checks/checks.h"

namespace plimsoll::show {

namespace {

const evaluate::Evaluator* evaluator_of(const evaluate::Scorecard& scorecard,
                                        const record::ScoreFact& score) {
    for (const evaluate::Dimension& dimension : scorecard.dimensions) {
        if (dimension.name != score.dimension) continue;
        const auto found = std::ranges::find_if(dimension.evaluators, [&](const auto& evaluator) {
            return evaluator.name == score.evaluator && evaluator.version == score.version &&
                   evaluator.configured;
        });
        if (found != dimension.evaluators.end()) return &*found;
    }
    return nullptr;
}

/// A fault in the arguments of a tool call.
void place_fault(const Interaction& interaction, const evaluate::CallFault& fault,
                 std::vector<PlacedMark>& placed) {
    for (const Step& step : interaction.steps) {
        for (std::size_t m = 0; m < step.output.size(); ++m) {
            const auto& parts = step.output[m].parts;
            for (std::size_t p = 0; p < parts.size(); ++p) {
                if (&parts[p] != fault.call) continue;
                placed.push_back({step.id, m, p, fault.begin, fault.end, fault.why});
            }
        }
    }
}

/// A mark in a message's text, which is its text parts joined by line breaks: a piece in each part
/// that it touches.
void place_in(const Step& step, std::size_t m, const Mark& mark, std::vector<PlacedMark>& placed) {
    std::size_t at = 0;  // Of the part in the message's text.
    for (std::size_t p = 0; p < step.output[m].parts.size(); ++p) {
        const Part& part = step.output[m].parts[p];
        if (part.kind != PartKind::text || part.text.empty()) continue;
        const std::size_t begin = std::max(mark.begin, at);
        const std::size_t end = std::min(mark.end, at + part.text.size());
        if (begin < end) placed.push_back({step.id, m, p, begin - at, end - at, mark.why});
        at += part.text.size() + 1;
    }
}

/// A mark in the answer: wherever it stands, since a model call and the agent around it both have
/// it.
void place_answer(const Interaction& interaction, const Mark& mark,
                  std::vector<PlacedMark>& placed) {
    for (const Step& step : interaction.steps) {
        for (std::size_t m = 0; m < step.output.size(); ++m) {
            if (step.output[m].text() == interaction.answer) place_in(step, m, mark, placed);
        }
    }
}

}  // namespace

std::vector<PlacedMark> marks_of(const evaluate::Scorecard* scorecard,
                                 const record::ScoreFact& score, const Interaction& interaction) {
    std::vector<PlacedMark> placed;
    const auto* evaluator = scorecard ? evaluator_of(*scorecard, score) : nullptr;
    if (!evaluator || evaluate::left_out(evaluator->where, interaction)) return placed;
    try {
        if (evaluator->check == &evaluate::tool_call_well_formed) {
            for (const auto& fault : evaluate::call_faults(interaction)) {
                place_fault(interaction, fault, placed);
            }
        }
        for (const Mark& mark : evaluator->configured->verdict(interaction).marks) {
            place_answer(interaction, mark, placed);
        }
    } catch (const std::exception&) {
        placed.clear();  // Its verdict says that it failed.
    }
    return placed;
}

}  // namespace plimsoll::show
