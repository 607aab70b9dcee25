/// http_connection.h: one TCP connection of an HttpServer, on one I/O thread. Internal to net.
///
///   idle ─▶ head ─▶ body ─▶ working ─▶ writing ─┬─▶ idle          kept alive
///                                               └─▶ lingering ─▶ closed
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "net/http_server.h"

namespace boost::asio {
class io_context;
}

namespace plimsoll::net {

class HttpConnection {
  public:
    using Clock = std::chrono::steady_clock;
    virtual ~HttpConnection() = default;
    virtual void start() = 0;
    /// Ends what has passed its deadline.
    virtual void tick(Clock::time_point now) = 0;
    /// The server stops: closes if nothing is under way, otherwise after the answer.
    virtual void wind_up() = 0;
    virtual void close() = 0;
    virtual void on_reply(HttpReply reply) = 0;
};

/// Carries answers from any thread to the I/O thread of their connection. Outlives the thread;
/// letters that come later are dropped.
class HttpMailbox : public std::enable_shared_from_this<HttpMailbox> {
  public:
    explicit HttpMailbox(boost::asio::io_context& context) : context_(&context) {}

    /// For one request of that connection. Unanswered at its end, it sends status 0: "no answer".
    std::shared_ptr<HttpExchange::Port> ticket(std::weak_ptr<HttpConnection> connection);

    void send(std::weak_ptr<HttpConnection> to, HttpReply reply);
    void close();

  private:
    void deliver();

    struct Letter {
        std::weak_ptr<HttpConnection> to;
        HttpReply reply;
    };
    std::mutex mutex_;
    boost::asio::io_context* context_;  ///< nullptr once closed.
    std::vector<Letter> letters_;
};

/// What a connection has in common with the others of its thread.
struct HttpHost {
    HttpHost(boost::asio::io_context& context, const HttpServerOptions& options,
             HttpService& service, ByteBudget& budget)
        : context(context),
          mailbox(std::make_shared<HttpMailbox>(context)),
          options(options),
          service(service),
          budget(budget) {}

    boost::asio::io_context& context;
    const std::shared_ptr<HttpMailbox> mailbox;
    const HttpServerOptions& options;
    HttpService& service;
    ByteBudget& budget;
    bool stopping = false;  ///< Written and read on the I/O thread.

    /// Called once by a connection that closed; it may be destroyed thereafter.
    virtual void forget(HttpConnection* connection) = 0;

  protected:
    ~HttpHost() = default;
};

/// Takes over the accepted socket.
std::shared_ptr<HttpConnection> make_http_connection(HttpHost& host, int socket);

}  // namespace plimsoll::net
