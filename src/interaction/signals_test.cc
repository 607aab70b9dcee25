#include "interaction/signals.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction {
namespace {

Interaction asking(std::string question) {
    Interaction made;
    made.question = std::move(question);
    return made;
}

TEST(Signals, an_ordinary_interaction_has_none) {
    Interaction made = asking("How do humans travel to the moon?");
    made.steps.push_back({.kind = StepKind::tool_call, .tool_name = "look_up"});
    EXPECT_TRUE(signals_of(made).empty());
}

TEST(Signals, a_call_for_a_person_is_an_escalation) {
    EXPECT_TRUE(signals_of(asking("I want to Talk to a human, now")).has(Trait::escalation));
    EXPECT_TRUE(signals_of(asking("Ich will mit einem Menschen reden")).has(Trait::escalation));
    Interaction made = asking("My parcel is lost");
    made.steps.push_back({.kind = StepKind::tool_call, .tool_name = "transfer_to_human_agents"});
    EXPECT_TRUE(signals_of(made).has(Trait::escalation));
}

TEST(Signals, a_user_who_is_not_content_says_so_or_presses_a_button) {
    EXPECT_TRUE(signals_of(asking("That's wrong, try again")).has(Trait::negative_feedback));
    Interaction made = asking("Where is it?");
    made.outside_scores.push_back({.name = "thumb", .value = 0, .annotator = "human"});
    EXPECT_TRUE(signals_of(made).has(Trait::negative_feedback));
    made.outside_scores[0].annotator = "llm";  // A judge's zero is no feedback.
    EXPECT_FALSE(signals_of(made).has(Trait::negative_feedback));
}

TEST(Signals, a_call_that_fails_and_is_made_again_is_a_retry) {
    Interaction made;
    made.steps.push_back({.kind = StepKind::model_call, .start = 1, .end = 2, .failed = true});
    EXPECT_TRUE(signals_of(made).has(Trait::error));
    EXPECT_FALSE(signals_of(made).has(Trait::retried));
    made.steps.push_back({.kind = StepKind::model_call, .start = 3, .end = 4});
    EXPECT_TRUE(signals_of(made).has(Trait::retried));
    made.steps[1].start = 1;  // At the same time: not because the other failed.
    EXPECT_FALSE(signals_of(made).has(Trait::retried));
}

}  // namespace
}  // namespace plimsoll::interaction
