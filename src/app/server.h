/// server.h: everything one Plimsoll server holds, wired together.
///
///   doors ─▶ Intake ─▶ journal ◀─ FollowThread ─▶ facts ◀─ Api ◀─ PageServer
///                                                state ◀─ Access ◀─ all doors
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/configuration/configuration.h"
#include "base/result.h"
#include "base/time.h"

namespace plimsoll::app {

struct ServerOptions {
    std::string data;
    std::string grpc, http, page;    ///< Override the configuration's addresses if not "".
    std::string configuration_file;  ///< For people; "" for the built-in one.
};

class Server {
  public:
    /// Opens the data directory and all doors. The Error says what could not be opened and what to
    /// do. `configuration` and `clock` must outlive the server.
    static Result<std::unique_ptr<Server>> start(const Configuration& configuration,
                                                 const Clock& clock, const ServerOptions& options);
    ~Server();

    /// Addresses bound, "127.0.0.1:4317".
    const std::string& grpc() const;
    const std::string& http() const;
    const std::string& page() const;

    /// What was set aside or damaged, for a person.
    const std::vector<std::string>& notices() const;

    /// How many the facts hold.
    std::uint64_t interactions() const;

    /// Share of the journal that is in the facts, 1 once the start has caught up.
    double caught_up() const;

    /// Refuses new requests, answers those under way, stops following. May be called twice.
    void stop();

  private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// What the limits add up to, a line each: the most memory this configuration can take.
struct MemoryLine {
    std::string_view what;
    std::uint64_t bytes = 0;
};
std::vector<MemoryLine> memory_bound(const Configuration& configuration);

}  // namespace plimsoll::app
