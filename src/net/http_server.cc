#include "net/http_server.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/thread_name.h"
#include "net/http_connection.h"

namespace plimsoll::net {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = HttpConnection::Clock;

/// Deadlines are looked at this often: four times in the shortest, within sense.
std::chrono::milliseconds tick_of(const HttpDeadlines& d) {
    const auto shortest = std::min(
        {d.head, d.body_idle, d.body_total, d.write_idle, d.write_total, d.keep_alive, d.linger});
    return std::clamp(shortest / 4, std::chrono::milliseconds(1), std::chrono::milliseconds(250));
}

/// A socket on its way from one thread to another, which may have ended meanwhile.
class OwnedSocket {
  public:
    explicit OwnedSocket(int socket) : socket_(socket) {}
    ~OwnedSocket() {
        if (socket_ >= 0) ::close(socket_);
    }
    int release() { return std::exchange(socket_, -1); }

  private:
    int socket_;
};

/// One thread, its connections and their deadlines.
class IoThread final : public HttpHost {
  public:
    IoThread(std::unique_ptr<asio::io_context> owned, const HttpServerOptions& options,
             HttpService& service, ByteBudget& budget, std::atomic<std::size_t>& open_connections)
        : HttpHost(*owned, options, service, budget),
          owned_(std::move(owned)),
          open_connections_(open_connections),
          ticker_(*owned_),
          tick_(tick_of(options.deadlines)) {}

    ~IoThread() {
        mailbox->close();
        connections_.clear();
    }

    void start() {
        thread_ = std::thread([this] {
            name_this_thread(options.door.c_str());
            run();
        });
    }
    void join() {
        if (thread_.joinable()) thread_.join();
    }

    /// From the accepting thread.
    void adopt(int socket) {
        ++load_;
        asio::post(*owned_, [this, owned = std::make_unique<OwnedSocket>(socket)] {
            const auto connection = make_http_connection(*this, owned->release());
            connections_.emplace(connection.get(), connection);
            if (stopping) return connection->close();
            connection->start();
        });
    }
    std::size_t load() const { return load_; }

    void forget(HttpConnection* connection) override {
        if (connections_.erase(connection) == 0) return;
        --open_connections_;
        --load_;
        end_if_done();
    }

    void wind_up(Clock::time_point until) {
        asio::post(*owned_, [this, until] {
            stopping = true;
            stop_at_ = until;
            for (const auto& connection : all()) connection->wind_up();
            end_if_done();
        });
    }

  private:
    void run() {
        next_tick();
        while (!owned_->stopped()) {
            // Out of memory is the only thing known to get here. The request that met it is closed
            // by its deadline; the others go on.
            try {
                owned_->run();
            } catch (const std::exception&) {
            }
        }
    }

    std::vector<std::shared_ptr<HttpConnection>> all() const {
        std::vector<std::shared_ptr<HttpConnection>> list;
        list.reserve(connections_.size());
        for (const auto& [raw, connection] : connections_) list.push_back(connection);
        return list;
    }

    void next_tick() {
        ticker_.expires_after(tick_);
        ticker_.async_wait([this](error_code error) {
            if (!error) tick();
        });
    }

    void tick() {
        const auto now = Clock::now();
        for (const auto& connection : all()) {
            if (now >= stop_at_) {
                connection->close();
            } else {
                connection->tick(now);
            }
        }
        if (!owned_->stopped()) next_tick();
    }

    void end_if_done() {
        if (stopping && connections_.empty()) owned_->stop();
    }

    std::unique_ptr<asio::io_context> owned_;
    std::atomic<std::size_t>& open_connections_;
    std::atomic<std::size_t> load_{0};
    asio::steady_timer ticker_;
    const std::chrono::milliseconds tick_;
    std::unordered_map<HttpConnection*, std::shared_ptr<HttpConnection>> connections_;
    Clock::time_point stop_at_ = Clock::time_point::max();
    std::thread thread_;
};

}  // namespace

struct HttpServer::Impl {
    Impl(const HttpServerOptions& o, HttpService& service, ByteBudget& budget) : options(o) {
        for (unsigned i = 0; i < std::max(1u, options.io_threads); ++i) {
            threads.push_back(std::make_unique<IoThread>(
                std::make_unique<asio::io_context>(1), options, service, budget, open_connections));
        }
        acceptor.emplace(threads.front()->context);
        retry.emplace(threads.front()->context);
    }

    /// 0, or the errno of the refusal.
    int listen() {
        error_code error;
        tcp::resolver resolver(threads.front()->context);
        std::string host = options.address.host;
        if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
        const auto found = resolver.resolve(host, std::to_string(options.address.port),
                                            tcp::resolver::passive, error);
        if (error || found.empty()) return EINVAL;
        const tcp::endpoint endpoint = *found.begin();
        acceptor->open(endpoint.protocol(), error);
        if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor->bind(endpoint, error);
        if (!error) acceptor->listen(1024, error);
        if (error) return error.value();
        port = acceptor->local_endpoint().port();
        return 0;
    }

    void accept() {
        acceptor->async_accept([this](error_code error, tcp::socket socket) {
            if (error == asio::error::operation_aborted || !acceptor->is_open()) return;
            if (error) return accept_later();
            accepted(std::move(socket));
            accept();
        });
    }

    /// No file descriptors left, most likely (A20): those who wait stay in the kernel's queue.
    void accept_later() {
        retry->expires_after(std::chrono::milliseconds(100));
        retry->async_wait([this](error_code error) {
            if (!error) accept();
        });
    }

    void accepted(tcp::socket socket) {
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        if (open_connections >= options.connections_max) {
            static constexpr std::string_view busy =
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
                "Connection: close\r\n\r\n";
            socket.non_blocking(true, ignored);
            socket.write_some(asio::buffer(busy.data(), busy.size()), ignored);
            return;
        }
        ++open_connections;
        const auto idlest =
            std::min_element(threads.begin(), threads.end(),
                             [](const auto& a, const auto& b) { return a->load() < b->load(); });
        (*idlest)->adopt(socket.release());
    }

    void stop() {
        if (stopped) return;
        stopped = true;
        const auto until = Clock::now() + options.stop_within;
        asio::post(threads.front()->context, [this] {
            error_code ignored;
            acceptor->close(ignored);
            retry->cancel();
        });
        for (const auto& thread : threads) thread->wind_up(until);
        for (const auto& thread : threads) thread->join();
    }

    const HttpServerOptions options;
    std::atomic<std::size_t> open_connections{0};
    std::vector<std::unique_ptr<IoThread>> threads;
    std::optional<tcp::acceptor>
        acceptor;  // After the threads, as it must go before their contexts.
    std::optional<asio::steady_timer> retry;
    std::uint16_t port = 0;
    bool stopped = false;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() {
    stop();
}

Result<std::unique_ptr<HttpServer>> HttpServer::open(const HttpServerOptions& options,
                                                     HttpService& service, ByteBudget& budget) {
    auto impl = std::make_unique<Impl>(options, service, budget);
    if (const int refusal = impl->listen(); refusal != 0) {
        return bind_error(options.door, options.address, refusal);
    }
    impl->accept();
    for (const auto& thread : impl->threads) thread->start();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const {
    return impl_->port;
}
std::size_t HttpServer::connections() const {
    return impl_->open_connections;
}
void HttpServer::stop() {
    impl_->stop();
}

}  // namespace plimsoll::net
