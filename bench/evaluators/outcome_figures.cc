#include <map>
#include <memory>

#include <fmt/format.h>

#include "analyse/stats/repeated_trials.h"
#include "evaluate/checks/checks.h"
#include "evaluators/figures.h"
#include "evaluators/measures.h"
#include "evaluators/tau_bench.h"
#include "show/text_table.h"

namespace plimsoll::bench {

namespace {

std::unique_ptr<const evaluate::Configured> configured(const evaluate::Check& check,
                                                       const char* params) {
    const auto document = json::Document::parse(params);
    auto result = evaluate::configure(check, document->root(), evaluate::NoFiles());
    return std::get<0>(std::move(result));
}

void print_writes(const std::vector<Trajectory>& trajectories, const std::vector<int>& verdicts,
                  const std::vector<std::string>& reasons) {
    std::vector<std::string> tasks;
    std::vector<int> rewards;
    std::map<std::pair<int, int>, int> cells;
    for (std::size_t i = 0; i < trajectories.size(); ++i) {
        tasks.push_back(trajectories[i].task);
        rewards.push_back(trajectories[i].rewarded);
        ++cells[{rewards[i], verdicts[i]}];
    }
    const auto matthews = clustered_bootstrap(tasks, [&](const auto& rows) {
        return matthews_of_classes(pick(rewards, rows), pick(verdicts, rows));
    });
    show::TextTable table({"trajectories", "MCC with the reward", "both right", "both wrong",
                           "only the writes right", "only the reward given"});
    table.add({std::to_string(trajectories.size()), to_text(matthews),
               std::to_string(cells[{1, 1}]), std::to_string(cells[{0, 0}]),
               std::to_string(cells[{0, 1}]), std::to_string(cells[{1, 0}])});
    fmt::print("{}\n", table.markdown());
    for (std::size_t i = 0; i < trajectories.size(); ++i) {
        if (rewards[i] == verdicts[i]) continue;
        fmt::print("- task {}: reward {}, writes {} {}\n", tasks[i], rewards[i], verdicts[i],
                   reasons[i].empty() ? "as required" : reasons[i]);
    }
    fmt::print("\n");
}

void print_powers(const std::vector<Trajectory>& trajectories, const std::vector<int>& verdicts) {
    std::map<std::string, std::pair<analyse::TaskTrials, analyse::TaskTrials>> tasks;
    for (std::size_t i = 0; i < trajectories.size(); ++i) {
        auto& [reward, writes] = tasks[trajectories[i].task];
        ++reward.trials;
        ++writes.trials;
        reward.successes += trajectories[i].rewarded;
        writes.successes += static_cast<std::uint32_t>(verdicts[i]);
    }
    std::vector<analyse::TaskTrials> rewards, writes;
    for (const auto& [name, pair] : tasks) {
        rewards.push_back(pair.first);
        writes.push_back(pair.second);
    }
    show::TextTable table({"k", "tasks", "pass^k by the reward", "pass^k by required_writes"});
    for (std::uint32_t k = 1; k <= 4; ++k) {
        const auto cell = [&](const std::vector<analyse::TaskTrials>& trials) {
            const auto power = analyse::pass_power(trials, k);
            return fmt::format("{:.3f} [{:.3f}, {:.3f}]", power->value, power->interval->low,
                               power->interval->high);
        };
        table.add({std::to_string(k), std::to_string(rewards.size()), cell(rewards), cell(writes)});
    }
    fmt::print("{}\n", table.markdown());
}

/// What the checks that need no ground truth say of runs that went well, and of the others.
void print_checks(const std::vector<Trajectory>& trajectories) {
    show::TextTable table(
        {"check", "scored of rewarded", "mean", "scored of the others", "mean", "difference"});
    for (const evaluate::Check* check :
         {&evaluate::tool_errors, &evaluate::tool_errors_handled, &evaluate::tool_results_returned,
          &evaluate::tool_results_used, &evaluate::repeated_tool_calls, &evaluate::tool_loop}) {
        const auto judge = configured(*check, "{}");
        std::vector<std::string> tasks;
        std::vector<double> scores;
        std::vector<int> rewards;
        for (const Trajectory& one : trajectories) {
            const Verdict verdict = judge->verdict(one.interaction);
            if (!verdict.score()) continue;
            tasks.push_back(one.task);
            scores.push_back(verdict.score()->value());
            rewards.push_back(one.rewarded);
        }
        const auto mean = [&](const std::vector<std::size_t>& rows, int reward) {
            double sum = 0, n = 0;
            for (const std::size_t i : rows) {
                if (rewards[i] != reward) continue;
                sum += scores[i];
                ++n;
            }
            return std::pair{n, n > 0 ? sum / n : 0.0};
        };
        std::vector<std::size_t> all(scores.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        const auto good = mean(all, 1), bad = mean(all, 0);
        const auto difference = clustered_bootstrap(
            tasks, [&](const auto& rows) { return mean(rows, 1).second - mean(rows, 0).second; });
        table.add({std::string(check->name), fmt::format("{}", good.first),
                   fmt::format("{:.3f}", good.second), fmt::format("{}", bad.first),
                   fmt::format("{:.3f}", bad.second), to_text(difference)});
    }
    fmt::print("{}\n", table.markdown());
}

}  // namespace

void print_outcomes() {
    const std::vector<Trajectory> trajectories = tau_bench();
    const auto writes = configured(evaluate::required_writes, airline_writes);
    std::vector<int> verdicts;
    std::vector<std::string> reasons;
    for (const Trajectory& one : trajectories) {
        const Verdict verdict = writes->verdict(one.interaction);
        if (!verdict.score()) throw std::runtime_error("tau_bench: " + verdict.explanation);
        verdicts.push_back(verdict.score()->value() == 1.0);
        reasons.push_back(verdict.explanation);
    }
    fmt::print("## Outcome of agents\n\n");
    print_writes(trajectories, verdicts, reasons);
    print_powers(trajectories, verdicts);
    print_checks(trajectories);
}

}  // namespace plimsoll::bench
