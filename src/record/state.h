/// state.h: what people and the server decided, and must not be lost: keys, configuration versions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

/// label reads, and says what is good; admin may do all.
enum class KeyRole : std::uint8_t { ingest, read, label, admin };
std::string_view to_word(KeyRole role);
std::optional<KeyRole> key_role_named(std::string_view word);

/// An API key. Only the SHA-256 of its secret is stored.
struct Key {
    std::string id;           ///< Public part, shown in lists.
    std::string secret_hash;  ///< Hex.
    KeyRole role = KeyRole::ingest;
    std::string note;
    UnixNanos created = 0;
    bool revoked = false;
};

struct ConfigurationVersion {
    std::string version;  ///< Content hash of the effective configuration.
    std::string text;
    UnixNanos first_used = 0;
};

class State {
  public:
    virtual ~State() = default;
    virtual Result<Done> add_key(const Key& key) = 0;
    virtual Result<std::vector<Key>> keys() = 0;
    virtual Result<Done> revoke_key(const std::string& id) = 0;
    virtual Result<Done> remember_configuration(const ConfigurationVersion& configuration) = 0;
    virtual Result<std::vector<ConfigurationVersion>> configurations() = 0;
};

}  // namespace plimsoll::record
