#include <gtest/gtest.h>

#include "net/http_head_parser.h"

namespace plimsoll::net {
namespace {

using Outcome = HttpHeadParser::Outcome;

/// Reads `text` as it would come in pieces; the status of the refusal, 200 if done, 0 if
/// unfinished.
int status_of(std::string_view text, std::size_t piece = 1'000'000) {
    HttpHeadParser parser(16 * 1024);
    std::size_t used = 0;
    std::size_t arrived = 0;
    while (arrived < text.size()) {
        arrived = std::min(text.size(), arrived + piece);
        std::size_t consumed = 0;
        const Outcome outcome = parser.read(text.substr(used, arrived - used), consumed);
        used += consumed;
        if (outcome == Outcome::done) return 200;
        if (outcome == Outcome::refused) return parser.refusal_status();
    }
    return 0;
}

constexpr std::string_view good =
    "POST /a/v1/traces?x=1 HTTP/1.1\r\nHost: h\r\nContent-TYPE:  application/json \r\n"
    "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n";

TEST(HttpHead, is_read) {
    HttpHeadParser parser(16 * 1024);
    std::size_t consumed = 0;
    ASSERT_EQ(parser.read(std::string(good) + "hello", consumed), Outcome::done);
    EXPECT_EQ(consumed, good.size());
    const HttpHead& head = parser.head();
    EXPECT_EQ(head.method(), "POST");
    EXPECT_EQ(head.path(), "/a/v1/traces");
    EXPECT_EQ(head.query(), "x=1");
    EXPECT_EQ(head.find("content-type"), "application/json");
    EXPECT_EQ(head.find("accept"), std::nullopt);
    EXPECT_EQ(head.content_length, 5u);
    EXPECT_TRUE(head.expects_continue);
    EXPECT_TRUE(head.keep_alive);
    EXPECT_FALSE(head.chunked);
}

TEST(HttpHead, is_read_in_pieces_of_any_size) {
    for (std::size_t piece = 1; piece < good.size(); ++piece) {
        EXPECT_EQ(status_of(good, piece), 200) << piece;
    }
}

TEST(HttpHead, wants_more_after_every_prefix) {
    for (std::size_t size = 1; size < good.size(); ++size) {
        EXPECT_EQ(status_of(good.substr(0, size)), 0) << size;
    }
}

TEST(HttpHead, A02_smuggling_is_refused) {
    const auto post = [](std::string_view fields) {
        return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
    };
    for (const std::string_view fields :
         {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: chunked, gzip\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Content-Length: 5\r\nContent-Length: 6\r\n",
          "Content-Length: 5\r\nContent-Length: 5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: +5\r\n",
          "Content-Length: 5a\r\n",
          "Content-Length: 0x5\r\n",
          "Content-Length: 18446744073709551616\r\n",
          "Content-Length:\r\n",
          "Host: other\r\n",
          "No-Colon\r\n",
          "A: b\n",
          "A\0: b\r\n"}) {
        EXPECT_EQ(status_of(post(fields)), 400) << fields;
    }
    EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(status_of("POST  / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
    EXPECT_EQ(status_of("\x16\x03\x01\x02\r\n\r\n"), 400);  // A TLS client.
}

TEST(HttpHead, what_is_not_spoken_is_said) {
    EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), 505);
    EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\n\r\n"), 417);
}

TEST(HttpHead, A02_a_long_head_is_refused_before_it_ends) {
    const std::string start = "GET / HTTP/1.1\r\nHost: h\r\nA: ";
    EXPECT_EQ(status_of(start + std::string(20'000, 'a'), 4096), 431);
    EXPECT_EQ(status_of("GET /" + std::string(20'000, 'a'), 4096), 431);
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 5000; ++i) many += "A: b\r\n";
    EXPECT_EQ(status_of(many, 4096), 431);
}

TEST(HttpHead, absolute_targets_lose_their_host) {
    HttpHeadParser parser(16 * 1024);
    std::size_t consumed = 0;
    ASSERT_EQ(parser.read("GET http://h/x?y HTTP/1.1\r\nHost: h\r\n\r\n", consumed), Outcome::done);
    EXPECT_EQ(parser.head().path(), "/x");
    EXPECT_EQ(parser.head().query(), "y");
}

TEST(HttpHead, lists_are_searched_by_token) {
    EXPECT_TRUE(list_has("br, GZIP;q=0.5", "gzip"));
    EXPECT_TRUE(list_has("gzip", "gzip"));
    EXPECT_FALSE(list_has("gzip;q=0", "gzip"));
    EXPECT_FALSE(list_has("gzip;q=0.000 , br", "gzip"));
    EXPECT_FALSE(list_has("xgzip", "gzip"));
    EXPECT_FALSE(list_has("", "gzip"));
}

}  // namespace
}  // namespace plimsoll::net
