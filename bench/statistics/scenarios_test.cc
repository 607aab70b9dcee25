#include "statistics/scenarios.h"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::bench {
namespace {

class ScenarioTest : public ::testing::TestWithParam<const Scenario*> {};

TEST_P(ScenarioTest, in_its_short_form_gives_finite_figures_twice_the_same) {
    const std::vector<Figure> first = GetParam()->run(Effort::brief);
    const std::vector<Figure> again = GetParam()->run(Effort::brief);
    ASSERT_FALSE(first.empty());
    ASSERT_EQ(first.size(), again.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_TRUE(std::isfinite(first[i].value)) << first[i].what;
        const bool timed = first[i].what.find("time") != std::string::npos;
        if (!timed) {
            EXPECT_EQ(first[i].value, again[i].value) << first[i].what;
        }
    }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ScenarioTest);
INSTANTIATE_TEST_SUITE_P(all, ScenarioTest, ::testing::ValuesIn(all_scenarios),
                         [](const auto& scenario) { return std::string(scenario.param->name); });

}  // namespace
}  // namespace plimsoll::bench
