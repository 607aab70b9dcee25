/// otlp_sender.h: an OTLP/HTTP client that does as it is told: comes back when asked to, stops when
/// refused. One connection, kept open. libcurl stays behind otlp_sender.cc.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "wire/otlp_response.h"

namespace plimsoll::app::demo {

struct Sent {
    wire::PartialSuccess partial;
    unsigned came_back = 0;  ///< How often the receiver said "later".
};

class OtlpSender {
  public:
    /// `endpoint` as in OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318", a path may follow.
    /// `key` is sent as a bearer token unless it is "". Nothing is tried again once `stop` is true.
    /// `wait` passes the time between two tries; without one the thread sleeps, until `stop`.
    OtlpSender(const std::string& endpoint, const std::string& key, const std::atomic<bool>& stop,
               std::function<void(std::chrono::milliseconds)> wait = {});
    ~OtlpSender();

    /// Sends one ExportTraceServiceRequest until it is accepted. 429 and 503 are obeyed, a receiver
    /// that cannot be reached is tried again for half a minute; any other answer is the Error.
    Result<Sent> send(const std::string& otlp);

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
    const std::atomic<bool>& stop_;
    const std::function<void(std::chrono::milliseconds)> wait_;
};

}  // namespace plimsoll::app::demo
