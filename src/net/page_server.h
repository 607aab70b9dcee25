/// page_server.h: carries the API and the page over HTTP.
///
///   socket ─▶ checks of Host and Origin ─▶ show::HttpRequest ─▶ worker: answer() ─▶ socket
///
/// Every answer carries the headers that keep trace content from becoming script (A12). A server
/// that listens on loopback only answers to names that mean loopback: otherwise any site could
/// point a name of its own at 127.0.0.1 and read the traces through a visitor's browser.
/// The answering function asks for keys itself; a HEAD reaches it as a GET.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http_server.h"
#include "show/http.h"

namespace plimsoll::net {

struct PageServerOptions {
    ListenAddress address{.host = "127.0.0.1", .port = 4320};
    unsigned io_threads = 1;
    unsigned worker_threads = 4;    ///< Queries that run at once.
    std::size_t waiting_max = 256;  ///< Queries that wait; past this 503.
    std::size_t connections_max = 1024;
    std::size_t body_bytes_max = 1u << 20;
    /// Further names by which a server on loopback may be called ("box.lan"), without a port.
    std::vector<std::string> host_names;
    HttpDeadlines deadlines;
    std::chrono::milliseconds stop_within{5'000};
};

class PageServer {
  public:
    using Answer = std::function<show::HttpAnswer(const show::HttpRequest&)>;

    /// Listens when it returns. Several threads call `answer` at once.
    static Result<std::unique_ptr<PageServer>> open(const PageServerOptions& options,
                                                    Answer answer);
    ~PageServer();

    std::uint16_t port() const;

    /// See HttpServer::stop(); also waits for the queries that run.
    void stop();

  private:
    struct Impl;
    explicit PageServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::net
