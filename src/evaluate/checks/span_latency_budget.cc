#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "evaluate/checks/budget.h"
#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::array kinds = {StepKind::model_call, StepKind::tool_call, StepKind::retrieval,
                              StepKind::rerank,     StepKind::embedding, StepKind::agent,
                              StepKind::workflow,   StepKind::guardrail, StepKind::evaluator,
                              StepKind::other};

class SpanLatencyBudget : public Configured {
  public:
    SpanLatencyBudget(StepKind kind, std::string name, double ms_max)
        : kind_(kind), name_(std::move(name)), ms_max_(ms_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        const Step* slowest = nullptr;
        for (const Step& step : interaction.steps) {
            if (step.kind != kind_) continue;
            if (!name_.empty() && name_ != step.name && name_ != step.tool_name) continue;
            if (!slowest || step.duration_ms() > slowest->duration_ms()) slowest = &step;
        }
        if (!slowest) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                fmt::format("There is no such span of kind {}.", to_word(kind_)));
        }
        return within_budget(
            interaction, slowest->duration_ms(), ms_max_,
            fmt::format("Span {} ({}) took {:.0f} ms; the budget is {:.6g} ms.", slowest->id.hex(),
                        quote(slowest->name, 40), slowest->duration_ms(), ms_max_));
    }

  private:
    StepKind kind_;
    std::string name_;
    double ms_max_;
};

ConfigureResult configure_span_latency_budget(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto word = read.text("kind");
    const auto name = read.text("span_name");
    const auto ms_max = read.number("ms_max", 0);
    if (read.wrong()) return *read.wrong();
    std::vector<std::string_view> words;
    for (const StepKind kind : kinds) {
        if (to_word(kind) == *word) {
            return std::make_unique<SpanLatencyBudget>(kind, name.value_or(""), *ms_max);
        }
        words.push_back(to_word(kind));
    }
    return BadParameter{
        "kind", fmt::format("is no kind of span; the kinds are {}", fmt::join(words, ", "))};
}

}  // namespace

const Check span_latency_budget{
    .name = "span_latency_budget",
    .version = 1,
    .dimension = "latency",
    .says =
        "No span of the kind took longer than the budget. 1 if the slowest is within it, else 0.",
    .takes = {{"kind",
               "Which spans: model_call, tool_call, retrieval, rerank, embedding, agent, "
               "workflow, guardrail, evaluator or other.",
               R"("retrieval")", true},
              {"ms_max", "Milliseconds that one such span may take.", "500", true},
              {"span_name",
               "Only spans, or tools, of exactly this name. Without it, all of the kind.",
               R"("search_orders")"}},
    .example =
        {.params = R"({"kind":"tool_call","ms_max":500})",
         .interaction =
             R"({"output":"Paid.","tool_calls":[{"name":"pay","result":"ok","latency_ms":900}]})",
         .score = 0.0},
    .configure = configure_span_latency_budget};

}  // namespace plimsoll::evaluate
