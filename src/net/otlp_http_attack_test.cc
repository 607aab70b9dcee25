/// otlp_http_attack_test.cc: A01, A02, A03 and A19 through the HTTP door.
#include <chrono>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <zstd.h>

#include "net/fake_journal_for_test.h"
#include "net/no_descriptors_for_test.h"
#include "net/otlp_http_door.h"
#include "net/raw_client_for_test.h"
#include "net/traces_for_test.h"
#include "wire/otlp_response.h"

namespace plimsoll::net {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using wire::outgoing::to_otlp;

constexpr std::size_t body_bytes_max = 1u << 20;

std::string gzipped(std::string_view text) {
    auto* compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    out.resize(
        libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string zlibbed(std::string_view text) {
    auto* compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_zlib_compress_bound(compressor, text.size()), '\0');
    out.resize(
        libdeflate_zlib_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string zstded(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
    return out;
}

class OtlpHttpAttackTest : public testing::Test {
  protected:
    void open(OtlpHttpOptions options = {}, std::size_t budget_bytes = 64u << 20) {
        budget = std::make_unique<ByteBudget>(budget_bytes);
        options.address.port = 0;
        auto opened = OtlpHttpDoor::open(options, intake, *budget);
        ASSERT_TRUE(opened) << opened.error().what;
        door = std::move(*opened);
    }
    void TearDown() override {
        if (door) door->stop();
        if (budget) {
            EXPECT_EQ(budget->used(), 0u);
        }
    }

    RawAnswer ask(const std::string& request) {
        RawClient client(door->port());
        client.send(request);
        return client.read_answer();
    }
    /// The door is well if an ordinary request succeeds.
    void expect_well() {
        EXPECT_EQ(ask(post("/v1/traces", protobuf_type, to_otlp(traces(1)))).status, 200);
    }

    FakeJournal journal;
    record::Intake intake{journal, wire::Limits{.body_bytes_max = body_bytes_max}};
    std::unique_ptr<ByteBudget> budget;
    std::unique_ptr<OtlpHttpDoor> door;
};

TEST_F(OtlpHttpAttackTest, honest_compression_is_welcome) {
    open();
    const std::string body = to_otlp(traces(16, 0, 9000));
    EXPECT_EQ(
        ask(post("/v1/traces", protobuf_type, gzipped(body), "Content-Encoding: gzip\r\n")).status,
        200);
    EXPECT_EQ(
        ask(post("/v1/traces", protobuf_type, zstded(body), "Content-Encoding: ZSTD\r\n")).status,
        200);
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, zlibbed(body), "Content-Encoding: deflate\r\n"))
                  .status,
              200);
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, body, "Content-Encoding: identity\r\n")).status,
              200);
    EXPECT_THAT(journal.bodies(), testing::Each(body));
    EXPECT_EQ(journal.bodies().size(), 4u);
}

TEST_F(OtlpHttpAttackTest, A01_bombs_are_413_whatever_they_are_packed_in) {
    open();
    const std::string zeroes(16u << 20, '\0');
    for (const auto& [coding, bomb] :
         {std::pair{"gzip", gzipped(zeroes)}, std::pair{"zstd", zstded(zeroes)},
          std::pair{"deflate", zlibbed(zeroes)}}) {
        const auto answer = ask(post("/v1/traces", protobuf_type, bomb,
                                     fmt::format("Content-Encoding: {}\r\n", coding)));
        EXPECT_EQ(answer.status, 413) << coding;
        EXPECT_EQ(answer.headers.count("Retry-After"), 0u);
        const auto status = wire::read_rpc_status(answer.body, wire::Encoding::protobuf);
        ASSERT_TRUE(status);
        EXPECT_EQ(status->code, wire::RpcCode::resource_exhausted);
        EXPECT_EQ(status->retry_delay, std::nullopt);
    }
    expect_well();
}

TEST_F(OtlpHttpAttackTest, A01_concatenated_members_count_together) {
    open();
    std::string members;
    const std::string member = gzipped(std::string(body_bytes_max / 2 + 1, '\0'));
    for (int i = 0; i < 1000; ++i) members += member;
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, members, "Content-Encoding: gzip\r\n")).status,
              413);
    expect_well();
}

TEST_F(OtlpHttpAttackTest, A01_nested_compression_is_opened_once) {
    open();
    const std::string nested = gzipped(gzipped(std::string(8u << 20, '\0')));
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, nested, "Content-Encoding: gzip\r\n")).status,
              400);
    EXPECT_EQ(
        ask(post("/v1/traces", protobuf_type, nested, "Content-Encoding: gzip, gzip\r\n")).status,
        415);
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, nested,
                       "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"))
                  .status,
              415);
    expect_well();
}

TEST_F(OtlpHttpAttackTest, damaged_compression_is_400) {
    open();
    std::string body = gzipped(to_otlp(traces(1)));
    body.resize(body.size() / 2);
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, body, "Content-Encoding: gzip\r\n")).status,
              400);
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, "", "Content-Encoding: gzip\r\n")).status, 400);
}

TEST_F(OtlpHttpAttackTest, A02_one_byte_over_is_413_and_the_largest_is_not) {
    open();
    const std::string head =
        "POST /v1/traces HTTP/1.1\r\nHost: h\r\n"
        "Content-Type: application/json\r\n";
    const std::string full = "{}" + std::string(body_bytes_max - 2, ' ');
    EXPECT_EQ(ask(post("/v1/traces", json_type, full)).status, 200);
    const auto over = ask(post("/v1/traces", json_type, full + " "));
    EXPECT_EQ(over.status, 413);
    EXPECT_EQ(over.headers.at("Connection"), "close");
    EXPECT_EQ(ask(head + fmt::format("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                                     full.size(), full))
                  .status,
              200);
    EXPECT_EQ(ask(head + fmt::format("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n1\r\n \r\n"
                                     "0\r\n\r\n",
                                     full.size(), full))
                  .status,
              413);
    expect_well();
}

TEST_F(OtlpHttpAttackTest, A02_a_lie_about_the_length_costs_nobody_memory) {
    open();
    const auto claim = [&](std::string_view length) {
        return ask(
            fmt::format("POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: {}\r\n"
                        "Content-Length: {}\r\n\r\nx",
                        json_type, length));
    };
    EXPECT_EQ(claim("1048577").status, 413);
    EXPECT_EQ(claim("9223372036854775807").status, 413);
    EXPECT_EQ(claim("18446744073709551615").status, 413);
    EXPECT_EQ(claim("18446744073709551616").status, 400);
    // A claimed chunk is refused before it comes.
    EXPECT_EQ(ask("POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nx")
                  .status,
              413);
    // More than was claimed is the next request, and that is no request.
    RawClient client(door->port());
    client.send(post("/v1/traces", json_type, "{}") + "smuggled\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(client.read_answer().status, 400);
    EXPECT_TRUE(client.closes());
    expect_well();
}

TEST_F(OtlpHttpAttackTest, A02_two_lengths_are_refused_and_what_follows_is_never_read) {
    open();
    RawClient client(door->port());
    client.send(
        "POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
        post("/v1/traces", protobuf_type, to_otlp(traces(1))));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, 400);
    client.finish_sending();
    EXPECT_TRUE(client.closes());
    EXPECT_EQ(client.received(), "");
    EXPECT_TRUE(journal.bodies().empty());
}

TEST_F(OtlpHttpAttackTest, a_refusal_reaches_a_sender_who_is_still_sending) {
    open();
    RawClient client(door->port());
    const std::string body(body_bytes_max * 8, ' ');
    client.send(post("/v1/traces", json_type, body));
    EXPECT_EQ(client.read_answer().status, 413);
}

TEST_F(OtlpHttpAttackTest, over_the_byte_budget_senders_are_told_to_come_back) {
    open({}, 100'000);
    journal.make_wait();
    const std::string body = to_otlp(traces(1, 0, 60'000));
    RawClient first(door->port());
    first.send(post("/v1/traces", protobuf_type, body));
    journal.await(1);
    const auto refused = ask(post("/v1/traces", protobuf_type, body));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers.count("Retry-After"), 1u);
    // In chunks, and inflated, the same.
    EXPECT_EQ(ask(fmt::format("POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: {}\r\n"
                              "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                              protobuf_type, body.size(), body))
                  .status,
              503);
    EXPECT_EQ(
        ask(post("/v1/traces", protobuf_type, gzipped(body), "Content-Encoding: gzip\r\n")).status,
        503);
    journal.answer_waiting();
    EXPECT_EQ(first.read_answer().status, 200);
    // A19: the resend is taken.
    RawClient again(door->port());
    again.send(post("/v1/traces", protobuf_type, body));
    journal.await(1);
    journal.answer_waiting();
    EXPECT_EQ(again.read_answer().status, 200);
}

TEST_F(OtlpHttpAttackTest, A03_slow_heads_meet_their_deadline) {
    open({.deadlines = {.head = milliseconds(10), .linger = milliseconds(20)}});
    RawClient silent(door->port());
    EXPECT_TRUE(silent.closes());
    RawClient slow(door->port());
    slow.send("POST /v1/traces HT");
    EXPECT_EQ(slow.read_answer().status, 408);
    slow.finish_sending();
    EXPECT_TRUE(slow.closes());
    RawClient dripping(door->port());  // Each byte is quick, the head is not.
    while (dripping.send("a")) {
    }
    EXPECT_TRUE(dripping.closes());
}

TEST_F(OtlpHttpAttackTest, A03_slow_bodies_meet_their_deadline_and_may_come_back) {
    open({.deadlines = {.body_idle = milliseconds(10)}});
    for (const char* length : {"Content-Length: 100", "Transfer-Encoding: chunked"}) {
        RawClient slow(door->port());
        slow.send(
            fmt::format("POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: {}\r\n{}\r\n\r\n"
                        "5\r\nhel",
                        json_type, length));
        const auto answer = slow.read_answer();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.headers.count("Retry-After"), 1u);
        slow.finish_sending();
        EXPECT_TRUE(slow.closes());
    }
    EXPECT_EQ(budget->used(), 0u);
}

TEST_F(OtlpHttpAttackTest, A03_a_steady_drip_meets_the_total) {
    open({.deadlines = {.body_total = milliseconds(30)}});
    RawClient drip(door->port());
    drip.send(
        fmt::format("POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: {}\r\n"
                    "Content-Length: 1000000\r\n\r\n",
                    json_type));
    std::thread dripping([&] {
        for (int i = 0; i < 900'000 && drip.send(" "); ++i) {
        }
    });
    EXPECT_EQ(drip.read_answer().status, 503);
    drip.finish_sending();
    dripping.join();
}

TEST_F(OtlpHttpAttackTest, A03_a_peer_that_never_reads_is_cut_off) {
    open({.deadlines = {.write_idle = milliseconds(20)}});
    RawClient deaf(door->port(), 4096);
    std::string requests;
    for (int i = 0; i < 200; ++i) requests += post("/v1/metrics", json_type, "{}");
    while (deaf.send(requests)) {  // Until both directions are full, and then until it is closed.
    }
    EXPECT_TRUE(deaf.closes());
}

TEST_F(OtlpHttpAttackTest, idle_connections_are_let_go) {
    open({.deadlines = {.keep_alive = milliseconds(10)}});
    RawClient client(door->port());
    client.send(post("/v1/traces", json_type, "{}"));
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_TRUE(client.closes());
}

TEST_F(OtlpHttpAttackTest, one_connection_too_many_gets_a_503_and_its_end) {
    open({.connections_max = 2});
    RawClient one(door->port());
    RawClient two(door->port());
    for (RawClient* client : {&one, &two}) {
        client->send(post("/v1/traces", json_type, "{}"));
        EXPECT_EQ(client->read_answer().status, 200);
    }
    RawClient three(door->port());
    EXPECT_EQ(three.read_answer().status, 503);
    EXPECT_TRUE(three.closes());
    one.send(post("/v1/traces", json_type, "{}"));
    EXPECT_EQ(one.read_answer().status, 200);
}

TEST_F(OtlpHttpAttackTest, every_cut_of_a_good_request_leaves_the_door_well) {
    open();
    const std::string request = post("/v1/traces", protobuf_type, to_otlp(traces(1)));
    for (std::size_t size = 0; size < request.size(); ++size) {
        RawClient client(door->port());
        client.send(std::string_view(request).substr(0, size));
    }
    expect_well();
    EXPECT_EQ(journal.spans(), 1u);
}

TEST_F(OtlpHttpAttackTest, A19_a_storm_of_resends_is_answered_each_time) {
    open();
    journal.fail("disk");
    RawClient client(door->port());
    const std::string request = post("/v1/traces", protobuf_type, to_otlp(traces(1)));
    for (int i = 0; i < 200; ++i) {
        client.send(request);
        ASSERT_EQ(client.read_answer().status, 503);
    }
    journal.recover();
    client.send(request);
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(intake.counts().come_back, 200u);
}

TEST_F(OtlpHttpAttackTest, A20_without_file_descriptors_newcomers_wait_and_are_served_later) {
    open({.io_threads = 1});
    const std::string request = post("/v1/traces", protobuf_type, to_otlp(traces(1)));
    RawClient known(door->port());
    ASSERT_TRUE(known.send(request));
    ASSERT_EQ(known.read_answer().status, 200);

    std::optional<NoDescriptors> none;
    RawClient newcomer = RawClient::not_connected();
    none.emplace();  // The newcomer has a socket; the door cannot have one for it.
    newcomer.connect(door->port());
    ASSERT_TRUE(newcomer.connected());
    ASSERT_TRUE(newcomer.send(request));
    // One thread does all: when this is answered, it has tried to accept the newcomer, and failed.
    ASSERT_TRUE(known.send(request));
    EXPECT_EQ(known.read_answer().status, 200);
    EXPECT_EQ(journal.spans(), 2u);

    none.reset();
    EXPECT_EQ(newcomer.read_answer().status, 200);
    EXPECT_EQ(journal.spans(), 3u);
}

}  // namespace
}  // namespace plimsoll::net
