// Properties that every drift statistic has, whatever it computes. See statistics.h.
#include "analyse/drift/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

/// Sessions of a graded judge: three weeks, 20 an hour, two a user, sampled at 1 or at 0.2.
struct Window {
    std::vector<std::string> users;
    std::vector<ScoredSession> sessions;

    Window(int hours, double moved, std::uint64_t stream) {
        CounterRandom dice(41, stream);
        for (int hour = 0; hour < hours; ++hour) {
            for (int i = 0; i < 20; ++i) {
                const double x = (dice.uniform() + dice.uniform()) / 2;
                users.push_back(std::to_string((hour * 20 + i) / 2));
                sessions.push_back({3600. * hour + 180 * i,
                                    dice.uniform() < .5 ? 5. : 1.,
                                    std::clamp(1 - x * x / 2 - moved, 0., 1.),
                                    {}});
            }
        }
        for (std::size_t i = 0; i < sessions.size(); ++i) sessions[i].cluster = users[i];
    }
    DriftReference reference() const {
        DriftReference reference;
        for (const ScoredSession& session : sessions) reference.update(session);
        return reference;
    }
};

template <class State>
State state_of(const DriftReference& reference, std::span<const ScoredSession> sessions) {
    State state(reference);
    for (const ScoredSession& session : sessions) state.update(session);
    return state;
}

template <class State>
class DriftStatisticTest : public ::testing::Test {
  protected:
    static_assert(DriftStatistic<State>);
    const Window before{24 * 21, 0, 1};
    const DriftReference reference = before.reference();
};

template <class... State>
::testing::Types<State...> types_of(std::tuple<State...>);
using AllStatistics = decltype(types_of(std::declval<DriftStatistics>()));

struct Names {
    template <class State>
    static std::string GetName(int) {
        return std::string(State::name);
    }
};
TYPED_TEST_SUITE(DriftStatisticTest, AllStatistics, Names);

TYPED_TEST(DriftStatisticTest, the_same_window_shows_no_drift) {
    const auto same = state_of<TypeParam>(this->reference, this->before.sessions).finish();
    ASSERT_TRUE(same) << same.why();
    EXPECT_FALSE(same->found);
    if (same->p) {
        EXPECT_NEAR(*same->p, 1, 1e-6);
        EXPECT_NEAR(same->size, 0, 1e-12);
    }
}

TYPED_TEST(DriftStatisticTest, another_window_of_the_same_kind_shows_no_drift) {
    const auto quiet = state_of<TypeParam>(this->reference, Window(24 * 7, 0, 2).sessions).finish();
    ASSERT_TRUE(quiet) << quiet.why();
    EXPECT_FALSE(quiet->found);
}

TYPED_TEST(DriftStatisticTest, a_fall_by_a_tenth_is_found) {
    const auto fall = state_of<TypeParam>(this->reference, Window(24 * 7, .1, 3).sessions).finish();
    ASSERT_TRUE(fall) << fall.why();
    EXPECT_TRUE(fall->found);
    EXPECT_GT(fall->size, 0);
}

TYPED_TEST(DriftStatisticTest, parts_merge_to_the_whole_in_any_order_it_allows) {
    const Window window(24 * 3, .05, 4);
    const auto whole = state_of<TypeParam>(this->reference, window.sessions).finish();
    ASSERT_TRUE(whole) << whole.why();
    CounterRandom dice(43);
    for (int round = 0; round < 20; ++round) {
        std::vector<TypeParam> parts;
        std::span<const ScoredSession> rest = window.sessions;
        while (!rest.empty()) {
            const std::size_t some = std::min<std::size_t>(rest.size(), dice.below(600));
            parts.push_back(state_of<TypeParam>(this->reference, rest.first(some)));
            rest = rest.subspan(some);
        }
        if (!TypeParam::ordered) {
            for (std::size_t i = parts.size(); i > 1; --i) {
                std::swap(parts[i - 1], parts[dice.below(static_cast<std::uint32_t>(i))]);
            }
        }
        while (parts.size() > 1) {  // Any two neighbours.
            const auto at = dice.below(static_cast<std::uint32_t>(parts.size() - 1));
            parts[at].merge(parts[at + 1]);
            parts.erase(parts.begin() + at + 1);
        }
        const auto merged = parts[0].finish();
        ASSERT_TRUE(merged);
        EXPECT_NEAR(merged->size / whole->size, 1, 1e-9);
        EXPECT_EQ(merged->found, whole->found);
        EXPECT_EQ(merged->p.has_value(), whole->p.has_value());
        if (whole->p) {
            EXPECT_NEAR(*merged->p, *whole->p, 1e-9);
        }
    }
}

TYPED_TEST(DriftStatisticTest, too_little_data_is_said_and_not_guessed) {
    const auto none = TypeParam(this->reference).finish();
    ASSERT_FALSE(none);
    EXPECT_FALSE(none.why().empty());
    const DriftReference short_reference = Window(2, 0, 5).reference();
    const auto few = state_of<TypeParam>(short_reference, Window(2, .3, 6).sessions).finish();
    ASSERT_FALSE(few);
    EXPECT_FALSE(few.why().empty());
}

TYPED_TEST(DriftStatisticTest, says_what_it_is) {
    EXPECT_FALSE(TypeParam::name.empty());
    EXPECT_TRUE(TypeParam::says.ends_with('.'));
}

}  // namespace
}  // namespace plimsoll::analyse
