#include "app/statistics/agreement_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::app {
namespace {

using analyse::Scale;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Rows rows_of(const std::string& text) {
    auto rows = Rows::parse(text, "t.csv");
    EXPECT_TRUE(rows.ok()) << rows.error().what;
    return std::move(*rows);
}

TEST(AgreementRows, tell_the_scale_by_the_values) {
    const auto scale_of = [](const std::string& text) {
        const auto slices = agreement_of(rows_of(text), {});
        EXPECT_TRUE(slices.ok()) << slices.error().what;
        return slices->front().agreement.scale;
    };
    EXPECT_EQ(scale_of("judge,human\npass,true\nfail,0\n"), Scale::binary);
    EXPECT_EQ(scale_of("judge,human\n1,2\n2,2\n"), Scale::binary);
    EXPECT_EQ(scale_of("judge,human\nred,blue\nred,green\n"), Scale::multiclass);
    EXPECT_EQ(scale_of("judge,human\n0.31,4\n0.5,5\n"), Scale::graded);
}

TEST(AgreementRows, count_failures_as_positive) {
    const auto slices =
        agreement_of(rows_of("item,judge,human\na,fail,fail\nb,pass,fail\nc,pass,pass\n"), {});
    EXPECT_THAT(slices->front().classes, ElementsAre("pass", "fail"));
    const auto& lines = slices->front().agreement.judge;
    EXPECT_EQ(lines[2].name, "failures found");
    EXPECT_EQ(*lines[2].value, 0.5);
    EXPECT_EQ(*lines[3].value, 1);
}

TEST(AgreementRows, of_several_people_and_slices) {
    const auto slices =
        agreement_of(rows_of("{\"item\":1,\"judge\":1,\"human_1\":1,\"human_2\":0}\n"
                             "{\"item\":1,\"judge\":0,\"human_1\":0,\"lang\":\"de\"}\n"
                             "{\"item\":2,\"judge\":null,\"human_2\":0}"),
                     {.by = "lang"});
    ASSERT_TRUE(slices.ok()) << slices.error().what;
    ASSERT_EQ(slices->size(), 2u);
    EXPECT_EQ((*slices)[1].slice, "de");
    EXPECT_THAT((*slices)[0].people, ElementsAre("human_1", "human_2"));
    EXPECT_EQ((*slices)[0].agreement.split, 1u);
    EXPECT_EQ((*slices)[0].agreement.without_judge, 1u);
    EXPECT_EQ((*slices)[1].agreement.compared, 1u);
}

TEST(AgreementRows, that_cannot_be_used_name_the_place_and_the_mend) {
    const auto fault = [](const std::string& text, const AgreementAsk& ask = {}) {
        const auto slices = agreement_of(rows_of(text), ask);
        return slices ? "no fault" : slices.error().what;
    };
    EXPECT_EQ(fault("judge,person\n1,0\n"), "t.csv: no column \"human\"; there are: judge, person");
    EXPECT_THAT(
        fault("item,judge,human\na,1,0\na,1,1\n"),
        HasSubstr("t.csv:3: item \"a\" was there before, at t.csv:2; give each item one row"));
    EXPECT_THAT(fault("judge,human,weight\n1,0,0\n"),
                HasSubstr("t.csv:2: weight 0 is not above 0"));
    EXPECT_THAT(fault("judge,human\n1,x\n", {.scale = Scale::graded}),
                HasSubstr("t.csv:2: \"x\" is no number; --scale graded needs numbers"));
    EXPECT_THAT(fault("judge,human\n1,2\n3,3\n", {.scale = Scale::binary}),
                HasSubstr("3 different verdicts and labels are not binary"));
    EXPECT_THAT(fault("judge,human\n1,2\n", {.by = "lang"}), HasSubstr("no column \"lang\""));
}

}  // namespace
}  // namespace plimsoll::app
