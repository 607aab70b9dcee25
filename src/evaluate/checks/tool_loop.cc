#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::size_t calls_in_a_round_max = 8;

struct Loop {
    std::size_t begin = 0, period = 0;
    std::size_t rounds = 0;
};

/// The first run of `rounds_min` rounds of the same calls with the same results, shortest round
/// first; no rounds if there is none. Linear in the calls.
Loop loop_of(const std::vector<std::string>& calls, std::size_t rounds_min) {
    for (std::size_t period = 1; period <= calls_in_a_round_max; ++period) {
        std::size_t run = 0;  // Calls in a row that are what they were one period before.
        for (std::size_t i = period; i < calls.size(); ++i) {
            run = calls[i] == calls[i - period] ? run + 1 : 0;
            if (run >= period * (rounds_min - 1)) {
                return {i + 1 - period * rounds_min, period, rounds_min};
            }
        }
    }
    return {};
}

class ToolLoop : public Configured {
  public:
    ToolLoop(std::int64_t rounds_max, std::int64_t failures_max)
        : rounds_max_(static_cast<std::size_t>(rounds_max)),
          failures_max_(static_cast<std::size_t>(failures_max)) {}

    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<Exchange> exchanges = exchanges_of(interaction);
        if (exchanges.empty()) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool was called.");
        }
        std::vector<std::string> calls;
        for (const Exchange& one : exchanges) {
            calls.push_back(identity_of(one) + '\n' + std::string(one.result));
        }
        if (const Loop loop = loop_of(calls, rounds_max_ + 1); loop.rounds > 0) {
            return Verdict::fail(fmt::format(
                "From tool call {} on, {} in a row {} made {} times with the same results; {} "
                "first.",
                loop.begin + 1, loop.period == 1 ? "one" : std::to_string(loop.period),
                loop.period == 1 ? "is" : "are", loop.rounds,
                quote(exchanges[loop.begin].tool, 40)));
        }
        std::size_t failures = 0;
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            const bool same_tool = i > 0 && exchanges[i].tool == exchanges[i - 1].tool;
            failures = !exchanges[i].failed ? 0 : same_tool ? failures + 1 : 1;
            if (failures > failures_max_) {
                return Verdict::fail(fmt::format("{} failed {} times in a row, up to tool call {}.",
                                                 quote(exchanges[i].tool, 40), failures, i + 1));
            }
        }
        if (interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "More calls may be on their way.");
        }
        return Verdict::pass();
    }

  private:
    std::size_t rounds_max_, failures_max_;
};

ConfigureResult configure_tool_loop(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto rounds_max = read.count("rounds_max").value_or(2);
    const auto failures_max = read.count("failures_max").value_or(4);
    if (rounds_max < 1 || rounds_max > 1000) read.refuse("rounds_max", "must be 1 to 1000");
    if (failures_max < 1 || failures_max > 1000) read.refuse("failures_max", "must be 1 to 1000");
    if (read.wrong()) return *read.wrong();
    return std::make_unique<ToolLoop>(rounds_max, failures_max);
}

}  // namespace

const Check tool_loop{
    .name = "tool_loop",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "Tool calls do not go round in circles: no round of up to eight calls is made again and "
        "again with the same results, and no tool fails again and again.",
    .takes = {{"rounds_max", "Rounds of the same calls that are borne. Default: 2.", "2"},
              {"failures_max", "Failures in a row of one tool that are borne. Default: 4.", "4"}},
    .example = {.params = "{}",
                .interaction = R"({"output":"Hm.","tool_calls":[)"
                               R"({"name":"find","result":"none"},{"name":"look","result":"no"},)"
                               R"({"name":"find","result":"none"},{"name":"look","result":"no"},)"
                               R"({"name":"find","result":"none"},{"name":"look","result":"no"}]})",
                .score = 0.0},
    .configure = configure_tool_loop};

}  // namespace plimsoll::evaluate
