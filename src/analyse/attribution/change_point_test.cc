#include "analyse/attribution/change_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace plimsoll::analyse {
namespace {

std::vector<PassBucket> tv_7_3() {
    std::vector<PassBucket> buckets;
    for (const double s : {47., 48., 46., 47., 48., 47., 43., 44., 42., 45.})
        buckets.push_back({s, 50});
    return buckets;
}

TEST(ChangePoint, agrees_with_TV_7_3) {  // docs/statistics/7-attribution.md
    const std::vector<KnownEvent> events = {{3, "prompt"}, {6, "model"}};
    const ChangePoint change = change_point(tv_7_3(), events);
    EXPECT_NEAR(change.none, .393871, 5e-7);
    EXPECT_EQ(change.times[0].event, "model");
    EXPECT_NEAR(change.times[0].probability, .5492, 5e-5);
    const double log_bf[] = {-2.137231, -1.586000, -1.807386, -1.333947, .086969,
                             1.248729,  -.496883,  -1.027660, -2.133112};
    double sum = change.none;
    for (const ChangeTime& time : change.times) {
        EXPECT_NEAR(time.log_bayes_factor, log_bf[time.at - 1], 5e-7) << time.at;
        if (time.event == "prompt") {
            EXPECT_NEAR(time.probability, .0259, 5e-5);
        }
        sum += time.probability;
    }
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_EQ(change.named(), nullptr) << "0.55 names nobody";
    EXPECT_GT(change.likely().size(), 1u);
}

TEST(ChangePoint, the_marginal_is_the_beta_integral) {  // TV-7.3: closed form = Simpson
    EXPECT_NEAR(log_marginal(PassBucket{283, 300}), -68.70445828, 5e-9);
}

TEST(ChangePoint, names_an_event_that_cost_five_points) {
    std::vector<PassBucket> days;
    for (int day = 0; day < 14; ++day) days.push_back({day < 7 ? 3384. : 3204., 3600});
    const std::vector<KnownEvent> events = {{4, "prompt"}, {7, "model"}};
    const ChangePoint change = change_point(days, events);
    ASSERT_NE(change.named(), nullptr);
    EXPECT_EQ(change.named()->event, "model");
    EXPECT_EQ(change.likely().size(), 1u);
}

TEST(ChangePoint, a_change_that_no_event_explains_is_named_by_none) {
    std::vector<PassBucket> days;
    for (int day = 0; day < 14; ++day) days.push_back({day < 9 ? 3384. : 3204., 3600});
    const ChangePoint change = change_point(days, std::vector<KnownEvent>{{4, "prompt"}});
    EXPECT_EQ(change.named(), nullptr);
    EXPECT_EQ(change.times[0].at, 9u);
    EXPECT_GT(change.times[0].probability, .99);
}

TEST(ChangePoint, two_events_at_one_moment_are_one_name) {
    const std::vector<KnownEvent> events = {{6, "prompt"}, {6, "model"}, {0, "before all"}};
    EXPECT_EQ(change_point(tv_7_3(), events).times[0].event, "prompt + model");
}

TEST(ChangePoint, graded_marginal_is_the_product_of_its_predictive_densities) {
    // Second route: score by score, Student's t of 2 alpha degrees with the updated parameters.
    const double scores[] = {.9, .75, 1, .2, .85};
    double kappa = .6, alpha = 1, beta = .05, mean = .5, log_density = 0;
    GradedBucket sum;
    for (const double x : scores) {
        const double v = 2 * alpha, scale2 = beta * (kappa + 1) / (alpha * kappa);
        log_density += std::lgamma((v + 1) / 2) - std::lgamma(v / 2) -
                       std::log(v * std::numbers::pi * scale2) / 2 -
                       (v + 1) / 2 * std::log1p((x - mean) * (x - mean) / (v * scale2));
        beta += kappa * (x - mean) * (x - mean) / (2 * (kappa + 1));
        mean = (kappa * mean + x) / (kappa + 1);
        kappa += 1;
        alpha += .5;
        sum = {sum.n + 1, sum.sum + x, sum.squares + x * x};
        EXPECT_NEAR(log_marginal(sum), log_density, 1e-11);
    }
}

TEST(ChangePoint, graded_scores_find_their_moment_too) {
    std::vector<GradedBucket> days;
    for (int day = 0; day < 10; ++day) {
        const double mean = day < 6 ? .85 : .80;
        days.push_back({200, 200 * mean, 200 * (mean * mean + .02)});
    }
    const ChangePoint change =
        change_point(days, std::vector<KnownEvent>{{6, "model"}, {3, "prompt"}});
    ASSERT_NE(change.named(), nullptr);
    EXPECT_EQ(change.named()->at, 6u);
}

TEST(ChangePoint, restless_days_count_as_fewer_scores) {
    // p = .9: .09 / 900 from chance and .01^2 from the day are alike, so half of the scores are
    // left.
    const PassBucket half = as_if_days_were_alike({810, 900}, .01);
    EXPECT_NEAR(half.n, 450, 1);
    EXPECT_NEAR(half.passed / half.n, .9, 1e-12);
    EXPECT_EQ(as_if_days_were_alike({810, 900}, 0).n, 900);
    EXPECT_EQ(as_if_days_were_alike({0, 0}, .01).n, 0);
}

TEST(ChangePoint, one_bucket_or_none_cannot_change) {
    EXPECT_EQ(change_point(std::vector<PassBucket>{{1, 2}}, {}).none, 1);
    EXPECT_EQ(change_point(std::vector<GradedBucket>{}, {}).none, 1);
}

}  // namespace
}  // namespace plimsoll::analyse
