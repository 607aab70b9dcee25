#include "analyse/coverage/coverage.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

record::TraitCounts counts(std::uint64_t interactions,
                           std::initializer_list<std::pair<Trait, std::uint64_t>> with) {
    record::TraitCounts made;
    made.interactions = interactions;
    for (const auto& [trait, count] : with) made.with[static_cast<std::size_t>(trait)] = count;
    return made;
}

Share share(const std::vector<Share>& shares, std::string_view name) {
    for (const Share& each : shares)
        if (each.kind->name == name) return each;
    ADD_FAILURE() << name;
    return {};
}

TEST(Coverage, a_share_is_of_what_could_have_had_it) {
    record::TraitCounts traffic =
        counts(100, {{Trait::retrieved, 40}, {Trait::documents, 10}, {Trait::user, 25}});
    traffic.sessions = 20;
    traffic.sessions_without_end = 5;
    const auto shares = coverage_of(traffic);
    EXPECT_DOUBLE_EQ(*share(shares, "documents").value(), 0.25);
    EXPECT_DOUBLE_EQ(*share(shares, "user").value(), 0.25);
    EXPECT_DOUBLE_EQ(*share(shares, "sessions_without_end").value(), 0.25);
    EXPECT_FALSE(share(shares, "tool_schemas").value());  // No tool was called.
}

TEST(Coverage, tells_what_moved_and_which_way) {
    const auto before = counts(1000, {{Trait::user, 900}, {Trait::truncated, 10}});
    const auto after = counts(1000, {{Trait::user, 500}, {Trait::truncated, 300}});
    const auto moved = moved_shares(before, after);
    ASSERT_EQ(moved.size(), 2u);
    EXPECT_EQ(moved[0].before.kind->name, "user");
    EXPECT_TRUE(moved[0].worse);
    EXPECT_TRUE(moved[1].worse);
    EXPECT_FALSE(moved_shares(after, before)[0].worse);
    EXPECT_TRUE(moved_shares(before, before).empty());
    // 4 of 10 instead of 9 of 10: too few to say.
    EXPECT_TRUE(
        moved_shares(counts(10, {{Trait::user, 9}}), counts(10, {{Trait::user, 4}})).empty());
}

TEST(Coverage, sums_are_of_all_that_was_counted) {
    const auto one = counts(3, {{Trait::user, 1}}), two = counts(4, {{Trait::user, 2}});
    const auto sum = sum_of({one, two});
    EXPECT_EQ(sum.interactions, 7u);
    EXPECT_EQ(sum.with[static_cast<std::size_t>(Trait::user)], 3u);
}

}  // namespace
}  // namespace plimsoll::analyse
