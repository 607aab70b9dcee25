#include "app/configuration/units.h"

#include <gtest/gtest.h>

namespace plimsoll::app {
namespace {

using std::chrono::milliseconds;

TEST(Units, durations_are_read_and_written) {
    EXPECT_EQ(duration_named("250ms"), milliseconds(250));
    EXPECT_EQ(duration_named("2s"), milliseconds(2'000));
    EXPECT_EQ(duration_named("1.5h"), milliseconds(5'400'000));
    EXPECT_EQ(duration_named("1w"), milliseconds(604'800'000));
    for (const char* wrong : {"", "2", "s", "-1s", "2 s", "2x", "1e9s", "nan", "99999999w"}) {
        EXPECT_FALSE(duration_named(wrong)) << wrong;
    }
    EXPECT_EQ(to_text(milliseconds(600'000)), "10m");
    EXPECT_EQ(to_text(milliseconds(90'000)), "90s");
}

TEST(Units, sizes_are_read_and_written) {
    EXPECT_EQ(size_named("64MiB"), 64u << 20);
    EXPECT_EQ(size_named("1.5KiB"), 1536u);
    EXPECT_EQ(size_named("7"), 7u);
    for (const char* wrong : {"", "MiB", "64MB", "64mib", "-1B", "1e30", "64 MiB"}) {
        EXPECT_FALSE(size_named(wrong)) << wrong;
    }
    EXPECT_EQ(size_text(64u << 20), "64MiB");
    EXPECT_EQ(size_text(1536), "1536B");
}

TEST(Units, counts_may_have_their_thousands_parted) {
    EXPECT_EQ(count_named("100_000"), 100'000u);
    EXPECT_EQ(count_named("1,000"), 1'000u);
    for (const char* wrong : {"", "_1", "1_", "1.5", "-1", "99999999999999999999"}) {
        EXPECT_FALSE(count_named(wrong)) << wrong;
    }
}

TEST(Units, addresses_have_a_host_and_a_port) {
    for (const char* right : {"127.0.0.1:4317", "localhost:0", "[::1]:4317", "box.lan:65535"}) {
        EXPECT_TRUE(is_address(right)) << right;
    }
    for (const char* wrong : {"", "4317", ":4317", "host:", "host:65536", "::1:4317", "http://h:1",
                              "host:4317x", "host:-1"}) {
        EXPECT_FALSE(is_address(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace plimsoll::app
