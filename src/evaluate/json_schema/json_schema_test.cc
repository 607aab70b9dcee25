/// What each keyword asks for, and how a difference is told.
#include "evaluate/json_schema/json_schema.h"

#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "evaluate/json_schema/told.h"

namespace plimsoll::evaluate {
namespace {

/// Each keyword alone: a schema, an instance that satisfies it, one that does not, and what is
/// said.
struct Case {
    const char* schema;
    const char* good;
    const char* bad;
    const char* difference;
};

class EveryKeyword : public testing::TestWithParam<Case> {};

TEST_P(EveryKeyword, tells_good_from_bad_and_says_where) {
    const auto& [schema, good, bad, difference] = GetParam();
    EXPECT_EQ(said(schema, good), "") << schema;
    EXPECT_EQ(said(schema, bad), difference) << schema;
}

constexpr Case any_type[] = {
    {R"({"type":"string"})", R"("a")", "1", "type at $: expected string, found integer"},
    {R"({"type":"integer"})", "1.0", "1.5", "type at $: expected integer, found number"},
    {R"({"type":["string","null"]})", "null", "[]",
     "type at $: expected string or null, found array"},
    {R"({"enum":["a","b",3,null]})", "3.0", R"("c")",
     R"(enum at $: expected one of "a", "b", 3, null, found "c")"},
    {R"({"enum":[["a",{"x":1,"y":2}]]})", R"(["a",{"y":2.0,"x":1}])", R"(["a"])",
     "enum at $: expected an array of 2, found an array of 1"},
    {R"({"const":"yes"})", R"("yes")", R"("no")", R"(const at $: expected "yes", found "no")"},
    {R"({"const":false})", "false", "0", "const at $: expected false, found 0"},
};

constexpr Case numbers[] = {
    {R"({"minimum":2})", "2", "1.99", "minimum at $: expected at least 2, found 1.99"},
    {R"({"maximum":2})", "2", "3", "maximum at $: expected at most 2, found 3"},
    {R"({"exclusiveMinimum":2})", "3", "2", "exclusiveMinimum at $: expected more than 2, found 2"},
    {R"({"exclusiveMaximum":2})", "1", "2.0",
     "exclusiveMaximum at $: expected less than 2, found 2"},
    {R"({"multipleOf":0.01})", "19.99", "19.995",
     "multipleOf at $: expected a multiple of 0.01, found 19.995"},
};

constexpr Case strings[] = {
    {R"({"minLength":2})", R"("\ud83d\ude00é")", R"("\ud83d\ude00")",
     "minLength at $: expected at least 2 characters, found 1"},
    {R"({"maxLength":1})", R"("\ud83d\ude00")", R"("ab")",
     "maxLength at $: expected at most 1 character, found 2"},
    {R"({"pattern":"^[A-Z]{2}-\\d+$"})", R"("AB-17")", R"("ab-17")",
     R"(pattern at $: expected a match of ^[A-Z]{2}-\d+$, found "ab-17")"},
};

constexpr Case arrays[] = {
    {R"({"minItems":1})", "[1]", "[]", "minItems at $: expected at least 1 element, found 0"},
    {R"({"maxItems":1})", "[1]", "[1,2]", "maxItems at $: expected at most 1 element, found 2"},
    {R"({"uniqueItems":true})", R"([1,true,"1",{"a":1}])", R"([{"a":1,"b":2},7,{"b":2,"a":1.0}])",
     "uniqueItems at $: expected no two elements equal, found [0] and [2] equal"},
    {R"({"items":{"type":"number"}})", "[1,2.5]", R"([1,"x"])",
     "type at $[1]: expected number, found string"},
    {R"({"prefixItems":[{"const":1},true],"items":false})", "[1,2]", "[1,2,3]",
     "items at $[2]: not allowed here"},
    {R"({"contains":{"const":1}})", "[0,1]", "[0,2]",
     "contains at $: expected at least 1 element that satisfies contains, found 0"},
    {R"({"contains":{"const":1},"minContains":2})", "[1,1]", "[0,1]",
     "minContains at $: expected at least 2 elements that satisfies contains, found 1"},
    {R"({"contains":{"const":1},"maxContains":1})", "[0,1]", "[1,1]",
     "maxContains at $: expected at most 1 element that satisfies contains, found 2"},
    {R"({"prefixItems":[true],"contains":{"const":7},"unevaluatedItems":false})", "[0,7]",
     "[0,7,8]", "unevaluatedItems at $[2]: not allowed here"},
};

constexpr Case objects[] = {
    {R"({"properties":{"price":{"type":"number"}}})", R"({"price":1,"x":[]})", R"({"price":"1"})",
     "type at $.price: expected number, found string"},
    {R"({"required":["a","b"]})", R"({"a":1,"b":2})", R"({"a":1})",
     R"(required at $: expected the member "b", which is missing)"},
    {R"({"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false})",
     R"({"x-a":"1"})", R"({"y":1})", "additionalProperties at $.y: not allowed here"},
    {R"({"additionalProperties":{"type":"null"}})", R"({"a":null})", R"({"a b":1})",
     R"(type at $["a b"]: expected null, found integer)"},
    {R"({"propertyNames":{"maxLength":2}})", R"({"ab":1})", R"({"abc":1})",
     "maxLength at $.abc: expected at most 2 characters, found 3"},
    {R"({"minProperties":1})", R"({"a":1})", "{}",
     "minProperties at $: expected at least 1 member, found 0"},
    {R"({"maxProperties":1})", R"({"a":1})", R"({"a":1,"b":2})",
     "maxProperties at $: expected at most 1 member, found 2"},
    {R"({"dependentRequired":{"card":["address"]}})", R"({"address":1})", R"({"card":1})",
     R"(dependentRequired at $: expected the member "address" beside "card", which is missing)"},
    {R"({"dependentSchemas":{"a":{"required":["b"]}}})", R"({"a":1,"b":2})", R"({"a":1})",
     R"(required at $: expected the member "b", which is missing)"},
    {R"({"dependencies":{"a":["b"],"c":{"minProperties":2}}})", R"({"a":1,"b":2})", R"({"a":1})",
     R"(dependencies at $: expected the member "b" beside "a", which is missing)"},
    {R"({"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false})", R"({"a":1})",
     R"({"a":1,"b":2})", "unevaluatedProperties at $.b: not allowed here"},
};

constexpr Case applicators[] = {
    {R"({"allOf":[{"minimum":1},{"maximum":3}]})", "2", "4",
     "maximum at $: expected at most 3, found 4"},
    {R"({"anyOf":[{"type":"string"},{"minimum":3}]})", "3", "2",
     "anyOf at $: expected one of 2 alternatives to fit, found none (nearest: $: expected at least "
     "3, "
     "found 2)"},
    {R"({"oneOf":[{"multipleOf":2},{"multipleOf":3}]})", "4", "6",
     "oneOf at $: expected only one of 2 alternatives to fit, found that [0] and [1] do"},
    {R"({"oneOf":[{"type":"null"},{"properties":{"a":{"items":{"type":"integer"}}}}]})",
     R"({"a":[1]})", R"({"a":[1,"x"]})",
     "oneOf at $: expected one of 2 alternatives to fit, found none (nearest: $.a[1]: expected "
     "integer, "
     "found string)"},
    {R"({"not":{"type":"null"}})", "1", "null",
     "not at $: expected what does not fit the schema in not"},
    {R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"maximum":5}})", "20", "15",
     "multipleOf at $: expected a multiple of 10, found 15"},
    {R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"maximum":5}})", "5", "6",
     "maximum at $: expected at most 5, found 6"},
};

constexpr Case references[] = {
    {R"({"$ref":"#/$defs/p","$defs":{"p":{"minimum":0}}})", "0", "-1",
     "minimum at $: expected at least 0, found -1"},
    {R"({"properties":{"next":{"$ref":"#"}},"additionalProperties":false})",
     R"({"next":{"next":{}}})", R"({"next":{"last":1}})",
     "additionalProperties at $.next.last: not allowed here"},
    {R"({"$ref":"#here","$defs":{"a":{"$anchor":"here","type":"null"}}})", "null", "0",
     "type at $: expected null, found integer"},
    {R"({"$id":"http://x.example/root","$ref":"leaf","$defs":{"l":{"$id":"leaf","const":1}}})", "1",
     "2", "const at $: expected 1, found 2"},
    {R"({"items":{"$ref":"#/$defs/a~1b%25c"},"$defs":{"a/b%c":{"type":"null"}}})", "[null]", "[1]",
     "type at $[0]: expected null, found integer"},
    {R"({"$id":"tree","$dynamicAnchor":"n","$ref":"base","$defs":{
         "x":{"$id":"base","$dynamicAnchor":"n","properties":{"kids":{"items":{"$dynamicRef":"#n"}}}}},
         "required":["v"]})",
     R"({"v":1,"kids":[{"v":2}]})", R"({"v":1,"kids":[{}]})",
     R"(required at $.kids[0]: expected the member "v", which is missing)"},
    {R"({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"tree","$recursiveAnchor":true,
         "$ref":"base","$defs":{"x":{"$id":"base","$recursiveAnchor":true,
         "properties":{"kids":{"items":{"$recursiveRef":"#"}}}}},"required":["v"]})",
     R"({"v":1,"kids":[{"v":2}]})", R"({"v":1,"kids":[{}]})",
     R"(required at $.kids[0]: expected the member "v", which is missing)"},
};

INSTANTIATE_TEST_SUITE_P(any_type, EveryKeyword, testing::ValuesIn(any_type));
INSTANTIATE_TEST_SUITE_P(numbers, EveryKeyword, testing::ValuesIn(numbers));
INSTANTIATE_TEST_SUITE_P(strings, EveryKeyword, testing::ValuesIn(strings));
INSTANTIATE_TEST_SUITE_P(arrays, EveryKeyword, testing::ValuesIn(arrays));
INSTANTIATE_TEST_SUITE_P(objects, EveryKeyword, testing::ValuesIn(objects));
INSTANTIATE_TEST_SUITE_P(applicators, EveryKeyword, testing::ValuesIn(applicators));
INSTANTIATE_TEST_SUITE_P(references, EveryKeyword, testing::ValuesIn(references));

TEST(JsonSchema, true_and_false_are_schemas) {
    EXPECT_TRUE(satisfies("true", "[1]"));
    EXPECT_TRUE(satisfies("{}", "null"));
    EXPECT_EQ(said("false", "null"), " at $: not allowed here");
}

TEST(JsonSchema, keywords_of_one_type_pass_over_the_others) {
    for (
        const char* const schema :
        {R"({"minimum":5,"multipleOf":7,"maxLength":0,"pattern":"^$","maxItems":0,"maxProperties":0})",
         R"({"required":["x"],"contains":false,"dependentRequired":{}})"}) {
        EXPECT_TRUE(satisfies(schema, "true")) << schema;
        EXPECT_TRUE(satisfies(schema, "null")) << schema;
    }
}

TEST(JsonSchema, annotations_never_fail) {
    EXPECT_TRUE(satisfies(R"({"format":"email","title":7,"default":{},"contentEncoding":"base64",
                             "x-vendor":{"type":"nonsense"}})",
                          R"("no address")"));
}

TEST(JsonSchema, what_alternatives_evaluate_counts_only_if_they_fit) {
    const char* const schema = R"({"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},
        {"properties":{"b":{"const":2}},"required":["b"]}],"unevaluatedProperties":false})";
    EXPECT_TRUE(satisfies(schema, R"({"a":1})"));
    EXPECT_TRUE(satisfies(schema, R"({"a":1,"b":2})"));
    EXPECT_EQ(said(schema, R"({"a":1,"b":3})"), "unevaluatedProperties at $.b: not allowed here");
    const char* const branches = R"({"if":{"properties":{"k":{"const":"x"}}},
        "then":{"properties":{"x":true}},"unevaluatedProperties":false})";
    EXPECT_TRUE(satisfies(branches, R"({"k":"x","x":1})"));
    EXPECT_EQ(said(branches, R"({"k":"y","x":1})"),
              "unevaluatedProperties at $.k: not allowed here");
}

TEST(JsonSchema, the_draft_decides_what_a_word_means) {
    // An array in `items`: a tuple until 2019-09, no schema in 2020-12.
    EXPECT_EQ(said(R"({"$schema":"http://json-schema.org/draft-07/schema#",
                      "items":[{"type":"null"}],"additionalItems":false})",
                   "[null,1]"),
              "items at $[1]: not allowed here");
    EXPECT_EQ(compile_fault(R"({"items":[{"type":"null"}]})"),
              "$.items: expected a schema (an object or a boolean), found an array");
    // Beside a $ref nothing counts until draft 7.
    const char* const beside = R"({{"$schema":"{}","$ref":"#/definitions/a","minimum":9,
                                   "definitions":{{"a":{{"type":"integer"}}}}}})";
    EXPECT_TRUE(satisfies(
        fmt::format(fmt::runtime(beside), "http://json-schema.org/draft-07/schema#"), "1"));
    EXPECT_FALSE(satisfies(
        fmt::format(fmt::runtime(beside), "https://json-schema.org/draft/2019-09/schema"), "1"));
    // Draft 4: 1.0 is no integer, and a bound is made exclusive by a boolean.
    const char* const draft4 = R"({"$schema":"http://json-schema.org/draft-04/schema#",
                                  "type":"integer","minimum":0,"exclusiveMinimum":true})";
    EXPECT_TRUE(satisfies(draft4, "1"));
    EXPECT_FALSE(satisfies(draft4, "1.0"));
    EXPECT_FALSE(satisfies(draft4, "0"));
}

TEST(JsonSchema, metaschemas_are_known_without_a_network) {
    const char* const drafts[] = {
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-04/schema#",
    };
    for (const char* const draft : drafts) {
        const std::string schema = fmt::format(R"({{"$ref":"{}"}})", draft);
        EXPECT_EQ(said(schema, R"({"properties":{"a":{"type":"string","minLength":1}}})"), "")
            << draft;
        EXPECT_NE(said(schema, R"({"properties":{"a":{"type":7}}})"), "") << draft;
        EXPECT_NE(said(schema, R"({"properties":{"a":{"minLength":-1}}})"), "") << draft;
    }
}

TEST(JsonSchema, other_schemas_are_those_given) {
    const json::Document money = read(R"({"$id":"http://shop.example/money","type":"number"})");
    const json::Document item =
        read(R"({"properties":{"price":{"$ref":"http://shop.example/money"}}})");
    const GivenSchema given[] = {{"item.json", item.root()}, {"elsewhere", money.root()}};
    EXPECT_EQ(said(R"({"items":{"$ref":"item.json"}})", R"([{"price":"1"}])", {.given = given}),
              "type at $[0].price: expected number, found string");
    EXPECT_EQ(compile_fault(R"({"properties":{"a":{"$ref":"http://shop.example/item#/x"}}})"),
              "$.properties.a.$ref: \"http://shop.example/item#/x\": there is no schema "
              "http://shop.example/item: it was not given, and nothing is ever fetched");
}

TEST(JsonSchema, a_compiled_schema_owns_what_it_needs) {
    std::optional<JsonSchema> schema;
    {
        const json::Document given = read(R"({"const":"kept"})");
        const json::Document text = read(R"({"properties":{"a":{"$ref":"g"}},"required":["a"]})");
        const GivenSchema all[] = {{"g", given.root()}};
        schema = std::move(*JsonSchema::compile(text.root(), {.given = all}));
    }
    const JsonSchema moved = std::move(*schema);
    EXPECT_EQ(said(moved, R"({"a":"kept"})"), "");
    EXPECT_EQ(said(moved, R"({"a":"lost"})"), R"(const at $.a: expected "kept", found "lost")");
}

TEST(JsonSchema, a_wrong_schema_is_refused_with_its_place) {
    const std::pair<const char*, const char*> faults[] = {
        {R"({"properties":{"a":{"minimum":"1"}}})",
         "$.properties.a.minimum: expected a number, found a string"},
        {R"({"properties":{"a b":{"type":"flaot"}}})",
         R"($.properties["a b"].type: "flaot" is no type)"},
        {R"({"allOf":[true,7]})",
         "$.allOf[1]: expected a schema (an object or a boolean), found a number"},
        {R"({"anyOf":[]})", "$.anyOf: expected at least one schema"},
        {R"({"required":"a"})", "$.required: expected an array, found a string"},
        {R"({"required":[1]})", "$.required: expected a string, found a number"},
        {R"({"minLength":-1})", "$.minLength: expected a whole number from 0 on"},
        {R"({"maxItems":1.5})", "$.maxItems: expected a whole number from 0 on"},
        {R"({"multipleOf":0})", "$.multipleOf: expected a number above 0"},
        {R"({"uniqueItems":1})", "$.uniqueItems: expected a boolean, found a number"},
        {R"x({"pattern":"a(?=b)"})x",
         "$.pattern: the expression a(?=b) cannot be used: look-ahead cannot be had in linear "
         "time"},
        {R"({"patternProperties":{"[":true}})",
         "$.patternProperties: the expression [ cannot be used: '[' without its ']'"},
        {R"({"$ref":"#/$defs/none"})",
         R"($.$ref: "#/$defs/none": there is nothing at #/$defs/none)"},
        {R"({"$ref":"#none"})", R"($.$ref: "#none": there is no anchor #none)"},
        {R"({"$ref":7})", "$.$ref: expected a string, found a number"},
        {R"({"$schema":"http://example/mine"})",
         "$schema: http://example/mine is no draft from 4 to 2020-12, nor was it given"},
        {"[]", "$: expected a schema (an object or a boolean), found an array"},
    };
    for (const auto& [schema, fault] : faults) EXPECT_EQ(compile_fault(schema), fault) << schema;
}

}  // namespace
}  // namespace plimsoll::evaluate
