#include "net/listen_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace plimsoll::net {

namespace {

std::string without_brackets(const std::string& host) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        return host.substr(1, host.size() - 2);
    }
    return host;
}

std::string advice(int refusal) {
    switch (refusal) {
        case EADDRINUSE:
            return "another program listens there: stop it, or choose another port";
        case EACCES:
        case EPERM:
            return "ports below 1024 need a privilege: choose a higher port";
        case EADDRNOTAVAIL:
            return "this machine does not have that address: use 127.0.0.1, or 0.0.0.0 for all";
        case EINVAL:
            return "give an address or a host name that resolves";
        case EMFILE:
        case ENFILE:
            return "too many files are open: raise `ulimit -n`";
        default:
            return "choose another address or port";
    }
}

}  // namespace

std::string to_text(const ListenAddress& address) {
    const std::string host = without_brackets(address.host);
    if (host.find(':') != std::string::npos) return fmt::format("[{}]:{}", host, address.port);
    return fmt::format("{}:{}", host, address.port);
}

bool is_loopback(const ListenAddress& address) {
    const std::string host = without_brackets(address.host);
    if (host == "localhost") return true;
    in_addr v4{};
    if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
    in6_addr v6{};
    return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

Error bind_error(const std::string& door, const ListenAddress& address, int refusal) {
    return Error{fmt::format("{} cannot listen on {}: {}; {}", door, to_text(address),
                             std::strerror(refusal), advice(refusal))};
}

int probe_bind(const ListenAddress& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    const std::string port = std::to_string(address.port);
    if (getaddrinfo(without_brackets(address.host).c_str(), port.c_str(), &hints, &found) != 0) {
        return EINVAL;
    }
    int refusal = 0;
    const int probe = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0) {
        refusal = errno;
    } else {
        const int yes = 1;
        setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (bind(probe, found->ai_addr, found->ai_addrlen) != 0 || listen(probe, 1) != 0) {
            refusal = errno;
        }
        close(probe);
    }
    freeaddrinfo(found);
    return refusal;
}

PeerPlace peer_of(int socket) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size);
    if (peer.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
        return {.loopback = ntohl(v4.sin_addr.s_addr) >> 24 == 127, .v6 = false};
    }
    if (peer.ss_family != AF_INET6) return {};
    const in6_addr& v6 = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
    const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127;
    return {.loopback = mapped || IN6_IS_ADDR_LOOPBACK(&v6), .v6 = true};
}

}  // namespace plimsoll::net
