// Human labels correct a judge. Vectors: docs/statistics/3-correction.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "analyse/calibration/corrected_mean.h"
#include "analyse/calibration/label_allocation.h"
#include "analyse/calibration/mover_wilson.h"
#include "analyse/calibration/ppi.h"
#include "analyse/calibration/rogan_gladen.h"
#include "analyse/calibration/three_phase.h"

namespace plimsoll::analyse {
namespace {

using ::testing::ElementsAre;

TEST(Ppi, agrees_with_the_published_algorithm) {  // TV-3.1
    const double human[] = {1, 0, 1, 1, 0, 1, 1, 1, 1, 1};
    const double judge[] = {.9, .3, .8, .7, .6, .6, .95, .5, .85, 1};
    const double others[] = {.9, .8,  .7,  .95, .2,  .85, .6, .75, 1,   .4,
                             .9, .65, .55, .8,  .88, .92, .3, .7,  .78, .97};
    const PpiMean mean = ppi_mean(human, judge, others, z_95_one_sided);  // A 90% interval.
    EXPECT_NEAR(mean.lambda, .7477081742, 1e-10);
    EXPECT_NEAR(mean.estimate.value, .8074770817, 1e-10);
    EXPECT_NEAR(mean.estimate.standard_error, .1082795183, 1e-10);
    EXPECT_NEAR(mean.estimate.interval.low, .6293731234, 1e-10);
    EXPECT_NEAR(mean.estimate.interval.high, .9855810401, 1e-10);
}

TEST(Ppi, a_judge_that_says_always_the_same_is_not_believed) {
    const double human[] = {1, 0, 1, 1}, judge[] = {.5, .5, .5, .5}, others[] = {.5, .5};
    EXPECT_EQ(ppi_mean(human, judge, others).lambda, 0);
    EXPECT_EQ(ppi_mean(human, judge, others).estimate.value, 0.75);
}

TEST(VerdictStrata, agree_with_the_worked_example) {  // TV-3.2
    const ProportionStratum cells[] = {{.9238, 54, 56}, {.0762, 9, 24}};
    const Estimate theta = mover_wilson(cells, mix_variance(cells, 3600));
    EXPECT_NEAR(theta.value, .9193821429, 1e-10);
    EXPECT_NEAR(theta.interval.low, .8392829805, 1e-9);
    EXPECT_NEAR(theta.interval.high, .9480947212, 1e-9);
}

TEST(RoganGladen, agrees_with_the_worked_example) {  // TV-3.3
    const auto result = *rogan_gladen({60, 200}, {50, 60}, {48, 60});
    EXPECT_NEAR(result.value, .15789474, 1e-8);
    EXPECT_NEAR(result.shift, -.01460600, 1e-8);
    EXPECT_NEAR((result.before_clamping.low + result.before_clamping.high) / 2 - result.shift,
                .15351795, 1e-8);
    EXPECT_NEAR(result.before_clamping.low, -.03647855, 1e-8);
    EXPECT_EQ(result.interval.low, 0);
    EXPECT_NEAR(result.interval.high, .31430245, 1e-8);
}

TEST(RoganGladen, refuses_with_a_reason) {
    EXPECT_EQ(rogan_gladen({60, 200}, {}, {48, 60}).why(), "no label says pass");
    EXPECT_EQ(rogan_gladen({60, 200}, {50, 60}, {}).why(), "no label says fail");
    EXPECT_EQ(rogan_gladen({60, 200}, {36, 60}, {33, 60}).why(),
              "the judge hardly tells good from bad: se + sp - 1 is below 0.2");
    EXPECT_EQ(rogan_gladen({60, 200}, {4, 6}, {4, 6}).why(),
              "too few labels to say that the judge tells good from bad at all");
}

TEST(ThreePhase, agrees_with_the_worked_example) {  // TV-3.4
    const double f[] = {.9, .2, 1, .8, .4, 1, .7, 1}, pi1[] = {.1, 1, .1, .2, 1, .1, .2, .1};
    const double pi2[] = {.25, .5, .25, .25, .5, .25, .25, .25};
    const std::optional<double> human[] = {1, 0, {}, {}, .25, {}, .5, {}};
    std::vector<ThreePhaseSums> units(8);
    for (std::size_t i = 0; i < 8; ++i) {
        units[i].judged(1 / pi1[i], f[i]);
        if (human[i]) units[i].labelled(1 / (pi1[i] * pi2[i]), f[i], *human[i]);
    }
    const auto mean = *three_phase_mean(units, .8);
    EXPECT_NEAR(mean.judge_mean, .9057692308, 1e-10);
    EXPECT_NEAR(mean.rectifier, .1490625, 1e-12);
    EXPECT_NEAR(mean.value, .8736778846, 1e-10);
    EXPECT_NEAR(std::sqrt(mean.variance), .1202962953, 1e-10);
    const auto half = *three_phase_mean(units, .5);
    EXPECT_NEAR(half.value, .8419471154, 1e-10);
    EXPECT_NEAR(std::sqrt(half.variance), .1347647804, 1e-10);

    const double best = best_lambda(units);
    for (const double other : {0.0, .25, .5, .75, 1.0}) {
        EXPECT_LE(three_phase_mean(units, best)->variance,
                  three_phase_mean(units, other)->variance);
    }
    EXPECT_EQ(three_phase_mean({}, 1).why(), "nothing was judged");
}

TEST(CorrectionChoice, follows_the_rule) {  // docs/statistics/3-correction.md
    using enum Correction;
    const auto method = [](LabelSituation situation) {
        return choose_correction(situation).method;
    };
    EXPECT_EQ(method({.labels = 80, .human_fails = 9}), verdict_strata);
    EXPECT_EQ(method({.labels = 29, .human_fails = 9}), none);
    EXPECT_EQ(method({.labels = 80, .human_fails = 4}), none);
    EXPECT_EQ(method({.labels = 80, .human_fails = 9, .judge_changed = true}), none);
    EXPECT_EQ(method({.labels = 80, .human_fails = 9, .same_traffic = false}), rogan_gladen);
    EXPECT_EQ(method({.binary_judge = false, .labels = 100, .human_fails = 10}), score_bins);
    EXPECT_EQ(
        method({.binary_judge = false, .labels = 99, .human_fails = 10, .same_traffic = false}),
        none);
}

TEST(LabelAllocation, follows_what_is_uncertain_and_asks_ten_of_each) {
    const LabelCell cells[] = {{.92, 3000, .98}, {.08, 300, .4}};
    // .92 sqrt(.98 * .02) = .1288 and .08 sqrt(.24) = .0392: 153 and 47 of 200.
    EXPECT_THAT(allocate_labels(cells, 200), ElementsAre(153, 47));
    EXPECT_THAT(allocate_labels(cells, 30), ElementsAre(20, 10));
    EXPECT_THAT(allocate_labels(cells, 12), ElementsAre(6, 6));
    EXPECT_THAT(allocate_labels(cells, 10'000), ElementsAre(3000, 300));
}

TEST(LabelAllocation, begins_with_a_third_for_what_the_judge_fails) {
    EXPECT_EQ(first_labels(300, 3000, 90).fail, 30u);
    EXPECT_EQ(first_labels(7, 3000, 90).pass, 83u);
    EXPECT_EQ(first_labels(300, 20, 90).fail, 70u);
}

TEST(LabelAllocation, doubtful_items_are_labelled_more_often) {
    const double right[] = {.5, .99, 1, .9};
    const auto inclusion = label_inclusion(right, 2);
    EXPECT_NEAR(std::accumulate(inclusion.begin(), inclusion.end(), 0.0), 2, 1e-12);
    EXPECT_NEAR(inclusion[2], .25, 1e-12);  // Only its even part.
    EXPECT_GT(inclusion[0], inclusion[3]);
}

/// A judge that passes 97% of good and fails 80% of bad; 1000 items, 80% good. Of each kind of
/// (truth, verdict) every tenth is labelled.
std::vector<JudgedItem> judged_traffic() {
    std::vector<JudgedItem> items;
    const auto add = [&](int count, double truth, double verdict) {
        for (int i = 0; i < count; ++i) {
            JudgedItem item{.score = verdict, .bucket = items.size() % series_buckets};
            if (i % 10 == 0) item.human = truth;
            items.push_back(item);
        }
    };
    add(780, 1, 1), add(20, 1, 0), add(160, 0, 0), add(40, 0, 1);
    return items;
}

TEST(CorrectedMean, labels_by_verdict_find_the_truth_behind_a_biased_judge) {
    const auto items = judged_traffic();
    const StratumSize all[] = {{"", {}}};
    const auto result = *corrected_mean(items, all, {.clustered = false});
    EXPECT_EQ(result.choice.method, Correction::verdict_strata);
    EXPECT_NEAR(result.estimate.value, .8, 1e-12);  // The judge says .82.
    EXPECT_THAT(result.estimate.interval.low,
                ::testing::AllOf(::testing::Gt(.7), ::testing::Lt(.8)));
    ASSERT_EQ(result.cells.size(), 2u);
    EXPECT_NEAR(result.cells[0].share, .18, 1e-12);
}

TEST(CorrectedMean, enriched_labels_give_only_error_rates) {
    auto items = judged_traffic();
    const StratumSize all[] = {{"", {}}};
    const auto result = *corrected_mean(items, all, {.same_traffic = false, .clustered = false});
    EXPECT_EQ(result.choice.method, Correction::rogan_gladen);
    EXPECT_NEAR(result.estimate.value, .8, 1e-12);  // (.82 + .8 - 1) / (.975 + .8 - 1)
}

TEST(CorrectedMean, graded_labels_go_by_score_bin) {
    auto items = judged_traffic();
    for (JudgedItem& item : items) item.score = item.score > 0 ? .9 : .1;
    const StratumSize all[] = {{"", {}}};
    const auto result = *corrected_mean(items, all, {.clustered = false});
    EXPECT_NEAR(result.estimate.value, .8, 1e-12);
    EXPECT_EQ(result.choice.method, Correction::score_bins);
    EXPECT_EQ(result.cells.size(), 2u);
    items.resize(100);
    EXPECT_EQ(corrected_mean(items, all).why(),
              "fewer than 30 labels, or fewer than 5 that say fail");
}

TEST(CorrectedMean, cells_are_split_by_stratum_where_each_has_ten_labels) {
    // Twice the traffic of above in two strata, of which the second was judged at a ninth.
    auto items = judged_traffic();
    for (JudgedItem item : judged_traffic()) {
        item.weight = 9, item.stratum = 1;
        items.push_back(item);
    }
    const StratumSize sizes[] = {{"anomaly", 1000}, {"plain", 9000}};
    const auto result = *corrected_mean(items, sizes, {.clustered = false});
    EXPECT_NEAR(result.estimate.value, .8, 1e-12);
    ASSERT_EQ(result.cells.size(), 4u);
    EXPECT_EQ(result.cells[0].name, "anomaly, judge fail");
    EXPECT_NEAR(result.cells[1].share, .9 * .18, 1e-12);
    EXPECT_NEAR(result.cells[1].labels, 18, 1e-9);  // Of equal weight, so none is lost.
    for (JudgedItem& item : items)
        if (item.stratum == 0 && item.score == 0) item.human = {};
    EXPECT_EQ(corrected_mean(items, sizes, {.clustered = false})->cells.size(), 3u);
}

}  // namespace
}  // namespace plimsoll::analyse
