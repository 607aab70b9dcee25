#include "analyse/calibration/matthews_change.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analyse/calibration/matthews.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

/// 200 items; the new judge repeats 70% of the old verdicts and is worse elsewhere.
std::vector<std::array<std::size_t, 3>> items_of(std::uint64_t seed) {
    CounterRandom dice(seed);
    std::vector<std::array<std::size_t, 3>> items;
    for (int i = 0; i < 200; ++i) {
        const std::size_t human = dice.uniform() < 0.3;
        const std::size_t before = dice.uniform() < 0.12 ? 1 - human : human;
        const std::size_t fresh = dice.uniform() < 0.20 ? 1 - human : human;
        items.push_back({human, before, dice.uniform() < 0.7 ? before : fresh});
    }
    return items;
}

PairedVerdicts counted(const std::vector<std::array<std::size_t, 3>>& items) {
    PairedVerdicts verdicts(2);
    for (const auto& [human, before, after] : items) verdicts.add(human, before, after);
    return verdicts;
}

// A second route: the error from leaving out one item at a time.
TEST(MatthewsChange, has_the_error_that_the_jackknife_has) {
    const auto items = items_of(1);
    const auto whole = matthews_change(counted(items));
    std::vector<double> without;
    double mean = 0, squares = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto fewer = items;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        without.push_back(matthews_change(counted(fewer))->change.value);
        mean += without.back() / 200;
    }
    for (const double one : without) squares += (one - mean) * (one - mean);
    EXPECT_NEAR(whole->change.standard_error, std::sqrt(squares * 199 / 200), 1e-3);
    EXPECT_NEAR(whole->change.value, whole->after - whole->before, 1e-15);
}

TEST(MatthewsChange, against_a_judge_that_never_errs_has_the_error_of_the_other) {
    PairedVerdicts verdicts(2);  // TV-1.1, and the old judge copies the human.
    verdicts.add(1, 1, 1, 30);
    verdicts.add(0, 0, 1, 5);
    verdicts.add(1, 1, 0, 6);
    verdicts.add(0, 0, 0, 39);
    const auto change = matthews_change(verdicts);
    EXPECT_NEAR(change->before, 1, 1e-15);
    EXPECT_NEAR(change->after, 0.7217503176, 1e-10);
    EXPECT_NEAR(change->change.standard_error, 0.0778269332, 1e-10);
}

TEST(MatthewsChange, of_nothing_is_nothing) {
    PairedVerdicts verdicts(2);
    verdicts.add(1, 1, 1, 30);
    verdicts.add(0, 1, 1, 5);
    verdicts.add(0, 0, 0, 39);
    EXPECT_EQ(matthews_change(verdicts)->change.value, 0);
    EXPECT_EQ(matthews_change(verdicts)->p_fell, 1);
    EXPECT_FALSE(matthews_change(PairedVerdicts(2)));
}

// Two weeks of 80 labels, MCC .80 and .72 by hand: "drop > 0.05" would fire.
TEST(MatthewsChange, on_fresh_items_wants_more_than_a_lower_figure) {
    const Confusion before{.tp = 20, .fp = 3, .fn = 4, .tn = 53};
    const Confusion now{.tp = 19, .fp = 4, .fn = 5, .tn = 52};
    ASSERT_GT(*matthews(before) - *matthews(now), drop_that_matters);
    EXPECT_LT(probability_of_drop(before, now), drop_is_sure_at);
    EXPECT_GT(probability_of_drop(before, {.tp = 8, .fp = 14, .fn = 16, .tn = 42}),
              drop_is_sure_at);
}

}  // namespace
}  // namespace plimsoll::analyse
