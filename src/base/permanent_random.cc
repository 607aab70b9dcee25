#include "base/permanent_random.h"

namespace plimsoll {

std::uint64_t fnv1a64(std::string_view bytes, std::uint64_t state) {
    for (const char byte : bytes) {
        state = (state ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    }
    return state;
}

std::uint64_t splitmix64(std::uint64_t z) {
    z += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

std::uint64_t permanent_bits(std::string_view salt, std::string_view id) {
    return splitmix64(fnv1a64(id, fnv1a64("\x1f", fnv1a64(salt))));
}

double permanent_random(std::string_view salt, std::string_view id) {
    return static_cast<double>(permanent_bits(salt, id) >> 11) * 0x1p-53;
}

}  // namespace plimsoll
