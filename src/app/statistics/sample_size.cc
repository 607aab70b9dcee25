#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/comparison/sample_size.h"
#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "base/json.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

struct SampleSizeCommand {
    double discordance = 0.10, difference = 0, margin = 0.03, confidence = 0.95, power = 0.80;
    bool json = false;
};

std::string number(double n) {
    return std::isfinite(n) ? fmt::format("{:.0f}", n) : "no number";
}

int run(const SampleSizeCommand& asked) {
    if (asked.discordance < std::abs(asked.difference)) {
        return complain(
            fmt::format("a difference of {} needs a discordance of at least as much, not {}",
                        asked.difference, asked.discordance),
            3);
    }
    analyse::GatePlan plan{.variance = asked.discordance - asked.difference * asked.difference,
                           .difference = asked.difference,
                           .margin = asked.margin,
                           .confidence = asked.confidence,
                           .power = asked.power};
    const double to_pass = analyse::pairs_to_pass(plan);
    if (asked.json) {
        json::Writer w;
        w.begin_object().key("discordance").value(asked.discordance);
        w.key("difference").value(asked.difference).key("margin").value(asked.margin);
        w.key("confidence").value(asked.confidence).key("power").value(asked.power);
        w.key("examples_to_pass").value(to_pass).end_object();
        print(w.text());
        return 0;
    }
    print(fmt::format(
        "{} examples pass a candidate whose true difference is {:+.3g}, with margin {:.3g}, "
        "{:.0f}% confidence and {:.0f}% power.\n",
        number(to_pass), asked.difference, asked.margin, 100 * asked.confidence,
        100 * asked.power));
    show::TextTable table({"examples", "passes"});
    for (const double n : {50., 100., 200., 400., 800., 1600., 3200., 6400.}) {
        table.add({number(n), fmt::format("{:.0f}%", 100 * analyse::power_to_pass(plan, n))});
    }
    print(table.text());
    return 0;
}

}  // namespace

void add_sample_size(CLI::App& app, int& code) {
    auto asked = std::make_shared<SampleSizeCommand>();
    CLI::App* command =
        app.add_subcommand("sample-size", "How many examples decide whether a candidate may ship");
    command
        ->add_option("--discordance", asked->discordance,
                     "Share of examples on which baseline and candidate differ")
        ->capture_default_str()
        ->check(CLI::Range(0.0001, 1.0));
    command->add_option("--difference", asked->difference, "Candidate - baseline, as it truly is")
        ->capture_default_str()
        ->check(CLI::Range(-1.0, 1.0));
    command->add_option("--margin", asked->margin, "A loss smaller than this is tolerable")
        ->capture_default_str()
        ->check(CLI::Range(0.0001, 0.5));
    command->add_option("--confidence", asked->confidence, "One-sided")
        ->capture_default_str()
        ->check(CLI::Range(0.5, 0.9999));
    command->add_option("--power", asked->power, "How often a good candidate is to pass")
        ->capture_default_str()
        ->check(CLI::Range(0.05, 0.9999));
    command->add_flag("--json", asked->json, "JSON instead of words");
    command->callback([asked, &code] { code = run(*asked); });
}

}  // namespace plimsoll::app
