#include "show/coverage_text.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::show {

namespace {

constexpr std::size_t services_shown = 6;

double number(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? found->as_number().value_or(0) : 0;
}

std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), 80) : "";
}

/// with and of, summed over stretches of time.
struct Sum {
    double with = 0, of = 0;
    std::string percent() const { return of > 0 ? fmt::format("{:.1f}%", 100 * with / of) : "-"; }
};

void add(std::map<std::string, Sum>& sums, json::Value counts) {
    const auto shares = counts.find("shares");
    if (!shares) return;
    for (const auto& [name, share] : shares->members()) {
        Sum& sum = sums[std::string(name)];
        sum.with += number(share, "with");
        sum.of += number(share, "of");
    }
}

}  // namespace

std::string coverage_text(json::Value answer) {
    const auto all = answer.find("all"), stretches = answer.find("stretches"),
               kinds = answer.find("kinds"), dimensions = answer.find("dimensions");
    if (!all || !stretches || !kinds || !dimensions) return "the answer holds no coverage\n";
    std::map<std::string, Sum> of_all;
    add(of_all, *all);
    std::map<std::string, std::map<std::string, Sum>> by_service;
    for (const json::Value stretch : stretches->elements())
        if (const std::string service = text(stretch, "service");
            by_service.contains(service) || by_service.size() < services_shown)
            add(by_service[service], stretch);

    std::vector<std::string> header{"share", "of", "all"};
    for (const auto& [service, sums] : by_service)
        header.push_back(service.empty() ? "(no service)" : service);
    TextTable table(header);
    for (const json::Value kind : kinds->elements()) {
        const std::string name = text(kind, "name");
        std::vector<std::string> row{name, text(kind, "of"), of_all[name].percent()};
        for (auto& [service, sums] : by_service) row.push_back(sums[name].percent());
        table.add(row);
    }
    std::string said =
        fmt::format(
            "{:.0f} interactions, {:.0f} named sessions, {:.0f} attributes "
            "and events dropped by clients\n\n",
            number(*all, "interactions"), number(*all, "sessions"), number(*all, "dropped")) +
        table.text();

    TextTable unscored({"dimension", "scored", "unscored", "not asked", "why"});
    for (const json::Value each : dimensions->elements()) {
        std::string why;
        if (const auto reasons = each.find("reasons"))
            for (const auto& [reason, count] : reasons->members())
                why += fmt::format("{}{} {:.0f}", why.empty() ? "" : ", ", printable(reason, 40),
                                   count.as_number().value_or(0));
        unscored.add({text(each, "dimension"), fmt::format("{:.0f}", number(each, "scored")),
                      fmt::format("{:.0f}", number(each, "unscored")),
                      fmt::format("{:.0f}", number(each, "unasked")), why.empty() ? "-" : why});
    }
    if (dimensions->size() > 0) said += "\n" + unscored.text();
    return said;
}

}  // namespace plimsoll::show
