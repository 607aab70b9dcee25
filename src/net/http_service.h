/// http_service.h: what stands behind an HttpServer, and how it answers.
///
///   head ──refuse()──▶ no ──▶ body is read ──handle(HttpCall)──▶ … any thread … ──▶
///   answer(HttpReply)
///
/// The server knows sockets, limits and deadlines; a service knows what requests mean. The OTLP
/// door and the page are two services.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/byte_budget.h"
#include "net/http_head.h"

namespace plimsoll::net {

struct HttpReply {
    int status = 200;
    std::string type;     ///< Content-Type; "" for none.
    std::string headers;  ///< Further fields, each line ending in CRLF.
    std::string body;
    bool close = false;  ///< Close the connection afterwards.
};

/// Where an answer goes. May be copied, and outlive the server: then the answer goes nowhere.
/// If the last copy dies unanswered, the sender gets a 503.
class HttpExchange {
  public:
    class Port {
      public:
        virtual ~Port() = default;
        virtual void reply(HttpReply reply) = 0;
    };

    explicit HttpExchange(std::shared_ptr<Port> port) : port_(std::move(port)) {}

    /// From any thread. Only the first answer counts.
    void answer(HttpReply reply) const { port_->reply(std::move(reply)); }

  private:
    std::shared_ptr<Port> port_;
};

/// One request with its whole body.
struct HttpCall {
    const HttpHead& head;          ///< Valid until handle() returns.
    std::string body;              ///< As sent: chunks joined, not inflated.
    ByteBudget::Reservation held;  ///< What the body occupies of the budget.
    HttpExchange exchange;
};

class HttpService {
  public:
    virtual ~HttpService() = default;

    /// Looks at the head before the body is read; an answer here spares the reading.
    virtual std::optional<HttpReply> refuse(const HttpHead& head) = 0;

    /// On an I/O thread: what takes longer than about a millisecond goes elsewhere.
    virtual void handle(HttpCall call) = 0;

    /// An answer to what the server itself could not accept. `head` is nullptr if there is none
    /// that can be relied on. Those with status 503 ask the sender to come back.
    virtual HttpReply fault(const HttpHead* head, int status, std::string_view why) = 0;
};

}  // namespace plimsoll::net
