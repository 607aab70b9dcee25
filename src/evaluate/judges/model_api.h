/// model_api.h: the way to a model's server, as an interface: judges are pure, the transport stands
/// in net/, and tests bring their own.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "evaluate/judges/judge.h"

namespace plimsoll::evaluate {

/// Everything but the key, which only the transport knows: a request may be kept.
struct ModelRequest {
    ModelProtocol api = ModelProtocol::openai;
    std::string url;
    std::string body;  ///< JSON.
    /// Sent as Idempotency-Key: a server that knows such keys answers a repeated one from its own
    /// record, unpaid. "" for none.
    std::string repeat_key = {};
    bool operator==(const ModelRequest&) const = default;
};

/// What came of it. A value, kept beside its request so that a replay needs no server.
struct ModelResponse {
    enum class Outcome : std::uint8_t {
        answered,     ///< With any status; `status` and `body` are set.
        timed_out,    ///< Not whole by the deadline. It may have been paid for.
        unreachable,  ///< No connection, no TLS, or a forbidden address: nothing was paid for.
        broken,       ///< The answer ended early or was too long. It may have been paid for.
    };
    Outcome outcome = Outcome::answered;
    int status = 0;
    std::string body;
    std::optional<std::chrono::milliseconds> retry_after;
    std::string why;  ///< For people; "" if answered.
};

/// A resource. Several threads may post at once.
class ModelApi {
  public:
    virtual ~ModelApi() = default;
    /// Returns by `deadline` at the latest, a little more for the thread to be woken.
    virtual ModelResponse post(const ModelRequest& request, std::chrono::milliseconds deadline) = 0;
};

}  // namespace plimsoll::evaluate
