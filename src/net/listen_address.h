/// listen_address.h: where a door listens, and what to say when it cannot.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace plimsoll::net {

struct ListenAddress {
    std::string host =
        "127.0.0.1";         ///< An address, or a name that resolves to one. IPv6 may have [].
    std::uint16_t port = 0;  ///< 0: any free one; the door then says which.
};

/// "127.0.0.1:4318", "[::1]:4318".
std::string to_text(const ListenAddress& address);

/// True if only this machine can reach it: 127.0.0.0/8, ::1 or localhost.
bool is_loopback(const ListenAddress& address);

/// Says what was to listen where, why the system refused (an errno), and what the owner can do.
Error bind_error(const std::string& door, const ListenAddress& address, int refusal);

/// The errno with which the system refuses to listen there; 0 if it does not.
int probe_bind(const ListenAddress& address);

/// Whether the other end of a connected socket is on this machine.
struct PeerPlace {
    bool loopback = false;
    bool v6 = false;
};
PeerPlace peer_of(int socket);

}  // namespace plimsoll::net
