#include "evaluate/check.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "evaluate/checks/checks.h"

namespace plimsoll::evaluate {

ConfigureResult configure(const Check& check, json::Value params, const Files& files) {
    for (const json::Member member : params.members()) {
        const bool known =
            std::any_of(check.takes.begin(), check.takes.end(),
                        [&](const Parameter& parameter) { return parameter.name == member.key; });
        if (known) continue;
        std::vector<std::string_view> names;
        for (const Parameter& parameter : check.takes) names.push_back(parameter.name);
        return BadParameter{std::string(member.key),
                            names.empty() ? fmt::format("{} takes no parameters", check.name)
                                          : fmt::format("{} does not take it; it takes {}",
                                                        check.name, fmt::join(names, ", "))};
    }
    for (const Parameter& parameter : check.takes) {
        if (!parameter.required || params.find(parameter.name)) continue;
        return BadParameter{
            "", fmt::format("{} needs `{}`. {} Example: {}: {}", check.name, parameter.name,
                            parameter.says, parameter.name, parameter.example)};
    }
    return check.configure(params, files);
}

Result<std::string> NoFiles::read(std::string_view path) const {
    return Error{fmt::format("read {}: there are no files here", path)};
}

const Check* find_check(std::string_view name) {
    for (const Check* check : all_checks) {
        if (check->name == name) return check;
    }
    return nullptr;
}

}  // namespace plimsoll::evaluate
