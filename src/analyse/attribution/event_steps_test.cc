#include "analyse/attribution/event_steps.h"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

std::vector<PassBucket> days(std::initializer_list<double> rates, double n = 3600) {
    std::vector<PassBucket> result;
    for (const double rate : rates) result.push_back({rate * n, n});
    return result;
}

TEST(EventSteps, with_one_event_is_the_change_point) {  // docs/statistics/7-attribution.md, TV-7.3
    std::vector<PassBucket> buckets;
    for (const double s : {47., 48., 46., 47., 48., 47., 43., 44., 42., 45.})
        buckets.push_back({s, 50});
    const std::vector<KnownEvent> events = {{6, "model"}};
    const EventSteps steps = event_steps(buckets, events);
    const ChangePoint change = change_point(buckets, events);
    EXPECT_NEAR(steps.none, change.none, 1e-12);
    EXPECT_NEAR(steps.events[0].probability, change.times[0].probability, 1e-12);
    EXPECT_NEAR(steps.none + steps.other + steps.events[0].probability, 1, 1e-12);
    EXPECT_NEAR(steps.events[0].step.value, 174. / 200 - 283. / 300, 1e-12);
}

TEST(EventSteps, two_changes_in_one_window_are_both_found_with_their_steps) {
    const auto buckets = days({.94, .94, .94, .94, .91, .91, .91, .91, .89, .89, .89, .89});
    const std::vector<KnownEvent> events = {{8, "prompt"}, {2, "retriever"}, {4, "model"}};
    const EventSteps steps = event_steps(buckets, events);
    ASSERT_EQ(steps.events.size(), 3u);
    EXPECT_LT(steps.events[0].probability, .05);
    EXPECT_GT(steps.events[1].probability, .99);
    EXPECT_GT(steps.events[2].probability, .9);
    EXPECT_NEAR(steps.events[1].step.value, -.03, 1e-12);
    EXPECT_NEAR(steps.events[2].step.value, -.02, 1e-12);
    EXPECT_NEAR(steps.events[2].step.standard_error,
                std::sqrt((.91 * .09 + .89 * .11) / (4 * 3600)), 1e-5);
}

TEST(EventSteps, a_change_at_another_time_is_no_event_s) {
    const EventSteps steps =
        event_steps(days({.94, .94, .94, .94, .94, .89, .89, .89}),
                    std::vector<KnownEvent>{{2, "model"}, {0, "before"}, {9, "later"}});
    ASSERT_EQ(steps.events.size(), 1u);
    EXPECT_LT(steps.events[0].probability, .01);
    EXPECT_GT(steps.other, .99);
}

TEST(EventSteps, a_canary_and_its_completion_are_one_step) {
    // A quarter of the traffic for three days, then all of it; another change amid the second.
    const auto ramp = days({.94, .94, .94, .925, .925, .925, .88, .88, .88});
    const std::vector<KnownEvent> events = {{3, "model"}, {6, "model"}, {8, "prompt"}};
    const EventSteps steps = event_steps(ramp, events);
    ASSERT_EQ(steps.events.size(), 2u);
    EXPECT_EQ(steps.events[0].at, (std::vector<std::size_t>{3, 6}));
    EXPECT_GT(steps.events[0].probability, .99);
    EXPECT_NEAR(steps.events[0].step.value, -.06, 1e-12);
    const std::vector<KnownEvent> mixed = {{3, "model"}, {5, "prompt"}, {6, "model"}};
    const EventSteps amid =
        event_steps(days({.94, .94, .94, .925, .925, .90, .855, .855, .855}), mixed);
    EXPECT_NEAR(amid.events[0].step.value, -.015 - .045, 1e-12);
    EXPECT_NEAR(amid.events[1].step.value, -.025, 1e-12);
}

TEST(EventSteps, events_of_one_moment_are_one) {
    const EventSteps steps = event_steps(days({.94, .94, .89, .89}),
                                         std::vector<KnownEvent>{{2, "model"}, {2, "prompt"}});
    ASSERT_EQ(steps.events.size(), 1u);
    EXPECT_EQ(steps.events[0].events, (std::vector<std::string>{"model", "prompt"}));
    EXPECT_EQ(event_steps(days({.9}), {}).none, 1);
    EXPECT_GT(event_steps(days({.9, .9}), {}).none, .9);
}

}  // namespace
}  // namespace plimsoll::analyse
