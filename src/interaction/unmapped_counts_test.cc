#include "interaction/unmapped_counts.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction {
namespace {

Interaction with(std::vector<std::string> names, std::string scope = "lib") {
    Interaction made;
    made.steps.emplace_back();
    made.steps[0].unmapped = std::move(names);
    made.steps[0].scope = std::move(scope);
    return made;
}

TEST(UnmappedCounts, counts_by_name_and_scope_most_frequent_first) {
    UnmappedCounts counts;
    counts.add(with({"gen_ai.a", "gen_ai.b"}));
    counts.add(with({"gen_ai.b"}));
    counts.add(with({"gen_ai.b"}, "other"));
    counts.add(with({}));
    EXPECT_EQ(counts.most(2),
              (std::vector<UnmappedCount>{{"gen_ai.b", "lib", 2}, {"gen_ai.a", "lib", 1}}));
    EXPECT_EQ(counts.most(9).size(), 3u);
}

TEST(UnmappedCounts, a_sender_that_makes_up_keys_fills_no_memory) {
    UnmappedCounts counts;
    for (int i = 0; i < 2'000; ++i) {
        counts.add(with({"k" + std::to_string(i) + std::string(1'000, 'x')}));
    }
    const auto most = counts.most(5'000);
    EXPECT_EQ(most.size(), UnmappedCounts::names_max + 1);
    EXPECT_EQ(most[0], (UnmappedCount{"(others)", "", 1'500}));
    EXPECT_LE(most[1].name.size(), UnmappedCounts::name_bytes_max);
}

}  // namespace
}  // namespace plimsoll::interaction
