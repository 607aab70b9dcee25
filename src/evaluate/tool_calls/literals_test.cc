#include "evaluate/tool_calls/literals.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

// Worked by hand from the languages' grammars and the rules of BFCL v4 in literals.h.
TEST(JavaLiteral, is_read_by_its_declared_type) {
    EXPECT_EQ(java_literal("-128", "byte", ""), "-128");
    EXPECT_EQ(java_literal("1.5", "integer", ""), R"("1.5")");
    EXPECT_EQ(java_literal("123L", "long", ""), "123");
    EXPECT_EQ(java_literal("123", "long", ""), R"("123")");  // No long without its letter.
    EXPECT_EQ(java_literal("3f", "float", ""), "3.0");
    EXPECT_EQ(java_literal("3.14", "float", ""), R"("3.14")");
    EXPECT_EQ(java_literal("3e-3", "double", ""), "3e-3");
    EXPECT_EQ(java_literal("true", "boolean", ""), "true");
    EXPECT_EQ(java_literal("userId", "integer", ""), R"("userId")");  // A variable.
    EXPECT_EQ(java_literal("007", "integer", ""), "7");
}

TEST(JavaLiteral, is_read_from_collections) {
    EXPECT_EQ(java_literal("new int[]{1, 2}", "Array", "integer"), "[1,2]");
    EXPECT_EQ(java_literal("new long[] {1L, 2}", "Array", "long"), R"([1,"2"])");
    EXPECT_EQ(java_literal("new Object[]{1, \"a, b\", true}", "Array", ""), R"([1,"a, b",true])");
    EXPECT_EQ(java_literal("new ArrayList<>()", "ArrayList", ""), "[]");
    EXPECT_EQ(
        java_literal("new ArrayList<String>(Arrays.asList(\"a\", \"b\"))", "ArrayList", "String"),
        R"(["a","b"])");
    EXPECT_EQ(
        java_literal("new ArrayList<Float>() {{ add(1.0f); add(2f); }}", "ArrayList", "float"),
        "[1.0,2.0]");
    EXPECT_EQ(java_literal(R"(new HashMap<String, Object>() {{ put("a", 1); put("b", true); }})",
                           "HashMap", ""),
              R"({"a":1,"b":true})");
    EXPECT_EQ(java_literal("someList", "ArrayList", "integer"), R"("someList")");
}

TEST(JavaScriptLiteral, is_read_by_its_declared_type) {
    EXPECT_EQ(javascript_literal("'a'", "String", ""), R"("a")");
    EXPECT_EQ(javascript_literal("name", "String", ""), R"("name")");
    EXPECT_EQ(javascript_literal("12n", "Bigint", ""), "12");
    EXPECT_EQ(javascript_literal("3", "float", ""), "3.0");
    EXPECT_EQ(javascript_literal("false", "Boolean", ""), "false");
    EXPECT_EQ(javascript_literal("[1, 'two, three', true]", "array", ""),
              R"([1,"two, three",true])");
    EXPECT_EQ(javascript_literal("new Array(1, 2)", "array", "integer"), "[1,2]");
    EXPECT_EQ(javascript_literal("[[1, 2], [3]]", "array", "array"), "[[1,2],[3]]");
    EXPECT_EQ(javascript_literal("{a: 1, 'b': ['x'], \"c\": {d: \"5\"}}", "dict", ""),
              R"({"a":1,"b":["x"],"c":{"d":5}})");
    EXPECT_EQ(javascript_literal("[1, 2", "array", "integer"), R"("[1, 2")");
}

TEST(Argument, of_a_language_is_its_source_text) {
    const auto family = [](std::string_view value, std::string_view declared,
                           std::string_view accepted, Language language) {
        const auto v = json::Document::parse(value), d = json::Document::parse(declared),
                   a = json::Document::parse(accepted);
        const auto wrong = mismatch_of_argument("p", v->root(), d->root(), a->root(), language);
        return wrong ? std::string(to_word(wrong->family)) : "accepted";
    };
    const char* type_float = R"({"type":"float"})";
    EXPECT_EQ(family(R"("1.5f")", type_float, "[1.5]", Language::java), "accepted");
    EXPECT_EQ(family("1.5", type_float, "[1.5]", Language::java), "literal_type");
    EXPECT_EQ(family(R"("1.5")", type_float, "[1.5]", Language::java), "type");
    EXPECT_EQ(family(R"("1.5")", type_float, "[1.5]", Language::javascript), "accepted");
    EXPECT_EQ(family(R"("rate")", type_float, R"(["rate"])", Language::javascript), "accepted");
    EXPECT_EQ(family(R"("[1, 2]")", R"({"type":"array","items":{"type":"integer"}})", "[[1,2]]",
                     Language::javascript),
              "accepted");
}

}  // namespace
}  // namespace plimsoll::evaluate
