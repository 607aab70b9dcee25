// plimsoll label import|export: what people said, in and out of a data directory.
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/pseudonym_key.h"
#include "app/statistics/rows.h"
#include "app/system_clock.h"
#include "interaction/privacy/redactor.h"
#include "show/label_json.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_state.h"

namespace plimsoll::app {

namespace {

struct LabelOptions {
    std::string file, data = "data", config, dimension, annotator;
    bool json = false, csv = false, history = false;
};

Result<std::unique_ptr<record::Labels>> open_labels(const std::string& data) {
    // The state first: it sets a damaged file aside.
    if (const auto state = store::open_sqlite_state({.data_dir = data}); !state)
        return state.error();
    return store::open_sqlite_labels(std::filesystem::path(data) / "state.db");
}

/// Labels of the rows that hold one; `refused` gains a line for each other.
Result<std::vector<record::Label>> labels_of(const Rows& rows, UnixNanos now,
                                             std::vector<std::string>& refused) {
    std::vector<record::Label> labels;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::map<std::string, std::string> words;
        for (const Column& column : rows.columns())
            if (!column.values[row].empty()) words[column.name] = column.values[row];
        auto label = record::label_of(words, now);
        if (const auto* why = std::get_if<record::RefusedLabel>(&label))
            refused.push_back(fmt::format("{}: {}. {}", rows.place(row), why->what, why->mend));
        else
            labels.push_back(std::get<record::Label>(std::move(label)));
    }
    return labels;
}

int import_labels(const LabelOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;
    const auto store = open_labels(options.data);
    if (!store) return complain(store.error().what);
    const auto key = open_pseudonym_key(options.data);
    if (!key) return complain(key.error().what);
    std::vector<std::string> refused;
    const auto rows = read_rows(options.file, &refused);
    if (!rows) return complain(rows.error().what, 3);
    auto labels = labels_of(*rows, SystemClock().now(), refused);
    if (!labels) return complain(labels.error().what);
    if (configuration->privacy.on) {
        const interaction::privacy::Redactor redactor(key->key,
                                                      configuration->privacy.options.redactor);
        for (record::Label& label : *labels)
            if (auto without = redactor.redact(label.note)) label.note = std::move(*without);
    }
    const auto put = (*store)->put(*labels);
    if (!put) return complain(put.error().what);
    if (options.json) {
        json::Writer w;
        w.begin_object().key("added").value(put->added).key("replaced").value(put->replaced);
        w.key("same").value(put->same).key("older").value(put->older);
        w.key("refused").begin_array();
        for (const std::string& line : refused) w.value(line);
        print(w.end_array().end_object().text());
    } else {
        print(
            fmt::format("{} added, {} replaced, {} known already, {} older than what counts, "
                        "{} refused",
                        put->added, put->replaced, put->same, put->older, refused.size()));
    }
    for (const std::string& line : refused) complain(line);
    return refused.empty() ? 0 : 1;
}

/// RFC 4180: quoted where it must be.
std::string csv_field(const std::string& text) {
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

int export_labels(const LabelOptions& options) {
    const auto store = open_labels(options.data);
    if (!store) return complain(store.error().what);
    const auto labels = (*store)->labels({.dimension = options.dimension,
                                          .annotator = options.annotator,
                                          .interaction = {},
                                          .history = options.history});
    if (!labels) return complain(labels.error().what);
    std::vector<std::string> cells;
    for (const record::LabelField& field : record::label_fields()) cells.emplace_back(field.name);
    if (options.csv) print(fmt::format("{}", fmt::join(cells, ",")));
    for (const record::Label& label : *labels) {
        if (!options.csv) {
            json::Writer writer;
            show::write_label(writer, label);
            print(writer.text());
            continue;
        }
        cells.clear();
        for (const record::LabelField& field : record::label_fields())
            cells.push_back(csv_field(field.word(label)));
        print(fmt::format("{}", fmt::join(cells, ",")));
    }
    return 0;
}

std::string fields_help() {
    std::string text = "Fields:";
    for (const record::LabelField& field : record::label_fields())
        text += fmt::format("\n  {:<12} {}{}", field.name, field.says,
                            field.required ? " Required." : "");
    return text;
}

}  // namespace

void add_label(CLI::App& app, int& code) {
    const auto options = std::make_shared<LabelOptions>();
    CLI::App* label = app.add_subcommand("label", "What people said of interactions");
    label->require_subcommand(1);
    CLI::App* import = label->add_subcommand(
        "import", "Read labels; bad rows are told and left out, the same twice changes nothing");
    import->add_option("file", options->file, "CSV with a header, or JSON lines; - for stdin")
        ->required();
    import->add_option("--data", options->data, "Data directory")->capture_default_str();
    import->add_option("--config", options->config, "What is redacted from notes");
    import->add_flag("--json", options->json, "JSON instead of words");
    import->footer(fields_help());
    import->callback([options, &code] { code = import_labels(*options);
});
CLI::App* out = label->add_subcommand("export", "Write labels as JSON lines, oldest first");
out->add_option("--data", options->data, "Data directory")->capture_default_str();
out->add_option("--dimension", options->dimension, "Only this one");
out->add_option("--annotator", options->annotator, "Only this person's");
out->add_flag("--history", options->history, "Also labels that were replaced");
out->add_flag("--csv", options->csv, "CSV with a header instead");
out->callback([options, &code] { code = export_labels(*options); });
}  // namespace plimsoll::app

}  // namespace plimsoll::app
