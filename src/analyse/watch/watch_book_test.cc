#include "analyse/watch/watch_book.h"

#include <gmock/gmock.h>

namespace plimsoll::analyse {
namespace {

using record::Finding;

constexpr UnixNanos hour_ns = 3600 * nanos_per_second;

Finding finding(const std::string& id, const std::string& service, UnixNanos found_hour) {
    Finding one;
    one.id = id;
    one.dimension = "tone";
    one.service = service;
    one.found = found_hour * hour_ns;
    return one;
}

TEST(KeepNames, a_finding_said_before_keeps_its_id_though_its_hour_moved) {
    std::vector<Finding> fresh{finding("new", "shop", 101), finding("other", "shop", 500)};
    fresh[1].related = {"new"};
    fresh[1].leader = "new";
    keep_names({finding("old", "shop", 100), finding("elsewhere", "desk", 101)}, fresh, hour_ns);
    EXPECT_EQ(fresh[0].id, "old");
    EXPECT_EQ(fresh[0].found, 100 * hour_ns);
    EXPECT_EQ(fresh[1].id, "other");
    EXPECT_THAT(fresh[1].related, testing::ElementsAre("old"));
    EXPECT_EQ(fresh[1].leader, "old");
}

TEST(KeepNames, a_finding_whose_evidence_is_gone_is_ended_and_says_so) {
    std::vector<Finding> fresh;
    Finding over = finding("over", "shop", 50);
    over.ended = 60 * hour_ns;
    keep_names({finding("gone", "shop", 100), over}, fresh, 200 * hour_ns);
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_EQ(fresh[0].id, "gone");
    EXPECT_EQ(fresh[0].ended, 200 * hour_ns);
    EXPECT_THAT(fresh[0].says, testing::HasSubstr("No longer"));
}

}  // namespace
}  // namespace plimsoll::analyse
