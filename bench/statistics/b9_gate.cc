#include <cmath>

#include <fmt/format.h>

#include "analyse/comparison/gate.h"
#include "analyse/comparison/sample_size.h"
#include "analyse/comparison/sequential_gate.h"
#include "base/counter_random.h"
#include "base/hash.h"
#include "statistics/scenarios.h"

namespace plimsoll::bench {

namespace {

using analyse::GateOutcome;

struct Shares {
    double pass = 0, fail = 0, naive = 0;
    double stopped = 0, stopped_after = 0;  ///< In sequence: how often passed, after how many.
    double failed = 0, failed_after = 0;
};

/// Candidates that differ from the baseline on `discordance` of the examples, by `difference` in
/// all.
Shares simulate(double discordance, double difference, int n, int replicates) {
    constexpr double margin = .03;
    Shares shares;
    const double gained = (discordance + difference) / 2;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(hash64(fmt::format("B9 {} {} {}", discordance, difference, n)),
                           static_cast<std::uint64_t>(r));
        analyse::GateDimension dimension{.name = "d", .margin = margin};
        std::vector<double> differences;
        double sum = 0;
        for (int i = 0; i < n; ++i) {
            const double u = dice.uniform();
            const double d = u < gained ? 1 : u < discordance ? -1 : 0;
            dimension.pairs.push_back({std::to_string(i), d < 0 ? 1. : 0., d > 0 ? 1. : 0.});
            differences.push_back(d);
            sum += d;
        }
        const GateOutcome outcome = analyse::judge_gate({&dimension, 1}).outcome;
        shares.pass += outcome == GateOutcome::pass;
        shares.fail += outcome == GateOutcome::fail;
        shares.naive += sum / n >= -margin;
        const analyse::SequentialVerdict verdict = analyse::in_sequence(differences, margin);
        const bool passed = verdict.outcome == GateOutcome::pass;
        const bool failed = verdict.outcome == GateOutcome::fail;
        shares.stopped += passed;
        shares.stopped_after += passed ? static_cast<double>(verdict.after) : 0;
        shares.failed += failed;
        shares.failed_after += failed ? static_cast<double>(verdict.after) : 0;
    }
    if (shares.stopped > 0) shares.stopped_after /= shares.stopped;
    if (shares.failed > 0) shares.failed_after /= shares.failed;
    for (double* share :
         {&shares.pass, &shares.fail, &shares.naive, &shares.stopped, &shares.failed}) {
        *share /= replicates;
    }
    return shares;
}

/// Conversations of five examples, which the candidate gains or loses as a whole.
double clustered_passes(int conversations, double gained, double lost, int replicates) {
    double passes = 0;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(hash64(fmt::format("B9 clusters {} {}", conversations, lost)),
                           static_cast<std::uint64_t>(r));
        analyse::GateDimension dimension{.name = "d", .margin = .03};
        for (int c = 0; c < conversations; ++c) {
            const double u = dice.uniform();
            const double baseline = u < gained ? 0 : 1, candidate = u > 1 - lost ? 0 : 1;
            for (int i = 0; i < 5; ++i) {
                dimension.pairs.push_back({std::to_string(c), baseline, candidate});
            }
        }
        passes += analyse::judge_gate({&dimension, 1}).outcome == GateOutcome::pass;
    }
    return passes / replicates;
}

double error_of(double share, int replicates) {
    return std::sqrt(share * (1 - share) / replicates);
}

std::vector<Figure> run(Effort effort) {
    const bool full = effort == Effort::full;
    const int replicates = full ? 4000 : 20;
    std::vector<Figure> figures;
    const auto share = [&](std::string what, double value, std::string target = "",
                           std::optional<bool> met = {}) {
        figures.push_back({std::move(what), value, error_of(value, replicates), std::move(target),
                           full ? met : std::nullopt});
    };
    for (const int n : full ? std::vector{200, 800, 1600} : std::vector{200}) {
        for (const double difference : {0., -.015, -.03, -.06}) {
            const Shares shares = simulate(.10, difference, n, replicates);
            const std::string cell =
                fmt::format("discordance .10, n {}, difference {}", n, difference);
            const bool at_margin = difference == -.03;
            share(cell + ": passes", shares.pass, at_margin ? "<= .05" : "",
                  at_margin ? std::optional(shares.pass <= .05 + 2 * error_of(.05, replicates))
                            : std::nullopt);
            share(cell + ": fails", shares.fail);
            share(cell + ": naive rule passes", shares.naive);
            if (at_margin || difference == 0) {
                share(cell + ": sequential passes", shares.stopped, at_margin ? "<= .05" : "",
                      at_margin ? std::optional(shares.stopped <= .05) : std::nullopt);
            }
            const bool unchanged = difference == 0;
            if (unchanged || difference == -.06) {
                share(cell + ": sequential fails", shares.failed, unchanged ? "<= .01" : "",
                      unchanged ? std::optional(shares.failed <= .01) : std::nullopt);
                figures.push_back({cell + ": sequential, examples used when it decides",
                                   unchanged ? shares.stopped_after : shares.failed_after});
            }
        }
    }
    for (const int conversations : full ? std::vector{20, 60, 200, 600} : std::vector{20}) {
        for (const double gained : {0., .025}) {
            const double passes = clustered_passes(conversations, gained, gained + .03, replicates);
            share(fmt::format("{} conversations, {} lost as a whole and {} gained: passes",
                              conversations, gained + .03, gained),
                  passes, "<= .05", passes <= .05 + 2 * error_of(.05, replicates));
            share(fmt::format("{} conversations, {} lost and {} gained: passes", conversations,
                              gained, gained),
                  clustered_passes(conversations, gained, gained, replicates));
        }
    }
    for (const double discordance : {.05, .10, .20}) {
        for (const double margin : {.03}) {
            const analyse::GatePlan plan{.variance = discordance, .margin = margin};
            const double n = analyse::pairs_to_pass(plan);
            const double power = simulate(discordance, 0, static_cast<int>(n), replicates).pass;
            share(fmt::format("calculator's n = {} for discordance {}: simulated power", n,
                              discordance),
                  power, ".80 +- 5%", std::abs(power - .80) <= .04);
        }
    }
    return figures;
}

}  // namespace

const Scenario b9_gate{.name = "B9",
                       .says = "CI gate: candidates of known difference against a margin of .03",
                       .run = run};

}  // namespace plimsoll::bench
