#include "app/statistics/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Rows, csv_with_quotes_line_breaks_and_a_byte_order_mark) {
    const auto rows = Rows::parse(
        "\xEF\xBB\xBFitem,says,score\r\n1,\"a, \"\"b\"\"\nc\",0.5\r\n\r\n2,,\n", "t.csv");
    ASSERT_TRUE(rows.ok()) << rows.error().what;
    EXPECT_EQ(rows->size(), 2u);
    EXPECT_THAT(*rows->texts("says"), ElementsAre("a, \"b\"\nc", ""));
    EXPECT_THAT(*rows->numbers("score"), ElementsAre(0.5, std::nullopt));
    EXPECT_EQ(rows->place(1), "t.csv:5");
}

TEST(Rows, json_lines_may_lack_members_and_gain_them_later) {
    const auto rows = Rows::parse("{\"a\":1}\n\n{\"b\":[1,2],\"a\":null}\n{\"a\":true}", "t.jsonl");
    ASSERT_TRUE(rows.ok()) << rows.error().what;
    EXPECT_THAT(*rows->numbers("a"), ElementsAre(1.0, std::nullopt, 1.0));
    EXPECT_THAT(*rows->texts("b"), ElementsAre("", "[1,2]", ""));
}

TEST(Rows, members_of_nested_json_are_columns_with_dots) {
    const auto rows = Rows::parse("{\"s\":{\"a b\":{\"c\":2.5},\"d\":null}}\n{\"s\":7}", "t.jsonl");
    ASSERT_TRUE(rows.ok()) << rows.error().what;
    EXPECT_THAT(*rows->numbers("s.a b.c"), ElementsAre(2.5, std::nullopt));
    EXPECT_THAT(*rows->texts("s.d"), ElementsAre("", ""));
    EXPECT_THAT(rows->texts("s.e").error().what, HasSubstr("no column \"s.e\"; there are: s"));
}

TEST(Rows, a_bad_row_can_be_left_out_and_told) {
    std::vector<std::string> refused;
    const auto csv = Rows::parse("a,b\n1,2\n3\n4,5\n", "t.csv", &refused);
    EXPECT_THAT(*csv->texts("a"), ElementsAre("1", "4"));
    const auto json = Rows::parse("{\"a\":1}\n{\"a\":\n[]\n{\"a\":2}", "t.jsonl", &refused);
    EXPECT_THAT(*json->texts("a"), ElementsAre("1", "2"));
    EXPECT_EQ(json->place(1), "t.jsonl:4");
    ASSERT_EQ(refused.size(), 3u);
    EXPECT_THAT(refused[0], HasSubstr("t.csv:3: 1 fields"));
    EXPECT_THAT(refused[1], HasSubstr("t.jsonl:2: "));
    EXPECT_THAT(refused[2], HasSubstr("t.jsonl:3: expected an object"));
}

TEST(Rows, words_for_pass_and_fail_are_numbers) {
    EXPECT_EQ(number_of("Pass"), 1);
    EXPECT_EQ(number_of(" no "), 0);
    EXPECT_EQ(number_of("+2e-3"), 0.002);
    EXPECT_EQ(number_of("nan"), std::nullopt);
    EXPECT_EQ(number_of("1e999"), std::nullopt);
    EXPECT_EQ(number_of("1x"), std::nullopt);
}

struct Fault {
    const char* text;
    const char* says;
};
class RowsFault : public ::testing::TestWithParam<Fault> {};
TEST_P(RowsFault, says_where_and_what_to_do) {
    const auto rows = Rows::parse(GetParam().text, "t");
    ASSERT_FALSE(rows.ok());
    EXPECT_THAT(rows.error().what, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(all, RowsFault,
                         ::testing::Values(Fault{"", "t: no rows"}, Fault{"a,b\n", "t: no rows"},
                                           Fault{"a,b\n1\n", "t:2: 1 fields, the header has 2"},
                                           Fault{"a,a\n1,2\n", "two columns are called \"a\""},
                                           Fault{"a\n\"1\n",
                                                 "t:2: a quoted field has no closing quote"},
                                           Fault{"a\n\"1\"2\n", "t:2: text behind a closing quote"},
                                           Fault{"{\"a\":1}\n[1]\n", "t:2: expected an object"},
                                           Fault{"{\"a\":1}\n{\"a\":\n", "t:2: byte"}));

TEST(Rows, a_missing_column_is_answered_with_those_there_are) {
    const auto rows = Rows::parse("a,b\n1,x\n", "t");
    EXPECT_THAT(rows->texts("c").error().what, HasSubstr("there are: a, b"));
    EXPECT_THAT(rows->numbers("b").error().what, HasSubstr("t:2: column \"b\" holds \"x\""));
}

}  // namespace
}  // namespace plimsoll::app
