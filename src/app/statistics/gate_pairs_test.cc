#include "app/statistics/gate_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/statistics/gate_report.h"

namespace plimsoll::app {
namespace {

using ::testing::HasSubstr;

Rows rows(const char* text, const char* name = "a.csv") {
    return *Rows::parse(text, name);
}

TEST(GatePairs, runs_are_averaged_missing_outputs_fail_unscored_ones_are_excluded) {
    const Rows baseline = rows("item,score\na,1\na,0\nb,1\nc,1\nd,1\n");
    const Rows candidate = rows("item,score\na,1\na,1\nb,\nc,0\n");
    const auto dimensions = gate_pairs(baseline, candidate, {});
    ASSERT_TRUE(dimensions.ok()) << dimensions.error().what;
    ASSERT_EQ(dimensions->size(), 1u);
    const analyse::GateDimension& dimension = (*dimensions)[0];
    EXPECT_EQ(dimension.excluded, 1u);
    ASSERT_EQ(dimension.pairs.size(), 3u);
    std::map<std::string, std::pair<double, double>> by_item;
    for (const auto& pair : dimension.pairs)
        by_item[pair.cluster] = {pair.baseline, pair.candidate};
    EXPECT_EQ(by_item["a"], std::pair(.5, 1.));
    EXPECT_EQ(by_item["c"], std::pair(1., 0.));
    EXPECT_EQ(by_item["d"], std::pair(1., 0.));  // The candidate gave nothing.
}

TEST(GatePairs, one_file_with_both_columns_and_dimensions) {
    const Rows both =
        rows("item,dimension,baseline,candidate,cluster\na,tone,1,0,x\na,format,1,1,x\n");
    const auto dimensions = gate_pairs(both, both, {});
    ASSERT_TRUE(dimensions.ok()) << dimensions.error().what;
    ASSERT_EQ(dimensions->size(), 2u);
    EXPECT_EQ((*dimensions)[1].name, "tone");
    EXPECT_EQ((*dimensions)[1].pairs[0].cluster, "x");
}

TEST(GatePairs, says_where_a_score_is_wrong) {
    const Rows good = rows("item,score\na,1\n");
    const Rows percent = rows("item,score\na,87\n", "b.csv");
    EXPECT_THAT(gate_pairs(good, percent, {}).error().what,
                HasSubstr("b.csv:2: score 87 is outside 0 to 1; divide by"));
    const Rows nameless = rows("item,score\n,1\n");
    EXPECT_THAT(gate_pairs(nameless, good, {}).error().what, HasSubstr("a.csv:2: column \"item\""));
}

TEST(GateReport, is_told_to_people_and_to_ci) {
    analyse::GateReport report{.outcome = analyse::GateOutcome::fail};
    report.dimensions.push_back({.name = "tone <b>",
                                 .outcome = analyse::GateOutcome::fail,
                                 .method = "Tango's score",
                                 .says = "worse than the baseline",
                                 .pairs = 200,
                                 .margin = .03,
                                 .baseline = .9,
                                 .candidate = .8,
                                 .interval = analyse::Interval{-.15, -.05},
                                 .p_worse = .004});
    EXPECT_THAT(gate_text(report), HasSubstr("-0.1500 to -0.0500"));
    EXPECT_THAT(gate_markdown(report), HasSubstr("### Behavior gate: fail"));
    EXPECT_THAT(gate_json(report), HasSubstr(R"("p_worse":0.004)"));
    EXPECT_THAT(gate_junit(report), HasSubstr(R"(tests="1" failures="1" errors="0")"));
    EXPECT_THAT(gate_junit(report), HasSubstr(R"(name="tone &lt;b&gt;"><failure message=)"));
}

}  // namespace
}  // namespace plimsoll::app
