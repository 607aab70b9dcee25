#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"

namespace plimsoll::evaluate {

namespace {

class FirstTokenBudget : public Configured {
  public:
    explicit FirstTokenBudget(double ms_max) : ms_max_(ms_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        if (!interaction.first_token_s) {
            return Verdict::unscored(Reason::missing_content,
                                     "No model call says when its first token came.");
        }
        const double ms = *interaction.first_token_s * 1000;
        if (ms <= ms_max_) return Verdict::pass();
        return Verdict::fail(fmt::format(
            "The first token came after {:.0f} ms; the budget is {:.6g} ms.", ms, ms_max_));
    }

  private:
    double ms_max_;
};

ConfigureResult configure_first_token_budget(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto ms_max = read.number("ms_max", 0);
    if (read.wrong()) return *read.wrong();
    return std::make_unique<FirstTokenBudget>(*ms_max);
}

}  // namespace

const Check first_token_budget{
    .name = "first_token_budget",
    .version = 1,
    .dimension = "latency",
    .says =
        "The first model call that streams began to answer within the budget. 1 within it, 0 over "
        "it.",
    .takes = {{"ms_max", "Milliseconds from the call to the first piece of its answer.", "1500",
               true}},
    .example = {.params = R"({"ms_max":1500})",
                .interaction = R"({"output":"Hello","first_token_ms":400})",
                .score = 1.0},
    .configure = configure_first_token_budget};

}  // namespace plimsoll::evaluate
