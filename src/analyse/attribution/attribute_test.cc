#include "analyse/attribution/attribute.h"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

using Answer = Attribution::Answer;
using Names = std::vector<std::string>;

Estimate about(double value, double error) {
    return {value, error, {value - 1.96 * error, value + 1.96 * error}};
}

AttributionEvidence fell() {
    return {.change = about(-.05, .006)};
}

void split(AttributionEvidence& evidence, const Estimate& within, const Estimate& mix) {
    MixAndWithin& parts = evidence.mix.emplace();
    parts.change = evidence.change;
    parts.within = within;
    parts.mix = mix;
}

EventSteps moved(Names events, double probability, double step) {
    EventSteps steps;
    steps.none = 1 - probability;
    steps.events = {{.at = {7},
                     .events = std::move(events),
                     .probability = probability,
                     .step = about(step, .006)}};
    return steps;
}

TEST(Attribute, what_did_not_change_has_parts_and_no_blame) {
    AttributionEvidence evidence{.change = about(-.005, .006)};
    split(evidence, about(-.003, .006), about(-.002, .0005));
    evidence.plain_change = about(-.15, .006);
    evidence.elements = {"model"};
    const Attribution answer = attribute(evidence);
    EXPECT_EQ(answer.answer, Answer::nothing_changed);
    EXPECT_EQ(answer.top(), nullptr);
    EXPECT_EQ(answer.says,
              "No change to explain: -0.0050 [-0.0168, +0.0068]. The plain mean moved by -0.1500 "
              "[-0.1618, -0.1382], because other interactions were sampled.");
}

TEST(Attribute, a_bad_sample_or_another_rubric_ends_it_at_once) {
    AttributionEvidence evidence = fell();
    evidence.when = moved({"model"}, .99, -.05);
    evidence.sampler = {"stratum plain: the weights add up to 1.4 of the traffic"};
    EXPECT_EQ(attribute(evidence).answer, Answer::not_identifiable);
    evidence.sampler = {};
    EXPECT_EQ(attribute(evidence).answer, Answer::explained);
    evidence.rubric_changed = true;
    EXPECT_EQ(attribute(evidence).answer, Answer::not_identifiable);
}

TEST(Attribute, the_judge_is_asked_before_the_model) {
    AttributionEvidence evidence = fell();
    evidence.judge = JudgeEvidence{.shift_on_new = about(-.048, .006)};
    evidence.elements = {"model"};
    evidence.when = moved({"model"}, .99, -.05);
    const Attribution answer = attribute(evidence);
    ASSERT_NE(answer.top(), nullptr);
    EXPECT_EQ(answer.top()->name(), "judge");
    EXPECT_EQ(answer.causes.size(), 1u) << "and that ends it";

    evidence.judge = JudgeEvidence{};
    const Attribution open = attribute(evidence);
    EXPECT_EQ(open.answer, Answer::not_identifiable);
    EXPECT_EQ(open.replay, Names{"judge"});
    EXPECT_TRUE(open.causes.empty()) << "no figure for behavior";
}

TEST(Attribute, other_traffic_is_told_from_other_behavior) {
    AttributionEvidence evidence = fell();
    evidence.elements = {"model"};
    split(evidence, about(-.003, .006), about(-.047, .003));
    evidence.when = moved({"model"}, .99, -.05);
    EXPECT_EQ(attribute(evidence).top()->name(), "mix of traffic");
}

TEST(Attribute, a_small_part_that_is_sure_is_no_answer_for_the_rest) {
    AttributionEvidence evidence = fell();
    evidence.elements = {"model", "prompt"};
    split(evidence, about(-.046, .006), about(-.004, .001));
    const Attribution answer = attribute(evidence);
    EXPECT_EQ(answer.answer, Answer::not_identifiable);
    EXPECT_EQ(answer.top(), nullptr);
    EXPECT_EQ(answer.replay, evidence.elements);
    ASSERT_EQ(answer.causes.size(), 1u) << "but it is listed";
    EXPECT_EQ(answer.causes[0].name(), "mix of traffic");
}

TEST(Attribute, an_event_is_named_with_its_step_and_its_probability) {
    AttributionEvidence evidence = fell();
    evidence.elements = {"model", "prompt"};
    evidence.when = moved({"model"}, .991, -.048);
    const Attribution answer = attribute(evidence);
    EXPECT_EQ(answer.answer, Answer::explained);
    EXPECT_EQ(
        answer.says,
        "-0.0500 [-0.0618, -0.0382] changed. model: -0.0480 [-0.0598, -0.0362], 96%. It moved "
        "then with probability 0.991.");
    evidence.when->events[0].probability = .89;
    EXPECT_EQ(attribute(evidence).answer, Answer::not_identifiable) << "not named below .90";
    EXPECT_EQ(attribute(evidence).replay, evidence.elements);
    evidence.elements.clear();
    EXPECT_EQ(attribute(evidence).answer, Answer::unexplained);
}

TEST(Attribute, what_was_switched_together_is_to_be_replayed_and_replay_decides) {
    AttributionEvidence evidence = fell();
    evidence.elements = {"model", "prompt", "tools"};
    evidence.when = moved({"model", "prompt"}, .99, -.05);
    evidence.rollouts = {{{"model", "prompt"}, about(-.05, .006), 1},
                         {{"tools"}, about(.001, .004), .5}};
    const Attribution open = attribute(evidence);
    EXPECT_EQ(open.answer, Answer::not_identifiable);
    EXPECT_EQ(open.replay, (Names{"model", "prompt"}));
    EXPECT_EQ(open.top(), nullptr);
    EXPECT_EQ(open.causes[0].name(), "model + prompt");

    evidence.replay = Replay{
        about(-.05, .01), {{"model", about(-.046, .01)}, {"prompt", about(-.004, .008)}}, {}};
    const Attribution answer = attribute(evidence);
    EXPECT_EQ(answer.answer, Answer::explained);
    EXPECT_EQ(answer.top()->name(), "model");
}

TEST(Attribute, two_causes_are_both_listed_the_larger_first) {
    AttributionEvidence evidence = fell();
    evidence.elements = {"model", "prompt"};
    evidence.when = moved({"prompt"}, .95, -.02);
    evidence.when->events.push_back(
        {.at = {9}, .events = {"model"}, .probability = .97, .step = about(-.03, .006)});
    const Attribution answer = attribute(evidence);
    EXPECT_EQ(answer.answer, Answer::several);
    ASSERT_EQ(answer.causes.size(), 2u);
    EXPECT_EQ(answer.top()->name(), "model");
    EXPECT_NEAR(answer.causes[0].share + answer.causes[1].share, 1, 1e-12);
}

TEST(Attribute, a_judge_that_was_switched_with_the_model_is_taken_out_of_its_step) {
    AttributionEvidence evidence = fell();
    evidence.judge = JudgeEvidence{.shift_on_new = about(-.015, .004)};
    evidence.elements = {"model"};
    evidence.when = moved({"judge", "model"}, .99, -.05);
    const Attribution answer = attribute(evidence);
    ASSERT_EQ(answer.causes.size(), 2u);
    EXPECT_EQ(answer.top()->name(), "model");
    EXPECT_NEAR(answer.top()->effect.value, -.035, 1e-12);
    evidence.when = moved({"judge"}, .99, -.05);
    EXPECT_EQ(attribute(evidence).top()->name(), "judge");
    EXPECT_EQ(attribute(evidence).causes.size(), 1u);
}

TEST(Attribute, side_by_side_and_calendar_are_joined_unless_they_contradict) {
    AttributionEvidence evidence = fell();
    evidence.elements = {"model", "prompt"};
    evidence.when = moved({"model"}, .95, -.03);
    evidence.rollouts = {{{"model"}, about(-.001, .004), 1}, {{"prompt"}, about(-.1, .01), .5}};
    const Attribution answer = attribute(evidence);
    EXPECT_EQ(answer.top()->name(), "prompt") << "the model's step is no step of the model";
    EXPECT_NEAR(answer.top()->effect.value, -.05, 1e-12);
    EXPECT_EQ(answer.causes.size(), 1u);

    // A step of both, -.03, and rollouts of each: the sum corrects them by 1 : 4, as their
    // variances.
    evidence.when = moved({"model", "prompt"}, .95, -.03);
    evidence.rollouts = {{{"model"}, about(-.03, .01), 1}, {{"prompt"}, about(-.008, .02), 1}};
    const Attribution joined = attribute(evidence);
    const double gap = .008, all = .006 * .006 + .01 * .01 + .02 * .02;
    EXPECT_NEAR(joined.top()->effect.value, -.03 + gap * .0001 / all, 1e-12);
    EXPECT_NEAR(joined.top()->effect.standard_error, .01 * std::sqrt(1 - .0001 / all), 1e-12);
    EXPECT_EQ(joined.top()->probability, .95);
}

}  // namespace
}  // namespace plimsoll::analyse
