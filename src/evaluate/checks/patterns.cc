#include "evaluate/checks/patterns.h"

#include <fmt/format.h>

#include "evaluate/parameters.h"

namespace plimsoll::evaluate {

std::variant<std::vector<Pattern>, BadParameter> read_patterns(json::Value params) {
    ParameterReader read(params);
    const std::vector<std::string> expressions = read.texts("patterns");
    const bool ignore_case = read.flag("ignore_case", false);
    if (read.wrong()) return *read.wrong();
    std::vector<Pattern> patterns;
    for (const std::string& expression : expressions) {
        auto pattern = Pattern::compile(expression, ignore_case);
        if (!pattern) {
            return BadParameter{fmt::format("patterns[{}]", patterns.size()), pattern.error().what};
        }
        patterns.push_back(std::move(*pattern));
    }
    return patterns;
}

std::vector<Parameter> pattern_parameters(std::string_view says, std::string_view example) {
    return {
        {"patterns", says, example, true},
        {"ignore_case", "Whether capital and small letters are alike. Default: false.", "true"}};
}

}  // namespace plimsoll::evaluate
