#include <fmt/format.h>

#include "evaluate/checks/budget.h"
#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"

namespace plimsoll::evaluate {

namespace {

class CostBudget : public Configured {
  public:
    explicit CostBudget(double usd_max) : usd_max_(usd_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        if (!interaction.cost_usd) {
            return Verdict::unscored(Reason::missing_content, "No span says what it cost.");
        }
        return within_budget(
            interaction, *interaction.cost_usd, usd_max_,
            fmt::format("Cost ${:.4g}; the budget is ${:.4g}.", *interaction.cost_usd, usd_max_));
    }

  private:
    double usd_max_;
};

ConfigureResult configure_cost_budget(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto usd_max = read.number("usd_max", 0);
    if (read.wrong()) return *read.wrong();
    return std::make_unique<CostBudget>(*usd_max);
}

}  // namespace

const Check cost_budget{
    .name = "cost_budget",
    .version = 1,
    .dimension = "cost",
    .says = "All model calls together cost no more than the budget. 1 within it, 0 over it.",
    .takes = {{"usd_max", "US dollars that one interaction may cost.", "0.05", true}},
    .example = {.params = R"({"usd_max":0.05})",
                .interaction = R"({"output":"Hello","cost_usd":0.08})",
                .score = 0.0},
    .configure = configure_cost_budget};

}  // namespace plimsoll::evaluate
