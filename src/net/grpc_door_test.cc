#include "net/grpc_door.h"

#include <thread>

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "net/fake_journal_for_test.h"
#include "net/traces_for_test.h"
#include "wire/otlp_json.h"
#include "wire/otlp_response.h"

namespace plimsoll::net {
namespace {

using grpc::StatusCode;
using testing::HasSubstr;
using wire::outgoing::to_otlp;

constexpr const char* export_method = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

struct GrpcAnswer {
    grpc::Status status;
    std::string body;
    std::optional<wire::RpcStatus> details;
};

/// Calls as any exporter does; with `compression`, gRPC's client compresses the message.
GrpcAnswer call(std::uint16_t port, const std::string& body,
                const std::string& method = export_method,
                grpc_compression_algorithm compression = GRPC_COMPRESS_NONE,
                const std::string& key = "") {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxSendMessageSize(-1);
    const auto channel = grpc::CreateCustomChannel(fmt::format("127.0.0.1:{}", port),
                                                   grpc::InsecureChannelCredentials(), arguments);
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.set_wait_for_ready(true);
    context.set_compression_algorithm(compression);
    if (!key.empty()) context.AddMetadata("authorization", "Bearer " + key);
    const grpc::Slice slice(body);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::CompletionQueue queue;
    GrpcAnswer answer;
    grpc::ByteBuffer response;
    const auto reader = stub.PrepareUnaryCall(&context, method, request, &queue);
    reader->StartCall();
    reader->Finish(&response, &answer.status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    std::vector<grpc::Slice> slices;
    if (response.Valid() && response.Dump(&slices).ok()) {
        for (const auto& piece : slices) {
            answer.body.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
        }
    }
    if (!answer.status.error_details().empty()) {
        answer.details =
            wire::read_rpc_status(answer.status.error_details(), wire::Encoding::protobuf);
    }
    return answer;
}

class GrpcDoorTest : public testing::Test {
  protected:
    void open(std::size_t budget_bytes = 256u << 20, KeyCheck key_check = {},
              GrpcOptions options = {}) {
        budget = std::make_unique<ByteBudget>(budget_bytes);
        options.address.port = 0;
        auto opened = GrpcDoor::open(options, intake, *budget, std::move(key_check));
        ASSERT_TRUE(opened) << opened.error().what;
        door = std::move(*opened);
    }

    FakeJournal journal;
    record::Intake intake{journal, wire::Limits{.body_bytes_max = 1u << 20}};
    std::unique_ptr<ByteBudget> budget;
    std::unique_ptr<GrpcDoor> door;
};

TEST_F(GrpcDoorTest, accepts_traces) {
    open();
    const std::string body = to_otlp(traces(64, 0, 9000));
    const auto answer = call(door->port(), body);
    EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(journal.bodies(), std::vector{body});
    EXPECT_EQ(budget->used(), 0u);
    EXPECT_TRUE(call(door->port(), "").status.ok());
}

TEST_F(GrpcDoorTest, accepts_compressed_traces) {
    open();
    const std::string body = to_otlp(traces(64, 0, 9000));
    for (const auto compression : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
        const auto answer = call(door->port(), body, export_method, compression);
        EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
    }
    EXPECT_EQ(journal.bodies(), (std::vector{body, body}));
}

TEST_F(GrpcDoorTest, partial_success_tells_what_was_lost) {
    open();
    const auto answer = call(door->port(), to_otlp(traces(2, 3)));
    EXPECT_TRUE(answer.status.ok());
    const auto partial = wire::read_export_response(answer.body, wire::Encoding::protobuf);
    ASSERT_TRUE(partial);
    EXPECT_EQ(partial->rejected_spans, 3);
    EXPECT_EQ(journal.spans(), 2u);
}

TEST_F(GrpcDoorTest, accepts_logs_compressed_or_not) {
    open();
    const std::string logs = wire::read_otlp_json(R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[
            {"eventName":"gen_ai.choice"},{"eventName":"gen_ai.user.message"}]}]}]})",
                                                  wire::Limits{}, wire::Signal::logs)
                                 .otlp;
    const char* method = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    EXPECT_TRUE(call(door->port(), logs, method).status.ok());
    EXPECT_TRUE(call(door->port(), logs, method, GRPC_COMPRESS_GZIP).status.ok());
    EXPECT_EQ(journal.spans(), 4u);
    journal.fail("commit journal: database or disk is full");
    EXPECT_EQ(call(door->port(), logs, method).status.error_code(), StatusCode::UNAVAILABLE);
}

TEST_F(GrpcDoorTest, a_failing_journal_sends_senders_away_and_a_resend_succeeds) {
    open();
    journal.fail("commit journal: database or disk is full");  // A19, A20
    const auto refused = call(door->port(), to_otlp(traces(1)));
    EXPECT_EQ(refused.status.error_code(), StatusCode::UNAVAILABLE);
    ASSERT_TRUE(refused.details);
    EXPECT_EQ(refused.details->code, wire::RpcCode::unavailable);
    EXPECT_TRUE(refused.details->retry_delay);
    journal.recover();
    EXPECT_TRUE(call(door->port(), to_otlp(traces(1))).status.ok());
}

TEST_F(GrpcDoorTest, what_cannot_be_decoded_is_an_invalid_argument) {
    open();
    const auto answer = call(door->port(), "\x0a\xff\xff\xff\xff\x7f");
    EXPECT_EQ(answer.status.error_code(), StatusCode::INVALID_ARGUMENT);
    ASSERT_TRUE(answer.details);
    EXPECT_EQ(answer.details->retry_delay, std::nullopt);
}

TEST_F(GrpcDoorTest, other_methods_are_unimplemented_and_say_so) {
    open();
    const auto metrics =
        call(door->port(), "", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
    EXPECT_EQ(metrics.status.error_code(), StatusCode::UNIMPLEMENTED);
    EXPECT_THAT(metrics.status.error_message(), HasSubstr("only traces and logs"));
    EXPECT_EQ(call(door->port(), "", "/a/b").status.error_code(), StatusCode::UNIMPLEMENTED);
}

TEST_F(GrpcDoorTest, A18_without_a_key_nothing_enters_when_keys_are_required) {
    open(256u << 20, [](std::string_view key, record::KeyRole needed) {
        return key == "secret" && needed == record::KeyRole::ingest;
    });
    const std::string body = to_otlp(traces(1));
    EXPECT_EQ(call(door->port(), body).status.error_code(), StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(
        call(door->port(), body, export_method, GRPC_COMPRESS_NONE, "wrong").status.error_code(),
        StatusCode::UNAUTHENTICATED);
    EXPECT_TRUE(call(door->port(), body, export_method, GRPC_COMPRESS_NONE, "secret").status.ok());
    EXPECT_EQ(journal.spans(), 1u);
}

TEST_F(GrpcDoorTest, A02_one_byte_over_is_exhausted_for_good) {
    open();
    // Field 15 is unknown and skipped, so the padding is a good request.
    const auto padded = [](std::size_t size) {
        return std::string("\x7a\xfb\xff\x3f", 4) + std::string(size - 4, ' ');
    };
    EXPECT_TRUE(call(door->port(), padded((1u << 20) - 1)).status.ok());
    const auto over = call(door->port(), std::string((1u << 20) + 1, ' '));
    EXPECT_EQ(over.status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_TRUE(!over.details || !over.details->retry_delay);
}

TEST_F(GrpcDoorTest, A01_bombs_are_exhausted_for_good_and_never_inflated_in_full) {
    open(4u << 20);
    const std::string zeroes(16u << 20, '\0');
    for (const auto compression : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
        const auto answer = call(door->port(), zeroes, export_method, compression);
        EXPECT_EQ(answer.status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
        ASSERT_TRUE(answer.details);  // So it was us who found it, not gRPC after inflating.
        EXPECT_THAT(answer.details->message, HasSubstr("inflated"));
        EXPECT_EQ(answer.details->retry_delay, std::nullopt);
    }
    EXPECT_EQ(budget->used(), 0u);
}

TEST_F(GrpcDoorTest, over_the_byte_budget_senders_are_told_to_come_back) {
    open(100'000);
    journal.make_wait();
    const std::string body = to_otlp(traces(1, 0, 60'000));
    GrpcAnswer first;
    std::thread sender([&] { first = call(door->port(), body); });
    journal.await(1);
    const auto refused = call(door->port(), body);
    EXPECT_EQ(refused.status.error_code(), StatusCode::UNAVAILABLE);
    ASSERT_TRUE(refused.details);
    EXPECT_TRUE(refused.details->retry_delay);
    journal.answer_waiting();
    sender.join();
    EXPECT_TRUE(first.status.ok());
}

TEST_F(GrpcDoorTest, a_port_in_use_is_an_error_that_helps) {
    open();
    const auto second = GrpcDoor::open({.address = {.port = door->port()}}, intake, *budget);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().what, HasSubstr("OTLP/gRPC"));
    EXPECT_THAT(second.error().what, HasSubstr("choose another port"));
    EXPECT_FALSE(GrpcDoor::open({.address = {.host = "192.0.2.1", .port = 0}}, intake, *budget));
}

TEST_F(GrpcDoorTest, stopping_answers_what_is_under_way) {
    open();
    journal.make_wait();
    GrpcAnswer answer;
    std::thread sender([&] { answer = call(door->port(), to_otlp(traces(1))); });
    journal.await(1);
    std::thread stopping([&] { door->stop(); });
    journal.answer_waiting();
    sender.join();
    stopping.join();
    EXPECT_TRUE(answer.status.ok());
}

TEST_F(GrpcDoorTest, stopping_does_not_wait_for_ever_and_a_late_answer_hurts_nobody) {
    open(256u << 20, {}, {.stop_within = std::chrono::milliseconds(20)});
    journal.make_wait();
    GrpcAnswer answer;
    std::thread sender([&] { answer = call(door->port(), to_otlp(traces(1))); });
    journal.await(1);
    door->stop();
    sender.join();
    EXPECT_FALSE(answer.status.ok());
    door.reset();
    journal.answer_waiting();
    EXPECT_EQ(budget->used(), 0u);
}

}  // namespace
}  // namespace plimsoll::net
