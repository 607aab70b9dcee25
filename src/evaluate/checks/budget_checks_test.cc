#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/judged.h"

namespace plimsoll::evaluate {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(LatencyBudget, holds_up_to_the_last_millisecond) {
    EXPECT_EQ(judged(latency_budget, R"({"ms_max":900})", R"({"latency_ms":900})"), "1");
    EXPECT_EQ(judged(latency_budget, R"({"ms_max":900})", R"({"latency_ms":901})"),
              "0: Took 901 ms; the budget is 900 ms.");
    EXPECT_EQ(judged(latency_budget, R"({"ms_max":0})", "{}"),
              "refused ms_max: must be a number above 0, not “0”");
}

TEST(LatencyBudget, of_an_incomplete_trace_only_too_late_is_sure) {
    EXPECT_EQ(judged(latency_budget, R"({"ms_max":900})", R"({"latency_ms":10,"incomplete":true})"),
              "unscored incomplete: Within the budget as far as spans came.");
    EXPECT_THAT(
        judged(latency_budget, R"({"ms_max":900})", R"({"latency_ms":1000,"incomplete":true})"),
        StartsWith("0:"));
}

TEST(SpanLatencyBudget, looks_at_the_slowest_of_its_kind) {
    const std::string_view story =
        R"({"output":"ok","tool_calls":[{"name":"find","latency_ms":40,"result":"1"},)"
        R"({"name":"pay","latency_ms":700,"result":"2"}]})";
    EXPECT_EQ(judged(span_latency_budget, R"({"kind":"tool_call","ms_max":500})", story),
              "0: Span 0000000000000003 (“tool_call”) took 700 ms; the budget is 500 ms.");
    EXPECT_EQ(judged(span_latency_budget, R"({"kind":"tool_call","ms_max":500,"span_name":"find"})",
                     story),
              "1");
    EXPECT_EQ(judged(span_latency_budget, R"({"kind":"retrieval","ms_max":500})", story),
              "unscored not_applicable: There is no such span of kind retrieval.");
    EXPECT_THAT(
        judged(span_latency_budget, R"({"kind":"tool","ms_max":500})", story),
        StartsWith("refused kind: is no kind of span; the kinds are model_call, tool_call"));
}

TEST(FirstTokenBudget, needs_a_model_call_that_says) {
    EXPECT_EQ(judged(first_token_budget, R"({"ms_max":500})", R"({"output":"x"})"),
              "unscored missing_content: No model call says when its first token came.");
    EXPECT_EQ(judged(first_token_budget, R"({"ms_max":500})", R"({"first_token_ms":600})"),
              "0: The first token came after 600 ms; the budget is 500 ms.");
}

TEST(CostBudget, needs_a_cost) {
    EXPECT_EQ(judged(cost_budget, R"({"usd_max":0.05})", R"({"cost_usd":0.05})"), "1");
    EXPECT_EQ(judged(cost_budget, R"({"usd_max":0.05})", R"({"cost_usd":0.051})"),
              "0: Cost $0.051; the budget is $0.05.");
    EXPECT_EQ(judged(cost_budget, R"({"usd_max":0.05})", R"({"output":"x"})"),
              "unscored missing_content: No span says what it cost.");
    EXPECT_EQ(judged(cost_budget, R"({"usd_max":0.05})", R"({"cost_usd":0.01,"incomplete":true})"),
              "unscored incomplete: Within the budget as far as spans came.");
}

TEST(TokenBudget, holds_each_count_to_its_own_budget) {
    const std::string_view story = R"({"input_tokens":100,"output_tokens":20})";
    EXPECT_EQ(judged(token_budget, R"({"input_max":100,"output_max":20,"total_max":120})", story),
              "1");
    EXPECT_EQ(judged(token_budget, R"({"input_max":99})", story),
              "0: Used 100 input tokens; the budget is 99.");
    EXPECT_EQ(judged(token_budget, R"({"total_max":119})", story),
              "0: Used 120 input and output tokens; the budget is 119.");
    EXPECT_EQ(judged(token_budget, R"({"output_max":5})", R"({"input_tokens":100})"),
              "unscored missing_content: Not all token counts were sent.");
    EXPECT_EQ(judged(token_budget, R"({"input_max":5,"output_max":5})", R"({"input_tokens":100})"),
              "0: Used 100 input tokens; the budget is 5.");
}

}  // namespace
}  // namespace plimsoll::evaluate
