/// What hostile schemas and instances get: an answer in bounded time, or none.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "evaluate/json_schema/told.h"

namespace plimsoll::evaluate {
namespace {

TEST(HostileSchema, a_member_that_stands_twice_is_looked_at_twice) {  // A10
    const char* const schema = R"({"properties":{"a":{"type":"null"}},"required":["a","b"]})";
    EXPECT_EQ(said(schema, R"({"a":1,"a":null,"b":0})"),
              "type at $.a: expected null, found integer");
    EXPECT_FALSE(satisfies(schema, R"({"a":null,"a":null})"));
}

TEST(HostileSchema, A10_names_that_are_special_elsewhere_are_plain_here) {
    const char* const schema = R"({"properties":{"__proto__":{"type":"null"},"":{"type":"null"},
        "a\u0000":{"type":"null"}},"required":["__proto__"],"additionalProperties":false})";
    EXPECT_TRUE(satisfies(schema, R"({"__proto__":null,"":null,"a\u0000":null})"));
    EXPECT_FALSE(satisfies(schema, R"({"__proto__":null,"a":null})"));
    EXPECT_FALSE(satisfies(schema, "{}"));
}

TEST(HostileSchema, A16_references_that_only_lead_back_are_refused) {
    EXPECT_EQ(compile_fault(R"({"$ref":"#"})"), "$: leads back to itself without end");
    EXPECT_EQ(compile_fault(R"({"items":{"$ref":"#/$defs/a"},
        "$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"$ref":"#/$defs/a"}}})"),
              "$.items.$ref: leads back to itself without end");
    EXPECT_EQ(compile_fault(R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/a"}}})"),
              "$.$ref: leads back to itself without end");
}

TEST(HostileSchema, A16_a_loop_through_alternatives_is_too_complex_and_does_not_crash) {
    for (const char* const schema :
         {R"({"anyOf":[{"type":"string"},{"$ref":"#"}]})", R"({"not":{"$ref":"#"}})",
          R"({"if":{"$ref":"#"},"then":false})", R"({"oneOf":[{"$ref":"#"},{"$ref":"#"}]})",
          R"({"$dynamicAnchor":"a","anyOf":[{"$dynamicRef":"#a"}]})"}) {
        EXPECT_THAT(said(schema, "1"), testing::StartsWith("too complex")) << schema;
    }
    EXPECT_TRUE(satisfies(R"({"anyOf":[{"type":"string"},{"$ref":"#"}]})", R"("ends")"));
}

TEST(HostileSchema, A16_deep_schemas_and_instances_neither_crash_nor_hang) {
    const auto nested = [](std::string_view open, std::string_view inner, std::string_view close,
                           std::size_t depth) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) text += open;
        text += inner;
        for (std::size_t i = 0; i < depth; ++i) text += close;
        return text;
    };
    // 10,000 deep is more than any JSON we read; 1,000 is read, compiled, and still answered.
    EXPECT_FALSE(json::Document::parse(nested(R"({"not":)", "true", "}", 10'000),
                                       {.depth_max = json::depth_cap}));
    EXPECT_TRUE(satisfies(nested(R"({"not":)", "true", "}", 1'000), "1"));
    EXPECT_THAT(said(nested(R"({"items":)", "{}", "}", 1'020), nested("[", "", "]", 1'020)),
                testing::StartsWith("too complex"));
    const std::string deep = nested(R"({"items":)", R"({"type":"null"})", "}", 900);
    EXPECT_THAT(said(deep, nested("[", "1", "]", 900)),
                testing::EndsWith("expected null, found integer"));
    EXPECT_THAT(said(R"({"type":"array","items":{"$ref":"#"}})", nested("[", "", "]", 1'024)),
                testing::StartsWith("too complex"));
}

TEST(HostileSchema, A16_work_that_doubles_at_every_level_ends_as_too_complex) {
    // Each of 60 definitions asks the next one twice: 2^60 questions.
    std::string schema = R"({"$ref":"#/$defs/d0","$defs":{)";
    for (int i = 0; i < 60; ++i) {
        schema += fmt::format(
            R"("d{0}":{{"allOf":[{{"$ref":"#/$defs/d{1}"}},{{"$ref":"#/$defs/d{1}"}}]}},)", i,
            i + 1);
    }
    schema += R"("d60":{"type":"integer"}}})";
    EXPECT_EQ(said(schema, "1", {.limits = {.work_max = 1'000'000}}),
              "too complex: it would take too many steps");
    EXPECT_EQ(said(R"({"maxLength":1})", "\"" + std::string(100'000, 'a') + "\"",
                   {.limits = {.work_max = 1'000}}),
              "too complex: it would take too many steps");
}

TEST(HostileSchema, A16_huge_instances_take_time_in_proportion) {
    std::string numbers = "[";
    std::string object = "{";
    for (int i = 0; i < 100'000; ++i) {
        numbers += fmt::format("{},", i);
        object += fmt::format(R"("k{}":{},)", i, i);
    }
    numbers += "\"x\",\"x\"]";
    object += R"("z":0})";
    EXPECT_EQ(
        said(R"({"uniqueItems":true})", numbers),
        "uniqueItems at $: expected no two elements equal, found [100000] and [100001] equal");
    EXPECT_TRUE(satisfies(R"({"additionalProperties":{"type":"integer"},"required":["z"],
                             "unevaluatedProperties":false})",
                          object));
}

TEST(HostileSchema, A16_too_large_a_schema_is_refused) {
    std::string schema = R"({"enum":[)";
    for (int i = 0; i < 100'000; ++i) schema += "0,";
    EXPECT_EQ(compile_fault(schema + "0]}"),
              "the schema holds 100004 values; at most 100000 are read");
    std::string patterns = R"({"patternProperties":{)";
    for (int i = 0; i < 1'001; ++i) patterns += fmt::format(R"("a{}":true,)", i);
    EXPECT_EQ(compile_fault(patterns + R"("b":true}})"),
              "$.patternProperties: more than 1000 different expressions");
}

TEST(HostileSchema, A16_expressions_are_limited_in_size_together) {
    std::string schema = R"({"allOf":[)";
    for (int i = 0; i < 900; ++i)
        schema += fmt::format(R"x({{"pattern":"^(\\p{{L}}x){{3}}{}"}},)x", i);
    EXPECT_THAT(compile_fault(schema + "true]}"),
                testing::EndsWith("the expressions are too large together"));
}

TEST(HostileSchema, what_is_told_is_short_whatever_the_instance) {
    const std::string long_name(10'000, 'n');
    const std::string difference =
        said(R"({"additionalProperties":{"const":1}})",
             fmt::format(R"({{"{}":"{}"}})", long_name, std::string(10'000, 'v')));
    EXPECT_LT(difference.size(), 200u);
    EXPECT_LT(
        said(R"({"pattern":")" + std::string(500, 'p') + R"("})", "\"" + long_name + "\"").size(),
        300u);
    EXPECT_LT(compile_fault(R"({"pattern":"\\A)" + std::string(500, 'p') + R"("})").size(), 300u);
}

}  // namespace
}  // namespace plimsoll::evaluate
