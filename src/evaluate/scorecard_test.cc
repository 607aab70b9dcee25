#include "evaluate/scorecard.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "evaluate/checks/checks.h"

namespace plimsoll::evaluate {
namespace {

class Always : public Configured {
  public:
    Verdict verdict(const Interaction&) const override { return Verdict::pass(); }
};

class Throws : public Configured {
  public:
    Verdict verdict(const Interaction&) const override { throw std::runtime_error("out of luck"); }
};

Evaluator evaluator(std::string name, std::shared_ptr<const Configured> configured,
                    std::map<std::string, std::string> where = {}) {
    Evaluator evaluator;
    evaluator.name = std::move(name);
    evaluator.check = &empty_output;
    evaluator.where = std::move(where);
    evaluator.configured = std::move(configured);
    return evaluator;
}

TEST(Scorecard, asks_everyone_in_the_order_of_the_configuration) {
    Scorecard scorecard;
    scorecard.dimensions.push_back({"a",
                                    "",
                                    "",
                                    {evaluator("one", std::make_shared<Always>()),
                                     evaluator("two", std::make_shared<Throws>())}});
    scorecard.dimensions.push_back({"b", "", "", {evaluator("three", std::make_shared<Always>())}});
    const auto scored = scorecard.score(example_interaction(R"({"output":"x"})"));
    ASSERT_EQ(scored.size(), 3u);
    EXPECT_EQ(scored[0].verdict.score()->value(), 1.0);
    EXPECT_EQ(scored[1].verdict.unscored()->reason, Reason::fault);
    EXPECT_EQ(scored[1].verdict.explanation, "two failed: out of luck.");
    EXPECT_EQ(scored[2].dimension, 1u);
    EXPECT_EQ(scored[2].evaluator, 0u);
}

TEST(Scorecard, leaves_alone_what_is_no_work_of_a_model) {
    Scorecard scorecard;
    scorecard.dimensions.push_back({"a", "", "", {evaluator("one", std::make_shared<Always>())}});
    Interaction interaction;
    interaction.steps.push_back({.kind = StepKind::other});
    EXPECT_EQ(scorecard.score(interaction)[0].verdict.unscored()->reason, Reason::not_applicable);
}

TEST(Scorecard, where_restricts_an_evaluator) {
    Scorecard scorecard;
    scorecard.dimensions.push_back({"a",
                                    "",
                                    "",
                                    {evaluator("one", std::make_shared<Always>(),
                                               {{"app.kind", "json"}, {"service", "shop"}})}});
    Interaction interaction =
        example_interaction(R"({"output":"x","attributes":{"app.kind":"json"}})");
    EXPECT_EQ(scorecard.score(interaction)[0].verdict.explanation, "Only where service is shop.");
    interaction.service = "shop";
    EXPECT_TRUE(scorecard.score(interaction)[0].verdict.score());
    interaction.attributes["service"] = "other";  // An attribute goes before the word.
    EXPECT_FALSE(scorecard.score(interaction)[0].verdict.score());
}

TEST(Reasons, have_a_word_each) {
    for (std::size_t i = 0; i < reason_count; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_NE(to_word(static_cast<Reason>(i)), to_word(static_cast<Reason>(j)));
        }
    }
}

}  // namespace
}  // namespace plimsoll::evaluate
