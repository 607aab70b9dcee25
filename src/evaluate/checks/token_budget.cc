#include <fmt/format.h>

#include "evaluate/checks/budget.h"
#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"

namespace plimsoll::evaluate {

namespace {

struct TokenLimits {
    std::optional<std::int64_t> input;
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> total;
};

class TokenBudget : public Configured {
  public:
    explicit TokenBudget(TokenLimits limits) : limits_(limits) {}

    Verdict verdict(const Interaction& interaction) const override {
        const Tokens& used = interaction.tokens;
        const std::optional<std::int64_t> total =
            used.input && used.output ? std::optional(*used.input + *used.output) : std::nullopt;
        struct Line {
            std::string_view name;
            std::optional<std::int64_t> used, max;
        };
        bool missing = false;
        for (const Line& line :
             {Line{"input", used.input, limits_.input}, Line{"output", used.output, limits_.output},
              Line{"input and output", total, limits_.total}}) {
            if (!line.max) continue;
            if (!line.used) {
                missing = true;
            } else if (*line.used > *line.max) {
                return Verdict::fail(fmt::format("Used {} {} tokens; the budget is {}.", *line.used,
                                                 line.name, *line.max));
            }
        }
        if (missing) {
            return Verdict::unscored(Reason::missing_content, "Not all token counts were sent.");
        }
        return within_budget(interaction, 0, 0, "");
    }

  private:
    TokenLimits limits_;
};

ConfigureResult configure_token_budget(json::Value params, const Files&) {
    ParameterReader read(params);
    const TokenLimits limits{read.count("input_max"), read.count("output_max"),
                             read.count("total_max")};
    if (read.wrong()) return *read.wrong();
    if (!limits.input && !limits.output && !limits.total) {
        return BadParameter{"", "token_budget needs one of input_max, output_max, total_max"};
    }
    return std::make_unique<TokenBudget>(limits);
}

}  // namespace

const Check token_budget{
    .name = "token_budget",
    .version = 1,
    .dimension = "cost",
    .says =
        "All model calls together used no more tokens than the budgets. 1 within all, 0 over one.",
    .takes = {{"input_max", "Tokens that may go in, cached ones included.", "8000"},
              {"output_max", "Tokens that may come out, reasoning included.", "2000"},
              {"total_max", "Input and output together.", "10000"}},
    .example = {.params = R"({"output_max":50})",
                .interaction = R"({"output":"Hello","input_tokens":12,"output_tokens":70})",
                .score = 0.0},
    .configure = configure_token_budget};

}  // namespace plimsoll::evaluate
