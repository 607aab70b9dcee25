#include "store/facts_contexts.h"

namespace plimsoll::store {

std::string context_names() {
    std::string names;
    for (const ContextColumn& column : context_columns) {
        if (!names.empty()) names += ", ";
        names += "contexts." + std::string(column.name);
    }
    return names;
}

ContextVersions read_context(const DuckAnswer& answer, std::size_t column) {
    ContextVersions versions;
    for (const ContextColumn& each : context_columns) versions.*each.value = answer.text(column++);
    return versions;
}

Result<std::unordered_map<std::uint32_t, ContextVersions>> read_contexts(
    DuckConnection& connection) {
    auto answer = connection.ask("SELECT id, " + context_names() + " FROM contexts");
    if (!answer) return answer.error();
    std::unordered_map<std::uint32_t, ContextVersions> contexts;
    while (answer->next()) contexts[answer->get<std::uint32_t>(0)] = read_context(*answer, 1);
    return contexts;
}

}  // namespace plimsoll::store
