/// raw_client_for_test.h: a client that sends whatever it is told, byte for byte.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace plimsoll::net {

struct RawAnswer {
    int status = 0;                              ///< 0: the connection ended without an answer.
    std::map<std::string, std::string> headers;  ///< Names as sent.
    std::string body;
};

class RawClient {
  public:
    static RawClient not_connected() { return RawClient(0); }
    explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0)
        : RawClient(receive_buffer_bytes) {
        connect(port);
    }

    void connect(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;

    bool connected() const { return connected_; }

    /// False if the peer no longer takes it.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    /// The next answer on the connection.
    RawAnswer read_answer() {
        RawAnswer answer;
        std::size_t end;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
            if (!receive()) return answer;
        }
        const std::string head = received_.substr(0, end + 2);
        received_.erase(0, end + 4);
        answer.status = std::atoi(head.c_str() + 9);
        std::size_t at = head.find("\r\n") + 2;
        while (at < head.size()) {
            const std::size_t line_end = head.find("\r\n", at);
            const std::size_t colon = head.find(": ", at);
            answer.headers[head.substr(at, colon - at)] =
                head.substr(colon + 2, line_end - colon - 2);
            at = line_end + 2;
        }
        const auto length = answer.headers.find("Content-Length");
        if (length == answer.headers.end()) return answer;
        const std::size_t size = std::strtoull(length->second.c_str(), nullptr, 10);
        while (received_.size() < size) {
            if (!receive()) return answer;
        }
        answer.body = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
    }

    /// True once the peer closed, false if it did not within the guard of 20 s.
    bool closes() {
        while (receive()) {
        }
        return closed_;
    }
    const std::string& received() const { return received_; }
    void forget_received() { received_.clear(); }
    int descriptor() const { return socket_; }

    /// Reads some; false at the end of the connection.
    bool receive() {
        char bytes[65536];
        const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
        if (got > 0) received_.append(bytes, static_cast<std::size_t>(got));
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) closed_ = true;
        return got > 0;
    }

  private:
    /// Not connected yet. 0: the system's buffer.
    explicit RawClient(int receive_buffer_bytes) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_buffer_bytes > 0) {
            setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof(int));
        }
        const timeval guard{.tv_sec = 20, .tv_usec = 0};  // A test that hangs, fails.
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &guard, sizeof guard);
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &guard, sizeof guard);
        const int yes = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }

    int socket_ = -1;
    bool connected_ = false;
    bool closed_ = false;
    std::string received_;
};

/// A whole POST, as an exporter sends it.
inline std::string post(std::string_view path, std::string_view type, std::string_view body,
                        std::string_view more_headers = "") {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {}\r\n"
        "Content-Length: {}\r\n{}\r\n{}",
        path, type, body.size(), more_headers, body);
}

}  // namespace plimsoll::net
