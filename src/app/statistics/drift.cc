// plimsoll drift FILE: did a series change, when, and what stood there. Rows, analysis, report.
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "app/statistics/drift_events.h"
#include "app/statistics/drift_report.h"

namespace plimsoll::app {

namespace {

struct DriftCommand {
    std::string file, by, events;
    DriftOptions options;
    bool json = false;
};

int drift(const DriftCommand& command) {
    const auto rows = read_rows(command.file);
    if (!rows) return complain(rows.error().what, 3);
    const auto series = drift_rows(*rows, command.by);
    if (!series) return complain(series.error().what, 3);
    std::vector<analyse::SeriesEvent> events;
    if (!command.events.empty()) {
        const auto table = read_rows(command.events);
        if (!table) return complain(table.error().what, 3);
        auto read = drift_events(*table);
        if (!read) return complain(read.error().what, 3);
        events = std::move(*read);
    }
    const auto findings = drift_analysis(*series, events, command.options);
    if (!findings) return complain(findings.error().what, 3);
    print(command.json ? drift_json(*findings) : drift_text(*findings));
    return 0;
}

}  // namespace

void add_drift(CLI::App& app, int& code) {
    auto asked = std::make_shared<DriftCommand>();
    CLI::App* command = app.add_subcommand("drift", "Did a series change, and when");
    command->footer(
        "FILE: CSV or JSON lines. Weeks: week, mean, se (or n, of pass rates). Or scores: time, "
        "score [, weight "
        "or\n"
        "inclusion, session, user]. Times are ISO 8601 or Unix seconds.");
    command->add_option("file", asked->file, "The table; - for standard input")->required();
    command->add_option(
        "--reference", asked->options.reference,
        "What counts as unchanged: 8w, 14d or the time at which it ends; the first 8 "
        "weeks, 14 days or half if left out");
    command
        ->add_option("--false-pages", asked->options.false_pages,
                     "False pages accepted in 90 days, all series together")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--series", asked->options.series,
                     "How many series share that budget; those of the file if left out")
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--objective", asked->options.objective,
                     "Mean score promised, in place of an estimated baseline")
        ->check(CLI::Range(.001, .999));
    command->add_option("--by", asked->by,
                        "A series for each value of this column; dimension if left out and there");
    command->add_option("--events", asked->events,
                        "A table of what is known to have happened: date (or time), what");
    command->add_flag("--json", asked->json, "JSON with every number");
    command->callback([asked, &code] { code = drift(*asked); });
}

}  // namespace plimsoll::app
