#include <fmt/format.h>

#include "evaluate/checks/budget.h"
#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"

namespace plimsoll::evaluate {

namespace {

class LatencyBudget : public Configured {
  public:
    explicit LatencyBudget(double ms_max) : ms_max_(ms_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        const double ms = interaction.duration_ms();
        return within_budget(interaction, ms, ms_max_,
                             fmt::format("Took {:.0f} ms; the budget is {:.6g} ms.", ms, ms_max_));
    }

  private:
    double ms_max_;
};

ConfigureResult configure_latency_budget(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto ms_max = read.number("ms_max", 0);
    if (read.wrong()) return *read.wrong();
    return std::make_unique<LatencyBudget>(*ms_max);
}

}  // namespace

const Check latency_budget{
    .name = "latency_budget",
    .version = 1,
    .dimension = "latency",
    .says =
        "The interaction took no longer than the budget, from its first span's start to its last "
        "span's end. 1 within it, 0 over it.",
    .takes = {{"ms_max", "Milliseconds that one interaction may take.", "8000", true}},
    .example = {.params = R"({"ms_max":8000})",
                .interaction = R"({"output":"Hello","latency_ms":9200})",
                .score = 0.0},
    .configure = configure_latency_budget};

}  // namespace plimsoll::evaluate
