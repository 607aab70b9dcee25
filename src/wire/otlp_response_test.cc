#include "wire/otlp_response.h"

#include <gtest/gtest.h>

namespace plimsoll::wire {
namespace {

using namespace std::chrono_literals;

TEST(ExportResponse, full_success_is_as_short_as_can_be) {
    EXPECT_EQ(export_response({}, Encoding::protobuf), "");
    EXPECT_EQ(export_response({}, Encoding::json), "{}");
}

TEST(ExportResponse, partial_success_has_the_bytes_of_the_specification) {
    // Field 1 of the response holds field 1 (int64 3) and field 2 (string "no id"), by hand.
    EXPECT_EQ(export_response({.rejected_spans = 3, .message = "no id"}, Encoding::protobuf),
              std::string("\x0a\x09\x08\x03\x12\x05no id", 11));
    EXPECT_EQ(export_response({.rejected_spans = 3, .message = "no id"}, Encoding::json),
              R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"no id"}})");
}

TEST(ExportResponse, reads_what_it_writes) {
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        for (const PartialSuccess& partial :
             {PartialSuccess{}, PartialSuccess{.rejected_spans = 7, .message = "héllo"},
              PartialSuccess{.rejected_spans = 0, .message = "a warning"}}) {
            EXPECT_EQ(read_export_response(export_response(partial, encoding), encoding), partial);
        }
    }
}

TEST(ExportResponse, reads_what_others_write) {
    EXPECT_EQ(read_export_response(R"({"partialSuccess":{"rejectedSpans":2}})", Encoding::json)
                  ->rejected_spans,
              2);
    EXPECT_EQ(read_export_response(R"({"partialSuccess":null,"new":1})", Encoding::json),
              PartialSuccess{});
    EXPECT_EQ(read_export_response("<html>", Encoding::json), std::nullopt);
    EXPECT_EQ(read_export_response("<html>", Encoding::protobuf), std::nullopt);
}

TEST(RpcStatus, carries_the_delay_that_makes_a_sender_come_back) {
    const RpcStatus busy{
        .code = RpcCode::unavailable, .message = "over the byte budget", .retry_delay = 1500ms};
    EXPECT_EQ(rpc_status(busy, Encoding::json),
              R"({"code":14,"message":"over the byte budget","details":[)"
              R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.500s"}]})");
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        EXPECT_EQ(read_rpc_status(rpc_status(busy, encoding), encoding), busy);
        const RpcStatus too_large{.code = RpcCode::resource_exhausted, .message = "64 MiB"};
        EXPECT_EQ(read_rpc_status(rpc_status(too_large, encoding), encoding), too_large);
    }
}

TEST(RpcStatus, survives_absurd_delays_and_every_prefix) {
    EXPECT_EQ(read_rpc_status(R"({"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo",)"
                              R"("retryDelay":"1e300s"}]})",
                              Encoding::json)
                  ->retry_delay,
              1'000'000'000s);
    const RpcStatus busy{.code = RpcCode::unavailable, .message = "busy", .retry_delay = 2s};
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        const std::string good = rpc_status(busy, encoding);
        for (std::size_t size = 0; size < good.size(); ++size) {
            read_rpc_status(std::string_view(good).substr(0, size), encoding);
        }
    }
}

}  // namespace
}  // namespace plimsoll::wire
