/// sha256.h: the one hash that stands against people: digests of bundles, links of the evidence
/// trail, secrets of keys. For everything else hash.h is a hundred times faster. OpenSSL stays
/// behind sha256.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plimsoll {

/// 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA256 (RFC 2104): 64 lower-case hex digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

/// sha256_hex() of what comes in pieces.
class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void add(std::string_view bytes);
    /// "<length>:<bytes>,": two lists of fields never have the same bytes.
    void add_field(std::string_view bytes);
    /// Of all that was added. Nothing may be added after.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plimsoll
