#include "evaluate/scorecard.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

namespace plimsoll::evaluate {

namespace {

/// What `where` may name beside attributes.
std::string_view value_of(const Interaction& interaction, const std::string& name) {
    if (const auto found = interaction.attributes.find(name);
        found != interaction.attributes.end()) {
        return found->second;
    }
    if (name == "service") return interaction.service;
    if (name == "environment") return interaction.environment;
    if (name == "provider") return interaction.provider;
    if (name == "model") return interaction.versions.model;
    if (name == "prompt") return interaction.versions.prompt;
    return "";
}

Verdict ask(const Evaluator& evaluator, const Interaction& interaction) {
    if (auto out = left_out(evaluator.where, interaction)) return *out;
    try {
        return evaluator.configured->verdict(interaction);
    } catch (const std::exception& exception) {
        return Verdict::unscored(Reason::fault,
                                 fmt::format("{} failed: {}.", evaluator.name, exception.what()));
    }
}

}  // namespace

std::optional<Verdict> left_out(const std::map<std::string, std::string>& where,
                                const Interaction& interaction) {
    for (const auto& [name, wanted] : where) {
        if (value_of(interaction, name) != wanted) {
            return Verdict::unscored(Reason::not_applicable,
                                     fmt::format("Only where {} is {}.", name, wanted));
        }
    }
    return std::nullopt;
}

std::vector<Scored> Scorecard::score(const Interaction& interaction) const {
    std::size_t count = 0;
    for (const Dimension& dimension : dimensions) count += dimension.evaluators.size();
    std::vector<Scored> scored;
    scored.reserve(count);
    const bool recognised = interaction.recognised();
    for (std::uint32_t d = 0; d < dimensions.size(); ++d) {
        const auto& evaluators = dimensions[d].evaluators;
        for (std::uint32_t e = 0; e < evaluators.size(); ++e) {
            scored.push_back({d, e,
                              recognised ? ask(evaluators[e], interaction)
                                         : Verdict::unscored(Reason::not_applicable,
                                                             "Nothing here is work of a model.")});
        }
    }
    return scored;
}

}  // namespace plimsoll::evaluate
