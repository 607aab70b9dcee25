#include "show/alerts_text.h"

#include <array>

#include <fmt/format.h>

#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::show {

namespace {

std::string text(json::Value object, std::string_view key, std::size_t most = 120) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), most) : "";
}

std::string minute(json::Value object, std::string_view key) {
    return text(object, key).substr(0, 16);
}

}  // namespace

std::string alerts_text(json::Value answer) {
    TextTable table({"id", "state", "urgency", "opened", "asked", "headline"});
    std::string withheld;
    if (const auto alerts = answer.find("alerts"))
        for (const json::Value one : alerts->elements()) {
            const bool critical =
                one.find("critical") && one.find("critical")->as_boolean() == true;
            table.add({text(one, "id"), text(one, "state"),
                       text(one, "urgency") + (critical ? ", critical" : ""), minute(one, "opened"),
                       text(one, "asked"), text(one, "headline")});
        }
    if (const auto list = answer.find("withheld"))
        for (const json::Value one : list->elements()) {
            const auto finding = one.find("finding");
            const auto missing = one.find("labels_missing");
            withheld +=
                fmt::format("withheld: {}\n  {}{}\n", finding ? text(*finding, "says", 200) : "",
                            text(one, "why", 200),
                            missing && missing->is_number()
                                ? fmt::format("; about {:.0f} more labels may release it",
                                              *missing->as_number())
                                : "");
        }
    std::string said = table.text();
    if (!withheld.empty()) said += "\n" + withheld;
    return said;
}

std::string alert_text(json::Value answer) {
    std::string said = fmt::format("{}  {}, {}\n", text(answer, "id"), text(answer, "state"),
                                   text(answer, "urgency"));
    const auto story = answer.find("story").value_or(json::Value());
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> parts{
        {{"", "headline"},
         {"what", "what"},
         {"where", "where"},
         {"since", "since"},
         {"why", "why"},
         {"how sure", "how_sure"},
         {"who", "who"},
         {"to do", "to_do"},
         {"reproduce", "command"},
         {"page", "link"}}};
    for (const auto& [name, key] : parts)
        if (const std::string says = text(story, key, 600); !says.empty())
            said += fmt::format("{:<10} {}\n", name, says);
    if (const auto events = answer.find("events")) {
        said += "\n";
        for (const json::Value event : events->elements()) {
            const std::string by = text(event, "by");
            said += fmt::format("{}  {}{}: {}\n", minute(event, "time"), text(event, "step"),
                                by.empty() ? "" : " by " + by, text(event, "says", 300));
        }
    }
    return said;
}

}  // namespace plimsoll::show
