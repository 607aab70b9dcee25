#include "analyse/calibration/matthews_multiclass.h"

#include <gtest/gtest.h>

#include "analyse/calibration/matthews.h"

namespace plimsoll::analyse {
namespace {

const ConfusionTable three({{21, 2, 3}, {3, 24, 5}, {1, 4, 17}});

TEST(MatthewsMulticlass, of_three_classes) {  // docs/statistics/1-agreement.md, TV-1.3
    EXPECT_NEAR(*matthews(three), 0.661474741449, 1e-11);
    EXPECT_NEAR(std::sqrt(matthews_variance(three)), 0.0701269133, 1e-10);
}

TEST(MatthewsMulticlass, influence_is_the_slope_when_one_more_item_comes) {
    const ConfusionTable influence = matthews_influence(three);
    const double n = three.total(), step = 1e-4;
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            ConfusionTable more = three, less = three;
            more.at(i, j) += step;
            less.at(i, j) -= step;
            const double slope = (*matthews(more) - *matthews(less)) / (2 * step) * n;
            EXPECT_NEAR(influence.at(i, j), slope, 1e-6) << i << j;
        }
    }
}

TEST(MatthewsMulticlass, of_two_classes_is_the_binary_one) {  // TV-1.1
    const ConfusionTable two({{30, 6}, {5, 39}});
    EXPECT_NEAR(*matthews(two), 0.7217503176, 1e-10);
    EXPECT_NEAR(std::sqrt(matthews_variance(two)), 0.0778269332, 1e-10);
}

TEST(MatthewsMulticlass, does_not_mind_a_class_that_nobody_used) {
    const ConfusionTable wider({{21, 2, 3, 0}, {3, 24, 5, 0}, {1, 4, 17, 0}, {0, 0, 0, 0}});
    EXPECT_NEAR(*matthews(wider), *matthews(three), 1e-15);
    EXPECT_EQ(matthews(ConfusionTable({{3, 0}, {2, 0}})).why(), "every judge verdict is the same");
}

TEST(MatthewsMulticlass, of_perfect_agreement_has_no_interval) {
    const auto z = matthews_fisher_z(ConfusionTable({{5, 0, 0}, {0, 7, 0}, {0, 0, 2}}));
    EXPECT_EQ(z->value, 1);
    EXPECT_FALSE(z->interval());
}

}  // namespace
}  // namespace plimsoll::analyse
