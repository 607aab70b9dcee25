#include "analyse/calibration/rank_correlation.h"

#include <gtest/gtest.h>

#include <vector>

#include "analyse/stats/ranks.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

using Values = std::vector<double>;

TEST(RankCorrelation, agrees_with_published_values) {  // docs/statistics/1-agreement.md, TV-1.4
    const Values x{1, 2, 2, 4, 4, 6, 6, 8, 9, 9}, y{1, 2, 4, 4, 4, 4, 8, 8, 8, 10};
    EXPECT_NEAR(*kendall_tau_b(x, y), 0.85895569, 5e-9);  // Kendall 1970
    EXPECT_NEAR(*spearman(x, y), 0.917137868554, 1e-11);
    EXPECT_NEAR(*kendall_tau_b(Values{12, 2, 1, 12, 2}, Values{1, 4, 7, 1, 0}), -0.471404520791,
                1e-12);
    EXPECT_NEAR(*spearman(Values{1, 2, 3, 4, 5}, Values{5, 6, 7, 8, 7}), 0.820782681668, 1e-11);
}

TEST(RankCorrelation, by_merging_is_the_one_by_counting_all_pairs) {
    CounterRandom dice(7);
    for (const std::uint32_t levels : {2u, 5u, 1000u}) {
        Values x, y;
        for (int i = 0; i < 201; ++i) {
            x.push_back(dice.below(levels));
            y.push_back(x.back() + dice.below(levels));
        }
        double more = 0, free_x = 0, free_y = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const double dx = (x[i] > x[j]) - (x[i] < x[j]), dy = (y[i] > y[j]) - (y[i] < y[j]);
                more += dx * dy;
                free_x += dx * dx;
                free_y += dy * dy;
            }
        }
        EXPECT_NEAR(*kendall_tau_b(x, y), more / std::sqrt(free_x * free_y), 1e-12) << levels;
    }
}

TEST(RankCorrelation, weighs_an_item_like_that_many_of_its_kind) {
    const Values x{1, 2, 2, 5}, y{2, 1, 3, 4}, times{1, 3, 2, 1};
    const Values xs{1, 2, 2, 2, 2, 2, 5}, ys{2, 1, 1, 1, 3, 3, 4};
    EXPECT_NEAR(*spearman(x, y, times), *spearman(xs, ys), 1e-12);
    EXPECT_NEAR(*pearson(x, y, times), *pearson(xs, ys), 1e-12);
}

TEST(RankCorrelation, of_a_constant_says_which_side_it_was) {
    EXPECT_EQ(spearman(Values{3, 3, 3}, Values{1, 2, 3}).why(), "every judge verdict is the same");
    EXPECT_EQ(kendall_tau_b(Values{1, 2}, Values{4, 4}).why(), "every human label is the same");
    EXPECT_FALSE(spearman(Values{}, Values{}));
}

// At n = 80 an observed .794 has a lower bound of .70 on one side, .751 has P = .80.
// docs/statistics/1-agreement.md
TEST(RankCorrelation, errors_are_those_of_bonett_and_wright) {
    const FisherZ high{.794, spearman_error_z(.794, 80)};
    EXPECT_NEAR(high.interval(z_95_one_sided)->low, .70, 5e-4);
    const FisherZ enough{.751, spearman_error_z(.751, 80)};
    EXPECT_NEAR(enough.probability_above(.70), .80, 5e-3);
}

TEST(RankCorrelation, takes_the_jackknife_where_ties_are_heavy) {
    Values x, y, smooth;
    CounterRandom dice(9);
    for (int i = 0; i < 120; ++i) {
        smooth.push_back(dice.uniform());
        x.push_back(smooth.back() + dice.uniform());
        y.push_back(smooth.back() > 0.5);
    }
    EXPECT_EQ(spearman_with_error(x, smooth)->errors, RankErrors::formula);
    const auto tied = spearman_with_error(x, y);
    EXPECT_EQ(tied->errors, RankErrors::jackknife);
    EXPECT_GT(tied->z.error_z, 0.02);
    EXPECT_LT(tied->z.error_z, 0.2);
    EXPECT_NEAR(tied_pairs(Values{1, 1, 2, 2}), 2. / 6, 1e-15);
}

TEST(RankCorrelation, of_a_constant_is_undefined_with_any_weights) {
    // 5 * 0.44 / 5 is not 0.44: summed from zero these once had a spread, and a correlation of
    // 2e-10.
    const Values same(5, 0.4402692078816392), y{4, -3, -4, -2, 4}, w{5, 5, 1, 10, 10};
    EXPECT_EQ(pearson(same, y, w).why(), "every judge verdict is the same");
    EXPECT_EQ(pearson(y, same, w).why(), "every human label is the same");
    EXPECT_EQ(spearman(same, y, w).why(), "every judge verdict is the same");
    EXPECT_FALSE(
        pearson(Values{7, 0, 0}, Values{1, 2, 3}, Values{0, 3, 5}));  // Of those that count.
    EXPECT_EQ(pearson(y, y, Values(5, 0)).why(), "every weight is 0");
    Values tiny = y;
    for (double& one : tiny) one *= 1e-20;  // Small is not constant.
    EXPECT_NEAR(*pearson(tiny, y, w), 1, 1e-15);
    const Values far{1000001.2800663019, 1000001.1795397629}, two{-39790543, -39790532};
    EXPECT_NEAR(*pearson(far, two), -1, 1e-15);  // Two items.
}

}  // namespace
}  // namespace plimsoll::analyse
