#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/turn_signs.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

class FailedTurn : public Configured {
  public:
    explicit FailedTurn(std::vector<std::string> routers) : routers_(std::move(routers)) {}

    Verdict verdict(const Interaction& interaction) const override {
        std::set<std::string_view> agents;
        for (const Step& step : interaction.steps) {
            if (!step.agent.empty()) agents.insert(step.agent);
        }
        if (agents.size() < 2) {
            return Verdict::unscored(Reason::not_applicable, "Fewer than two agents have a name.");
        }
        if (const auto sign = first_sign_of_failure(interaction, routers_)) {
            return Verdict::fail(fmt::format(
                "Turn {}, of {}, is the first that failed: what followed says {}", sign->turn,
                quote(interaction.steps[sign->step].agent, 40), quote(sign->evidence)));
        }
        if (interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "More turns may be on their way.");
        }
        return Verdict::pass();
    }

  private:
    std::vector<std::string> routers_;
};

ConfigureResult configure_failed_turn(json::Value params, const Files&) {
    ParameterReader read(params);
    auto routers = read.texts("routers");
    if (read.wrong()) return *read.wrong();
    if (routers.empty()) routers = usual_routers();
    return std::make_unique<FailedTurn>(std::move(routers));
}

}  // namespace

const Check failed_turn{
    .name = "failed_turn",
    .version = 1,
    .dimension = "outcome",
    .says =
        "Where several agents work together, no agent's turn is followed by a sign that it "
        "failed: a tool or a program that ends in an error, or an orchestrator that notes that "
        "nothing moves. The explanation names the first such turn.",
    .takes = {{"routers",
               "Words in the names of agents that hand out work instead of doing it; they are not "
               "blamed. Default: orchestrator, manager, supervisor, planner, router.",
               R"(["orchestrator"])"}},
    .example = {.params = "{}",
                .interaction = R"({"agents":[{"agent":"Coder","says":"print 1/0"},)"
                               R"({"tool":"terminal","result":"exitcode: 1"},)"
                               R"({"agent":"Reviewer","says":"Hm."}]})",
                .score = 0.0},
    .configure = configure_failed_turn};

}  // namespace plimsoll::evaluate
