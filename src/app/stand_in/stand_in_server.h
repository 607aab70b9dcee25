/// stand_in_server.h: the stand-in for a model's API, listening on loopback. For tests and the
/// demo.
///
///   POST …/chat/completions   as OpenAI answers          GET  /stand-in/counts   what happened so
///   far POST …/messages           as Anthropic answers       POST /stand-in/point    {"model",
///   "version"}
///
/// What it says depends on seed, version and content; which requests fail depends on the seed and
/// on the order in which they come. Answers that are due later wait in one thread, so thousands
/// may.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/stand_in/stand_in_options.h"
#include "base/result.h"

namespace plimsoll::app {

struct StandInCounts {
    std::uint64_t requests = 0;
    std::uint64_t answered = 0;        ///< With a verdict: these a provider would charge.
    std::uint64_t answered_again = 0;  ///< Of them: for a content and version answered before.
    std::uint64_t repeated = 0;  ///< Answered from the record of Idempotency-Keys: not charged.
    std::uint64_t limited = 0, failed = 0, hung = 0, malformed = 0, hostile = 0, refused = 0,
                  cut = 0;
    std::uint64_t rejected = 0;      ///< 400, 401, 404.
    std::uint64_t input_tokens = 0;  ///< Of answered ones.
};

class StandInServer {
  public:
    /// Listens when it returns.
    static Result<std::unique_ptr<StandInServer>> start(const StandInOptions& options);
    ~StandInServer();

    std::uint16_t port() const;
    std::string url() const;  ///< "http://127.0.0.1:4711"; both protocols add /v1 and more to it.
    StandInCounts counts() const;
    /// From now on `version` stands behind `model`, unnoticed. False if there is none such.
    bool point(const std::string& model, const std::string& version);

    /// What hangs or is due later is dropped.
    void stop();

  private:
    struct Impl;
    explicit StandInServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::app
