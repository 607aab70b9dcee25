/// otlp_response.h: the two answers an OTLP sender can read, in both encodings, written and read.
///
///   ExportTraceServiceResponse   "here is what was kept"           HTTP 200, gRPC OK
///   google.rpc.Status            "nothing was kept, and why"       HTTP 4xx, 5xx; gRPC details
///
/// Which of the two, and with which code, is for the doors to know (net).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/admit.h"

namespace plimsoll::wire {

/// What an accepted request lost. None rejected but a message: a warning.
struct PartialSuccess {
    std::int64_t rejected_spans = 0;  ///< Or log records.
    std::string message;

    bool operator==(const PartialSuccess&) const = default;
};

/// ExportTraceServiceResponse, or that of logs, which differs by a name in JSON. Full success is ""
/// in protobuf and "{}" in JSON.
std::string export_response(const PartialSuccess& partial, Encoding encoding,
                            Signal signal = Signal::traces);

/// nullopt if `body` is not an ExportTraceServiceResponse.
std::optional<PartialSuccess> read_export_response(std::string_view body, Encoding encoding);

/// The gRPC codes we answer with or look for. An answer may hold others.
enum class RpcCode : std::int32_t {
    ok = 0,
    unknown = 2,
    invalid_argument = 3,
    deadline_exceeded = 4,
    not_found = 5,
    permission_denied = 7,
    resource_exhausted = 8,
    unimplemented = 12,
    internal = 13,
    unavailable = 14,
    unauthenticated = 16,
};

struct RpcStatus {
    RpcCode code = RpcCode::ok;
    std::string message;
    /// In a google.rpc.RetryInfo; absent means no RetryInfo, which with RESOURCE_EXHAUSTED tells a
    /// sender to drop the data.
    std::optional<std::chrono::milliseconds> retry_delay;

    bool operator==(const RpcStatus&) const = default;
};

/// google.rpc.Status: the body of an HTTP error, and what gRPC sends as grpc-status-details-bin.
std::string rpc_status(const RpcStatus& status, Encoding encoding);

/// nullopt if `body` is not a google.rpc.Status. Details other than RetryInfo are skipped.
std::optional<RpcStatus> read_rpc_status(std::string_view body, Encoding encoding);

}  // namespace plimsoll::wire
