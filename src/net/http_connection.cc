#include "net/http_connection.h"

#include <algorithm>
#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "net/chunked_body.h"
#include "net/http_head_parser.h"
#include "net/receive_buffer.h"
#include "net/rendered_reply.h"

namespace plimsoll::net {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = HttpConnection::Clock;

constexpr std::size_t head_read_bytes = 4096;
constexpr std::size_t chunked_read_bytes = 64 * 1024;
/// A body's memory grows in steps as its bytes come, so a lie about its length costs nobody memory,
/// and the zeroes that std::string writes first are still in the cache when the bytes follow.
constexpr std::size_t body_step_bytes = 256 * 1024;
/// Enough for any honest body that was cut short by a refusal.
constexpr std::size_t lingered_bytes_max = 128u << 20;

class Connection final : public HttpConnection, public std::enable_shared_from_this<Connection> {
  public:
    Connection(HttpHost& host, tcp::socket socket, bool peer_is_loopback)
        : host_(host),
          socket_(std::move(socket)),
          peer_is_loopback_(peer_is_loopback),
          parser_(host.options.head_bytes_max) {}

    void start() override {
        // An opened connection owes a request as quickly as a begun head.
        enter(Phase::idle, deadlines().head);
        read_head();
    }

    void tick(Clock::time_point now) override {
        if (now < deadline_) return;
        if (phase_ == Phase::head || phase_ == Phase::body) {
            timed_out_ = true;  // The cancelled read answers.
            error_code ignored;
            socket_.cancel(ignored);
            deadline_ = Clock::time_point::max();
        } else {
            close();
        }
    }

    void wind_up() override {
        if (phase_ == Phase::idle && buffer_.size() == 0) close();
    }

    void close() override {
        if (phase_ == Phase::closed) return;
        phase_ = Phase::closed;
        error_code ignored;
        socket_.close(ignored);
        held_ = {};
        host_.forget(this);
    }

    void on_reply(HttpReply reply) override {
        if (phase_ != Phase::working) return;
        write(std::move(reply));
    }

  private:
    enum class Phase { idle, head, body, working, writing, lingering, closed };

    const HttpDeadlines& deadlines() const { return host_.options.deadlines; }
    HttpHead& head() { return parser_.head(); }

    void enter(Phase phase, std::chrono::milliseconds within) {
        phase_ = phase;
        deadline_ = Clock::now() + within;
    }

    // --- Head ---------------------------------------------------------------------------------

    void read_head() {
        const auto room = buffer_.room(head_read_bytes);
        socket_.async_read_some(asio::buffer(room.data(), room.size()),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    self->on_head_bytes(error, count);
                                });
    }

    void on_head_bytes(error_code error, std::size_t count) {
        if (phase_ == Phase::closed) return;
        if (error) {
            if (!timed_out_ || error != asio::error::operation_aborted) return close();
            return fail(408, "the head of the request did not arrive in time");
        }
        if (timed_out_) return fail(408, "the head of the request arrived too late");
        buffer_.grow(count);
        if (phase_ == Phase::idle) enter(Phase::head, deadlines().head);
        parse_head();
    }

    void parse_head() {
        std::size_t consumed = 0;
        const auto outcome = parser_.read(buffer_.view(), consumed);
        buffer_.consume(consumed);
        switch (outcome) {
            case HttpHeadParser::Outcome::need_more:
                return read_head();
            case HttpHeadParser::Outcome::refused:
                head_is_known_ = false;
                return fail(parser_.refusal_status(), parser_.refusal());
            case HttpHeadParser::Outcome::done:
                head_is_known_ = true;
                return on_head();
        }
    }

    void on_head() {
        head().peer_is_loopback = peer_is_loopback_;
        if (host_.stopping) return fail(503, "the server is shutting down");
        if (auto reply = host_.service.refuse(head())) return refuse(std::move(*reply));
        const std::uint64_t length = head().content_length.value_or(0);
        if (length > host_.options.body_bytes_max) return fail_too_large();
        auto held = host_.budget.reserve(head().chunked ? chunked_read_bytes : length);
        if (!held) return refuse(fault(503, "too many bytes are under way"));
        held_ = std::move(*held);
        enter(Phase::body, deadlines().body_idle);
        body_end_ = Clock::now() + deadlines().body_total;
        if (head().expects_continue && head().has_body() && buffer_.size() == 0) {
            return write_continue();
        }
        begin_body();
    }

    void write_continue() {
        static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
        socket_.async_write_some(asio::buffer(line.data(), line.size()),
                                 [self = shared_from_this()](error_code error, std::size_t count) {
                                     if (self->phase_ == Phase::closed) return;
                                     if (error || count != line.size()) return self->close();
                                     self->begin_body();
                                 });
    }

    // --- Body ---------------------------------------------------------------------------------

    void begin_body() {
        if (head().chunked) {
            chunks_ = {};
            return parse_chunks();
        }
        const std::size_t length = head().content_length.value_or(0);
        const std::size_t here = std::min(length, buffer_.size());
        body_.reserve(length);
        body_.assign(buffer_.view().substr(0, here));
        buffer_.consume(here);
        filled_ = here;
        read_body();
    }

    void read_body() {
        const std::size_t length = head().content_length.value_or(0);
        if (filled_ == length) return dispatch();
        if (filled_ == body_.size()) {
            body_.resize(filled_ + std::min(length - filled_, body_step_bytes));
        }
        socket_.async_read_some(asio::buffer(body_.data() + filled_, body_.size() - filled_),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    if (!self->body_goes_on(error)) return;
                                    self->filled_ += count;
                                    self->read_body();
                                });
    }

    void parse_chunks() {
        while (true) {
            const ChunkedBody::Step step = chunks_.next(buffer_.view());
            switch (step.outcome) {
                case ChunkedBody::Step::Outcome::bad:
                    return fail(400, "the chunks of the body are not well-formed");
                case ChunkedBody::Step::Outcome::done:
                    buffer_.consume(step.consumed);
                    filled_ = body_.size();
                    return dispatch();
                case ChunkedBody::Step::Outcome::need_more:
                    buffer_.consume(step.consumed);
                    return read_chunks();
                case ChunkedBody::Step::Outcome::data:
                    if (!make_room(step.data.size(), chunks_.left_in_chunk())) return;
                    body_.append(step.data);
                    buffer_.consume(step.consumed);
            }
        }
    }

    void read_chunks() {
        const auto room = buffer_.room(chunked_read_bytes);
        socket_.async_read_some(asio::buffer(room.data(), room.size()),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    if (!self->body_goes_on(error)) return;
                                    self->buffer_.grow(count);
                                    self->parse_chunks();
                                });
    }

    /// For `size` bytes more of a chunked body, reserved before they are kept; doubles, so that the
    /// copying stays linear. False if it answered instead.
    bool make_room(std::size_t size, std::uint64_t left_in_chunk) {
        const std::size_t bytes_max = host_.options.body_bytes_max;
        const std::size_t wanted = body_.size() + size;
        // A chunk that says it will pass the limit is refused before it comes.
        if (wanted > bytes_max || left_in_chunk > bytes_max - wanted) {
            fail_too_large();
            return false;
        }
        if (wanted > body_.capacity() || wanted > held_.bytes()) {
            const std::size_t room =
                std::min(bytes_max, std::max({wanted, 2 * body_.size(), chunked_read_bytes}));
            if (!held_.resize(room)) {
                refuse(fault(503, "too many bytes are under way"));
                return false;
            }
            body_.reserve(room);
        }
        return true;
    }

    /// After a read of the body: false if that was its end.
    bool body_goes_on(error_code error) {
        if (phase_ == Phase::closed) return false;
        if (error) {
            if (timed_out_ && error == asio::error::operation_aborted) {
                // 503, not 408: after a 408 an OTLP client drops the data.
                fail(503, "the body did not arrive in time");
            } else {
                close();
            }
            return false;
        }
        timed_out_ = false;
        deadline_ = std::min(Clock::now() + deadlines().body_idle, body_end_);
        return true;
    }

    // --- Work ---------------------------------------------------------------------------------

    void dispatch() {
        phase_ = Phase::working;
        deadline_ = Clock::time_point::max();
        body_.resize(filled_);
        buffer_.shrink();
        HttpExchange exchange(host_.mailbox->ticket(weak_from_this()));
        try {
            host_.service.handle({.head = head(),
                                  .body = std::exchange(body_, {}),
                                  .held = std::move(held_),
                                  .exchange = exchange});
        } catch (const std::exception& error) {
            exchange.answer(fault(503, error.what()));
        }
    }

    // --- Answer -------------------------------------------------------------------------------

    HttpReply fault(int status, std::string_view why) {
        return host_.service.fault(head_is_known_ ? &head() : nullptr, status, why);
    }

    /// An answer after which nothing on this connection can be relied on.
    void fail(int status, std::string_view why) {
        HttpReply reply = fault(status, why);
        reply.close = true;
        body_unread_ = true;
        write(std::move(reply));
    }

    void fail_too_large() { fail(413, "the body is larger than is accepted here"); }

    /// An answer before the body was read. If all of it is here it is skipped and the connection
    /// lives on; otherwise reading it would cost more than a new connection.
    void refuse(HttpReply reply) {
        if (phase_ != Phase::body) {
            const std::uint64_t length = head().content_length.value_or(0);
            if (!head().chunked && length <= buffer_.size()) {
                buffer_.consume(length);
                return write(std::move(reply));
            }
        }
        reply.close = true;
        body_unread_ = true;
        write(std::move(reply));
    }

    void write(HttpReply reply) {
        if (reply.status == 0) reply = fault(503, "no answer was found");
        body_ = {};
        held_ = {};
        const bool head_only = head_is_known_ && head().method() == "HEAD";
        closing_ = reply.close || host_.stopping || !head_is_known_ || !head().keep_alive ||
                   head().http_1_0;
        out_ = RenderedReply(std::move(reply), closing_, head_only);
        write_end_ = Clock::now() + deadlines().write_total;
        write_more();
    }

    void write_more() {
        enter(Phase::writing, deadlines().write_idle);
        deadline_ = std::min(deadline_, write_end_);
        const auto [first, second] = out_.unwritten();
        const std::array<asio::const_buffer, 2> pieces{asio::buffer(first), asio::buffer(second)};
        socket_.async_write_some(pieces,
                                 [self = shared_from_this()](error_code error, std::size_t count) {
                                     self->on_written(error, count);
                                 });
    }

    void on_written(error_code error, std::size_t count) {
        if (phase_ == Phase::closed) return;
        if (error) return close();
        out_.wrote(count);
        if (!out_.done()) return write_more();
        out_ = {};
        if (closing_) return finish();
        next_request();
    }

    void next_request() {
        parser_.reset();
        head_is_known_ = false;
        if (buffer_.size() > 0) {
            enter(Phase::head, deadlines().head);
            return parse_head();
        }
        if (host_.stopping) return close();
        enter(Phase::idle, deadlines().keep_alive);
        read_head();
    }

    /// The end from our side. If the peer may still be sending, its bytes are read for a while:
    /// closing at once would send a reset, and the reset would take our answer out of its hands.
    void finish() {
        error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_send, ignored);
        if (!body_unread_) return close();
        enter(Phase::lingering, deadlines().linger);
        lingered_bytes_ = 0;
        linger();
    }

    void linger() {
        buffer_.consume(buffer_.size());
        const auto room = buffer_.room(chunked_read_bytes);
        socket_.async_read_some(asio::buffer(room.data(), room.size()),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    if (self->phase_ == Phase::closed) return;
                                    self->lingered_bytes_ += count;
                                    if (error || self->lingered_bytes_ > lingered_bytes_max) {
                                        return self->close();
                                    }
                                    self->linger();
                                });
    }

    HttpHost& host_;
    tcp::socket socket_;
    const bool peer_is_loopback_;
    Phase phase_ = Phase::idle;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool timed_out_ = false;

    ReceiveBuffer buffer_;
    HttpHeadParser parser_;
    bool head_is_known_ = false;

    std::string body_;
    std::size_t filled_ = 0;  ///< Bytes of body_ that arrived; the rest is room.
    ByteBudget::Reservation held_;
    ChunkedBody chunks_;
    Clock::time_point body_end_;
    bool body_unread_ = false;
    std::size_t lingered_bytes_ = 0;

    RenderedReply out_;
    Clock::time_point write_end_;
    bool closing_ = false;
};

}  // namespace

std::shared_ptr<HttpConnection> make_http_connection(HttpHost& host, int socket) {
    const PeerPlace peer = peer_of(socket);
    return std::make_shared<Connection>(
        host, tcp::socket(host.context, peer.v6 ? tcp::v6() : tcp::v4(), socket), peer.loopback);
}

}  // namespace plimsoll::net
