#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/comparison/gate.h"
#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "app/statistics/gate_pairs.h"
#include "app/statistics/gate_report.h"

namespace plimsoll::app {

namespace {

struct GateCommand {
    std::string baseline, candidate;
    GateColumns columns;
    double margin = 0.03, critical_margin = 0.01;
    std::vector<std::string> critical;
    std::string junit, markdown;
    bool json = false, sequential = false;
};

bool write(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    return static_cast<bool>(file << text << std::flush);
}

int run(const GateCommand& command) {
    const auto baseline = read_rows(command.baseline);
    if (!baseline) return complain(baseline.error().what, 3);
    const bool two = !command.candidate.empty();
    const auto other = two ? read_rows(command.candidate) : baseline;
    if (!other) return complain(other.error().what, 3);
    auto dimensions = gate_pairs(*baseline, two ? *other : *baseline, command.columns);
    if (!dimensions) return complain(dimensions.error().what, 3);
    std::vector<std::string> unknown = command.critical;
    for (analyse::GateDimension& dimension : *dimensions) {
        const bool critical = std::erase(unknown, dimension.name) > 0;
        dimension.margin = critical ? command.critical_margin : command.margin;
    }
    if (!unknown.empty()) {
        return complain(fmt::format("--critical {}: the files have no such dimension", unknown[0]),
                        3);
    }
    const analyse::GateReport report = analyse::judge_gate(*dimensions);
    std::vector<SequentialAnswer> sequence;
    if (command.sequential) {
        analyse::GateOptions options;
        options.fail_alpha /= static_cast<double>(dimensions->size());
        for (const analyse::GateDimension& dimension : *dimensions) {
            sequence.push_back(analyse::in_sequence(dimension, options));
        }
    }
    print(command.json ? gate_json(report, sequence) : gate_text(report, sequence));
    if (!command.junit.empty() && !write(command.junit, gate_junit(report))) {
        return complain("cannot write " + command.junit, 3);
    }
    if (!command.markdown.empty() && !write(command.markdown, gate_markdown(report))) {
        return complain("cannot write " + command.markdown, 3);
    }
    switch (report.outcome) {
        case analyse::GateOutcome::pass:
            return 0;
        case analyse::GateOutcome::fail:
            return 1;
        default:
            return 2;
    }
}

}  // namespace

void add_gate(CLI::App& app, int& code) {
    auto command = std::make_shared<GateCommand>();
    CLI::App* gate = app.add_subcommand(
        "gate",
        "May this candidate ship? Pass (0), fail (1), not enough evidence (2), unusable (3)");
    gate->add_option(
            "baseline", command->baseline,
            "Scores of the baseline: columns item, score [, dimension, cluster, weight]; or "
            "one file with item, baseline, candidate")
        ->required();
    gate->add_option("candidate", command->candidate, "The same of the candidate");
    gate->add_option("--margin", command->margin, "A loss smaller than this is tolerable")
        ->capture_default_str()
        ->check(CLI::Range(0.0001, 0.5));
    gate->add_option("--critical", command->critical, "Dimensions with the critical margin");
    gate->add_option("--critical-margin", command->critical_margin, "Their margin")
        ->capture_default_str()
        ->check(CLI::Range(0.0001, 0.5));
    gate->add_option("--item", command->columns.item, "Column to pair by")->capture_default_str();
    gate->add_option("--score", command->columns.score, "Column of scores")->capture_default_str();
    gate->add_option("--dimension", command->columns.dimension, "Column")->capture_default_str();
    gate->add_option("--cluster", command->columns.cluster, "Column of what examples share")
        ->capture_default_str();
    gate->add_option("--weight", command->columns.weight, "Column")->capture_default_str();
    gate->add_flag(
        "--sequential", command->sequential,
        "Also say after how many examples one could have stopped, and with what verdict");
    gate->add_option("--junit", command->junit, "Write JUnit XML here");
    gate->add_option("--markdown", command->markdown, "Write a summary for a pull request here");
    gate->add_flag("--json", command->json, "JSON instead of a table");
    gate->callback([command, &code] { code = run(*command); });
}

}  // namespace plimsoll::app
