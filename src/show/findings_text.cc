#include "show/findings_text.h"

#include <map>
#include <vector>

#include <fmt/format.h>

#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::show {

namespace {

constexpr std::size_t text_max = 400, not_yet_shown = 10;

std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), text_max) : "";
}

bool flag(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found && found->as_boolean().value_or(false);
}

std::string state(json::Value finding) {
    if (!text(finding, "ended").empty()) return "over";
    if (flag(finding, "pages")) return "pages";
    return flag(finding, "worse") ? "worse" : "better";
}

std::string line(json::Value finding) {
    return fmt::format("{}  {:6}  {}\n", text(finding, "id"), state(finding),
                       text(finding, "says"));
}

std::string not_yet(json::Value answer) {
    const auto list = answer.find("not_yet");
    if (!list || list->size() == 0) return "";
    TextTable table(
        {"cannot be watched yet", "evaluator", "service", "slice", "sessions", "ready"});
    std::size_t shown = 0;
    for (const json::Value one : list->elements()) {
        if (shown++ == not_yet_shown) break;
        const std::string attribute = text(one, "attribute"), ready = text(one, "ready");
        const auto sessions = one.find("sessions");
        table.add({text(one, "dimension"), text(one, "evaluator"), text(one, "service"),
                   attribute.empty() ? "all" : attribute + "=" + text(one, "value"),
                   fmt::format("{:.0f}", sessions ? sessions->as_number().value_or(0) : 0),
                   ready.empty() ? "too few sessions" : ready.substr(0, 10)});
    }
    std::string said = "\n" + table.text();
    if (list->size() > not_yet_shown)
        said += fmt::format("and {} more: --json\n", list->size() - not_yet_shown);
    return said;
}

}  // namespace

std::string findings_text(json::Value answer) {
    const auto watched = answer.find("watched");
    std::string said = fmt::format("{:.0f} series watched until {} UTC.\n",
                                   watched ? watched->as_number().value_or(0) : 0,
                                   text(answer, "until").substr(0, 16));
    const auto findings = answer.find("findings");
    if (!findings || findings->size() == 0) return said + "Nothing changed.\n" + not_yet(answer);
    std::map<std::string, std::string> followers;  // By leader.
    for (const json::Value one : findings->elements())
        if (const std::string leader = text(one, "leader"); !leader.empty())
            followers[leader] += "    " + line(one);
    for (const json::Value one : findings->elements())
        if (text(one, "leader").empty()) said += "\n" + line(one) + followers[text(one, "id")];
    return said + not_yet(answer);
}

}  // namespace plimsoll::show
