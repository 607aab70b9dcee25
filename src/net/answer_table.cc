#include "net/answer_table.h"

#include <fmt/format.h>

namespace plimsoll::net {

namespace {

using record::Answer;
using wire::Encoding;
using wire::RpcCode;

std::string type_of(Encoding encoding) {
    return encoding == Encoding::json ? "application/json" : "application/x-protobuf";
}

struct Row {
    int http = 503;
    RpcCode grpc = RpcCode::unavailable;
    bool retry = true;
};

/// The table above, for what is not accepted.
Row row_of(Answer::Kind kind) {
    switch (kind) {
        case Answer::Kind::malformed:
            return {400, RpcCode::invalid_argument, false};
        case Answer::Kind::too_large:
            return {413, RpcCode::resource_exhausted, false};
        case Answer::Kind::slow_down:
            return {429, RpcCode::resource_exhausted, true};
        case Answer::Kind::accepted:
        case Answer::Kind::come_back:
            break;
    }
    return {503, RpcCode::unavailable, true};
}

/// The code in the body of an HTTP refusal.
RpcCode code_of(int status) {
    switch (status) {
        case 400:
        case 415:
        case 417:
            return RpcCode::invalid_argument;
        case 401:
            return RpcCode::unauthenticated;
        case 404:
            return RpcCode::not_found;
        case 405:
        case 505:
            return RpcCode::unimplemented;
        case 408:
            return RpcCode::deadline_exceeded;
        case 413:
        case 429:
        case 431:
            return RpcCode::resource_exhausted;
        default:
            return RpcCode::unavailable;
    }
}

wire::PartialSuccess partial_success(const Answer& answer) {
    return {static_cast<std::int64_t>(answer.rejected), answer.message};
}

}  // namespace

HttpReply http_reply(const Answer& answer, Encoding encoding, wire::Signal signal) {
    if (answer.kind == Answer::Kind::accepted) {
        return {.status = 200,
                .type = type_of(encoding),
                .body = wire::export_response(partial_success(answer), encoding, signal)};
    }
    const Row row = row_of(answer.kind);
    return http_refusal(row.http, answer.message, encoding,
                        row.retry ? std::max(1u, answer.retry_after_s) : 0);
}

HttpReply http_refusal(int status, std::string_view message, Encoding encoding,
                       unsigned retry_after_s) {
    wire::RpcStatus body{.code = code_of(status), .message = std::string(message)};
    HttpReply reply{.status = status, .type = type_of(encoding)};
    if (retry_after_s > 0) {
        body.retry_delay = std::chrono::seconds(retry_after_s);
        reply.headers = fmt::format("Retry-After: {}\r\n", retry_after_s);
    }
    reply.body = wire::rpc_status(body, encoding);
    return reply;
}

GrpcReply grpc_reply(const Answer& answer) {
    if (answer.kind == Answer::Kind::accepted) {
        return {.body = wire::export_response(partial_success(answer), Encoding::protobuf)};
    }
    const Row row = row_of(answer.kind);
    GrpcReply reply = grpc_refusal(row.grpc, answer.message);
    if (row.retry) {
        reply.details = wire::rpc_status(
            {.code = row.grpc,
             .message = reply.message,
             .retry_delay = std::chrono::seconds(std::max(1u, answer.retry_after_s))},
            Encoding::protobuf);
    }
    return reply;
}

GrpcReply grpc_refusal(RpcCode code, std::string_view message) {
    // Status travels in a header, where peers allow some kilobytes for everything together.
    const std::string text(message.substr(0, 1024));
    return {.code = code,
            .message = text,
            .details = wire::rpc_status({.code = code, .message = text}, Encoding::protobuf)};
}

}  // namespace plimsoll::net
