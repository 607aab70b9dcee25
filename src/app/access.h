/// access.h: who may do what, by API key.
///
/// As long as no key exists, loopback is open and nothing else is. From the first key on, every door
/// asks for one. A key is shown once, when it is made; the state holds its SHA-256. If a damaged
/// state was set aside, keys may have been lost with it: the doors stay shut until one is made anew.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "record/state.h"

namespace plimsoll::app {

struct NewKey {
    record::Key key;
    std::string secret;  ///< "plimsoll_<id>_<64 hex digits>"; not stored anywhere.
};

/// Random from the operating system.
NewKey make_key(record::KeyRole role, std::string note, UnixNanos now);

class Access {
  public:
    /// `keys_lost`: a damaged state was set aside.
    Access(record::State& state, const Clock& clock, bool keys_lost)
        : state_(state), clock_(clock), keys_lost_(keys_lost) {}

    /// Whether requests must carry a key. Any thread.
    bool required();

    /// Whether `credential` ("Bearer <key>", or the key alone) may do what `needed` may. True for
    /// everything while no key is required. Keys made or revoked by another process count within a
    /// second. Any thread.
    bool allows(std::string_view credential, record::KeyRole needed);

  private:
    void refresh();  ///< Call with mutex_ held.

    record::State& state_;
    const Clock& clock_;
    const bool keys_lost_;
    std::mutex mutex_;
    std::vector<record::Key> keys_;
    std::optional<UnixNanos> read_at_;
};

}  // namespace plimsoll::app
