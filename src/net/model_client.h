/// model_client.h: the way out: one POST to a model's server, within a deadline.
/// What a server may do to us is bounded (outbound.h).
#pragma once

#include <memory>
#include <string>

#include "evaluate/judges/model_api.h"

namespace plimsoll::net {

struct ModelClientOptions {
    std::string key;  ///< "" for none. Goes to the URLs it is used with, and into no text of ours.
    std::size_t reply_bytes_max = 4u << 20;
    std::string ca_file;  ///< PEM; "" for the system's own.
};

class ModelClient : public evaluate::ModelApi {
  public:
    explicit ModelClient(ModelClientOptions options);
    ~ModelClient() override;

    /// Connections stay open for the next request. Any thread; one connection for each at work.
    evaluate::ModelResponse post(const evaluate::ModelRequest& request,
                                 std::chrono::milliseconds deadline) override;

    /// Ends what is under way within a second, as broken, and lets nothing more begin.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::net
