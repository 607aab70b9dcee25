/// answer_table.h: what a sender is told, said in its protocol. The one table of each door.
///
///   Answer       HTTP                    gRPC
///   accepted     200, partial_success    OK, partial_success
///   malformed    400                     INVALID_ARGUMENT
///   too_large    413                     RESOURCE_EXHAUSTED, no RetryInfo: the data is dropped
///   slow_down    429 + Retry-After       RESOURCE_EXHAUSTED + RetryInfo
///   come_back    503 + Retry-After       UNAVAILABLE + RetryInfo
///
/// Never 500 and never INTERNAL: after those an OTLP client drops its data.
#pragma once

#include <string>

#include "net/http_service.h"
#include "record/intake.h"
#include "wire/otlp_response.h"

namespace plimsoll::net {

/// The answer as HTTP, in the encoding of the request.
HttpReply http_reply(const record::Answer& answer, wire::Encoding encoding,
                     wire::Signal signal = wire::Signal::traces);

/// A refusal that has no Answer (404, 405, 415, …), as google.rpc.Status. With a `retry_after_s`
/// above zero the sender is asked to come back.
HttpReply http_refusal(int status, std::string_view message, wire::Encoding encoding,
                       unsigned retry_after_s = 0);

struct GrpcReply {
    wire::RpcCode code = wire::RpcCode::ok;
    std::string message;
    std::string details;  ///< google.rpc.Status, for grpc-status-details-bin; "" when OK.
    std::string body;     ///< ExportTraceServiceResponse when OK.
};

GrpcReply grpc_reply(const record::Answer& answer);
GrpcReply grpc_refusal(wire::RpcCode code, std::string_view message);

}  // namespace plimsoll::net
