#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/stats/repeated_trials.h"
#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "app/statistics/rows.h"
#include "base/json.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

struct TrialsCommand {
    std::string file, task = "task", score = "score";
    double success = 1.0;
    std::uint32_t k_max = 0;
    bool json = false;
};

int run(const TrialsCommand& asked) {
    const auto rows = read_rows(asked.file);
    if (!rows) return complain(rows.error().what, 3);
    const auto tasks = rows->texts(asked.task);
    if (!tasks) return complain(tasks.error().what, 3);
    const auto scores = rows->numbers(asked.score);
    if (!scores) return complain(scores.error().what, 3);

    std::map<std::string, analyse::TaskTrials> by_task;
    std::uint64_t unscored = 0;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (!(*scores)[i]) {
            ++unscored;
            continue;
        }
        analyse::TaskTrials& task = by_task[(*tasks)[i]];
        ++task.trials;
        task.successes += *(*scores)[i] >= asked.success;
    }
    std::vector<analyse::TaskTrials> all;
    std::uint32_t most = 0;
    for (const auto& [name, task] : by_task) {
        all.push_back(task);
        most = std::max(most, task.trials);
    }
    if (all.empty()) return complain(fmt::format("{}: no trial has a score", asked.file), 3);

    json::Writer w;
    w.begin_object().key("tasks").value(std::uint64_t{all.size()}).key("unscored").value(unscored);
    w.key("pass").begin_array();
    show::TextTable table({"k", "all of k trials succeed", "95%", "tasks", "with fewer trials"});
    for (std::uint32_t k = 1; k <= (asked.k_max ? std::min(asked.k_max, most) : most); ++k) {
        const auto power = analyse::pass_power(all, k);
        const auto& interval = power->interval;
        table.add({std::to_string(k), fmt::format("{:.3f}", power->value),
                   interval ? fmt::format("[{:.3f}, {:.3f}]", interval->low, interval->high)
                            : interval.why(),
                   std::to_string(power->tasks), std::to_string(power->left_out)});
        w.begin_object().key("k").value(k).key("value").value(power->value);
        w.key("low").value(interval ? std::optional(interval->low) : std::nullopt);
        w.key("high").value(interval ? std::optional(interval->high) : std::nullopt);
        w.key("tasks").value(power->tasks).key("left_out").value(power->left_out).end_object();
    }
    w.end_array().end_object();
    if (asked.json) {
        print(w.text());
        return 0;
    }
    print(table.text());
    if (unscored) print(fmt::format("{} trials have no score.\n", unscored));
    return 0;
}

}  // namespace

void add_trials(CLI::App& app, int& code) {
    auto asked = std::make_shared<TrialsCommand>();
    CLI::App* command = app.add_subcommand(
        "trials", "How often a task succeeds every time: pass^k over repeated trials");
    command->add_option("file", asked->file, "CSV or JSON lines, one trial a row; - for input")
        ->required();
    command->add_option("--task", asked->task, "Column: which task it was")->capture_default_str();
    command->add_option("--score", asked->score, "Column: how it went")->capture_default_str();
    command->add_option("--success", asked->success, "A score from here on is a success")
        ->capture_default_str();
    command->add_option("--k-max", asked->k_max, "Largest k. Default: the most trials of a task");
    command->add_flag("--json", asked->json, "For machines");
    command->callback([asked, &code] { code = run(*asked); });
}

}  // namespace plimsoll::app
