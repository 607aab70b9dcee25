#include "base/time.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

// 2026-01-05T10:00:00Z is 1767607200 seconds after 1970 (`date -u -d 2026-01-05T10:00:00Z +%s`).
constexpr UnixNanos monday_ten = 1'767'607'200 * nanos_per_second;

TEST(Time, is_written_in_utc_with_milliseconds) {
    EXPECT_EQ(to_iso8601(monday_ten + 123'999'999), "2026-01-05T10:00:00.123Z");
    EXPECT_EQ(to_iso8601(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_iso8601(-1), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(utc_day(monday_ten), "2026-01-05");
    EXPECT_EQ(utc_day(-1), "1969-12-31");
}

TEST(Time, A08_the_ends_of_the_range_are_days_too) {
    EXPECT_EQ(to_iso8601(INT64_MAX), "2262-04-11T23:47:16.854Z");
    EXPECT_EQ(to_iso8601(INT64_MIN), "1677-09-21T00:12:43.145Z");
}

TEST(Time, is_read_in_the_forms_people_write) {
    EXPECT_EQ(from_iso8601("2026-01-05"), monday_ten - 36'000 * nanos_per_second);
    for (const char* const text :
         {"2026-01-05T10:00:00Z", "2026-01-05T10:00Z", "2026-01-05 10:00:00",
          "2026-01-05T10:00:00z", "2026-01-05T11:00:00+01:00", "2026-01-05T11:00:00+0100",
          "2026-01-05T04:30:00-05:30", "2026-01-05T10:00:00.000000000Z"}) {
        EXPECT_EQ(from_iso8601(text), monday_ten) << text;
    }
    EXPECT_EQ(from_iso8601("2026-01-05T10:00:00.5Z"), monday_ten + 500'000'000);
    EXPECT_EQ(from_iso8601("2026-01-05T10:00:00.0000000019"), monday_ten + 1);
}

TEST(Time, what_is_no_time_is_refused) {
    for (const char* const text : {"",
                                   "2026",
                                   "2026-1-5",
                                   "2026-02-29",
                                   "2026-13-01",
                                   "2026-01-05T",
                                   "2026-01-05T24:00:00Z",
                                   "2026-01-05T10:60Z",
                                   "2026-01-05T10:00:61Z",
                                   "2026-01-05T10:00:00.Z",
                                   "2026-01-05T10:00:00+",
                                   "2026-01-05T10:00:00+1",
                                   "2026-01-05T10:00:00+24:00",
                                   "2026-01-05T10:00:00+01:60",
                                   "2026-01-05T10:00:00+01:",
                                   "2026-01-05T10:00:00Zx",
                                   "-026-01-05",
                                   "1677-01-01",
                                   "2262-01-01",
                                   "2026-01-05x"}) {
        EXPECT_FALSE(from_iso8601(text)) << text;
    }
}

TEST(Time, what_is_written_reads_back) {
    for (UnixNanos time = -9'000'000'000'000'000'000; time < 9'000'000'000'000'000'000;
         time += 123'456'789'123'000'000) {
        EXPECT_EQ(from_iso8601(to_iso8601(time)), time) << to_iso8601(time);
    }
}

}  // namespace
}  // namespace plimsoll
