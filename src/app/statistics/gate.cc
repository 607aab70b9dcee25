#include <filesystem>
#include <fstream>
#include <memory>
#include <iterator>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/comparison/gate.h"
#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/gate/call_command.h"
#include "app/gate/candidate_pairs.h"
#include "app/gate/gate_annotations.h"
#include "app/judge_clients.h"
#include "app/statistics/commands.h"
#include "app/statistics/gate_pairs.h"
#include "app/statistics/gate_report.h"
#include "store/sqlite_datasets.h"

namespace plimsoll::app {

namespace {

struct GateCommand {
    std::string baseline, candidate;
    GateColumns columns;
    double margin = 0.03, critical_margin = 0.01;
    std::vector<std::string> critical;
    std::string junit, markdown, annotations, code_quality;
    bool json = false, sequential = false;

    // A bundle's folder as the baseline, or a dataset:
    std::string dataset, data = "data", config, outputs, run;
    bool judges = false;
    double timeout_s = 60;
    unsigned at_once = 4;
};

bool write(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    return static_cast<bool>(file << text << std::flush);
}

using Dimensions = Result<std::vector<analyse::GateDimension>>;

/// Of tables of scores.
Dimensions dimensions_of_tables(const GateCommand& command) {
    const auto baseline = read_rows(command.baseline);
    if (!baseline) return baseline.error();
    const bool two = !command.candidate.empty();
    const auto other = two ? read_rows(command.candidate) : baseline;
    if (!other) return other.error();
    return gate_pairs(*baseline, two ? *other : *baseline, command.columns);
}

Result<GateExamples> examples_of(const GateCommand& command) {
    if (command.dataset.empty()) return examples_of_bundle(command.baseline);
    const auto datasets =
        store::open_sqlite_datasets(std::filesystem::path(command.data) / "state.db");
    if (!datasets) return datasets.error();
    const std::size_t at = command.dataset.find('@');
    const auto found = (*datasets)->get(
        command.dataset.substr(0, at),
        at == std::string::npos ? "" : command.dataset.substr(at + 1));
    if (!found) return found.error();
    if (!*found) return Error{"no dataset is called '" + command.dataset + "'"};
    auto configuration = configured(command.config);
    if (!configuration) return Error{"the configuration could not be read"};
    return examples_of_dataset((*found)->lines, std::move(configuration), command.judges);
}

Result<CandidateOutputs> outputs_of(const GateCommand& command, const GateExamples& set) {
    if (!command.outputs.empty()) return read_outputs(command.outputs);
    std::istringstream blanks(command.run);
    const std::vector<std::string> words{std::istream_iterator<std::string>(blanks), {}};
    if (words.empty()) return Error{"--outputs or --run says what the candidate answers"};
    std::vector<std::string> inputs;
    for (const GateExample& example : set.examples) inputs.push_back(example.input);
    const auto answers = call_command(
        words, inputs,
        {.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(command.timeout_s * 1e3)),
         .at_once = command.at_once});
    CandidateOutputs outputs;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto& runs = outputs.by_input[set.examples[i].id];
        if (answers[i])
            runs.push_back(*answers[i]);
        else
            outputs.failures.push_back(set.examples[i].id + ": " + answers[i].error().what);
    }
    if (!answers.empty() && outputs.failures.size() == answers.size())
        return Error{"every call failed; " + outputs.failures.front()};
    return outputs;
}

/// Of a candidate's outputs, scored here.
Dimensions dimensions_of_outputs(const GateCommand& command) {
    const auto set = examples_of(command);
    if (!set) return set.error();
    const auto outputs = outputs_of(command, *set);
    if (!outputs) return outputs.error();
    std::size_t missing = 0;
    for (const GateExample& example : set->examples) {
        const auto runs = outputs->by_input.find(example.id);
        missing += runs == outputs->by_input.end() || runs->second.empty();
    }
    if (missing == set->examples.size())
        return Error{"the candidate has no output for any input; are the ids those of the inputs?"};
    if (missing > 0)
        complain(fmt::format("{} of {} inputs have no output, and count as failures{}{}", missing,
                             set->examples.size(), outputs->failures.empty() ? "" : "; the first: ",
                             outputs->failures.empty() ? "" : outputs->failures.front()));
    std::map<std::string, std::unique_ptr<net::ModelClient>> clients;
    return candidate_pairs(
        *set, *outputs,
        [&]() -> Result<ApiOf> {
            auto opened = open_judge_clients(*set->configuration, "");
            if (!opened) return opened.error();
            clients = std::move(*opened);
            return ApiOf([&](const evaluate::Judge& judge) -> evaluate::ModelApi& {
                return *clients.at(judge.name);
            });
        },
        command.at_once);
}

int run(const GateCommand& command) {
    const bool outputs = !command.dataset.empty() || std::filesystem::is_directory(command.baseline);
    if (command.dataset.empty() && command.baseline.empty())
        return complain("a baseline is needed: a bundle's folder, a table of scores or --dataset", 3);
    auto dimensions = outputs ? dimensions_of_outputs(command) : dimensions_of_tables(command);
    if (!dimensions) return complain(dimensions.error().what, 3);
    std::vector<std::string> unknown = command.critical;
    for (analyse::GateDimension& dimension : *dimensions) {
        const bool critical = std::erase(unknown, dimension.name) > 0;
        dimension.margin = critical ? command.critical_margin : command.margin;
    }
    if (!unknown.empty()) {
        return complain(fmt::format("--critical {}: there is no such dimension", unknown[0]), 3);
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
    if (command.annotations == "github") print(github_annotations(report));
    if (!command.code_quality.empty() &&
        !write(command.code_quality, gitlab_code_quality(report, "plimsoll.yaml"))) {
        return complain("cannot write " + command.code_quality, 3);
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
    gate->add_option("baseline", command->baseline,
                     "A bundle's folder; or scores of the baseline: columns item, score "
                     "[, dimension, cluster, weight]; or one file with item, baseline, candidate");
    gate->add_option("candidate", command->candidate, "Of a table: the same of the candidate");
    gate->add_option("--outputs", command->outputs,
                     "Of a bundle or dataset: the candidate's, JSON lines {id, output}; - for stdin");
    gate->add_option("--run", command->run,
                     "Or: a program and its words, called for each input: JSON in, the answer out")
        ->excludes("--outputs");
    gate->add_option("--timeout", command->timeout_s, "Seconds for one call")
        ->capture_default_str()->check(CLI::Range(0.01, 3600.0));
    gate->add_option("--at-once", command->at_once, "Calls and requests to judges")
        ->capture_default_str()->check(CLI::Range(1, 256));
    gate->add_option("--dataset", command->dataset,
                     "Instead of a baseline file: NAME or NAME@VERSION of `plimsoll dataset`");
    gate->add_option("--data", command->data, "Where that dataset is kept")->capture_default_str();
    gate->add_option("--config", command->config, "With --dataset: the evaluators");
    gate->add_flag("--judges", command->judges, "With --dataset: ask judges, too");
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
    gate->add_option("--annotations", command->annotations, "github: workflow commands on stdout")
        ->check(CLI::IsMember({"github"}));
    gate->add_option("--code-quality", command->code_quality, "Write GitLab's report here");
    gate->add_flag("--json", command->json, "JSON instead of a table");
    gate->callback([command, &code] { code = run(*command); });
}

}  // namespace plimsoll::app
