#include "analyse/stats/session_unit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace plimsoll::analyse {
namespace {

TEST(SessionUnit, four_interactions_are_one_loss_and_a_fifth_of_the_cap) {
    const double losses[] = {0, 1, 0.5, 0.5};
    const SessionLoss unit = session_loss(losses);
    EXPECT_EQ(unit.loss, 0.5);
    EXPECT_EQ(unit.share, 0.2);
}

TEST(SessionUnit, a_large_session_is_heard_in_the_same_twenty_whatever_the_order) {
    std::vector<std::string> names;
    for (int i = 0; i < 100; ++i) names.push_back("trace-" + std::to_string(i));
    std::vector<std::string_view> traces(names.begin(), names.end());
    const auto heard_names = [&] {
        std::vector<std::string_view> heard;
        for (const std::size_t i : session_subsample(traces)) heard.push_back(traces[i]);
        std::ranges::sort(heard);
        return heard;
    };
    const auto first = heard_names();
    EXPECT_EQ(first.size(), session_cap);
    std::ranges::reverse(traces);
    EXPECT_EQ(heard_names(), first);
}

TEST(SessionUnit, a_small_session_is_heard_whole) {
    const std::string_view traces[] = {"a", "b"};
    EXPECT_EQ(session_subsample(traces), (std::vector<std::size_t>{0, 1}));
}

}  // namespace
}  // namespace plimsoll::analyse
