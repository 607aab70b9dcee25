#include <gtest/gtest.h>

#include <deque>

#include "base/counter_random.h"
#include "evaluate/spending/money_budget.h"
#include "evaluate/spending/rate_limiter.h"

namespace plimsoll::evaluate {
namespace {

constexpr UnixNanos second = nanos_per_second;
constexpr UnixNanos hour = 3600 * second;
constexpr UnixNanos day = 24 * hour;
constexpr UnixNanos morning = 20'000 * day;  ///< 2024-10-04T00:00Z.

/// A server that allows so many requests a minute, counted by a bucket of its own, and refuses some
/// at random besides. Answers take 50 ms.
struct Server {
    PacedBucket allowed;
    double random_refusals = 0;
    CounterRandom random{7};
    std::uint64_t answered = 0, refused = 0;

    bool answers(UnixNanos now) {
        const bool yes = random.uniform() >= random_refusals && allowed.open(now);
        if (yes) allowed.take(1, now);
        ++(yes ? answered : refused);
        return yes;
    }
};

/// Asks as fast as the limiter lets it, for `length`.
void ask(RateLimiter& limiter, Server& server, UnixNanos from, UnixNanos length) {
    std::deque<std::pair<UnixNanos, bool>> out;
    for (UnixNanos now = from; now < from + length;) {
        while (!out.empty() && out.front().first <= now) {
            if (out.front().second)
                limiter.accepted(0, 0, now);
            else
                limiter.refused(0, std::chrono::seconds(1), now);
            out.pop_front();
        }
        const UnixNanos open = limiter.open_at(now);
        if (open <= now) {
            limiter.leave(0, now);
            out.emplace_back(now + second / 20, server.answers(now));
            continue;
        }
        now = out.empty() ? open : std::min(open, std::max(now + 1, out.front().first));
    }
}

TEST(PacedBucket, lets_through_exactly_the_rate_and_a_second_s_worth_at_once) {
    PacedBucket bucket(60);
    std::uint64_t taken = 0;
    for (UnixNanos now = morning; now < morning + 600 * second; now += second / 100)
        if (bucket.open(now)) {
            bucket.take(1, now);
            ++taken;
        }
    EXPECT_EQ(taken, 601u);  // One a second, and one at once.
    bucket.take(30, morning + 700 * second);
    EXPECT_FALSE(bucket.open(morning + 728 * second));
    EXPECT_TRUE(bucket.open(morning + 729 * second));
    bucket.give_back(10);
    EXPECT_TRUE(bucket.open(morning + 719 * second));
}

TEST(RateLimiter, keeps_to_the_configured_rates) {
    RateLimiter limiter({.requests_per_minute = 6'000, .tokens_per_minute = 60'000});
    std::uint64_t left = 0;
    for (UnixNanos now = morning; now < morning + 60 * second; now += second / 1'000)
        if (limiter.open_at(now) <= now) {
            limiter.leave(100, now);
            ++left;
        }
    // 60,000 tokens are 600 requests a minute, and a second's worth at once.
    EXPECT_NEAR(static_cast<double>(left), 610, 1);
}

TEST(RateLimiter, tokens_that_were_not_used_are_given_back) {
    RateLimiter limiter({.tokens_per_minute = 60'000});
    limiter.leave(60'000, morning);
    EXPECT_EQ(limiter.open_at(morning), morning + 59 * second);
    limiter.accepted(60'000, 6'000, morning);
    EXPECT_EQ(limiter.open_at(morning), morning + 5 * second);
}

TEST(RateLimiter, refusals_at_random_do_not_slow_it_down) {
    RateLimiter limiter({.requests_per_minute = 60'000});
    Server server{.allowed = PacedBucket(600'000), .random_refusals = 0.05};
    ask(limiter, server, morning, 60 * second);
    EXPECT_EQ(limiter.requests_per_minute(), 60'000);
    EXPECT_NEAR(static_cast<double>(server.answered + server.refused), 61'000, 10);
}

TEST(RateLimiter, finds_the_rate_that_the_server_allows) {
    for (const double allowed : {600., 6'000., 60'000.}) {
        RateLimiter limiter({.requests_per_minute = 120'000});
        Server server{.allowed = PacedBucket(allowed)};
        ask(limiter, server, morning, 120 * second);
        server.answered = server.refused = 0;
        ask(limiter, server, morning + 120 * second, 120 * second);
        const auto answered = static_cast<double>(server.answered);
        EXPECT_GT(answered, 0.95 * 2 * allowed) << allowed;
        EXPECT_LT(static_cast<double>(server.refused), 0.12 * answered) << allowed;
    }
}

TEST(RateLimiter, grows_where_no_limit_is_known_and_nothing_is_refused) {
    RateLimiter limiter(RateLimits{});
    Server server{.allowed = PacedBucket(6'000)};
    ask(limiter, server, morning, 60 * second);
    server.answered = 0;
    ask(limiter, server, morning + 60 * second, 60 * second);
    EXPECT_GT(static_cast<double>(server.answered), 0.95 * 6'000);
}

TEST(RateLimiter, a_quota_that_is_used_up_is_not_hammered) {
    RateLimiter limiter({.requests_per_minute = 6'000});
    Server server{.allowed = PacedBucket(6'000), .random_refusals = 1.0};
    ask(limiter, server, morning, 600 * second);
    EXPECT_LT(server.refused, 300u);
    server.random_refusals = 0;
    ask(limiter, server, morning + 600 * second, 240 * second);
    server.answered = 0;
    ask(limiter, server, morning + 840 * second, 60 * second);
    EXPECT_GT(server.answered, 0.95 * 6'000);  // And it comes back by itself.
}

TEST(RateLimiter, a_key_waits_as_long_as_the_server_asks) {
    RateLimiter limiter({.requests_per_minute = 600});
    for (int i = 0; i < 10; ++i) {
        limiter.leave(0, morning + i * second / 5);
        limiter.refused(0, std::chrono::seconds(30), morning + i * second / 5);
    }
    // Five without an answer between were enough.
    EXPECT_EQ(limiter.paused_until(), morning + 4 * second / 5 + 30 * second);
    EXPECT_GE(limiter.open_at(morning + 2 * second), limiter.paused_until());
}

TEST(MoneyBudget, a_judge_without_a_limit_may_always_ask) {
    MoneyBudget budget(std::nullopt, {{"tone", std::nullopt}});
    EXPECT_EQ(budget.reserve("tone", 1e6, false, morning), MayAsk::yes);
    EXPECT_EQ(budget.reserve("other", 1e6, false, morning), MayAsk::yes);
    EXPECT_EQ(budget.spent_today(morning), 2e6);
}

TEST(MoneyBudget, plain_interactions_are_paced_and_anomalies_come_first) {
    MoneyBudget budget(std::nullopt, {{"tone", 24.0}});  // A dollar an hour.
    EXPECT_EQ(budget.reserve("tone", 1.0, false, morning), MayAsk::yes);
    EXPECT_EQ(budget.reserve("tone", 0.5, false, morning), MayAsk::later);
    EXPECT_EQ(budget.reserve("tone", 20.0, true, morning), MayAsk::yes);
    EXPECT_EQ(budget.reserve("tone", 1.0, false, morning + 19 * hour), MayAsk::later);
    EXPECT_EQ(budget.reserve("tone", 1.0, false, morning + 21 * hour), MayAsk::yes);
    EXPECT_EQ(budget.reserve("tone", 3.0, true, morning + 21 * hour), MayAsk::judge_spent);
    EXPECT_EQ(budget.reserve("tone", 2.0, true, morning + 21 * hour), MayAsk::yes);
    EXPECT_EQ(budget.reserve("tone", 0.01, true, morning + 23 * hour), MayAsk::judge_spent);
    EXPECT_EQ(budget.reserve("tone", 1.0, false, morning + day), MayAsk::yes);  // A new day.
}

TEST(MoneyBudget, all_judges_together_have_a_limit_too) {
    MoneyBudget budget(10.0, {{"tone", 8.0}, {"faithfulness", 8.0}});
    EXPECT_EQ(budget.reserve("tone", 7.0, true, morning), MayAsk::yes);
    EXPECT_EQ(budget.reserve("faithfulness", 4.0, true, morning), MayAsk::all_spent);
    EXPECT_EQ(budget.reserve("faithfulness", 3.0, true, morning), MayAsk::yes);
    EXPECT_EQ(budget.spent_today(morning), 10.0);
}

TEST(MoneyBudget, what_was_reserved_and_not_used_can_be_spent) {
    MoneyBudget budget(std::nullopt, {{"tone", 1.0}});
    budget.already_spent("tone", 0.4, morning);
    EXPECT_EQ(budget.reserve("tone", 0.6, true, morning), MayAsk::yes);
    EXPECT_EQ(budget.reserve("tone", 0.1, true, morning), MayAsk::judge_spent);
    budget.settle("tone", 0.6, 0.2, morning);
    EXPECT_NEAR(budget.spent_today("tone", morning), 0.6, 1e-12);
    EXPECT_EQ(budget.reserve("tone", 0.4, true, morning), MayAsk::yes);
    // A reply after midnight gives yesterday's money back, which helps nobody today.
    EXPECT_EQ(budget.reserve("tone", 1.0, true, morning + day), MayAsk::yes);
    budget.settle("tone", 0.4, 0.0, morning);
    EXPECT_EQ(budget.reserve("tone", 0.1, true, morning + day), MayAsk::judge_spent);
}

TEST(MoneyBudget, a_clock_that_is_set_back_gives_no_money) {
    MoneyBudget budget(std::nullopt, {{"tone", 1.0}});
    EXPECT_EQ(budget.reserve("tone", 1.0, true, morning + day), MayAsk::yes);
    EXPECT_EQ(budget.reserve("tone", 1.0, true, morning), MayAsk::judge_spent);
}

}  // namespace
}  // namespace plimsoll::evaluate
