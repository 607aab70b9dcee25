// plimsoll records [verify]: the evidence trail, and whether it is what it was.
#include <filesystem>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/ask.h"
#include "app/commands/commands.h"
#include "base/json.h"
#include "show/printable.h"
#include "show/record_answers.h"
#include "show/text_table.h"
#include "store/sqlite_run_records.h"

namespace plimsoll::app {

namespace {

struct RecordsOptions {
    AskOptions ask;
    std::string data;  ///< Not empty: this directory's trail, and nothing else of it, is opened.
    std::string kind, subject, before, head;
    unsigned limit = 50;
};

using Answer = show::HttpAnswer (*)(record::RunRecords&, const show::HttpRequest&);

Result<std::string> asked(const RecordsOptions& options, const std::string& path, Answer answer_of,
                          std::map<std::string, std::string> query) {
    std::erase_if(query, [](const auto& pair) { return pair.second.empty(); });
    if (options.data.empty()) {
        std::vector<std::string> pairs;
        for (const auto& [name, value] : query) pairs.push_back(name + "=" + value);
        return ask(options.ask, path, pairs);
    }
    const auto file = std::filesystem::path(options.data) / "state.db";
    if (!std::filesystem::exists(file)) return Error{"there is no " + file.string()};
    const auto records = store::open_sqlite_run_records(file);
    if (!records) return records.error();
    show::HttpAnswer answer = answer_of(**records, {.path = path, .query = std::move(query)});
    if (answer.status != 200) return Error{answer.body};
    return std::move(answer.body);
}

std::string text_of(json::Value object, std::string_view key, std::size_t most) {
    const auto found = object.find(key);
    if (!found || found->is_null()) return "";
    return show::printable(found->is_string() ? std::string(found->as_string()) : to_text(*found),
                           most);
}

int list(const RecordsOptions& options) {
    const auto answer = asked(options, "/api/v1/records", show::records_answer,
                              {{"kind", options.kind},
                               {"subject", options.subject},
                               {"before", options.before},
                               {"limit", std::to_string(options.limit)}});
    if (!answer) return complain(answer.error().what);
    const auto document = json::Document::parse(*answer);
    if (!document) return complain("the answer is not JSON: " + document.error().what);
    if (options.ask.json) {
        print(*answer);
        return 0;
    }
    show::TextTable table({"seq", "time", "kind", "subject", "hash", "result"});
    if (const auto records = document->root().find("records"))
        for (const json::Value one : records->elements())
            table.add({text_of(one, "seq", 20), text_of(one, "time", 24), text_of(one, "kind", 20),
                       text_of(one, "subject", 40), text_of(one, "hash", 64).substr(0, 12),
                       text_of(one, "result", 80)});
    print(table.text());
    if (const auto next = document->root().find("next"); next && next->as_integer())
        fmt::print("older ones: --before {}\n", *next->as_integer());
    return 0;
}

int verify(const RecordsOptions& options) {
    const auto answer =
        asked(options, "/api/v1/chain", show::chain_answer, {{"head", options.head}});
    if (!answer) return complain(answer.error().what, 3);
    const auto document = json::Document::parse(*answer);
    const auto whole = document ? document->root().find("whole") : std::nullopt;
    if (!whole || !whole->as_boolean()) return complain("the answer is none: " + *answer, 3);
    if (options.ask.json)
        print(*answer);
    else if (*whole->as_boolean())
        fmt::print("whole: {} links, head {}\n", text_of(document->root(), "links", 20),
                   text_of(document->root(), "head", 100));
    else
        fmt::print("broken at link {}: {}\n", text_of(document->root(), "broken_at", 20),
                   text_of(document->root(), "why", 400));
    return *whole->as_boolean() ? 0 : 1;
}

}  // namespace

void add_records(CLI::App& app, int& code) {
    const auto options = std::make_shared<RecordsOptions>();
    CLI::App* records = app.add_subcommand(
        "records", "The evidence trail: each run, alert and decision, chained by hashes");
    const auto flags = [&](CLI::App* command) {
        command->add_option("--server", options->ask.server, "A running server")
            ->capture_default_str();
        command->add_option("--key", options->ask.key, "Its read key")->envname("PLIMSOLL_KEY");
        command->add_option("--data", options->data,
                            "Read this data directory; a server may run on it");
        command->add_flag("--json", options->ask.json, "JSON instead of words");
    };
    flags(records);
    records->add_option("--kind", options->kind, "watch, trust, alert, decision, …");
    records->add_option("--subject", options->subject, "A dimension, an evaluator, an alert");
    records->add_option("--before", options->before, "Older than this sequence number");
    records->add_option("--limit", options->limit, "At most so many")->capture_default_str();
    CLI::App* check = records->add_subcommand(
        "verify", "Hash every link anew. Exit code: 0 whole, 1 broken, 3 cannot be read");
    flags(check);
    check->add_option("--head", options->head,
                      "The end of the chain as it was remembered: shows a cut or rewritten tail");
    check->callback([options, &code] { code = verify(*options); });
    records->callback([options, &code, check] {
        if (!check->parsed()) code = list(*options);
    });
}

}  // namespace plimsoll::app
