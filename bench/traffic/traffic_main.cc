/// plimsoll_traffic: plays a specification's traffic, and says how a watch did on it.
#include <csignal>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/traffic/play.h"
#include "base/json.h"
#include "traffic/evaluate.h"
#include "traffic/known.h"
#include "traffic/records.h"

namespace {

using namespace plimsoll;

std::atomic<bool> stop{false};

struct Play {
    std::string file;
    double per_day = 0;
    unsigned weeks = 0;
    bool own = false;
    app::traffic::PlayOptions options;
};

int play(const Play& asked) {
    std::ifstream in(asked.file);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    auto read = app::traffic::read_specification(text, asked.file);
    if (const auto* wrong = std::get_if<std::vector<app::Complaint>>(&read)) {
        for (const auto& complaint : *wrong) fmt::print(stderr, "{}\n", to_text(complaint));
        return 3;
    }
    auto& specification = std::get<app::traffic::Specification>(read);
    if (asked.per_day > 0) specification.per_day = asked.per_day;
    if (asked.weeks > 0) specification.weeks = asked.weeks;
    const auto gaps =
        asked.own || specification.gaps.empty() ? std::vector<double>() : bench::measured_gaps();
    const auto played =
        app::traffic::play(specification, asked.own ? app::traffic::own_content : bench::records,
                           gaps, asked.options, stop);
    if (!played) {
        fmt::print(stderr, "\n{}\n", played.error().what);
        return 1;
    }
    fmt::print(
        "{} interactions, {} spans, {:.1f} MB of OTLP in {:.1f} s: {:.0f} interactions/s{}\n",
        played->interactions, played->spans, static_cast<double>(played->bytes) / 1e6,
        played->seconds, static_cast<double>(played->interactions) / played->seconds,
        played->rejected ? fmt::format("; {} spans rejected", played->rejected) : "");
    return played->rejected ? 1 : 0;
}

/// `file`: what GET /api/v1/findings answered.
int evaluate(const std::string& file, const std::string& truth) {
    std::ifstream in(file);
    const auto answer = json::Document::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    const auto known = bench::read_known(truth);
    if (!answer || !known) {
        fmt::print(stderr, "{}: {}\n", file, answer ? known.error().what : answer.error().what);
        return 3;
    }
    std::vector<record::Finding> findings;
    for (const json::Value one :
         answer->root().find("findings").value_or(answer->root()).elements()) {
        auto finding = record::finding_of(one);
        if (!finding) {
            fmt::print(stderr, "{}: {}\n", file, finding.error().what);
            return 3;
        }
        findings.push_back(std::move(*finding));
    }
    fmt::print("{} interactions, {} events, {} findings\n\n{}", known->rows.size(),
               known->events.size(), findings.size(),
               bench::to_text(bench::evaluate(findings, *known)));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    std::signal(SIGINT, [](int) { stop = true; });
    std::signal(SIGTERM, [](int) { stop = true; });
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App app{"Simulated traffic with known truth"};
    app.require_subcommand(1);
    int code = 0;
    Play asked;
    CLI::App* command = app.add_subcommand("play", "Send the traffic of a specification");
    command->add_option("specification", asked.file, "YAML")->required()->check(CLI::ExistingFile);
    command->add_option("--to", asked.options.to, "OTLP/HTTP endpoint of a server");
    command->add_option("--key", asked.options.key, "Its ingest key")->envname("PLIMSOLL_KEY");
    command->add_option("--out", asked.options.out, "Folder for OTLP files instead");
    command->add_option("--truth", asked.options.truth, "Folder for truth, events and labels");
    command->add_option("--per-day", asked.per_day, "Interactions, instead of the file's");
    command->add_option("--weeks", asked.weeks, "Instead of the file's");
    command->add_flag("--own", asked.own, "Only content that ships with the project");
    command->callback([&] {
        try {
            code = play(asked);
        } catch (const std::exception& wrong) {  // A record that is not as it was.
            fmt::print(stderr, "\n{}\n", wrong.what());
            code = 3;
        }
    });
    std::string findings, truth;
    CLI::App* judged = app.add_subcommand("evaluate", "Say how a watch did");
    judged->add_option("findings", findings, "What /api/v1/findings answered")->required();
    judged->add_option("truth", truth, "The folder that was --truth")->required();
    judged->callback([&] { code = evaluate(findings, truth); });
    CLI11_PARSE(app, count, words);
    return code;
}
