#include "evaluate/checks/turn_signs.h"

#include <algorithm>

#include "base/json.h"
#include "evaluate/tool_calls/exchanges.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// The ledger of Magentic-One and its kin: {"is_progress_being_made": {"answer": false, …}, …}.
bool says_nothing_moves(std::string_view text) {
    const std::size_t begin = text.find('{');
    if (begin == text.npos || text.find("is_progress_being_made") == text.npos) return false;
    const std::size_t end = text.rfind('}');
    if (end == text.npos || end < begin) return false;
    const auto ledger = json::Document::parse(text.substr(begin, end + 1 - begin));
    if (!ledger) return false;
    const auto answer = [&](std::string_view question) -> std::optional<bool> {
        const auto entry = ledger->root().find(question);
        const auto given = entry ? entry->find("answer") : std::nullopt;
        return given ? given->as_boolean() : std::nullopt;
    };
    return answer("is_progress_being_made") == false || answer("is_in_loop") == true;
}

}  // namespace

std::vector<std::string> usual_routers() {
    return {"orchestrator", "manager", "supervisor", "planner", "router"};
}

bool is_router(std::string_view agent, const std::vector<std::string>& routers) {
    const std::string name = folded(agent);
    return std::ranges::any_of(
        routers, [&](const std::string& word) { return name.find(folded(word)) != name.npos; });
}

std::optional<SignOfFailure> first_sign_of_failure(const Interaction& interaction,
                                                   const std::vector<std::string>& routers) {
    std::optional<SignOfFailure> last;  // The last turn of an agent that works.
    std::size_t turns = 0;
    for (std::size_t i = 0; i < interaction.steps.size(); ++i) {
        const Step& step = interaction.steps[i];
        if (step.kind == StepKind::tool_call) {
            if (!step.failed && !tells_failure(step.tool_result)) continue;
            if (!last) continue;
            last->evidence = step.error_message.empty() ? step.tool_result : step.error_message;
            return last;
        }
        if (step.agent.empty() || step.output.empty()) continue;
        ++turns;
        if (!is_router(step.agent, routers)) {
            last = SignOfFailure{.step = i, .turn = turns, .evidence = {}};
            continue;
        }
        if (!last) continue;
        for (const Message& message : step.output) {
            for (const Part& part : message.parts) {
                if (!says_nothing_moves(part.text)) continue;
                last->evidence = part.text;
                return last;
            }
        }
    }
    return std::nullopt;
}

}  // namespace plimsoll::evaluate
