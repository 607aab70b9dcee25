#include "show/scorecard_text.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "show/printable.h"

namespace plimsoll::show {

namespace {

std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), 60) : "";
}

std::optional<double> number(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? found->as_number() : std::nullopt;
}

std::string count(json::Value object, std::string_view key) {
    return fmt::format("{:.0f}", number(object, key).value_or(0));
}

std::string mean(std::optional<double> value) {
    return value ? fmt::format("{:.3f}", *value) : "-";
}

std::string interval(json::Value object) {
    const auto found = object.find("interval");
    if (!found || found->size() != 2) return "-";
    std::vector<double> ends;
    for (const json::Value end : found->elements()) ends.push_back(end.as_number().value_or(0));
    return fmt::format("{:.3f} to {:.3f}", ends[0], ends[1]);
}

/// A mean a character, from the lowest of the window to the highest.
std::string trend(json::Value dimension) {
    static constexpr std::string_view blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::size_t points_max = 24;
    std::vector<double> points;
    if (const auto list = dimension.find("trend"))
        for (const json::Value point : list->elements())
            if (const auto value = number(point, "mean")) points.push_back(*value);
    if (points.size() > points_max) points.erase(points.begin(), points.end() - points_max);
    if (points.empty()) return "";
    const auto [low, high] = std::ranges::minmax(points);
    std::string line;
    for (const double point : points)
        line +=
            blocks[high > low ? static_cast<std::size_t>((point - low) / (high - low) * 7.0) : 7];
    return line;
}

std::string change(json::Value dimension) {
    const auto previous = dimension.find("previous");
    if (!previous || !previous->is_object()) return "-";
    const auto before = number(*previous, "mean"), now = number(dimension, "mean");
    return before && now ? fmt::format("{:+.3f}", *now - *before) : "-";
}

std::string row(json::Value of, std::string_view indent, std::string_view before,
                std::string_view tail) {
    return fmt::format("{:<30} {:>6}  {:<15} {:>9} {:>9} {:>8}  {}\n",
                       std::string(indent) + text(of, "name"), mean(number(of, "mean")),
                       interval(of), count(of, "scored"), count(of, "unscored"), before, tail);
}

}  // namespace

std::string scorecard_text(json::Value scorecard) {
    std::string table =
        fmt::format("{} to {}   {} interactions, {} failed\n\n",
                    text(scorecard, "from").substr(0, 16), text(scorecard, "to").substr(0, 16),
                    count(scorecard, "interactions"), count(scorecard, "failed"));
    table += fmt::format("{:<30} {:>6}  {:<15} {:>9} {:>9} {:>8}  {}\n", "dimension", "mean",
                         "95% interval", "scored", "unscored", "change", "owner, trend");
    const auto dimensions = scorecard.find("dimensions");
    if (!dimensions) return table;
    for (const json::Value dimension : dimensions->elements()) {
        table += row(dimension, "", change(dimension),
                     fmt::format("{} ({})  {}", text(dimension, "owner"),
                                 text(dimension, "on_call"), trend(dimension)));
        const auto evaluators = dimension.find("evaluators");
        if (!evaluators) continue;
        for (const json::Value evaluator : evaluators->elements()) {
            std::string reasons;
            if (const auto list = evaluator.find("reasons"))
                for (const auto& [reason, times] : list->members())
                    reasons += fmt::format("{}{}: {:.0f}", reasons.empty() ? "unscored " : ", ",
                                           reason, times.as_number().value_or(0));
            std::string tail = reasons;
            if (text(evaluator, "kind") == "judge") {
                const auto labelled = evaluator.find("by_labels");
                const bool corrected = labelled && number(*labelled, "mean");
                tail = fmt::format(
                    "naive {}; {}; matched {}, sampled {}, judged {}, failed {}, skipped "
                    "{}",
                    mean(number(evaluator, "naive_mean")),
                    corrected  ? fmt::format("by {} labels {} ({}, {})", count(*labelled, "labels"),
                                             mean(number(*labelled, "mean")), interval(*labelled),
                                             text(*labelled, "method"))
                    : labelled ? "uncorrected: " + text(*labelled, "why")
                               : "uncorrected",
                    count(evaluator, "matched"), count(evaluator, "sampled"),
                    count(evaluator, "judged"), count(evaluator, "failed"),
                    count(evaluator, "skipped"));
            }
            table += row(evaluator, "  ", "", tail);
        }
    }
    return table;
}

}  // namespace plimsoll::show
