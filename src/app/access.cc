#include "app/access.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "base/sha256.h"

namespace plimsoll::app {

namespace {

template <std::size_t size>
std::string hex(const std::array<unsigned char, size>& bytes) {
    std::string text;
    for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

template <std::size_t size>
std::string random_hex() {
    std::array<unsigned char, size> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1)
        throw std::runtime_error("the operating system gave no random bytes");
    return hex(bytes);
}

bool covers(record::KeyRole has, record::KeyRole needed) {
    using record::KeyRole;
    return has == needed || has == KeyRole::admin ||
           (has == KeyRole::label && needed == KeyRole::read);
}

}  // namespace

NewKey make_key(record::KeyRole role, std::string note, UnixNanos now) {
    const std::string id = random_hex<4>();
    std::string secret = fmt::format("plimsoll_{}_{}", id, random_hex<32>());
    return {.key = {.id = id, .secret_hash = sha256_hex(secret), .role = role,
                    .note = std::move(note), .created = now},
            .secret = std::move(secret)};
}

void Access::refresh() {
    const UnixNanos now = clock_.now();
    if (read_at_ && now >= *read_at_ && now < *read_at_ + nanos_per_second) return;
    // If the state cannot be read now, the keys known before go on counting.
    if (auto keys = state_.keys()) {
        keys_ = std::move(*keys);
        std::erase_if(keys_, &record::Key::revoked);
    }
    read_at_ = now;
}

bool Access::required() {
    const std::scoped_lock lock(mutex_);
    refresh();
    return keys_lost_ || !keys_.empty();
}

bool Access::allows(std::string_view credential, record::KeyRole needed) {
    const std::scoped_lock lock(mutex_);
    refresh();
    if (!keys_lost_ && keys_.empty()) return true;
    if (credential.starts_with("Bearer ")) credential.remove_prefix(7);
    if (credential.empty()) return false;
    const std::string hash = sha256_hex(credential);
    return std::ranges::any_of(keys_, [&](const record::Key& key) {
        return key.secret_hash == hash && covers(key.role, needed);
    });
}

}  // namespace plimsoll::app
