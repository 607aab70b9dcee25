/// A compressed body. First byte chooses the compression.
#include "fuzz.h"
#include "wire/inflate.h"

using namespace plimsoll::wire;

void fuzz_one(std::string_view bytes) {
    constexpr std::size_t bytes_max = 256u << 10;
    constexpr Compression all[] = {Compression::identity, Compression::gzip, Compression::zstd,
                                   Compression::deflate};
    const Inflated inflated = inflate(bytes, all[take_choice(bytes) % 4], bytes_max);
    promise(inflated.body.size() <= bytes_max, "no more comes out than was allowed");
    promise(inflated.why.empty() == (inflated.outcome == Inflated::Outcome::ok),
            "damage has a reason");
}
