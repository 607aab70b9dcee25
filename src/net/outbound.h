/// outbound.h: the way out: one HTTP POST or one mail to another machine, within a deadline.
///
/// What a server may do to us is bounded: it is given so long, its answer may be so big, it may not
/// send us elsewhere (redirects are answers), and addresses that only this machine's own network
/// answers (link-local: the credentials of cloud machines) are never connected to (A13, A14).
/// Certificates are verified. libcurl stays behind outbound.cc.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::net {

struct OutboundReply {
    enum class Outcome : std::uint8_t {
        answered,     ///< With any status; `status` and `body` are set.
        timed_out,    ///< Sent, and not answered by the deadline.
        unreachable,  ///< No connection, no TLS, or a forbidden address: nothing was sent.
        broken,       ///< The answer ended early or was too long.
    };
    Outcome outcome = Outcome::answered;
    int status = 0;  ///< HTTP's, or SMTP's.
    std::string body;
    std::optional<std::chrono::milliseconds> retry_after;
    std::string why;  ///< For people; "" if answered.
};

struct Mail {
    std::string server;          ///< "smtp://host:25", "smtps://host:465"
    std::string user, password;  ///< "" for none. Sent only over TLS, or to this machine.
    std::string from;
    std::vector<std::string> to;
    std::string_view text;  ///< RFC 5322, headers and all, lines ended by CRLF.
};

struct OutboundOptions {
    std::string who;  ///< How complaints call the other side: "The judge's server".
    std::size_t reply_bytes_max = 4u << 20;
    std::string ca_file;  ///< PEM; "" for the system's own.
};

class Outbound {
  public:
    explicit Outbound(OutboundOptions options);
    ~Outbound();

    /// `headers`: "Name: value", without line breaks; else the request is not sent. Connections
    /// stay open for the next request. Any thread; one connection for each at work.
    OutboundReply post(const std::string& url, const std::vector<std::string>& headers,
                       std::string_view body, std::chrono::milliseconds deadline);
    /// answered with status 250 if the server has taken it.
    OutboundReply mail(const Mail& mail, std::chrono::milliseconds deadline);

    /// Ends what is under way within a second, as broken, and lets nothing more begin.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::net
