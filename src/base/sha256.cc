#include "base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include <fmt/format.h>

namespace plimsoll {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

namespace {

/// Fails without memory, or where the system's OpenSSL has no SHA-256: nothing works then.
void must(int worked) {
    if (worked != 1) throw std::runtime_error("OpenSSL computes no SHA-256");
}

}  // namespace

Sha256::Sha256() : state_(std::make_unique<State>()) {
    must(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr));
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    must(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

void Sha256::add_field(std::string_view bytes) {
    add(std::to_string(bytes.size()));
    add(":");
    add(bytes);
    add(",");
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> digest{};
    must(EVP_DigestFinal_ex(state_->context, digest.data(), nullptr));
    std::string text;
    for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
    return text;
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
    std::array<unsigned char, 32> code{};
    unsigned size = 0;
    must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
              reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), code.data(),
              &size) != nullptr);
    std::string text;
    for (const unsigned char byte : code) text += fmt::format("{:02x}", byte);
    return text;
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 sum;
    sum.add(bytes);
    return sum.hex();
}

}  // namespace plimsoll
