// plimsoll erase --user ID: one person out of a data directory, and a receipt on the evidence
// trail.
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/demo/progress.h"
#include "app/pseudonym_key.h"
#include "app/system_clock.h"
#include "base/json.h"
#include "interaction/privacy/redactor.h"
#include "store/erase.h"
#include "store/sqlite_run_records.h"
#include "store/sqlite_state.h"

namespace plimsoll::app {

namespace {

struct EraseCommand {
    std::string user, data = "data";
    bool only_count = false, json = false;
};

std::string receipt(const store::Erased& erased, const std::string& pseudonym) {
    json::Writer w;
    w.begin_object().key("user").value(pseudonym).key("interactions").value(erased.interactions);
    w.key("traces").value(erased.traces).key("spans").value(erased.spans);
    w.key("journal_rows").value(erased.journal_rows).key("labels").value(erased.labels);
    w.key("judgements").value(erased.judgements).key("dataset_items").value(erased.dataset_items);
    w.key("dataset_versions").begin_array();
    for (const std::string& change : erased.dataset_versions) w.value(change);
    w.end_array().key("unsearched").begin_array();
    for (const std::string& file : erased.unsearched) w.value(file);
    return w.end_array().end_object().take();
}

int erase(const EraseCommand& command) {
    const std::filesystem::path data = command.data;
    if (!std::filesystem::exists(data / "journal"))
        return complain(
            fmt::format("{} holds no journal; --data names the directory", command.data));
    const auto key = open_pseudonym_key(data);
    if (!key) return complain(key.error().what);
    const bool is_pseudonym = command.user.starts_with("<USER_") && command.user.ends_with(">");
    const std::string pseudonym =
        is_pseudonym
            ? command.user
            : interaction::privacy::Redactor(key->key, {}).placeholder("USER", command.user);
    store::EraseOptions options{
        .data_dir = data, .users = {pseudonym}, .only_count = command.only_count};
    if (!is_pseudonym) options.users.push_back(command.user);
    Progress progress(command.only_count ? "Searching" : "Erasing", 1000);
    options.progress = [&](double share) { progress.at(static_cast<std::uint64_t>(share * 1000)); };
    const auto erased = store::erase(options);
    if (!erased)
        return complain(
            fmt::format("{}. If a server runs on this directory, stop it first; what "
                        "senders send meanwhile they send again.",
                        erased.error().what));
    progress.done();

    const std::string result = receipt(*erased, pseudonym);
    if (!command.only_count) {
        if (const auto state = store::open_sqlite_state({.data_dir = data}); !state)
            return complain(state.error().what);
        auto trail = store::open_sqlite_run_records(data / "state.db");
        if (!trail) return complain(trail.error().what);
        const auto link = (*trail)->append({.time = SystemClock().now(),
                                            .kind = "erasure",
                                            .subject = pseudonym,
                                            .tuple = "{}",
                                            .methods = R"({"erasure":"1"})",
                                            .result = result});
        if (!link) return complain(link.error().what);
    }
    if (command.json) {
        print(result);
    } else {
        print(fmt::format(
            "{}: {} interactions with {} spans, {} labels, {} judgements, {} items of "
            "datasets {}",
            pseudonym, erased->traces, erased->spans, erased->labels, erased->judgements,
            erased->dataset_items, command.only_count ? "would go" : "are gone"));
        for (const std::string& change : erased->dataset_versions) print(change);
    }
    for (const std::string& file : erased->unsearched)
        complain(
            fmt::format("could not be searched: {}. Delete it if you need not keep it.", file));
    return erased->unsearched.empty() ? 0 : 1;
}

}  // namespace

void add_erase(CLI::App& app, int& code) {
    auto command = std::make_shared<EraseCommand>();
    CLI::App* erase_command = app.add_subcommand(
        "erase",
        "Remove one person's interactions from journal, facts, labels, judge ledger and datasets");
    erase_command->add_option("--user", command->user, "User id as it was sent, or its pseudonym")
        ->required();
    erase_command->add_option("--data", command->data, "Data directory of a stopped server")
        ->capture_default_str();
    erase_command->add_flag("--dry-run", command->only_count, "Only say what would go");
    erase_command->add_flag("--json", command->json, "The receipt as JSON");
    erase_command->callback([command, &code] { code = erase(*command); });
}

}  // namespace plimsoll::app
