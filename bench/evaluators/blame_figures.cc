#include <fmt/format.h>

#include "analyse/stats/wilson.h"
#include "evaluate/checks/turn_signs.h"
#include "evaluators/figures.h"
#include "evaluators/who_and_when.h"
#include "show/text_table.h"

namespace plimsoll::bench {

namespace {

const std::vector<std::string> routers = evaluate::usual_routers();

bool works(const FailedRun& run, std::size_t step) {
    const std::string& agent = run.interaction.steps[step].agent;
    return !agent.empty() && !evaluate::is_router(agent, routers);
}

std::size_t last_of_a_worker(const FailedRun& run) {
    for (std::size_t i = run.speakers.size(); i-- > 0;) {
        if (works(run, i)) return i;
    }
    return run.speakers.size() - 1;
}

std::size_t first_of_a_worker(const FailedRun& run) {
    for (std::size_t i = 0; i < run.speakers.size(); ++i) {
        if (works(run, i)) return i;
    }
    return 0;
}

std::size_t second(const FailedRun& run) {
    return std::min<std::size_t>(1, run.speakers.size() - 1);
}

/// Without a sign: an orchestrated run is followed to its last work, another one goes wrong in what
/// is said after the opening.
std::size_t by_signs(const FailedRun& run) {
    if (const auto sign = evaluate::first_sign_of_failure(run.interaction, routers)) {
        return sign->step;
    }
    const bool orchestrated =
        std::any_of(run.speakers.begin(), run.speakers.end(),
                    [](const std::string& one) { return evaluate::is_router(one, routers); });
    return orchestrated ? last_of_a_worker(run) : second(run);
}

std::string share(double right, double n) {
    const auto interval = analyse::wilson(right, n);
    return fmt::format("{:.1f} of {:.0f}: {:.3f} [{:.3f}, {:.3f}]", right, n, right / n,
                       interval.low, interval.high);
}

}  // namespace

void print_blame() {
    fmt::print("## Who failed first, and when\n\n");
    show::TextTable table({"runs", "told by", "the very step", "within one step", "the agent"});
    for (const std::string folder : {"Algorithm-Generated", "Hand-Crafted"}) {
        const std::vector<FailedRun> runs = who_and_when(folder);
        const double n = static_cast<double>(runs.size());
        const auto row = [&](const char* name, auto tell) {
            double step = 0, near = 0, agent = 0;
            for (const FailedRun& run : runs) {
                const std::size_t told = tell(run);
                step += told == run.step;
                near += told + 1 >= run.step && told <= run.step + 1;
                agent += run.speakers[told] == run.agent;
            }
            table.add({folder, name, share(step, n), share(near, n), share(agent, n)});
        };
        row("failed_turn, else by the kind of run", by_signs);
        row("always the first step", [](const FailedRun&) { return std::size_t{0}; });
        row("always the second step", second);
        row("always the last step", [](const FailedRun& run) { return run.speakers.size() - 1; });
        row("the first turn of a worker", first_of_a_worker);
        row("the last turn of a worker", last_of_a_worker);
        double step = 0, near = 0, agent = 0;  // Expected, of a step drawn with equal chances.
        for (const FailedRun& run : runs) {
            const double length = static_cast<double>(run.speakers.size());
            step += 1 / length;
            for (std::size_t i = 0; i < run.speakers.size(); ++i) {
                near += (i + 1 >= run.step && i <= run.step + 1) / length;
                agent += (run.speakers[i] == run.agent) / length;
            }
        }
        table.add({folder, "a step at random", share(step, n), share(near, n), share(agent, n)});
    }
    fmt::print("{}\n", table.markdown());
}

}  // namespace plimsoll::bench
