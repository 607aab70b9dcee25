#include "base/counter_random.h"

namespace plimsoll {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

std::uint32_t CounterRandom::word() {
    if (used_ == 4) {
        words_ = philox4x32(
            {static_cast<std::uint32_t>(block_), static_cast<std::uint32_t>(block_ >> 32),
             static_cast<std::uint32_t>(stream_), static_cast<std::uint32_t>(stream_ >> 32)},
            {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)});
        ++block_;
        used_ = 0;
    }
    return words_[used_++];
}

std::uint64_t CounterRandom::bits() {
    const std::uint64_t low = word();
    return low | std::uint64_t{word()} << 32;
}

std::uint32_t CounterRandom::below(std::uint32_t n) {
    // Lemire, Fast random integer generation in an interval, 2019.
    std::uint64_t product = std::uint64_t{word()} * n;
    if (static_cast<std::uint32_t>(product) < n) {
        const std::uint32_t unfair = (0u - n) % n;
        while (static_cast<std::uint32_t>(product) < unfair) product = std::uint64_t{word()} * n;
    }
    return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace plimsoll
