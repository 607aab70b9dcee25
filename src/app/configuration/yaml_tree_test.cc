#include "app/configuration/yaml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::app {
namespace {

using testing::HasSubstr;

std::string json(std::string_view yaml) {
    const auto parsed = parse_yaml(yaml);
    const auto* fault = std::get_if<YamlFault>(&parsed);
    return fault ? "fault: " + fault->what : to_json(std::get<YamlNode>(parsed));
}

std::string fault(std::string_view yaml, const YamlLimits& limits = {}) {
    const auto parsed = parse_yaml(yaml, limits);
    const auto* fault = std::get_if<YamlFault>(&parsed);
    return fault ? std::to_string(fault->mark.line) + ":" + std::to_string(fault->mark.column) +
                       " " + fault->what
                 : "none";
}

TEST(YamlTree, types_scalars_as_the_core_schema_has_it) {
    EXPECT_EQ(json("[1, -2, +3, 0.5, .5, 1e3, true, false, ~, null]"),
              "[1,-2,3,0.5,0.5,1000,true,false,null,null]");
    EXPECT_EQ(json("[yes, no, on, 1.2.3, 2026-01-05, '1', \"true\", nan, .inf, 0x1F]"),
              R"(["yes","no","on","1.2.3","2026-01-05","1","true","nan",".inf","0x1F"])");
    EXPECT_EQ(json("a: {\"b\":1, c: [x]}\nd: |\n  one\n  two\n"),
              R"({"a":{"b":1,"c":["x"]},"d":"one\ntwo\n"})");
}

TEST(YamlTree, knows_where_everything_stands) {
    const auto parsed = parse_yaml("a: 1\nb:\n  - x\n  - {k: v}\n");
    const YamlNode& b = *std::get<YamlNode>(parsed).find("b");
    EXPECT_EQ(b.items[1].members[0].mark, (Mark{4, 6}));
    EXPECT_EQ(b.items[1].members[0].value.mark, (Mark{4, 9}));
}

TEST(YamlTree, an_alias_is_a_copy) {
    EXPECT_EQ(json("base: &b {x: 1}\nother: *b\n"), R"({"base":{"x":1},"other":{"x":1}})");
}

TEST(YamlTree, A16_aliases_of_aliases_do_not_fill_the_memory) {
    std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 30; ++i) {
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j) bomb += (j ? ",*a" : "*a") + std::to_string(i - 1);
        bomb += "]\n";
    }
    EXPECT_THAT(fault(bomb), HasSubstr("more than 200000 values, aliases written out"));
}

TEST(YamlTree, A16_depth_is_bounded) {
    EXPECT_THAT(fault(std::string(100'000, '[')), testing::Not("none"));
    EXPECT_THAT(fault(std::string(65, '[') + std::string(65, ']')),
                HasSubstr("nested deeper than 64"));
    std::string blocks;
    for (int i = 0; i < 300; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_THAT(fault(blocks), HasSubstr("nested deeper than 64"));
}

TEST(YamlTree, A21_a_damaged_file_is_refused_with_its_place) {
    EXPECT_EQ(fault("a: 1\nb: \xFFx\n"), "2:4 the file is not UTF-8 from here on");
    EXPECT_EQ(fault(std::string("a: 1\nb\0: 2\n", 11)),
              "2:2 a control character; the file may be damaged");
    EXPECT_THAT(fault("a: [1, 2\nb: 3\n"), HasSubstr("the YAML breaks off"));
    EXPECT_THAT(fault("a: 1\n---\nb: 2\n"), HasSubstr("a second document"));
    EXPECT_THAT(fault("a: *nowhere\n"), HasSubstr("the YAML breaks off"));
    EXPECT_THAT(fault("a: &a [*a]\n"), HasSubstr("would never end"));
    EXPECT_THAT(fault("? [x]\n: 1\n"), HasSubstr("a key must be plain text"));
    EXPECT_THAT(fault("abc", {.bytes_max = 2}), HasSubstr("at most 2 are read"));
}

}  // namespace
}  // namespace plimsoll::app
