#include "app/trust_parts.h"

namespace plimsoll::app {

std::vector<analyse::EvaluatorName> evaluators_of(const evaluate::Scorecard& scorecard) {
    std::vector<analyse::EvaluatorName> names;
    for (const auto& dimension : scorecard.dimensions) {
        for (const auto& check : dimension.evaluators)
            names.push_back({dimension.name, check.name, "check", check.version, ""});
        for (const auto& judge : dimension.judges)
            names.push_back({dimension.name, judge.name, "judge", "",
                             evaluate::rubric_version(*judge.judge)});
    }
    return names;
}

}  // namespace plimsoll::app
