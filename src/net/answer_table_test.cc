#include "net/answer_table.h"

#include <gtest/gtest.h>

namespace plimsoll::net {
namespace {

using record::Answer;
using wire::Encoding;
using wire::RpcCode;

/// performance.md section 3, row by row.
struct Row {
    Answer::Kind kind;
    int http;
    RpcCode grpc;
    bool retry;
};
constexpr Row rows[] = {
    {Answer::Kind::malformed, 400, RpcCode::invalid_argument, false},
    {Answer::Kind::too_large, 413, RpcCode::resource_exhausted, false},
    {Answer::Kind::slow_down, 429, RpcCode::resource_exhausted, true},
    {Answer::Kind::come_back, 503, RpcCode::unavailable, true},
};

TEST(AnswerTable, refusals_over_http) {
    for (const Row& row : rows) {
        for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
            const auto reply =
                http_reply({.kind = row.kind, .message = "why", .retry_after_s = 3}, encoding);
            EXPECT_EQ(reply.status, row.http);
            EXPECT_EQ(reply.headers, row.retry ? "Retry-After: 3\r\n" : "");
            const auto status = wire::read_rpc_status(reply.body, encoding);
            ASSERT_TRUE(status);
            EXPECT_EQ(status->message, "why");
            EXPECT_EQ(status->retry_delay.has_value(), row.retry);
        }
    }
}

TEST(AnswerTable, refusals_over_grpc) {
    for (const Row& row : rows) {
        const auto reply = grpc_reply({.kind = row.kind, .message = "why", .retry_after_s = 3});
        EXPECT_EQ(reply.code, row.grpc);
        const auto details = wire::read_rpc_status(reply.details, Encoding::protobuf);
        ASSERT_TRUE(details);
        EXPECT_EQ(details->code, row.grpc);
        EXPECT_EQ(details->message, "why");
        EXPECT_EQ(details->retry_delay.has_value(), row.retry);
    }
}

TEST(AnswerTable, acceptance) {
    const Answer partial{.rejected = 2, .message = "two had no id"};
    const auto http = http_reply(partial, Encoding::json);
    EXPECT_EQ(http.status, 200);
    EXPECT_EQ(wire::read_export_response(http.body, Encoding::json)->rejected_spans, 2);
    const auto grpc = grpc_reply(partial);
    EXPECT_EQ(grpc.code, RpcCode::ok);
    EXPECT_EQ(wire::read_export_response(grpc.body, Encoding::protobuf)->rejected_spans, 2);
    EXPECT_EQ(grpc_reply({}).body, "");
}

TEST(AnswerTable, a_long_reason_fits_into_a_header) {
    const auto reply =
        grpc_reply({.kind = Answer::Kind::malformed, .message = std::string(100'000, 'x')});
    EXPECT_LT(reply.message.size() + reply.details.size(), 4096u);
}

}  // namespace
}  // namespace plimsoll::net
