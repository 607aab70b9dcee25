#include "wire/inflate.h"

#include <memory>
#include <vector>

#include <gmock/gmock.h>
#include <libdeflate.h>
#include <zstd.h>

#include "wire/admit.h"

namespace plimsoll::wire {
namespace {

using Outcome = Inflated::Outcome;

constexpr std::size_t mib = 1 << 20;

std::string deflated(std::string_view body, bool gzip) {
    const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
        libdeflate_alloc_compressor(6), libdeflate_free_compressor);
    std::string out(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
    const auto compress = gzip ? libdeflate_gzip_compress : libdeflate_zlib_compress;
    out.resize(compress(compressor.get(), body.data(), body.size(), out.data(), out.size()));
    return out;
}
std::string gzip(std::string_view body) {
    return deflated(body, true);
}
std::string zlib(std::string_view body) {
    return deflated(body, false);
}

/// A frame that says how long its content is, or one that does not, as streams are.
std::string zstd(std::string_view body, bool says_size = true) {
    const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                          ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, says_size);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string out(ZSTD_compressBound(body.size()), '\0');
    out.resize(ZSTD_compress2(context.get(), out.data(), out.size(), body.data(), body.size()));
    return out;
}

std::string text(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) {
        text += "The order " + std::to_string(i * 7919) + " was shipped on day " +
                std::to_string(i) + ". ";
    }
    text.resize(size);
    return text;
}

struct Format {
    Compression compression;
    std::string (*compress)(std::string_view);
};
const Format formats[] = {
    {Compression::gzip, gzip},
    {Compression::deflate, zlib},
    {Compression::zstd, [](std::string_view body) { return zstd(body); }},
    {Compression::zstd, [](std::string_view body) { return zstd(body, false); }},
};

TEST(Inflate, gives_back_what_was_compressed) {
    for (const Format& format : formats) {
        for (const std::size_t size : {0, 1, 100, 4096, 4097, 1'000'000}) {
            const std::string body = text(size);
            const Inflated result = inflate(format.compress(body), format.compression, mib);
            EXPECT_EQ(result.outcome, Outcome::ok) << result.why;
            EXPECT_EQ(result.body, body);
        }
    }
    EXPECT_EQ(inflate("as it is", Compression::identity, 8).body, "as it is");
}

TEST(Inflate, holds_the_limit_to_the_byte) {
    const std::string body = text(10'000);
    for (const Format& format : formats) {
        const std::string compressed = format.compress(body);
        EXPECT_EQ(inflate(compressed, format.compression, 10'000).outcome, Outcome::ok);
        EXPECT_EQ(inflate(compressed, format.compression, 9'999).outcome, Outcome::too_large);
        EXPECT_EQ(inflate(compressed, format.compression, 0).outcome, Outcome::too_large);
    }
    EXPECT_EQ(inflate("12345", Compression::identity, 5).outcome, Outcome::ok);
    EXPECT_EQ(inflate("12345", Compression::identity, 4).outcome, Outcome::too_large);
}

TEST(Inflate, reads_members_and_frames_that_follow_each_other) {
    const std::string big = text(500'000);
    EXPECT_EQ(inflate(gzip("a") + gzip("") + gzip(big) + gzip("z"), Compression::gzip, mib).body,
              "a" + big + "z");
    const std::string skippable("\x50\x2a\x4d\x18\x03\0\0\0xyz", 11);
    EXPECT_EQ(inflate(zstd("a") + skippable + zstd(big, false) + zstd("") + zstd("z"),
                      Compression::zstd, mib)
                  .body,
              "a" + big + "z");
}

TEST(Inflate, every_prefix_and_every_flipped_byte_is_damage_or_says_so) {
    const std::string body = text(3000);
    for (const Format& format : formats) {
        const std::string good = format.compress(body);
        for (std::size_t size = 0; size < good.size(); ++size) {
            const Inflated result =
                inflate(std::string_view(good).substr(0, size), format.compression, mib);
            EXPECT_EQ(result.outcome, Outcome::damaged) << size;
            EXPECT_NE(result.why, "");
            EXPECT_EQ(result.body, "");
        }
        for (std::size_t at = 0; at < good.size(); ++at) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0xff);
            const Inflated result = inflate(bad, format.compression, mib);
            // Every format here ends in a checksum: what is not noticed is unused header bytes.
            EXPECT_TRUE(result.outcome != Outcome::ok || result.body == body) << at;
        }
        EXPECT_EQ(inflate(good + "garbage", format.compression, mib).outcome, Outcome::damaged);
        EXPECT_EQ(inflate("garbage", format.compression, mib).outcome, Outcome::damaged);
    }
}

TEST(Inflate, A01_a_gibibyte_of_zeros_costs_no_more_than_the_limit) {
    const std::string zeros(64 * mib, '\0');
    const std::string part_gzip = gzip(zeros);
    const std::string part_zstd = zstd(zeros);
    std::string gzip_bomb, zstd_bomb;
    for (int i = 0; i < 16; ++i) {
        gzip_bomb += part_gzip;
        zstd_bomb += part_zstd;
    }
    // One member or frame that holds it all is refused too.
    for (const std::string& bomb : {gzip_bomb, part_gzip}) {
        EXPECT_EQ(inflate(bomb, Compression::gzip, 4 * mib).outcome, Outcome::too_large);
    }
    for (const std::string& bomb : {zstd_bomb, part_zstd, zstd(zeros, false)}) {
        EXPECT_EQ(inflate(bomb, Compression::zstd, 4 * mib).outcome, Outcome::too_large);
    }
    EXPECT_EQ(inflate(zlib(zeros), Compression::deflate, 4 * mib).outcome, Outcome::too_large);
}

TEST(Inflate, A01_a_bomb_within_a_bomb_is_opened_once) {
    const std::string inner = gzip(std::string(64 * mib, '\0'));
    const Inflated result = inflate(gzip(inner), Compression::gzip, 4 * mib);
    EXPECT_EQ(result.body, inner);
    EXPECT_FALSE(admit(result.body, Encoding::protobuf, {}).decodable);
}

TEST(Inflate, A01_ten_thousand_tiny_members_are_read_and_more_are_refused) {
    const std::string member = gzip("x");
    const std::string frame = zstd("x");
    std::string gzip_members, zstd_frames;
    for (int i = 0; i < 10'000; ++i) {
        gzip_members += member;
        zstd_frames += frame;
    }
    EXPECT_EQ(inflate(gzip_members, Compression::gzip, mib).body, std::string(10'000, 'x'));
    EXPECT_EQ(inflate(zstd_frames, Compression::zstd, mib).body, std::string(10'000, 'x'));
    EXPECT_EQ(inflate(gzip_members + gzip(""), Compression::gzip, mib).outcome, Outcome::damaged);
    EXPECT_EQ(inflate(zstd_frames + zstd(""), Compression::zstd, mib).outcome, Outcome::damaged);
}

TEST(Inflate, A01_claimed_sizes_are_not_believed) {
    // gzip: the last four bytes claim 4 GiB, then nothing.
    std::string gzip_lie = gzip("small");
    for (const char claim : {'\xff', '\0'}) {
        std::fill(gzip_lie.end() - 4, gzip_lie.end(), claim);
        EXPECT_EQ(inflate(gzip_lie, Compression::gzip, 64 * mib).outcome, Outcome::damaged);
    }
    // A member whose size is a lie, but whose stream ends in one that tells the truth.
    EXPECT_EQ(inflate(gzip(text(100'000)) + gzip("z"), Compression::gzip, mib).body,
              text(100'000) + "z");
    // zstd: a header that claims 2^62 bytes (frame descriptor 0xE0: eight bytes of size), then one
    // empty last block.
    const std::string zstd_lie("\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\0\0\x40\x01\0\0", 16);
    EXPECT_NE(inflate(zstd_lie, Compression::zstd, 64 * mib).outcome, Outcome::ok);
    // A window of 2 GiB is not allotted.
    const std::string wide("\x28\xb5\x2f\xfd\x00\xa8\x01\0\0", 9);
    EXPECT_EQ(inflate(wide, Compression::zstd, 64 * mib).outcome, Outcome::damaged);
}

TEST(Inflate, names_of_compressions) {
    EXPECT_EQ(compression_named(""), Compression::identity);
    EXPECT_EQ(compression_named("GZip"), Compression::gzip);
    EXPECT_EQ(compression_named("zstd"), Compression::zstd);
    EXPECT_EQ(compression_named("deflate"), Compression::deflate);
    EXPECT_EQ(compression_named("br"), std::nullopt);
    EXPECT_EQ(compression_named("gzip, gzip"), std::nullopt);
}

}  // namespace
}  // namespace plimsoll::wire
