/// otlp_http_door.h: OTLP over HTTP/1.1.
///
///   POST …/v1/traces   application/x-protobuf or application/json; identity, gzip, zstd, deflate
///   POST …/v1/logs     the same
///
/// Any prefix before them will do, as clients append it to what they were given. Whatever is
/// refused is refused with a google.rpc.Status in the request's encoding, and before its body is
/// read if that can be; what is accepted is in the journal (answer_table.h).
#pragma once

#include <cstdint>
#include <memory>

#include "base/byte_budget.h"
#include "base/result.h"
#include "net/http_server.h"
#include "net/key_check.h"
#include "record/intake.h"

namespace plimsoll::net {

struct OtlpHttpOptions {
    ListenAddress address{.host = "127.0.0.1", .port = 4318};
    unsigned io_threads = 2;
    std::size_t connections_max = 4096;
    HttpDeadlines deadlines;
    std::chrono::milliseconds stop_within{5'000};
};

class OtlpHttpDoor {
  public:
    /// Listens when it returns. The largest body is that of the intake's limits. `intake` must
    /// outlive the answers of its journal, the others this door.
    static Result<std::unique_ptr<OtlpHttpDoor>> open(const OtlpHttpOptions& options,
                                                      record::Intake& intake, ByteBudget& budget,
                                                      KeyCheck key_check = {});
    ~OtlpHttpDoor();

    std::uint16_t port() const;
    std::size_t connections() const;

    /// See HttpServer::stop().
    void stop();

  private:
    struct Impl;
    explicit OtlpHttpDoor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::net
