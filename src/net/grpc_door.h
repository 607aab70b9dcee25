/// grpc_door.h: OTLP over gRPC: Export of TraceService and of LogsService, and nothing else.
///
/// A generic service on raw bytes: no generated code, no second decoder. gRPC's own decompression
/// is switched off, because it inflates a message before it looks at its size; messages are
/// inflated here, within their limit and the byte budget (A01).
///
/// What gRPC 1.51 lets us bound: memory for what is being read (a resource quota), the size of one
/// message and of its metadata, calls at once per connection, pings, idle and half-open
/// connections. It does not let us bound the number of connections; the quota bounds what they cost
/// together.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "base/byte_budget.h"
#include "base/result.h"
#include "net/key_check.h"
#include "net/listen_address.h"
#include "record/intake.h"

namespace plimsoll::net {

struct GrpcOptions {
    ListenAddress address{.host = "127.0.0.1", .port = 4317};
    int streams_max = 128;  ///< Calls at once on one connection.
    /// What gRPC may hold of messages that have not arrived in full. They are not in the byte
    /// budget yet, since only a whole message tells its size.
    std::size_t receive_bytes_max = 256u << 20;
    std::size_t metadata_bytes_max = 16 * 1024;
    std::chrono::milliseconds handshake_within{10'000};
    std::chrono::milliseconds idle_within{600'000};  ///< A connection without calls is closed.
    std::chrono::milliseconds keepalive{60'000};     ///< A silent peer is asked whether it lives.
    std::chrono::milliseconds ping_interval_min{10'000};  ///< Peers who ping oftener are sent away.
    std::chrono::milliseconds stop_within{5'000};
};

class GrpcDoor {
  public:
    /// Listens when it returns. The largest message is the largest body of the intake's limits.
    /// `intake` must outlive the answers of its journal, the others this door.
    static Result<std::unique_ptr<GrpcDoor>> open(const GrpcOptions& options,
                                                  record::Intake& intake, ByteBudget& budget,
                                                  KeyCheck key_check = {});
    ~GrpcDoor();

    std::uint16_t port() const;

    /// Accepts no more calls, answers those under way, and after `stop_within` at the latest ends
    /// the rest with UNAVAILABLE. May be called twice.
    void stop();

  private:
    struct Impl;
    explicit GrpcDoor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::net
