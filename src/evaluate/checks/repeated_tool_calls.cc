#include <map>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"

namespace plimsoll::evaluate {

namespace {

class RepeatedToolCalls : public Configured {
  public:
    explicit RepeatedToolCalls(std::int64_t retries_max) : retries_max_(retries_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<Exchange> exchanges = exchanges_of(interaction);
        struct Earlier {
            const Exchange* last;
            std::int64_t failures;
        };
        std::map<std::string, Earlier> made;
        std::size_t repeated = 0, count = 0;
        const Exchange* first = nullptr;
        bool arguments_are_missing = false;
        for (const Exchange& one : exchanges) {
            arguments_are_missing |= one.arguments.empty() && !one.asked;
            ++count;
            const auto [known, fresh] = made.try_emplace(identity_of(one), Earlier{&one, 0});
            Earlier& earlier = known->second;
            if (!fresh) {
                const bool is_retry = earlier.last->failed && earlier.failures <= retries_max_;
                // Another result to the same question: it asked how things stand now.
                const bool is_poll = !earlier.last->failed && !one.result.empty() &&
                                     one.result != earlier.last->result;
                if (!is_retry && !is_poll) {
                    ++repeated;
                    if (!first) first = &one;
                }
                earlier.last = &one;
            }
            earlier.failures = one.failed ? earlier.failures + 1 : 0;
        }
        if (count == 0) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool was called.");
        }
        if (repeated == 0) {
            return interaction.incomplete
                       ? Verdict::unscored(Reason::incomplete, "More calls may be on their way.")
                       : Verdict::pass();
        }
        if (arguments_are_missing) {
            return Verdict::unscored(Reason::missing_content, "Arguments of calls were not sent.");
        }
        return {Score::of(1.0 - static_cast<double>(repeated) / static_cast<double>(count)),
                fmt::format("{} of {} tool calls repeat an earlier one; first {} with {}", repeated,
                            count, quote(first->tool, 40), quote(first->arguments))};
    }

  private:
    std::int64_t retries_max_;
};

ConfigureResult configure_repeated_tool_calls(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto retries_max = read.count("retries_max").value_or(2);
    if (read.wrong()) return *read.wrong();
    return std::make_unique<RepeatedToolCalls>(retries_max);
}

}  // namespace

const Check repeated_tool_calls{
    .name = "repeated_tool_calls",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "No tool was called again with the same arguments, save to retry after a failure or "
        "where the result was another. The score is the share of calls that were no repeats.",
    .takes = {{"retries_max", "Retries in a row that a failing call may have. Default: 2.", "2"}},
    .example = {.params = "{}",
                .interaction = R"({"output":"Hm.","tool_calls":[)"
                               R"({"name":"find","arguments":{"a":1,"b":2},"result":"none"},)"
                               R"({"name":"find","arguments":{"b":2,"a":1},"result":"none"}]})",
                .score = 0.5},
    .configure = configure_repeated_tool_calls};

}  // namespace plimsoll::evaluate
