#include "net/chunked_body.h"

#include <string>

#include <gtest/gtest.h>

namespace plimsoll::net {
namespace {

using Outcome = ChunkedBody::Step::Outcome;

struct Read {
    Outcome outcome;
    std::string body;
    std::size_t consumed;
};

/// Reads `text` as it would come in pieces of `piece` bytes.
Read read(std::string_view text, std::size_t piece) {
    ChunkedBody chunks;
    Read read{Outcome::need_more, "", 0};
    std::size_t arrived = 0;
    while (true) {
        const auto step = chunks.next(text.substr(read.consumed, arrived - read.consumed));
        read.consumed += step.consumed;
        read.outcome = step.outcome;
        read.body += step.data;
        if (step.outcome == Outcome::data) continue;
        if (step.outcome != Outcome::need_more || arrived == text.size()) return read;
        arrived = std::min(text.size(), arrived + piece);
    }
}

constexpr std::string_view good =
    "5\r\nhello\r\n1;name=\"v\"\r\n \r\nA\r\n0123456789\r\n000\r\nTrailer: x\r\nB: y\r\n\r\n";

TEST(ChunkedBody, joins_chunks_however_they_arrive) {
    for (std::size_t piece = 1; piece <= good.size(); ++piece) {
        const Read all = read(good, piece);
        EXPECT_EQ(all.outcome, Outcome::done) << piece;
        EXPECT_EQ(all.body, "hello 0123456789") << piece;
        EXPECT_EQ(all.consumed, good.size()) << piece;
    }
}

TEST(ChunkedBody, leaves_the_next_request_alone) {
    const std::string two = std::string(good) + "GET / HTTP/1.1\r\n";
    EXPECT_EQ(read(two, two.size()).consumed, good.size());
}

TEST(ChunkedBody, wants_more_after_every_prefix) {
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(read(good.substr(0, size), size + 1).outcome, Outcome::need_more) << size;
    }
}

TEST(ChunkedBody, A02_refuses_what_another_server_might_read_differently) {
    for (const std::string_view text :
         {"\r\nhello", "+5\r\nhello\r\n", "-1\r\n", " 5\r\nhello\r\n", "5 \r\nhello\r\n",
          "0x5\r\nhello\r\n", "5\nhello\n", "5\r\rhello", "5\r\nhelloX\r\n",
          "5\r\nhello\n0\r\n\r\n", "g\r\n", "5;a\nb\r\nhello", "0\r\nTrailer\n\r\n", "0\r\n\rX",
          "1000000000000000\r\n", "ffffffffffffffffffff\r\n"}) {
        EXPECT_EQ(read(text, text.size()).outcome, Outcome::bad) << text;
    }
}

TEST(ChunkedBody, A02_bounds_extensions_and_trailers) {
    const std::string noise(10'000, 'x');
    EXPECT_EQ(read("1;" + noise, 100).outcome, Outcome::bad);
    EXPECT_EQ(read("0\r\nA: " + noise, 100).outcome, Outcome::bad);
    std::string drip;
    for (int i = 0; i < 3000; ++i) drip += "1;xxx\r\na\r\n";
    EXPECT_EQ(read(drip, 1000).outcome, Outcome::bad);
}

}  // namespace
}  // namespace plimsoll::net
