#include "alert/owner.h"

#include <gtest/gtest.h>

namespace plimsoll::alert {
namespace {

using namespace std::chrono_literals;

UnixNanos at(const char* time) {
    return *from_iso8601(time);
}

TEST(QuietHours, over_midnight_end_in_the_morning_of_the_team) {
    const QuietHours quiet{.from = 22h, .to = 7h, .offset = 60min};  // 21:00 to 06:00 UTC
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-05T20:59:59Z")), at("2026-01-05T20:59:59Z"));
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-05T21:00:00Z")), at("2026-01-06T06:00:00Z"));
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-05T23:30:00Z")), at("2026-01-06T06:00:00Z"));
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-06T05:59:59Z")), at("2026-01-06T06:00:00Z"));
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-06T06:00:00Z")), at("2026-01-06T06:00:00Z"));
}

TEST(QuietHours, within_a_day_and_west_of_greenwich) {
    const QuietHours quiet{.from = 12h, .to = 13h, .offset = -300min};  // 17:00 to 18:00 UTC
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-05T17:30:00Z")), at("2026-01-05T18:00:00Z"));
    EXPECT_EQ(end_of_quiet(quiet, at("2026-01-05T12:30:00Z")), at("2026-01-05T12:30:00Z"));
    const QuietHours late{.from = 20h, .to = 22h, .offset = -300min};  // 01:00 to 03:00 UTC
    EXPECT_EQ(end_of_quiet(late, at("2026-01-06T02:00:00Z")), at("2026-01-06T03:00:00Z"));
}

TEST(PersonOnCall, counts_on_along_the_rotation) {
    Owner owner;
    owner.rotation = {"ana", "bo", "cy"};
    owner.starts = at("2026-01-05");
    EXPECT_EQ(person_on_call(owner, at("2026-01-11T23:59:59Z")), "ana");
    EXPECT_EQ(person_on_call(owner, at("2026-01-12")), "bo");
    EXPECT_EQ(person_on_call(owner, at("2026-01-12"), 1), "cy");
    EXPECT_EQ(person_on_call(owner, at("2026-01-12"), 2), "ana");
    EXPECT_EQ(person_on_call(owner, at("2025-12-24"), 1), "bo") << "before the first turn";
    EXPECT_EQ(person_on_call(Owner{}, 0), "");
}

}  // namespace
}  // namespace plimsoll::alert
