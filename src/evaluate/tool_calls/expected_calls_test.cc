#include "evaluate/tool_calls/expected_calls.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

/// "accepted", or the family. Calls are a JSON list of {name: arguments}.
std::string compared(std::string_view expected, std::string_view calls,
                     std::string_view parameters = R"({"properties":{
                         "id":{"type":"integer"},"name":{"type":"string"},"x":{"type":"float"},
                         "tags":{"type":"array","items":{"type":"string"}},
                         "who":{"type":"dict"},
                         "rows":{"type":"array","items":{"type":"dict"}}},"required":[]})",
                     const ComparisonRules& rules = {}) {
    const auto parsed = ExpectedCalls::parse(expected);
    if (!parsed) return "error: " + parsed.error().what;
    const auto schema = json::Document::parse(parameters);
    const auto sent = json::Document::parse(calls);
    std::vector<MadeCall> made;
    std::vector<OfferedTool> offered{{"f", schema->root()}, {"a.b", schema->root()}};
    for (const json::Value call : sent->root().elements()) {
        const json::Member member = *call.members().begin();
        made.push_back({member.key, member.value});
    }
    const auto mismatch = parsed->mismatch(made, offered, rules);
    return mismatch ? std::string(to_word(mismatch->family)) : "accepted";
}

/// One call of f against f's accepted values.
std::string call(std::string_view accepted, std::string_view arguments) {
    return compared(R"([{"f":)" + std::string(accepted) + "}]",
                    R"([{"f":)" + std::string(arguments) + "}]");
}

// The cases below are worked by hand from the rules in accepted_value.h.
TEST(ExpectedCalls, of_one_value_are_exact_in_type) {
    EXPECT_EQ(call(R"({"id":[7,8]})", R"({"id":8})"), "accepted");
    EXPECT_EQ(call(R"({"id":[7]})", R"({"id":8})"), "other_value");
    EXPECT_EQ(call(R"({"id":[7]})", R"({"id":"7"})"), "type");
    EXPECT_EQ(call(R"({"id":[7]})", R"({"id":7.0})"), "type");
    EXPECT_EQ(call(R"({"id":[1]})", R"({"id":true})"), "type");
    EXPECT_EQ(call(R"({"x":[7.0]})", R"({"x":7})"), "accepted");      // An integer may be a float.
    EXPECT_EQ(call(R"({"id":["n"]})", R"({"id":"n"})"), "accepted");  // A variable.
    EXPECT_EQ(call(R"({"id":["n"]})", R"({"id":"N"})"), "other_value");
}

TEST(ExpectedCalls, forgive_case_and_punctuation_of_strings) {
    EXPECT_EQ(call(R"({"name":["April 1, 2024"]})", R"({"name":"april 1 2024"})"), "accepted");
    EXPECT_EQ(call(R"({"name":["it's"]})", R"({"name":"IT\"S"})"), "accepted");
    EXPECT_EQ(call(R"({"name":["New York"]})", R"({"name":"New York City"})"), "string_value");
    EXPECT_EQ(call(R"({"tags":[["a b","c"]]})", R"({"tags":["A-B","C."]})"), "accepted");
    EXPECT_EQ(call(R"({"tags":[["a","c"]]})", R"({"tags":["c","a"]})"), "list_value");
    EXPECT_EQ(call(R"({"tags":[["a"]]})", R"({"tags":["a",1]})"), "nested_type");
}

TEST(ExpectedCalls, know_what_may_be_left_out) {
    EXPECT_EQ(call(R"({"id":[7],"name":["x",""]})", R"({"id":7})"), "accepted");
    EXPECT_EQ(call(R"({"id":[7],"name":["x"]})", R"({"id":7})"), "missing_optional");
    EXPECT_EQ(call(R"({"id":[7]})", R"({"id":7,"name":"x"})"), "unexpected_parameter");
    EXPECT_EQ(compared(R"([{"f":{"id":[7]}}])", R"([{"f":{}}])",
                       R"({"properties":{"id":{"type":"integer"}},"required":["id"]})"),
              "missing_required");
}

TEST(ExpectedCalls, look_into_dictionaries) {
    const std::string who = R"({"who":[{"name":["Ana"],"age":[30,""]}]})";
    EXPECT_EQ(call(who, R"({"who":{"name":"ana"}})"), "accepted");
    EXPECT_EQ(call(who, R"({"who":{"name":"Bo"}})"), "dictionary_value");
    EXPECT_EQ(call(who, R"({"who":{"age":30}})"), "dictionary_key");
    EXPECT_EQ(call(who, R"({"who":{"name":"Ana","town":"X"}})"), "dictionary_key");
    const std::string rows = R"({"rows":[[{"a":[1]},{"a":[2]}]]})";
    EXPECT_EQ(call(rows, R"({"rows":[{"a":1},{"a":2}]})"), "accepted");
    EXPECT_EQ(call(rows, R"({"rows":[{"a":1}]})"), "dictionary_count");
    EXPECT_EQ(call(rows, R"({"rows":[{"a":2},{"a":1}]})"), "dictionary_value");
    EXPECT_EQ(call(R"({"rows":["", [{"a":[1]}]]})", R"({"rows":[5]})"), "nested_type");
    EXPECT_EQ(call(R"({"rows":["x"]})", R"({"rows":[{"a":1}]})"), "other_value");
}

TEST(ExpectedCalls, count_and_match_in_any_order) {
    const std::string two = R"([{"f":{"id":[1]}},{"f":{"id":[2]}}])";
    EXPECT_EQ(compared(two, R"([{"f":{"id":2}},{"f":{"id":1}}])"), "accepted");
    EXPECT_EQ(compared(two, R"([{"f":{"id":2}},{"f":{"id":2}}])"), "no_match");
    EXPECT_EQ(compared(two, R"([{"f":{"id":2}}])"), "wrong_count");
    EXPECT_EQ(compared(R"([{"f":{"id":[1]}}])", R"([{"g":{"id":1}}])"), "wrong_name");
    EXPECT_EQ(compared("[]", "[]"), "accepted");
    EXPECT_EQ(compared("[]", R"([{"f":{}}])"), "no_call_expected");
    EXPECT_EQ(compared(R"("any")", R"([{"f":{}}])"), "accepted");
    EXPECT_EQ(compared(R"("any")", "[]"), "call_expected");
}

TEST(ExpectedCalls, are_written_plainly_too) {
    const std::string plain =
        R"([{"name":"f","arguments":{"id":7,"who":{"name":"Ana"},"rows":[{"a":1}]}}])";
    EXPECT_EQ(compared(plain, R"([{"f":{"id":7,"who":{"name":"ana"},"rows":[{"a":1}]}}])"),
              "accepted");
    EXPECT_EQ(compared(plain, R"([{"f":{"id":7,"who":{"name":"ana"},"rows":[{"a":2}]}}])"),
              "dictionary_value");
    EXPECT_EQ(
        compared(R"([{"name":"a.b"}])", R"([{"a_b":{}}])", "{}", {.dots_as_underscores = true}),
        "accepted");
    EXPECT_EQ(compared(R"([{"name":"a.b"}])", R"([{"a_b":{}}])"), "wrong_name");
    EXPECT_EQ(compared("7", "[]"), "error: expected calls are a list, or \"any\"");
    EXPECT_EQ(compared(R"([{"f":{"id":7}}])", "[]"),
              "error: call 0 is neither {\"name\", \"arguments\"} nor {name: {parameter: "
              "[accepted values]}}");
}

TEST(ExpectedCalls, without_a_schema_take_each_value_for_its_own_type) {
    EXPECT_EQ(
        compared(R"([{"f":{"id":["7"],"y":[[1,2]]}}])", R"([{"f":{"id":"7","y":[1,2]}}])", "null"),
        "accepted");
    EXPECT_EQ(compared(R"([{"f":{"id":["7"]}}])", R"([{"f":{"id":7}}])", "null"), "other_value");
}

/// JSON Schema says "number" and "object" where the leaderboard says "float" and "dict".
TEST(ExpectedCalls, read_types_in_the_words_of_json_schema) {
    const char* schema = R"({"properties":{"x":{"type":"number"},"o":{"type":"object"}}})";
    EXPECT_EQ(compared(R"([{"f":{"x":[1.5],"o":[{"a":["b"]}]}}])",
                       R"([{"f":{"x":1.5,"o":{"a":"B"}}}])", schema),
              "accepted");
    EXPECT_EQ(compared(R"([{"f":{"x":[1.5]}}])", R"([{"f":{"x":"1.5"}}])", schema), "type");
}

}  // namespace
}  // namespace plimsoll::evaluate
