/// judged.h: for tests: a check, its parameters and an interaction in, what comes out as one line.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "evaluate/check.h"

namespace plimsoll::evaluate {

/// "1", "0.5: explanation", "unscored truncated: explanation", "refused ms_max: why".
inline std::string judged(const Check& check, std::string_view params,
                          const Interaction& interaction, const Files& files = NoFiles()) {
    const auto document = json::Document::parse(params);
    const auto configured = configure(check, document->root(), files);
    if (const auto* bad = std::get_if<BadParameter>(&configured)) {
        return fmt::format("refused {}: {}", bad->parameter, bad->why);
    }
    const Verdict verdict = std::get<0>(configured)->verdict(interaction);
    std::string line = verdict.score()
                           ? fmt::format("{:.3g}", verdict.score()->value())
                           : fmt::format("unscored {}", to_word(verdict.unscored()->reason));
    return verdict.explanation.empty() ? line : line + ": " + verdict.explanation;
}

inline std::string judged(const Check& check, std::string_view params, std::string_view interaction,
                          const Files& files = NoFiles()) {
    return judged(check, params, example_interaction(interaction), files);
}

}  // namespace plimsoll::evaluate
