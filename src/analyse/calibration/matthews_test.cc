#include "analyse/calibration/matthews.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(Matthews, of_thirty_caught_failures) {  // docs/statistics/1-agreement.md, TV-1.1
    const Confusion counts{.tp = 30, .fp = 5, .fn = 6, .tn = 39};
    EXPECT_NEAR(*matthews(counts), 0.7217503176, 1e-10);
    EXPECT_NEAR(std::sqrt(matthews_variance(counts)), 0.0778269332, 1e-10);
    const FisherZ raw{*matthews(counts), std::sqrt(matthews_variance(counts)) /
                                             (1 - *matthews(counts) * *matthews(counts))};
    EXPECT_NEAR(raw.interval()->low, 0.531970, 5e-7);
    EXPECT_NEAR(raw.interval()->high, 0.842489, 5e-7);

    const FisherZ f = matthews_fisher_z(counts);
    EXPECT_NEAR(f.value, 0.7040074030, 1e-10);
    EXPECT_NEAR(std::sqrt(matthews_variance(counts.plus(0.5))), 0.0788609224, 1e-10);
    EXPECT_NEAR(f.error_z, 0.1563541908, 1e-10);
    EXPECT_NEAR(f.interval()->low, 0.5144430495, 1e-10);
    EXPECT_NEAR(f.interval()->high, 0.8279713071, 1e-10);
    EXPECT_NEAR(f.probability_above(0.6), 0.8778635905, 1e-10);
}

TEST(Matthews, of_rare_failures) {  // TV-1.2
    const Confusion counts{.tp = 8, .fp = 3, .fn = 4, .tn = 65};
    EXPECT_NEAR(*matthews(counts), 0.6455022270, 1e-10);
    EXPECT_NEAR(std::sqrt(matthews_variance(counts)), 0.1233070116, 1e-10);
    const FisherZ f = matthews_fisher_z(counts);
    EXPECT_NEAR(f.value, 0.6232487276, 1e-10);
    EXPECT_NEAR(f.error_z, 0.1987408364, 1e-10);
    EXPECT_NEAR(f.interval()->low, 0.3281690310, 1e-10);
    EXPECT_NEAR(f.interval()->high, 0.8075079252, 1e-10);
    EXPECT_NEAR(f.probability_above(0.6), 0.5741461694, 1e-10);
}

TEST(Matthews, of_one_sided_tables_is_undefined_and_says_whose_fault) {
    EXPECT_EQ(matthews({}).why(), "there are no labels");
    EXPECT_EQ(matthews({.tp = 3, .fp = 2}).why(), "every judge verdict is the same");
    EXPECT_EQ(matthews({.fp = 2, .tn = 9}).why(), "every human label is the same");
    // The interval exists all the same, and is wide.
    EXPECT_GT(matthews_fisher_z({.tn = 9}).interval()->width(), 1);
}

TEST(Matthews, of_weighted_labels_counts_what_they_are_worth) {
    Confusion sum;
    double squares = 0;
    for (const auto& [judge, human, w] :
         {std::tuple{true, true, 1.}, {true, true, 1.}, {false, true, 4.}, {false, false, 4.}}) {
        sum.add(judge, human, w);
        squares += w * w;
    }
    // By hand: n_eff = 10^2 / 34, shares .2, 0, .4, .4.
    const Confusion counts = effective_counts(sum, squares);
    EXPECT_NEAR(counts.total(), 100. / 34, 1e-12);
    EXPECT_NEAR(counts.fn / counts.total(), 0.4, 1e-12);
    EXPECT_NEAR(*matthews(counts), *matthews(sum), 1e-12);
}

// What an example pipeline's four judges get on 80 labels with 30% failures: two may page, and
// "relabel 40, agreement 0.66, resume" is a coin toss. docs/statistics/1-agreement.md
TEST(Matthews, of_80_labels_seldom_decides) {
    const auto judged = [](double f, double n, double share) {  // Margins equal, by hand.
        const double both = share * (1 - share) * f;
        return Confusion{n * (share * share + both), n * (share * (1 - share) - both),
                         n * (share * (1 - share) - both), n * ((1 - share) * (1 - share) + both)};
    };
    EXPECT_NEAR(matthews_fisher_z(judged(.74, 80, .3)).probability_above(.6), 0.89, 0.005);
    EXPECT_NEAR(matthews_fisher_z(judged(.72, 80, .3)).probability_above(.6), 0.85, 0.005);
    EXPECT_NEAR(matthews_fisher_z(judged(.68, 80, .3)).probability_above(.6), 0.74, 0.005);
    EXPECT_NEAR(matthews_fisher_z(judged(.61, 80, .3)).probability_above(.6), 0.48, 0.005);
    EXPECT_NEAR(matthews_fisher_z(judged(.66, 40, .3)).probability_above(.6), 0.58, 0.005);
}

}  // namespace
}  // namespace plimsoll::analyse
