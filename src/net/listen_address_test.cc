#include "net/listen_address.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::net {
namespace {

using testing::HasSubstr;

TEST(ListenAddress, knows_what_is_only_this_machine) {
    for (const char* host : {"127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"}) {
        EXPECT_TRUE(is_loopback({.host = host})) << host;
    }
    for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "example.org", ""}) {
        EXPECT_FALSE(is_loopback({.host = host})) << host;
    }
}

TEST(ListenAddress, is_written_as_urls_have_it) {
    EXPECT_EQ(to_text({.host = "::1", .port = 4318}), "[::1]:4318");
    EXPECT_EQ(to_text({.host = "[::1]", .port = 4318}), "[::1]:4318");
    EXPECT_EQ(to_text({.host = "127.0.0.1", .port = 1}), "127.0.0.1:1");
}

TEST(ListenAddress, a_refusal_says_what_to_do) {
    EXPECT_EQ(probe_bind({.host = "127.0.0.1", .port = 0}), 0);
    EXPECT_EQ(probe_bind({.host = "192.0.2.1", .port = 0}), EADDRNOTAVAIL);  // RFC 5737: nobody's.
    EXPECT_EQ(probe_bind({.host = "no such host", .port = 0}), EINVAL);
    const auto error = bind_error("OTLP/HTTP", {.host = "192.0.2.1", .port = 80}, EACCES);
    EXPECT_THAT(error.what, HasSubstr("OTLP/HTTP cannot listen on 192.0.2.1:80"));
    EXPECT_THAT(error.what, HasSubstr("choose a higher port"));
}

}  // namespace
}  // namespace plimsoll::net
