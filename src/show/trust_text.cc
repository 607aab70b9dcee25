#include "show/trust_text.h"

#include <vector>

#include <fmt/format.h>

#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::show {

namespace {

constexpr std::size_t events_shown = 10;

std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), 120) : "";
}

std::optional<double> number(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? found->as_number() : std::nullopt;
}

std::string figure(std::optional<double> value) {
    return value ? fmt::format("{:.2f}", *value) : "-";
}

/// "MCC 0.72 (0.51 to 0.83)"
std::string agreement(json::Value line) {
    const auto value = number(line, "value"), low = number(line, "low"),
               high = number(line, "high");
    if (!value) return "-";
    std::string said = fmt::format("{} {:.2f}", text(line, "name"), *value);
    if (low && high) said += fmt::format(" ({:.2f} to {:.2f})", *low, *high);
    return said;
}

std::string first_agreement(json::Value evaluator) {
    const auto figures = evaluator.find("figures");
    const auto lines = figures ? figures->find("agreement") : std::nullopt;
    return lines && lines->size() > 0 ? agreement(*lines->elements().begin()) : "-";
}

std::string labels(json::Value evaluator) {
    const auto figures = evaluator.find("figures");
    return fmt::format("{:.0f}", figures ? number(*figures, "compared").value_or(0) : 0);
}

std::string missing(json::Value evaluator) {
    const auto needed = evaluator.find("labels_needed");
    const auto likely = needed ? number(*needed, "likely") : std::nullopt;
    return likely ? fmt::format("{:.0f}", *likely) : "?";
}

std::string day(json::Value object, std::string_view key) {
    return text(object, key).substr(0, 10);
}

std::string slices(json::Value evaluator) {
    std::string said;
    const auto list = evaluator.find("slices");
    if (!list) return said;
    for (const json::Value slice : list->elements()) {
        const auto useless = slice.find("useless");
        if (!useless || !useless->as_boolean().value_or(false)) continue;
        const auto line = slice.find("agreement");
        said += fmt::format("{} is useless where {} is {}: {}, {:.0f} labels\n",
                            text(evaluator, "evaluator"), text(slice, "attribute"),
                            text(slice, "value"), line ? agreement(*line) : "-",
                            number(slice, "labels").value_or(0));
    }
    return said;
}

}  // namespace

std::string trust_text(json::Value answer) {
    TextTable table({"dimension", "evaluator", "trust", "P", "agreement with people", "labels",
                     "missing", "due", "why"});
    std::string useless, steps;
    if (const auto evaluators = answer.find("evaluators"))
        for (const json::Value one : evaluators->elements()) {
            table.add({text(one, "dimension"), text(one, "evaluator"), text(one, "trust"),
                       figure(number(one, "probability")), first_agreement(one), labels(one),
                       missing(one), day(one, "due").empty() ? "now" : day(one, "due"),
                       text(one, "why")});
            useless += slices(one);
        }
    if (const auto events = answer.find("events")) {
        std::size_t skip = events->size() - std::min(events->size(), events_shown);
        for (const json::Value event : events->elements()) {
            if (skip > 0) {
                --skip;
                continue;
            }
            const std::string before = text(event, "before");
            steps += fmt::format("{}  {} {}: {}{}, {}\n", text(event, "time").substr(0, 16),
                                 text(event, "dimension"), text(event, "evaluator"),
                                 before.empty() ? "" : before + " to ", text(event, "after"),
                                 text(event, "why"));
        }
    }
    std::string said = table.text();
    if (!useless.empty()) said += "\n" + useless;
    if (!steps.empty()) said += "\n" + steps;
    return said;
}

}  // namespace plimsoll::show
