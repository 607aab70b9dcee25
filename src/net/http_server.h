/// http_server.h: HTTP/1.1 over TCP for one HttpService.
///
///   acceptor ──▶ I/O thread 1: connections, one request at a time on each, pipelining in order
///            └─▶ I/O thread 2: …
///
/// A connection lives on one thread, so it needs no locks; answers from other threads come by a
/// mailbox per thread, in batches. Bytes of bodies are reserved from the ByteBudget before they are
/// read. Whoever is slow meets a deadline; deadlines are looked at in ticks of at most 250 ms.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/byte_budget.h"
#include "base/result.h"
#include "net/http_service.h"
#include "net/listen_address.h"

namespace plimsoll::net {

/// How long a peer may take. Past it the connection is closed, with an answer where one still
/// helps.
struct HttpDeadlines {
    std::chrono::milliseconds head{10'000};         ///< From the first byte of a head to its last.
    std::chrono::milliseconds body_idle{30'000};    ///< Between two pieces of a body.
    std::chrono::milliseconds body_total{300'000};  ///< For a body, however steadily it drips.
    std::chrono::milliseconds write_idle{30'000};   ///< For the peer to take a piece of the answer.
    std::chrono::milliseconds write_total{300'000};
    std::chrono::milliseconds keep_alive{120'000};  ///< Between requests.
    std::chrono::milliseconds linger{2'000};  ///< For the peer to read a refusal before the end.
};

struct HttpServerOptions {
    std::string door = "HTTP";  ///< Its name in errors.
    ListenAddress address;
    unsigned io_threads = 2;
    /// Past this a connection gets a 503 and its end.
    std::size_t connections_max = 4096;
    std::size_t head_bytes_max = 16 * 1024;  ///< Past this 431.
    std::size_t body_bytes_max = 64u << 20;  ///< Past this 413.
    HttpDeadlines deadlines;
    /// How long stop() waits for requests under way.
    std::chrono::milliseconds stop_within{5'000};
};

class HttpServer {
  public:
    /// Listens when it returns. `service` and `budget` must outlive the server.
    static Result<std::unique_ptr<HttpServer>> open(const HttpServerOptions& options,
                                                    HttpService& service, ByteBudget& budget);
    ~HttpServer();

    std::uint16_t port() const;
    std::size_t connections() const;  ///< Open now.

    /// Accepts no more, answers what is under way, closes. Returns when all threads have ended,
    /// after `stop_within` at the latest. May be called twice.
    void stop();

  private:
    struct Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::net
