#include "net/otlp_http_door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/fake_journal_for_test.h"
#include "net/raw_client_for_test.h"
#include "net/traces_for_test.h"
#include "wire/otlp_response.h"

namespace plimsoll::net {
namespace {

using testing::HasSubstr;
using wire::Encoding;
using wire::outgoing::to_otlp;
using wire::outgoing::to_otlp_json;

class OtlpHttpDoorTest : public testing::Test {
  protected:
    void SetUp() override { open(); }

    void open(KeyCheck key_check = {}) {
        door.reset();
        auto opened =
            OtlpHttpDoor::open({.address = {.port = 0}}, intake, budget, std::move(key_check));
        ASSERT_TRUE(opened) << opened.error().what;
        door = std::move(*opened);
    }

    RawAnswer ask(const std::string& request) {
        RawClient client(door->port());
        client.send(request);
        return client.read_answer();
    }

    FakeJournal journal;
    ByteBudget budget{256u << 20};
    record::Intake intake{journal, wire::Limits{.body_bytes_max = 1u << 20}};
    std::unique_ptr<OtlpHttpDoor> door;
};

TEST_F(OtlpHttpDoorTest, accepts_protobuf_and_answers_nothing_more_than_yes) {
    const auto answer = ask(post("/v1/traces", protobuf_type, to_otlp(traces(3))));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("Content-Type"), protobuf_type);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(journal.spans(), 3u);
    EXPECT_EQ(budget.used(), 0u);
}

TEST_F(OtlpHttpDoorTest, accepts_json_behind_any_prefix_and_with_parameters) {
    const auto answer = ask(post("/some/tenant/v1/traces/?a=b", "Application/JSON; charset=utf-8",
                                 to_otlp_json(traces(1))));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("Content-Type"), json_type);
    EXPECT_EQ(answer.body, "{}");
    EXPECT_EQ(journal.spans(), 1u);
}

TEST_F(OtlpHttpDoorTest, partial_success_tells_what_was_lost_once_the_rest_is_durable) {
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        const bool json = encoding == Encoding::json;
        const auto request = traces(2, 3);
        const auto answer = ask(post("/v1/traces", json ? json_type : protobuf_type,
                                     json ? to_otlp_json(request) : to_otlp(request)));
        EXPECT_EQ(answer.status, 200);
        const auto partial = wire::read_export_response(answer.body, encoding);
        ASSERT_TRUE(partial) << answer.body;
        EXPECT_EQ(partial->rejected_spans, 3);
        EXPECT_NE(partial->message, "");
    }
    EXPECT_EQ(journal.spans(), 4u);
}

TEST_F(OtlpHttpDoorTest, log_records_about_a_model_are_kept_and_answered_as_logs) {
    const std::string logs = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[
        {"eventName":"gen_ai.choice"},{"body":{"stringValue":"GET / 200"}}]}]}]})";
    EXPECT_EQ(ask(post("/v1/logs", json_type, logs)).body, "{}");
    EXPECT_EQ(journal.spans(), 1u);
    EXPECT_EQ(intake.counts().logs_ignored, 1u);
    EXPECT_EQ(budget.used(), 0u);
    const auto protobuf = ask(post("/v1/logs", protobuf_type, ""));
    EXPECT_EQ(protobuf.status, 200);
    const std::string deep = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[
        {"eventName":"gen_ai.choice","attributes":{")" +
                             std::string(2000, 'k') + R"(":1}}]}]}]})";
    EXPECT_THAT(ask(post("/v1/logs", json_type, deep)).body,
                HasSubstr(R"("rejectedLogRecords":"1")"));
    journal.fail("commit journal: database or disk is full");
    EXPECT_EQ(ask(post("/v1/logs", json_type, logs)).status, 503);
}

TEST_F(OtlpHttpDoorTest, an_empty_request_is_a_success) {
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, "")).status, 200);
    EXPECT_EQ(ask(post("/v1/traces", json_type, "{}")).status, 200);
    EXPECT_TRUE(journal.bodies().empty());
}

TEST_F(OtlpHttpDoorTest, a_failing_journal_sends_senders_away_and_a_resend_succeeds) {
    journal.fail("commit journal: database or disk is full");  // A19, A20
    const std::string request = post("/v1/traces", protobuf_type, to_otlp(traces(2)));
    RawClient client(door->port());
    client.send(request);
    const RawAnswer refused = client.read_answer();
    EXPECT_EQ(refused.status, 503);
    EXPECT_GE(std::stoi(refused.headers.at("Retry-After")), 1);
    const auto status = wire::read_rpc_status(refused.body, Encoding::protobuf);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->code, wire::RpcCode::unavailable);
    EXPECT_TRUE(status->retry_delay);
    EXPECT_THAT(status->message, HasSubstr("disk is full"));

    journal.recover();
    client.send(request);  // On the same connection.
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(journal.spans(), 2u);
}

TEST_F(OtlpHttpDoorTest, what_cannot_be_decoded_is_400_in_the_senders_encoding) {
    const auto binary = ask(post("/v1/traces", protobuf_type, "\x0a\xff\xff\xff\xff\x7f"));
    EXPECT_EQ(binary.status, 400);
    const auto status = wire::read_rpc_status(binary.body, Encoding::protobuf);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->code, wire::RpcCode::invalid_argument);
    EXPECT_EQ(status->retry_delay, std::nullopt);
    EXPECT_EQ(binary.headers.count("Retry-After"), 0u);

    const auto json = ask(post("/v1/traces", json_type, "{\"resourceSpans\": nonsense}"));
    EXPECT_EQ(json.status, 400);
    EXPECT_TRUE(wire::read_rpc_status(json.body, Encoding::json));
}

TEST_F(OtlpHttpDoorTest, wrong_paths_methods_types_and_codings_are_explained) {
    const std::string body = to_otlp(traces(1));
    EXPECT_EQ(ask(post("/", protobuf_type, body)).status, 404);
    EXPECT_EQ(ask(post("/v1/tracesx", protobuf_type, body)).status, 404);
    const auto metrics = ask(post("/v1/metrics", json_type, "{}"));
    EXPECT_EQ(metrics.status, 404);
    EXPECT_THAT(metrics.body, HasSubstr("metrics are not accepted"));
    const auto get = ask("GET /v1/traces HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(get.status, 405);
    EXPECT_EQ(get.headers.at("Allow"), "POST");
    EXPECT_EQ(ask(post("/v1/traces", "text/plain", body)).status, 415);
    EXPECT_EQ(ask("POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n").status, 415);
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, body, "Content-Encoding: br\r\n")).status, 415);
    EXPECT_TRUE(journal.bodies().empty());
}

TEST_F(OtlpHttpDoorTest, A18_without_a_key_nothing_enters_when_keys_are_required) {
    open([](std::string_view key, record::KeyRole needed) {
        return key == "secret" && needed == record::KeyRole::ingest;
    });
    const std::string body = to_otlp(traces(1));
    const auto refused = ask(post("/v1/traces", protobuf_type, body));
    EXPECT_EQ(refused.status, 401);
    const auto status = wire::read_rpc_status(refused.body, Encoding::protobuf);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->code, wire::RpcCode::unauthenticated);
    const auto with = [&](const char* header) {
        return ask(post("/v1/traces", protobuf_type, body, header)).status;
    };
    EXPECT_EQ(with("Authorization: Bearer wrong\r\n"), 401);
    EXPECT_EQ(with("Authorization: secret\r\n"), 401);
    EXPECT_EQ(with("Authorization: Bearer secret\r\n"), 200);
    EXPECT_EQ(with("authorization: bearer  secret\r\n"), 200);
    EXPECT_EQ(with("X-Api-Key: secret\r\n"), 200);
    EXPECT_EQ(journal.spans(), 3u);
}

TEST_F(OtlpHttpDoorTest, keeps_connections_and_answers_pipelined_requests_in_order) {
    RawClient client(door->port());
    std::string requests;
    for (int i = 0; i < 20; ++i) {
        requests += i % 2 ? post("/v1/traces", json_type, to_otlp_json(traces(1)))
                          : post("/v1/traces", protobuf_type, to_otlp(traces(1)));
    }
    client.send(requests);
    for (int i = 0; i < 20; ++i) {
        const auto answer = client.read_answer();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.headers.at("Content-Type"), i % 2 ? json_type : protobuf_type);
    }
    EXPECT_EQ(journal.spans(), 20u);
}

TEST_F(OtlpHttpDoorTest, takes_bodies_in_chunks) {
    const std::string body = to_otlp(traces(64, 0, 9000));
    std::string request =
        "POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-protobuf\r\n"
        "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 50'000) {
        const auto piece = std::string_view(body).substr(at, 50'000);
        request += fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    }
    request += "0\r\n\r\n";
    EXPECT_EQ(ask(request).status, 200);
    ASSERT_EQ(journal.bodies().size(), 1u);
    EXPECT_EQ(journal.bodies()[0], body);
    EXPECT_EQ(budget.used(), 0u);
}

TEST_F(OtlpHttpDoorTest, takes_large_bodies_byte_for_byte) {
    const std::string body = to_otlp(traces(64, 0, 9000));
    EXPECT_EQ(ask(post("/v1/traces", protobuf_type, body)).status, 200);
    ASSERT_EQ(journal.bodies().size(), 1u);
    EXPECT_EQ(journal.bodies()[0], body);
}

TEST_F(OtlpHttpDoorTest, says_continue_to_those_who_wait_for_it) {
    const std::string body = to_otlp(traces(1));
    RawClient client(door->port());
    client.send(
        fmt::format("POST /v1/traces HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                    "Content-Type: application/x-protobuf\r\nContent-Length: {}\r\n\r\n",
                    body.size()));
    EXPECT_EQ(client.read_answer().status, 100);
    client.send(body);
    EXPECT_EQ(client.read_answer().status, 200);
}

TEST_F(OtlpHttpDoorTest, ends_the_connection_when_asked) {
    RawClient client(door->port());
    client.send(post("/v1/traces", json_type, "{}", "Connection: close\r\n"));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.headers.at("Connection"), "close");
    EXPECT_TRUE(client.closes());
}

TEST_F(OtlpHttpDoorTest, a_port_in_use_is_an_error_that_helps) {
    const auto second = OtlpHttpDoor::open({.address = {.port = door->port()}}, intake, budget);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().what, HasSubstr("OTLP/HTTP"));
    EXPECT_THAT(second.error().what, HasSubstr(fmt::format("127.0.0.1:{}", door->port())));
    EXPECT_THAT(second.error().what, HasSubstr("choose another port"));
}

TEST_F(OtlpHttpDoorTest, stopping_answers_what_is_under_way_and_takes_no_more) {
    journal.make_wait();
    RawClient busy(door->port());
    RawClient idle(door->port());
    busy.send(post("/v1/traces", protobuf_type, to_otlp(traces(1))));
    journal.await(1);
    std::thread stopping([&] { door->stop(); });
    EXPECT_TRUE(idle.closes());  // By then the door is stopping.
    journal.answer_waiting();
    const auto answer = busy.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("Connection"), "close");
    EXPECT_TRUE(busy.closes());
    stopping.join();
    EXPECT_FALSE(RawClient(door->port()).connected());
}

TEST_F(OtlpHttpDoorTest, stopping_does_not_wait_for_ever_and_a_late_answer_hurts_nobody) {
    auto opened = OtlpHttpDoor::open(
        {.address = {.port = 0}, .stop_within = std::chrono::milliseconds(20)}, intake, budget);
    ASSERT_TRUE(opened);
    journal.make_wait();
    RawClient client((*opened)->port());
    client.send(post("/v1/traces", protobuf_type, to_otlp(traces(1))));
    journal.await(1);
    (*opened)->stop();
    EXPECT_TRUE(client.closes());
    opened->reset();
    journal.answer_waiting();
    EXPECT_EQ(budget.used(), 0u);
}

}  // namespace
}  // namespace plimsoll::net
