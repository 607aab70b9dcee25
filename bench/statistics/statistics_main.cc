// plimsoll_statistics [--brief] [--seed N] [--json | --markdown] [B1 …]: runs simulations, prints
// their figures. Exit code 1 if a figure misses its target.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/json.h"
#include "show/text_table.h"
#include "statistics/scenarios.h"

namespace plimsoll::bench {
namespace {

std::string met_word(const Figure& figure) {
    return !figure.met ? "" : *figure.met ? "met" : "missed";
}

std::string json_of(const Scenario& scenario, const std::vector<Figure>& figures, double seconds) {
    json::Writer w;
    w.begin_object().key("scenario").value(scenario.name).key("says").value(scenario.says);
    w.key("seconds").value(seconds).key("figures").begin_array();
    for (const Figure& figure : figures) {
        w.begin_object().key("what").value(figure.what).key("value").value(figure.value);
        w.key("monte_carlo_error").value(figure.error).key("target").value(figure.target);
        w.key("met").value(figure.met).end_object();
    }
    return w.end_array().end_object().take();
}

int run(const std::vector<std::string>& names, Effort effort, bool json, bool markdown) {
    int missed = 0;
    for (const Scenario* scenario : all_scenarios) {
        if (!names.empty() && std::ranges::find(names, scenario->name) == names.end()) continue;
        if (!json) fmt::print(stderr, "{}: {} …\n", scenario->name, scenario->says);
        const auto start = std::chrono::steady_clock::now();
        const std::vector<Figure> figures = scenario->run(effort);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        show::TextTable table({"figure", "value", "± error", "target", ""});
        for (const Figure& figure : figures) {
            missed += figure.met == false;
            table.add({figure.what, fmt::format("{:.4g}", figure.value),
                       figure.error > 0 ? fmt::format("{:.2g}", figure.error) : "", figure.target,
                       met_word(figure)});
        }
        if (json) {
            fmt::print("{}\n", json_of(*scenario, figures, seconds));
        } else {
            fmt::print("{}{}: {} ({:.1f} s)\n\n{}\n", markdown ? "## " : "", scenario->name,
                       scenario->says, seconds, markdown ? table.markdown() : table.text());
        }
        std::fflush(stdout);
    }
    return missed > 0 ? 1 : 0;
}

}  // namespace
}  // namespace plimsoll::bench

int main(int count, char** words) {
    using plimsoll::bench::Effort;
    CLI::App app{"Simulations with known truth: what the statistics give, beside their targets"};
    std::vector<std::string> names;
    std::uint64_t seed = 0;
    bool brief = false, json = false, markdown = false;
    app.add_option("scenarios", names, "B1 … B11; all if left out");
    app.add_flag("--brief", brief, "A second each, as in the tests: figures are rough");
    app.add_option("--seed", seed, "Other dice for B1, B2, B6 and B10");
    app.add_flag("--json", json, "A JSON document a scenario and line");
    app.add_flag("--markdown", markdown, "As bench/STATISTICS.md has it");
    CLI11_PARSE(app, count, words);
    return plimsoll::bench::run(names, {brief ? Effort::brief : Effort::full, seed}, json,
                                markdown);
}
