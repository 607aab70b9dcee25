// plimsoll judge replay: what judges said, read again from their kept replies.
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/judging/journal_interactions.h"
#include "app/judging/replay_ledger.h"
#include "app/system_clock.h"
#include "base/json.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_judge_ledger.h"

namespace plimsoll::app {

namespace {

struct ReplayOptions {
    std::string config, data = "data";
    bool json = false;
};

int replay(const ReplayOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;
    std::map<std::string, const evaluate::Judge*> judges;
    for (const auto& [name, settings] : configuration->judges)
        judges[evaluate::definition_hash(*settings.judge)] = settings.judge.get();
    const SystemClock clock;
    // The journal first: it takes the directory. So no child may be forked for the facts.
    const auto journal = store::open_sqlite_journal(clock, {.data_dir = options.data});
    if (!journal) return complain(journal.error().what, 3);
    const auto facts = store::open_duckdb_facts({.data_dir = options.data, .try_in_child = false});
    if (!facts) return complain(facts.error().what, 3);
    const auto ledger = store::open_sqlite_judge_ledger({.data_dir = options.data});
    if (!ledger) return complain(ledger.error().what, 3);
    JournalInteractions interactions(*facts->facts, **journal);
    const auto found = replay_ledger(*ledger->ledger, interactions, judges);
    if (!found) return complain(found.error().what, 3);
    if (options.json) {
        json::Writer w;
        w.begin_object().key("same").value(found->same).key("other_request");
        w.value(found->other_request).key("other_verdict").value(found->other_verdict);
        w.key("without_reply").value(found->without_reply).key("gone").value(found->gone);
        w.key("other_judge").value(found->other_judge).key("differences").begin_array();
        for (const std::string& one : found->differences) w.value(one);
        w.end_array().end_object();
        print(w.take());
    } else {
        print(fmt::format("{} judgements come out the same, bit for bit", found->same));
        const std::pair<std::uint64_t, const char*> others[] = {
            {found->other_request, "would be asked with another request today"},
            {found->other_verdict, "read differently today"},
            {found->without_reply, "have no reply to read"},
            {found->gone, "speak of interactions that are gone"},
            {found->other_judge, "are of judges that are not configured"}};
        for (const auto& [count, says] : others)
            if (count > 0) print(fmt::format("{} {}", count, says));
        for (const std::string& one : found->differences) print("  " + one);
    }
    return found->other_verdict > 0 ? 1 : 0;
}

}  // namespace

void add_judge_replay(CLI::App& judge, int& code) {
    auto options = std::make_shared<ReplayOptions>();
    CLI::App* command = judge.add_subcommand(
        "replay", "Read every kept reply again, without a model: the same verdicts, bit for bit");
    command->add_option("--config", options->config, "Configuration file")->required();
    command->add_option("--data", options->data, "Data directory of a server that does not run")
        ->capture_default_str();
    command->add_flag("--json", options->json, "JSON instead of words");
    command->callback([options, &code] { code = replay(*options); });
}

}  // namespace plimsoll::app
