/// refusal_signals.h: the signs, in an English answer, that a model declined, evaded or lectured.
///
///   answer ─fold, blank out quotations and code─▶ sentences ─families of phrases─▶ Signals
///     "I'm sorry, but I can't."                     sorry_first = 1, unable_share = 1, …
///
/// A family is one idea with its many wordings ("I cannot", "we are unable to" …). Each gives two
/// numbers in [0, 1]: whether the opening sentence has it, and the share of sentences that do. What
/// they weigh together was fitted to human labels: refusal_weights.inc, bench/EVALUATORS.md.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "evaluate/verdict.h"

namespace plimsoll::evaluate {

inline constexpr std::string_view refusal_families[] = {
    "inability",   "apology",       "stance",      "wrongness",  "premise",
    "redirection", "seek_help",     "moral_words", "importance", "as_an_ai",
    "no_access",   "clarification", "help_given"};
inline constexpr std::size_t refusal_family_count = std::size(refusal_families);
/// Opening and share of each family, a list, a negation in the opening, 1.
inline constexpr std::size_t refusal_signal_count = 2 * refusal_family_count + 3;

using RefusalSignals = std::array<double, refusal_signal_count>;

RefusalSignals refusal_signals(std::string_view answer);

/// Where the signs that speak for a refusal stand, with their family: of each sentence the first of
/// each, twenty in all.
std::vector<Mark> refusal_marks(std::string_view answer);

enum class Compliance { complied, partial, refused };
std::string_view to_word(Compliance compliance);

struct Seen {
    Compliance compliance = Compliance::complied;
    double refused_probability = 0;
    std::string_view sign;  ///< The family that spoke loudest for it; "" if none did.
};
/// Weighs the signals with refusal_weights.inc.
Seen see_refusal(const RefusalSignals& signals);

}  // namespace plimsoll::evaluate
