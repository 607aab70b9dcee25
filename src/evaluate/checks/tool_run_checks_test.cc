// What became of tool calls: results, errors, repeats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/judged.h"
#include "evaluate/tool_calls/exchanges.h"

namespace plimsoll::evaluate {
namespace {

using testing::StartsWith;

std::string with_calls(std::string_view calls, std::string_view output = "Done.",
                       std::string_view more = "") {
    return R"({"input":"Cancel order 7.","output":")" + std::string(output) +
           R"(","tool_calls":[)" + std::string(calls) + "]" + std::string(more) + "}";
}

TEST(Exchanges, gather_what_a_call_became) {
    Interaction interaction = example_interaction(
        with_calls(R"({"name":"a","arguments":{"x":1},"result":"ok"},{"name":"b"})"));
    interaction.steps.back().input.push_back(
        {.role = Role::tool,
         .parts = {{.kind = PartKind::tool_result, .text = "Error: no", .id = "call_2"},
                   {.kind = PartKind::tool_result, .text = "old", .id = "earlier"}}});
    const auto exchanges = exchanges_of(interaction);
    ASSERT_EQ(exchanges.size(), 2u);
    EXPECT_TRUE(exchanges[0].asked && exchanges[0].ran && !exchanges[0].failed);
    EXPECT_EQ(exchanges[0].arguments, R"({"x":1})");
    EXPECT_TRUE(exchanges[1].answered && !exchanges[1].ran && exchanges[1].failed);
    EXPECT_EQ(exchanges[1].error, "Error: no");
}

TEST(Exchanges, without_ids_take_the_first_call_of_the_tool) {
    Interaction interaction =
        example_interaction(with_calls(R"({"name":"a","result":"1"},{"name":"a","result":"2"})"));
    for (Step& step : interaction.steps) {
        step.tool_call_id.clear();
        for (Message& message : step.output) {
            for (Part& part : message.parts) part.id.clear();
        }
    }
    const auto exchanges = exchanges_of(interaction);
    ASSERT_EQ(exchanges.size(), 2u);
    EXPECT_EQ(exchanges[0].result, "1");
    EXPECT_EQ(exchanges[1].result, "2");
}

TEST(Exchanges, match_the_last_results_where_ids_repeat) {
    Interaction interaction = example_interaction(with_calls(R"({"name":"a"},{"name":"b"})"));
    for (Part& part : interaction.steps[0].output[0].parts) part.id = "same";
    const auto result = [](std::string text) {
        return Part{.kind = PartKind::tool_result, .text = std::move(text), .id = "same"};
    };
    interaction.steps.back().input.push_back(
        {.role = Role::tool, .parts = {result("of an earlier turn"), result("1"), result("2")}});
    const auto exchanges = exchanges_of(interaction);
    ASSERT_EQ(exchanges.size(), 2u);
    EXPECT_EQ(exchanges[0].result, "1");
    EXPECT_EQ(exchanges[1].result, "2");
}

TEST(ToldFailure, is_read_from_the_text_of_a_result) {
    EXPECT_TRUE(tells_failure("Error: user not found"));
    EXPECT_TRUE(tells_failure("Traceback (most recent call last):"));
    EXPECT_TRUE(tells_failure(R"({"error":"no such order"})"));
    EXPECT_TRUE(tells_failure(R"({"content":[],"isError":true})"));
    EXPECT_FALSE(tells_failure(R"({"error":null,"orders":[]})"));
    EXPECT_FALSE(tells_failure(R"({"error":"","orders":[]})"));
    EXPECT_FALSE(tells_failure("The error rate is 3%."));
}

TEST(ToolResultsReturned, misses_a_result_only_where_one_was_due) {
    const auto returned = [](const std::string& interaction) {
        return judged(tool_results_returned, "{}", interaction);
    };
    EXPECT_EQ(returned(with_calls(R"({"name":"a","result":"x"},{"name":"b"})")),
              "0.5: 1 of 2 tool calls got no result; first “b”.");
    EXPECT_EQ(returned(with_calls(R"({"name":"a","result":"x"})")), "1");
    // The client runs it, outside this trace.
    EXPECT_THAT(returned(R"({"tool_calls":[{"name":"a"}]})"),
                StartsWith("unscored not_applicable"));
    EXPECT_THAT(returned(with_calls(R"({"name":"a","result":"x"},{"name":"b"})", "Done.",
                                    R"(,"incomplete":true)")),
                StartsWith("unscored incomplete"));
    EXPECT_EQ(returned(with_calls(R"({"name":"a"})")),
              "0: 1 of 1 tool calls got no result; first “a”.");
}

TEST(ToolErrorsHandled, wants_another_try_or_a_word) {
    const auto handled = [](const std::string& calls, std::string_view output) {
        return judged(tool_errors_handled, "{}", with_calls(calls, output));
    };
    const std::string failed = R"({"name":"cancel","result":"Error: locked"})";
    EXPECT_EQ(handled(failed, "Your order is cancelled."),
              "0: 1 of 1 failed tool calls were neither done again with success nor told of; first "
              "“cancel”: “Error: locked”");
    EXPECT_EQ(handled(failed, "I could not cancel the order."), "1");
    EXPECT_EQ(handled(failed + R"(,{"name":"cancel","result":"ok"})", "Cancelled."), "1");
    EXPECT_THAT(handled(failed + R"(,{"name":"log","result":"ok"})", "Cancelled."),
                StartsWith("0:"));
    EXPECT_EQ(handled(R"({"name":"cancel","result":"ok"})", "Cancelled."),
              "unscored not_applicable: No tool call failed.");
    EXPECT_EQ(judged(tool_errors_handled, R"({"phrases":["leider"]})",
                     with_calls(failed, "Das ging leider schief.")),
              "1");
}

TEST(ToolResultsUsed, looks_in_the_answer_and_in_later_calls) {
    const auto used = [](const std::string& calls, std::string_view output) {
        return judged(tool_results_used, "{}", with_calls(calls, output));
    };
    const std::string found =
        R"({"name":"find","arguments":{"order":7},"result":{"user":"ana_3"}})";
    EXPECT_EQ(used(found, "The order belongs to ana_3."), "1");
    EXPECT_EQ(used(found + R"(,{"name":"cancel","arguments":{"user":"ana_3"},"result":"R99"})",
                   "It is done."),
              "0.5: 1 of 2 tool results appear neither in the answer nor in a later call; first of "
              "“cancel”: “R99”");
    EXPECT_EQ(used(found, "I have looked."),
              "0: 1 of 1 tool results appear neither in the answer nor in a later call; first of "
              "“find”: “{\"user\":\"ana_3\"}”");
    // The result repeats the question: nothing to use.
    EXPECT_THAT(used(R"({"name":"find","arguments":{"order":7},"result":"7"})", "Done."),
                StartsWith("unscored not_applicable"));
    EXPECT_THAT(used("", "Done."), StartsWith("unscored not_applicable"));
}

TEST(RepeatedToolCalls, forgives_retries_and_polling) {
    const auto repeated = [](const std::string& calls) {
        return judged(repeated_tool_calls, "{}", with_calls(calls));
    };
    const std::string ok = R"({"name":"a","arguments":{"x":1},"result":"r"})";
    const std::string bad = R"({"name":"a","arguments":{"x":1},"result":"t","failed":true})";
    EXPECT_EQ(repeated(ok + "," + ok),
              "0.5: 1 of 2 tool calls repeat an earlier one; first “a” with “{\"x\":1}”");
    EXPECT_EQ(repeated(bad + "," + bad + "," + ok), "1");  // Two retries.
    EXPECT_THAT(repeated(bad + "," + bad + "," + bad + "," + bad), StartsWith("0.75: 1 of 4"));
    EXPECT_EQ(repeated(ok + R"(,{"name":"a","arguments":{"x":1},"result":"later"})"), "1");
    EXPECT_EQ(repeated(ok + R"(,{"name":"a","arguments":{"x":2},"result":"r"})"), "1");
}

TEST(ToolLoop, finds_rounds_and_stubborn_failures) {
    const auto loop = [](const std::string& calls, std::string_view params = "{}") {
        return judged(tool_loop, params, with_calls(calls));
    };
    const std::string a = R"({"name":"a","result":"1"})", b = R"({"name":"b","result":"2"})";
    EXPECT_EQ(loop(a + "," + a), "1");
    EXPECT_EQ(loop(b + "," + a + "," + a + "," + a),
              "0: From tool call 2 on, one in a row is made 3 times with the same results; “a” "
              "first.");
    EXPECT_EQ(loop(a + "," + b + "," + a + "," + b), "1");
    EXPECT_EQ(loop(a + "," + b + "," + a + "," + b, R"({"rounds_max":1})"),
              "0: From tool call 1 on, 2 in a row are made 2 times with the same results; “a” "
              "first.");
    std::string failing;
    for (int i = 0; i < 5; ++i) {
        failing += (i ? "," : "") + std::string(R"({"name":"c","arguments":{"i":)") +
                   std::to_string(i) + R"(},"result":"Error"})";
    }
    EXPECT_EQ(loop(failing), "0: “c” failed 5 times in a row, up to tool call 5.");
    EXPECT_EQ(loop(a + ",\n" + a + ",\n" + b), "1");
    EXPECT_EQ(judged(tool_loop, R"({"rounds_max":0})", R"({})"),
              "refused rounds_max: must be 1 to 1000");
}

TEST(RequiredWrites, are_each_made_once_with_success) {
    const auto done = [](const std::string& calls, std::string_view more = "") {
        return judged(required_writes, R"({"tools":["refund","cancel"]})",
                      with_calls(calls, "Done.",
                                 R"(,"attributes":{"plimsoll.expected.writes":)"
                                 R"([{"name":"find"},{"name":"refund","arguments":{"order":7}}]})" +
                                     std::string(more)));
    };
    const std::string refund = R"({"name":"refund","arguments":{"order":7.0},"result":"ok"})";
    EXPECT_EQ(done(refund), "1");
    EXPECT_EQ(done(R"({"name":"refund","arguments":{"order":7},"result":"Error: busy"},)" + refund),
              "1");  // What failed changed nothing.
    EXPECT_EQ(done(R"({"name":"find","arguments":{"x":1},"result":"ok"})"),
              "0: Not done: “refund” with “{\"order\":7}”.");
    EXPECT_EQ(done(refund + "," + refund), "0: Not asked for: “refund” with “{\"order\":7}”.");
    EXPECT_EQ(done(R"({"name":"cancel","arguments":{"order":7},"result":"ok"})"),
              "0: Not done: “refund” with “{\"order\":7}”. Not asked for: “cancel” with "
              "“{\"order\":7}”.");
    EXPECT_THAT(done("", R"(,"incomplete":true)"), StartsWith("unscored incomplete"));
    EXPECT_EQ(judged(required_writes, "{}", "{}"),
              "refused : required_writes needs `tools`. The tools that change something; calls of "
              "others are not compared. Example: tools: [\"refund\",\"cancel_order\"]");
}

TEST(FailedTurn, is_the_last_of_a_worker_before_the_first_sign) {
    const auto turns = [](std::string_view agents) {
        return judged(failed_turn, "{}", R"({"agents":[)" + std::string(agents) + "]}");
    };
    const std::string plan = R"({"agent":"Orchestrator","says":"Plan."})";
    const std::string coder = R"({"agent":"Coder","says":"print 1"})";
    const std::string good = R"({"tool":"terminal","result":"exitcode: 0"})";
    const std::string bad = R"({"tool":"terminal","result":"exitcode: 1"})";
    EXPECT_EQ(turns(plan + "," + coder + "," + good), "1");
    EXPECT_EQ(turns(plan + "," + coder + "," + good + "," + coder + "," + bad),
              "0: Turn 3, of “Coder”, is the first that failed: what followed says “exitcode: "
              "1”");
    const std::string ledger =
        R"({"agent":"Orchestrator","says":"Ledger: {\"is_progress_being_made\":{\"answer\":false}}"})";
    EXPECT_THAT(turns(plan + "," + coder + "," + ledger),
                StartsWith("0: Turn 2, of “Coder”, is the first that failed"));
    EXPECT_EQ(turns(plan + "," + ledger + "," + coder), "1");  // Nobody had worked yet.
    EXPECT_EQ(turns(coder), "unscored not_applicable: Fewer than two agents have a name.");
}

}  // namespace
}  // namespace plimsoll::evaluate
