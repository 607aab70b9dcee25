/// budget.h: verdicts on a quantity that only grows while an interaction goes on: time, cost,
/// tokens.
///
/// Within the budget is 1, over it 0: a team writes down where it starts to matter. Of a trace that
/// never became whole only "over" is sure; "within" would be a verdict on the part that is missing.
#pragma once

#include <string>

#include <fmt/format.h>

#include "evaluate/verdict.h"
#include "interaction/interaction.h"

namespace plimsoll::evaluate {

/// `explanation` is said when it is over: "Took 5210 ms; the budget is 2000 ms."
inline Verdict within_budget(const Interaction& interaction, double spent, double budget,
                             std::string explanation) {
    if (spent > budget) return Verdict::fail(std::move(explanation));
    if (interaction.incomplete) {
        return Verdict::unscored(Reason::incomplete, "Within the budget as far as spans came.");
    }
    return Verdict::pass();
}

}  // namespace plimsoll::evaluate
