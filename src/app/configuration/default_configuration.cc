#include "app/configuration/configuration.h"

namespace plimsoll::app {

std::string_view default_configuration_text() {
    return R"(# What Plimsoll watches when no --config is given: only what needs no word from the team.
# Copy it, name the owners, and tighten the budgets to what your users should get.
owners:
  team: {rotation: [you]}
dimensions:
  format:
    says: The answer is there and whole.
    owner: team
    evaluators:
      - check: empty_output
      - check: truncated_output
  tool_calls:
    says: Tools are called as they were offered, and run without an error.
    owner: team
    evaluators:
      - check: tool_call_well_formed
      - check: tool_errors
  latency:
    says: The user does not wait long.
    owner: team
    evaluators:
      - {check: latency_budget, ms_max: 30000}
      - {check: first_token_budget, ms_max: 5000}
  cost:
    says: An interaction stays within its budget of money and tokens.
    owner: team
    evaluators:
      - {check: cost_budget, usd_max: 0.5}
      - {check: token_budget, total_max: 100000}
)";
}

}  // namespace plimsoll::app
