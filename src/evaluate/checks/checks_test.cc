#include "evaluate/checks/checks.h"

#include <gtest/gtest.h>

#include <set>

namespace plimsoll::evaluate {
namespace {

/// What holds of every check, on all_checks: a new check has these tests by its line in checks.h.
class EveryCheck : public testing::TestWithParam<const Check*> {};

TEST_P(EveryCheck, gives_its_example_the_score_it_states) {
    const Check& check = *GetParam();
    const auto params = json::Document::parse(check.example.params);
    ASSERT_TRUE(params.ok()) << params.error().what;
    const auto configured = configure(check, params->root(), NoFiles());
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<const Configured>>(configured))
        << std::get<BadParameter>(configured).parameter << " "
        << std::get<BadParameter>(configured).why;
    const Verdict verdict =
        std::get<0>(configured)->verdict(example_interaction(check.example.interaction));
    ASSERT_TRUE(verdict.score()) << verdict.explanation;
    EXPECT_DOUBLE_EQ(verdict.score()->value(), check.example.score);
    EXPECT_EQ(verdict.explanation.empty(), check.example.score == 1.0) << verdict.explanation;
}

TEST_P(EveryCheck, is_found_by_its_name_alone) {
    EXPECT_EQ(find_check(GetParam()->name), GetParam());
}

TEST_P(EveryCheck, says_what_is_true_when_the_score_is_one) {
    const Check& check = *GetParam();
    EXPECT_GE(check.version, 1u);
    EXPECT_FALSE(check.dimension.empty());
    EXPECT_TRUE(check.says.ends_with(".")) << check.says;
}

TEST_P(EveryCheck, describes_parameters_with_examples_that_are_json) {
    std::set<std::string_view> names;
    for (const Parameter& parameter : GetParam()->takes) {
        EXPECT_TRUE(names.insert(parameter.name).second) << parameter.name;
        EXPECT_TRUE(parameter.says.ends_with(".")) << parameter.says;
        EXPECT_TRUE(json::Document::parse(parameter.example).ok()) << parameter.example;
        // Words of the configuration that no check may take for itself.
        EXPECT_FALSE(parameter.name == "check" || parameter.name == "name" ||
                     parameter.name == "where" || parameter.name == "judge");
    }
}

TEST_P(EveryCheck, refuses_a_parameter_it_does_not_take) {
    const auto params = json::Document::parse(R"({"no_such_parameter":1})");
    const auto configured = configure(*GetParam(), params->root(), NoFiles());
    ASSERT_TRUE(std::holds_alternative<BadParameter>(configured));
    EXPECT_EQ(std::get<BadParameter>(configured).parameter, "no_such_parameter");
}

TEST_P(EveryCheck, survives_an_interaction_without_steps) {
    const Check& check = *GetParam();
    const auto params = json::Document::parse(check.example.params);
    const auto configured = configure(check, params->root(), NoFiles());
    const Verdict verdict = std::get<0>(configured)->verdict(Interaction{});
    EXPECT_TRUE(verdict.score() || verdict.unscored());
}

INSTANTIATE_TEST_SUITE_P(AllChecks, EveryCheck, testing::ValuesIn(all_checks),
                         [](const auto& info) { return std::string(info.param->name); });

TEST(Checks, stand_in_the_alphabet) {
    for (std::size_t i = 1; i < std::size(all_checks); ++i) {
        EXPECT_LT(all_checks[i - 1]->name, all_checks[i]->name);
    }
    EXPECT_EQ(find_check("no_such_check"), nullptr);
}

}  // namespace
}  // namespace plimsoll::evaluate
