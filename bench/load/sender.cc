#include "load/sender.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <deque>
#include <queue>

namespace plimsoll::load {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

/// One body on its way. The same ids however often it is sent.
struct Send {
    std::uint64_t number = 0;
    Time due;         ///< Intended.
    Time not_before;  ///< After a "come back".
};

struct Connection {
    int socket = -1;
    bool busy = false;
    Send send;
    std::string head;
    std::string bytes;        ///< The body with its ids.
    std::size_t written = 0;  ///< Of head and bytes together.
    std::string answer;
    bool wants_write = false;  ///< As registered with epoll.
};

/// Status, Retry-After and whether all of the answer is here.
struct Answer {
    bool whole = false;
    int status = 0;
    unsigned retry_after_s = 0;
    bool closes = false;
};

bool starts_with_name(std::string_view line, std::string_view name) {
    return line.size() > name.size() &&
           std::equal(name.begin(), name.end(), line.begin(),
                      [](char a, char b) { return a == (b | 0x20) || a == b; });
}

Answer read_answer(std::string_view text) {
    Answer answer;
    const std::size_t head = text.find("\r\n\r\n");
    if (head == text.npos || text.size() < 12) return answer;
    answer.status = std::atoi(std::string(text.substr(9, 3)).c_str());
    std::size_t length = 0;
    for (std::size_t at = text.find("\r\n") + 2; at < head;) {
        const std::size_t end = text.find("\r\n", at);
        const std::string line(text.substr(at, end - at));
        if (starts_with_name(line, "content-length:"))
            length = std::strtoul(&line[15], nullptr, 10);
        if (starts_with_name(line, "retry-after:"))
            answer.retry_after_s = static_cast<unsigned>(std::strtoul(&line[12], nullptr, 10));
        if (starts_with_name(line, "connection:")) answer.closes = line.find("lose") != line.npos;
        at = end + 2;
    }
    answer.whole = text.size() >= head + 4 + length;
    return answer;
}

double thread_cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

class Loop {
  public:
    Loop(const std::vector<Body>& corpus, const LoadOptions& options)
        : corpus_(corpus), options_(options), epoll_(epoll_create1(0)) {
        double spans = 0;
        for (const Body& body : corpus) spans += static_cast<double>(body.spans.size());
        const double per_body = spans / static_cast<double>(corpus.size());
        gap_ = std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>(per_body / options.spans_per_second));
        wanted_ = static_cast<std::uint64_t>(options.seconds * options.spans_per_second / per_body);
        connections_.resize(options.connections);
    }
    ~Loop() {
        for (Connection& connection : connections_)
            if (connection.socket >= 0) close(connection.socket);
        close(epoll_);
    }

    Result<LoadResult> run() {
        for (std::size_t i = 0; i < connections_.size(); ++i)
            if (const int error = open(i))
                return Error{fmt::format("connect to {}:{}: {}", options_.host, options_.port,
                                         std::strerror(error))};
        const double cpu_before = thread_cpu_seconds();
        start_ = Clock::now();
        const auto asked = std::chrono::duration<double>(options_.seconds);
        const Time deadline =
            start_ + std::chrono::duration_cast<Clock::duration>(
                         asked + std::chrono::duration<double>(options_.drain_seconds));
        while (done_ < wanted_) {
            const Time now = Clock::now();
            if (now > deadline) break;
            schedule(now);
            hand_out(now);
            sample((now - start_) / asked);
            wait(now);
        }
        result_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
        result_.cpu_seconds = thread_cpu_seconds() - cpu_before;
        result_.unanswered = wanted_ - done_;
        if (half_samples_) result_.waiting_half = half_sum_ / half_samples_;
        if (end_samples_) result_.waiting_end = end_sum_ / end_samples_;
        write_out_names();
        return std::move(result_);
    }

  private:
    const Body& body_of(std::uint64_t number) const { return corpus_[number % corpus_.size()]; }

    /// 0, or the errno.
    int open(std::size_t index) {
        Connection& connection = connections_[index];
        if (connection.socket >= 0) close(connection.socket);
        connection.socket = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(options_.port);
        inet_pton(AF_INET, options_.host.c_str(), &address.sin_addr);
        if (connect(connection.socket, reinterpret_cast<sockaddr*>(&address), sizeof address))
            return errno;
        const int yes = 1;
        setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        fcntl(connection.socket, F_SETFL, O_NONBLOCK);
        epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
        epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
        connection.busy = connection.wants_write = false;
        connection.answer.clear();
        idle_.push_back(index);
        return 0;
    }

    void schedule(Time now) {
        for (; scheduled_ < wanted_; ++scheduled_) {
            const Time due = start_ + gap_ * static_cast<std::int64_t>(scheduled_);
            if (due > now) break;
            waiting_.push_back({scheduled_, due, due});
        }
        while (!put_off_.empty() && put_off_.top().not_before <= now) {
            waiting_.push_back(put_off_.top());
            put_off_.pop();
        }
    }

    void hand_out(Time) {
        while (!waiting_.empty() && !idle_.empty()) {
            const std::size_t index = idle_.back();
            idle_.pop_back();
            Connection& connection = connections_[index];
            connection.send = waiting_.front();
            waiting_.pop_front();
            const Body& body = body_of(connection.send.number);
            connection.bytes.assign(body.bytes);
            write_ids(body, options_.run, connection.send.number, connection.bytes.data());
            connection.head = fmt::format(
                "POST /v1/traces HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: "
                "application/x-protobuf\r\n"
                "{}Content-Length: {}\r\n\r\n",
                options_.host, options_.port,
                options_.key.empty() ? "" : "Authorization: Bearer " + options_.key + "\r\n",
                body.bytes.size());
            connection.written = 0;
            connection.busy = true;
            write_more(index);
        }
        result_.waiting_max = std::max<std::uint64_t>(result_.waiting_max, waiting_.size());
    }

    void write_more(std::size_t index) {
        Connection& connection = connections_[index];
        const std::size_t all = connection.head.size() + connection.bytes.size();
        while (connection.written < all) {
            iovec parts[2];
            int count = 0;
            if (connection.written < connection.head.size())
                parts[count++] = {connection.head.data() + connection.written,
                                  connection.head.size() - connection.written};
            const std::size_t of_body = connection.written > connection.head.size()
                                            ? connection.written - connection.head.size()
                                            : 0;
            parts[count++] = {connection.bytes.data() + of_body, connection.bytes.size() - of_body};
            msghdr message{};
            message.msg_iov = parts;
            message.msg_iovlen = static_cast<std::size_t>(count);
            const ssize_t wrote = sendmsg(connection.socket, &message, MSG_NOSIGNAL);
            if (wrote < 0 && errno == EAGAIN) break;
            if (wrote < 0) return broke(index);
            connection.written += static_cast<std::size_t>(wrote);
        }
        const bool wants_write = connection.written < all;
        if (wants_write == connection.wants_write) return;
        connection.wants_write = wants_write;
        epoll_event event{.events = EPOLLIN | (wants_write ? EPOLLOUT : 0u),
                          .data = {.u64 = index}};
        epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.socket, &event);
    }

    void wait(Time now) {
        Time next = now + std::chrono::milliseconds(20);
        if (scheduled_ < wanted_)
            next = std::min(next, start_ + gap_ * static_cast<std::int64_t>(scheduled_));
        if (!put_off_.empty()) next = std::min(next, put_off_.top().not_before);
        const auto left = std::max<std::int64_t>(
            0, std::chrono::duration_cast<std::chrono::nanoseconds>(next - now).count());
        // To the microsecond: a sleep of whole milliseconds would itself be latency.
        const timespec timeout{left / 1'000'000'000, left % 1'000'000'000};
        epoll_event events[64];
        const int ready = epoll_pwait2(epoll_, events, 64, &timeout, nullptr);
        for (int i = 0; i < ready; ++i) {
            const auto index = static_cast<std::size_t>(events[i].data.u64);
            if (events[i].events & EPOLLOUT) write_more(index);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_more(index);
        }
    }

    void read_more(std::size_t index) {
        Connection& connection = connections_[index];
        char buffer[16'384];
        const ssize_t got = recv(connection.socket, buffer, sizeof buffer, 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return broke(index);
        connection.answer.append(buffer, static_cast<std::size_t>(got));
        const Answer answer = read_answer(connection.answer);
        if (!answer.whole) return;
        connection.answer.clear();
        connection.busy = false;
        answered(connection.send, answer);
        if (answer.closes)
            open(index);
        else
            idle_.push_back(index);
    }

    void answered(Send send, const Answer& answer) {
        const Time now = Clock::now();
        const Body& body = body_of(send.number);
        if (answer.status == 200) {
            ++done_;
            ++result_.requests;
            result_.spans += body.spans.size();
            result_.bytes += body.bytes.size();
            result_.latency_us.add(static_cast<std::uint64_t>(
                std::chrono::duration_cast<std::chrono::microseconds>(now - send.due).count()));
            acknowledged_.push_back(send.number);
        } else if (answer.status == 429 || answer.status == 503) {
            ++result_.come_back;
            send.not_before = now + std::chrono::seconds(std::max(1u, answer.retry_after_s));
            put_off_.push(send);
        } else {
            ++done_;
            ++result_.refused;
        }
    }

    /// The connection ended before its answer: the body is sent again, with the same ids.
    void broke(std::size_t index) {
        Connection& connection = connections_[index];
        if (connection.busy) {
            ++result_.broken;
            waiting_.push_front(connection.send);
        } else {
            std::erase(idle_, index);
        }
        if (open(index) != 0) {
            close(connection.socket);
            connection.socket = -1;  // The receiver is gone; what waits stays unanswered.
            connection.busy = false;
        }
    }

    void sample(double share) {
        if (share >= .25 && share < .5) half_sum_ += waiting_.size(), ++half_samples_;
        if (share >= .75 && share < 1) end_sum_ += waiting_.size(), ++end_samples_;
    }

    void write_out_names() {
        for (const std::uint64_t number : acknowledged_) {
            const Body& body = body_of(number);
            for (std::uint32_t i = 0; i < body.spans.size(); ++i)
                result_.acknowledged.push_back({trace_id(options_.run, number, body.spans[i].trace),
                                                span_id(options_.run, number, i)});
        }
    }

    struct Later {
        bool operator()(const Send& a, const Send& b) const { return a.not_before > b.not_before; }
    };

    const std::vector<Body>& corpus_;
    const LoadOptions options_;
    const int epoll_;
    Clock::duration gap_{};
    Time start_;
    std::uint64_t wanted_ = 0, scheduled_ = 0, done_ = 0;
    std::vector<Connection> connections_;
    std::vector<std::size_t> idle_;
    std::deque<Send> waiting_;
    std::priority_queue<Send, std::vector<Send>, Later> put_off_;
    std::vector<std::uint64_t> acknowledged_;
    std::uint64_t half_sum_ = 0, half_samples_ = 0, end_sum_ = 0, end_samples_ = 0;
    LoadResult result_;
};

}  // namespace

Result<LoadResult> run_load(const std::vector<Body>& corpus, const LoadOptions& options) {
    return Loop(corpus, options).run();
}

}  // namespace plimsoll::load
