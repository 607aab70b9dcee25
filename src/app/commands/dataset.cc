// plimsoll dataset create|list|export|import: examples taken from production, fixed for good.
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/ask.h"
#include "app/commands/commands.h"
#include "app/system_clock.h"
#include "base/json.h"
#include "show/text_table.h"
#include "store/sqlite_datasets.h"
#include "store/sqlite_state.h"

namespace plimsoll::app {

namespace {

struct DatasetOptions {
    AskOptions ask;
    std::string keep = "data", name, file = "-", dimension, note;
    std::vector<std::string> filters;
    bool offline = false, json = false;
};

Result<std::unique_ptr<record::Datasets>> open_datasets(const std::string& data) {
    // The state first: it sets a damaged file aside.
    if (const auto state = store::open_sqlite_state({.data_dir = data}); !state)
        return state.error();
    return store::open_sqlite_datasets(std::filesystem::path(data) / "state.db");
}

/// "name@version" → both.
std::pair<std::string, std::string> parts_of(const std::string& name) {
    const std::size_t at = name.find('@');
    return {name.substr(0, at), at == std::string::npos ? "" : name.substr(at + 1)};
}

using LabelsOf = std::map<std::string, std::vector<std::string>>;  ///< By interaction, JSON.

Result<LabelsOf> labelled(Asked& asked, const std::string& dimension) {
    const auto answer = asked.get("/api/v1/labels", {"dimension=" + dimension});
    if (!answer) return answer.error();
    const auto document = json::Document::parse(*answer);
    if (!document) return document.error();
    LabelsOf labels;
    if (const auto list = document->root().find("labels"))
        for (const json::Value label : list->elements())
            if (const auto id = label.find("interaction"))
                labels[std::string(id->as_string())].push_back(to_text(label));
    return labels;
}

Result<LabelsOf> filtered(Asked& asked, const std::vector<std::string>& filters) {
    const auto answer = asked.get("/api/v1/interactions", filters);
    if (!answer) return answer.error();
    const auto document = json::Document::parse(*answer);
    if (!document) return document.error();
    LabelsOf none;
    if (const auto list = document->root().find("interactions"))
        for (const json::Value row : list->elements())
            if (const auto id = row.find("id")) none[std::string(id->as_string())];
    return none;
}

/// The step whose output the user got: the last call of a model that has one.
std::optional<json::Value> answering_step(json::Value trace) {
    std::optional<json::Value> found;
    const auto steps = trace.find("steps");
    if (!steps) return found;
    for (const json::Value step : steps->elements()) {
        const auto kind = step.find("kind"), output = step.find("output");
        if (kind && kind->as_string() == "model_call" && output && output->size() > 0)
            found = step;
    }
    return found;
}

/// One line of a dataset.
std::string line_of(const std::string& id, json::Value trace,
                    const std::vector<std::string>& labels) {
    json::Writer w;
    w.begin_object().key("interaction").value(id);
    if (const auto interaction = trace.find("interaction"))
        for (const char* name : {"start", "attributes", "versions"})
            if (const auto value = interaction->find(name)) w.key(name).value(*value);
    if (const auto step = answering_step(trace))
        for (const char* name : {"system", "input", "output"})
            if (const auto value = step->find(name)) w.key(name).value(*value);
    w.key("documents").begin_array();
    if (const auto steps = trace.find("steps"))
        for (const json::Value step : steps->elements())
            if (const auto documents = step.find("documents"))
                for (const json::Value document : documents->elements()) w.value(document);
    w.end_array().key("labels").begin_array();
    for (const std::string& label : labels) w.raw(label);
    w.end_array().end_object();
    return w.take() + "\n";
}

int keep(const DatasetOptions& options, const std::string& lines) {
    auto made = record::dataset_of(options.name, lines, SystemClock().now(), options.note);
    if (!made) return complain(made.error().what, 3);
    const auto datasets = open_datasets(options.keep);
    if (!datasets) return complain(datasets.error().what);
    const auto added = (*datasets)->put(*made);
    if (!added) return complain(added.error().what);
    if (options.json) {
        json::Writer w;
        w.begin_object().key("name").value(made->name).key("version").value(made->version);
        w.key("items").value(made->items).key("added").value(*added).end_object();
        print(w.text());
    } else {
        print(fmt::format("{}@{}: {} items{}", made->name, made->version, made->items,
                          *added ? "" : ", known already"));
    }
    return 0;
}

int create(DatasetOptions options) {
    if (options.offline) options.ask.data = options.keep;
    const auto asked = Asked::open(options.ask);
    if (!asked) return complain(asked.error().what);
    const auto chosen = options.dimension.empty() ? filtered(**asked, options.filters)
                                                  : labelled(**asked, options.dimension);
    if (!chosen) return complain(chosen.error().what);
    std::string lines;
    std::size_t gone = 0;
    for (const auto& [id, labels] : *chosen) {
        const auto answer = (*asked)->get("/api/v1/interactions/" + id, {"blind=true"});
        const auto document = answer ? json::Document::parse(*answer) : answer.error();
        if (document)
            lines += line_of(id, document->root(), labels);
        else
            ++gone;
    }
    if (gone > 0) complain(fmt::format("{} interactions are no longer there, left out", gone));
    return keep(options, lines);
}

int import(const DatasetOptions& options) {
    std::string lines;
    if (options.file == "-") {
        lines.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream file(options.file, std::ios::binary);
        lines.assign(std::istreambuf_iterator<char>(file), {});
        if (!file) return complain("cannot read " + options.file, 3);
    }
    return keep(options, lines);
}

int export_lines(const DatasetOptions& options) {
    const auto datasets = open_datasets(options.keep);
    if (!datasets) return complain(datasets.error().what);
    const auto [name, version] = parts_of(options.name);
    const auto found = (*datasets)->get(name, version);
    if (!found) return complain(found.error().what);
    if (!*found)
        return complain(fmt::format("no dataset is called '{}', or several versions begin so; "
                                    "`plimsoll dataset list` shows them",
                                    options.name));
    fmt::print("{}", (*found)->lines);
    return 0;
}

int list(const DatasetOptions& options) {
    const auto datasets = open_datasets(options.keep);
    if (!datasets) return complain(datasets.error().what);
    const auto all = (*datasets)->list();
    if (!all) return complain(all.error().what);
    show::TextTable table({"name", "version", "items", "created", "note"});
    json::Writer w;
    w.begin_array();
    for (const record::Dataset& one : *all) {
        table.add({one.name, one.version.substr(0, 12), std::to_string(one.items),
                   to_iso8601(one.created).substr(0, 16), one.note});
        w.begin_object().key("name").value(one.name).key("version").value(one.version);
        w.key("items").value(one.items).key("created").value(to_iso8601(one.created));
        w.key("note").value(one.note).end_object();
    }
    print(options.json ? w.end_array().text() : table.text());
    return 0;
}

}  // namespace

void add_dataset(CLI::App& app, int& code) {
    const auto options = std::make_shared<DatasetOptions>();
    CLI::App* dataset =
        app.add_subcommand("dataset", "Examples taken from production, fixed under a version");
    dataset->require_subcommand(1);
    const auto add = [&](const char* name, const char* says, auto run) {
        CLI::App* command = dataset->add_subcommand(name, says);
        command->add_option("--data", options->keep, "Data directory that keeps datasets")
            ->capture_default_str();
        command->callback([options, &code, run] { code = run(*options); });
        return command;
    };
    CLI::App* make = add("create", "Of labelled interactions, or of those that match", create);
    make->add_option("name", options->name, "Letters, digits, '_', '-' and '.'")->required();
    make->add_option("--dimension", options->dimension,
                     "A probe set: what people labelled in this dimension, with their labels");
    make->add_option("filters", options->filters,
                     "Otherwise: as for interactions, service=support limit=200");
    make->add_option("--note", options->note, "What it is for");
    make->add_option("--server", options->ask.server, "A running server")->capture_default_str();
    make->add_option("--key", options->ask.key, "Its read key")->envname("PLIMSOLL_KEY");
    make->add_flag("--offline", options->offline, "Read the data directory; no server runs on it");
    make->add_option("--config", options->ask.config, "With --offline: its configuration");
    make->add_flag("--json", options->json, "JSON instead of words");
    CLI::App* in = add("import", "Read JSON lines; the same lines twice change nothing", import);
    in->add_option("name", options->name, "What it is called")->required();
    in->add_option("file", options->file, "JSON lines; - for stdin")->capture_default_str();
    in->add_option("--note", options->note, "What it is for");
    in->add_flag("--json", options->json, "JSON instead of words");
    CLI::App* out = add("export", "Write the JSON lines of one version", export_lines);
    out->add_option("name", options->name, "NAME for the newest, or NAME@VERSION")->required();
    CLI::App* all = add("list", "Every dataset with its versions", list);
    all->add_flag("--json", options->json, "JSON instead of a table");
}

}  // namespace plimsoll::app
