#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/judged.h"
#include "evaluate/checks/tool_schemas.h"

namespace plimsoll::evaluate {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string well_formed(std::string_view interaction) {
    return judged(tool_call_well_formed, "{}", interaction);
}

TEST(ToolCallWellFormed, judges_name_arguments_and_schema) {
    const std::string tools =
        R"("tools":[{"name":"find","parameters":{"type":"object","properties":{"id":{"type":"integer"}}}}])";
    const auto calling = [&](std::string_view call) {
        return well_formed("{" + tools + ",\"tool_calls\":[" + std::string(call) + "]}");
    };
    EXPECT_EQ(calling(R"({"name":"find","arguments":{"id":7}})"), "1");
    EXPECT_EQ(calling(R"({"name":"find","arguments":{"id":"7"}})"),
              "0: “find”: $.id: expected integer, found string");
    EXPECT_EQ(calling(R"({"name":"fnid","arguments":{}})"),
              "0: “fnid” is none of the 1 tools offered.");
    EXPECT_THAT(calling(R"({"name":"find","arguments":"{\"id\": 7"})"),
                StartsWith("0: The arguments of “find” are not JSON: "));
    EXPECT_EQ(calling(R"({"name":"find","arguments":"[7]"})"),
              "0: The arguments of “find” are no object: “[7]”");
    EXPECT_EQ(calling(R"({"name":"find"})"), "1");  // No arguments sent: none given.
    EXPECT_EQ(
        calling(R"({"name":"find","arguments":{"id":1}},{"name":"find","arguments":{"id":"x"}})"),
        "0.5: 1 of 2 tool calls; first “find”: $.id: expected integer, found string");
}

TEST(ToolCallWellFormed, says_why_it_cannot_judge) {
    EXPECT_EQ(well_formed(R"({"output":"Hi"})"), "unscored not_applicable: No tool was called.");
    EXPECT_EQ(well_formed(R"({"output":"Hi","incomplete":true})"),
              "unscored incomplete: No tool call among the spans that came.");
    // Broken arguments would show without the tools, good ones would not: neither is scored.
    EXPECT_EQ(well_formed(R"({"tool_calls":[{"name":"f","arguments":"{"}]})"),
              "unscored missing_content: The tools offered were not sent.");
    EXPECT_THAT(well_formed(R"({"tools":[{"name":"f","parameters":"{not json"}],)"
                            R"("tool_calls":[{"name":"f","arguments":{}}]})"),
                StartsWith("unscored unparsable: The schema of “f” cannot be used: "));
    EXPECT_EQ(well_formed(R"({"tools":[{"name":"f"}],"tool_calls":[{"name":"f","arguments":{}}]})"),
              "1");
    EXPECT_THAT(
        well_formed(R"({"tools":[{"name":"f"}],"tool_calls":[{"name":"f"}],"truncated":true})"),
        StartsWith("unscored truncated"));
}

std::string expected(std::string_view interaction) {
    return judged(expected_tool_calls, "{}", interaction);
}

TEST(ExpectedToolCalls, are_told_by_an_attribute) {
    const auto calling = [&](std::string_view calls, std::string_view attribute) {
        return expected(R"({"tools":[{"name":"find"}],"tool_calls":)" + std::string(calls) +
                        R"(,"attributes":{"plimsoll.expected.tool_calls":)" +
                        std::string(attribute) + "}}");
    };
    const char* seven = R"([{"name":"find","arguments":{"id":7}}])";
    EXPECT_EQ(calling(seven, seven), "1");
    EXPECT_EQ(calling(seven, R"("[{\"find\":{\"id\":[6,7]}}]")"), "1");
    EXPECT_EQ(calling(seven, R"([{"name":"find","arguments":{"id":8}}])"),
              "0: “find”: “id”: “7” is none of “[8]”. (other_value)");
    EXPECT_EQ(calling(seven, "[]"),
              "0: “find” was called, though no tool fits. (no_call_expected)");
    EXPECT_EQ(calling(seven, R"("any")"), "1");
    EXPECT_EQ(calling(R"([{"name":"find","arguments":"{"}])", seven),
              "0: The arguments of “find” are no JSON object. (unreadable)");
    EXPECT_THAT(calling(seven, "7"), StartsWith("unscored unparsable: plimsoll.expected"));
    EXPECT_EQ(expected(R"({"output":"Hi"})"),
              "unscored not_applicable: No span says plimsoll.expected.tool_calls.");
    EXPECT_THAT(expected(R"({"attributes":{"plimsoll.expected.tool_calls":[]}})"),
                StartsWith("unscored missing_content"));
}

TEST(ToolSchemas, A09_keep_a_bounded_number) {
    const ToolSchemas schemas;
    for (std::size_t i = 0; i < 3 * ToolSchemas::schemas_max; ++i) {
        const std::string text = R"({"maxProperties":)" + std::to_string(i) + "}";
        EXPECT_TRUE(schemas.compiled(text)->ok());
    }
    EXPECT_EQ(schemas.compiled("{}"), schemas.compiled("{}"));
    EXPECT_FALSE(schemas.compiled(std::string(ToolSchemas::schema_bytes_max + 1, ' '))->ok());
}

TEST(ToolErrors, counts_spans_and_results_once) {
    EXPECT_EQ(judged(tool_errors, "{}", R"({"output":"x"})"),
              "unscored not_applicable: No tool ran.");
    Interaction interaction = example_interaction(
        R"({"output":"x","tool_calls":[{"name":"a","result":"ok"},{"name":"b"},{"name":"c"}]})");
    // b and c have no span; the next prompt holds their results, and one of an earlier turn.
    const auto result = [](std::string id, std::string name, bool is_error) {
        return Part{.kind = PartKind::tool_result,
                    .text = "HTTP 500",
                    .id = id,
                    .name = name,
                    .is_error = is_error};
    };
    interaction.steps.back().input.push_back(
        {.role = Role::tool,
         .parts = {result("call_1", "a", false), result("call_2", "b", true),
                   result("call_3", "c", false), result("older", "z", true)}});
    EXPECT_EQ(judged(tool_errors, "{}", interaction),
              "0.667: 1 of 3 tool calls failed; first “b”: “HTTP 500”");
}

}  // namespace
}  // namespace plimsoll::evaluate
