#include "show/trace_text.h"

#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "show/printable.h"

namespace plimsoll::show {

namespace {

constexpr std::size_t line_max = 160;

std::string text(json::Value object, std::string_view key, std::size_t characters_max = line_max) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), characters_max) : "";
}

double number(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? found->as_number().value_or(0) : 0;
}

bool flag(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found && found->as_boolean().value_or(false);
}

/// `label: value` on a line of its own, if there is a value.
std::string line(std::string_view indent, std::string_view label, const std::string& value) {
    return value.empty() ? "" : fmt::format("{}{}: {}\n", indent, label, value);
}

std::string messages(json::Value step, std::string_view key, std::string_view indent) {
    std::string shown;
    const auto list = step.find(key);
    if (!list) return shown;
    for (const json::Value message : list->elements()) {
        const auto parts = message.find("parts");
        if (!parts) continue;
        for (const json::Value part : parts->elements()) {
            const std::string kind = text(part, "kind");
            const std::string words = kind == "tool_call"
                                          ? fmt::format("calls {} {}", text(part, "name"), text(part, "json"))
                                          : text(part, kind == "media" || kind == "other" ? "json" : "text");
            shown += line(indent, text(message, "role") + (kind == "text" ? "" : " " + kind), words);
        }
    }
    return shown;
}

std::string step_text(json::Value step, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    const std::string inner = indent + "    ";
    std::string model = text(step, "model_answered");
    if (model.empty()) model = text(step, "model_requested");
    std::string shown = fmt::format("{}{} {}  {:.1f} ms at {:.1f} ms{}{}\n", indent,
                                    text(step, "kind"), text(step, "name", 80),
                                    number(step, "duration_ms"), number(step, "start_ms"),
                                    model.empty() ? "" : "  " + model,
                                    flag(step, "failed") ? "  FAILED " + text(step, "error_type") : "");
    if (flag(step, "light")) return shown;
    shown += line(inner, "error", text(step, "error_message"));
    shown += line(inner, "system", text(step, "system"));
    shown += messages(step, "input", inner);
    shown += messages(step, "output", inner);
    shown += line(inner, "arguments", text(step, "tool_arguments"));
    shown += line(inner, "result", text(step, "tool_result"));
    shown += line(inner, "query", text(step, "query"));
    if (const auto documents = step.find("documents"))
        for (const json::Value document : documents->elements())
            shown += line(inner, "document " + text(document, "id", 40), text(document, "text"));
    if (const auto tokens = step.find("tokens"); tokens && number(*tokens, "input") > 0)
        shown += fmt::format("{}tokens: {:.0f} in, {:.0f} out\n", inner, number(*tokens, "input"),
                             number(*tokens, "output"));
    return shown;
}

/// Children below their parents; a step whose parent is missing, or is its own descendant, stands
/// like a root. No recursion: a trace may be 100,000 deep.
std::string tree(json::Value steps) {
    std::map<std::string, std::vector<json::Value>> children;
    std::set<std::string> ids;
    for (const json::Value step : steps.elements()) ids.insert(text(step, "id"));
    std::vector<std::pair<json::Value, std::size_t>> open;
    std::vector<json::Value> in_order;
    for (const json::Value step : steps.elements()) {
        in_order.push_back(step);
        const std::string parent = text(step, "parent");
        const bool root = parent.empty() || !ids.contains(parent) || parent == text(step, "id");
        children[root ? "" : parent].push_back(step);
    }
    std::string shown;
    std::set<std::string> done;
    const auto descend = [&](json::Value from) {
        open.emplace_back(from, 0);
        while (!open.empty()) {
            const auto [step, depth] = open.back();
            open.pop_back();
            if (!done.insert(text(step, "id")).second) continue;
            shown += step_text(step, std::min<std::size_t>(depth, 40));
            const auto& below = children[text(step, "id")];
            for (auto child = below.rbegin(); child != below.rend(); ++child)
                open.emplace_back(*child, depth + 1);
        }
    };
    for (const json::Value root : children[""]) descend(root);
    for (const json::Value step : in_order) descend(step);  // What only a cycle reaches.
    return shown;
}

}  // namespace

std::string trace_text(json::Value answer) {
    const auto head = answer.find("interaction");
    const auto verdicts = answer.find("verdicts");
    const auto steps = answer.find("steps");
    if (!head || !verdicts || !steps) return "not an interaction\n";
    std::string shown = fmt::format(
        "{}  revision {:.0f}{}{}\n{}  {:.0f} ms  {}\n", text(*head, "id"),
        number(*head, "revision"), flag(*head, "incomplete") ? "  incomplete" : "",
        flag(*head, "failed") ? "  FAILED" : "", text(*head, "start"),
        number(*head, "duration_ms"), text(*head, "service"));
    shown += line("", "model", text(*head, "model")) + line("", "prompt", text(*head, "prompt"));
    shown += line("", "session", text(*head, "session")) + line("", "user", text(*head, "user"));
    shown += "\n";
    for (const json::Value verdict : verdicts->elements()) {
        const auto score = verdict.find("score");
        shown += fmt::format("{:<16} {:<24} {:<8} {}\n", text(verdict, "dimension"),
                             text(verdict, "evaluator"),
                             score && score->is_number() ? fmt::format("{:.3g}", *score->as_number())
                                                         : "unscored",
                             text(verdict, "reason") + (text(verdict, "reason").empty() ? "" : "  ") +
                                 text(verdict, "explanation"));
    }
    return shown + "\n" + tree(*steps);
}

}  // namespace plimsoll::show
