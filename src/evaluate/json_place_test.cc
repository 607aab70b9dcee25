#include "evaluate/json_place.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

std::string at(std::string_view json, std::string_view pointer) {
    const auto place = place_of(json, pointer);
    return place ? std::string(json.substr(place->begin, place->end - place->begin)) : "nowhere";
}

TEST(JsonPlace, is_where_the_value_was_written) {
    const std::string_view json =
        R"( {"a": [1, -2.5e3 ,{"b":"x \"]\" y"}], "c/d~":true,"":null , "é":[[]]} )";
    EXPECT_EQ(at(json, "/a/0"), "1");
    EXPECT_EQ(at(json, "/a/1"), "-2.5e3");
    EXPECT_EQ(at(json, "/a/2"), R"({"b":"x \"]\" y"})");
    EXPECT_EQ(at(json, "/a/2/b"), R"("x \"]\" y")");
    EXPECT_EQ(at(json, "/c~1d~0"), "true");
    EXPECT_EQ(at(json, "/"), "null");
    EXPECT_EQ(at(json, "/é/0"), "[]");
    EXPECT_EQ(at(R"({"\u00e9":7})", "/é"), "7");
    EXPECT_EQ(at("\"whole\"", ""), "\"whole\"");
    EXPECT_EQ(at("[1,2]", ""), "[1,2]");
}

TEST(JsonPlace, is_nowhere_if_there_is_no_such_value) {
    EXPECT_EQ(at("[1]", "/1"), "nowhere");
    EXPECT_EQ(at("{}", "/a"), "nowhere");
    EXPECT_EQ(at("7", "/a"), "nowhere");
}

TEST(JsonPlace, ends_with_the_text_even_if_that_is_cut) {
    const std::string_view json = R"({"a":[1,{"b":"x\"y"}],"c":true})";
    for (std::size_t size = 0; size <= json.size(); ++size) {
        for (const std::string_view pointer : {"", "/a", "/a/1/b", "/c", "/d"}) {
            const auto place = place_of(json.substr(0, size), pointer);
            EXPECT_LE(place ? place->end : 0, size);
        }
    }
}

}  // namespace
}  // namespace plimsoll::evaluate
