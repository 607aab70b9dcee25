#include "record/traffic_signals.h"

#include <gtest/gtest.h>

namespace plimsoll::record {
namespace {

Interaction asking(int number, std::string question, std::string session = "s") {
    Interaction made;
    made.id.bytes[15] = static_cast<std::uint8_t>(number);
    made.id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    made.question = std::move(question);
    made.session = std::move(session);
    made.traits = Trait::session;
    made.steps.push_back({.kind = StepKind::model_call});
    made.end = (1000 + number % 7) * 1'000'000ll;
    return made;
}

TEST(TrafficSignals, who_asks_nearly_the_same_again_in_a_session_is_heard) {
    TrafficSignals signals;
    const auto again = [&](const Interaction& one) {
        return signals.hear(one).has(Trait::re_submission);
    };
    EXPECT_FALSE(again(asking(1, "When does my parcel arrive?")));
    EXPECT_FALSE(again(asking(2, "How much is the fee?")));
    EXPECT_FALSE(again(asking(3, "When does my parcel arrive?", "another")));
    EXPECT_TRUE(again(asking(4, "so WHEN does my parcel arrive")));
    EXPECT_FALSE(again(asking(5, "yes")));
    EXPECT_TRUE(again(asking(6, "Yes!")));
    EXPECT_FALSE(again(asking(2, "How much is the fee?"))) << "a revision is no second question";
}

TEST(TrafficSignals, what_is_shared_is_counted_by_hand) {
    EXPECT_DOUBLE_EQ(shared_words({1, 2, 3}, {2, 3, 4}), 0.5);
    EXPECT_DOUBLE_EQ(shared_words({}, {}), 0);
}

TEST(TrafficSignals, what_takes_far_longer_or_costs_far_more_than_usual_is_told) {
    TrafficSignals signals;
    for (int i = 0; i < 200; ++i) {
        Interaction one = asking(i, "");
        one.cost_usd = 0.01 + 0.001 * (i % 5);
        EXPECT_TRUE(signals.hear(one).empty()) << i;
    }
    Interaction slow = asking(300, "");
    slow.end = 60'000'000'000;
    slow.cost_usd = 5;
    const Traits heard = signals.hear(slow);
    EXPECT_TRUE(heard.has(Trait::unusually_long) && heard.has(Trait::unusually_costly));
}

TEST(TrafficSignals, forgets_the_sessions_that_were_used_longest_ago) {
    TrafficSignals signals({.sessions_max = 2});
    signals.hear(asking(1, "When does my parcel arrive?", "a"));
    signals.hear(asking(2, "x", "b"));
    signals.hear(asking(3, "x", "c"));
    EXPECT_FALSE(
        signals.hear(asking(4, "When does my parcel arrive?", "a")).has(Trait::re_submission));
}

}  // namespace
}  // namespace plimsoll::record
