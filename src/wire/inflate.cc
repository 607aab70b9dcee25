#include "wire/inflate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <fmt/format.h>
#include <libdeflate.h>
#include <zstd.h>

namespace plimsoll::wire {
namespace {

/// More members or frames than anyone needs: each costs a little time, however small it is (A01).
constexpr std::size_t parts_max = 10'000;

/// The first guess at what comes out, when nothing is known: chat texts shrink to a quarter.
constexpr std::size_t usual_ratio = 4;
constexpr std::size_t guess_min = 4096;

/// Deflate cannot do better than this, so a header that claims more is lying.
constexpr std::size_t deflate_ratio_max = 1032;

/// A zstd block of three bytes and one can hold 128 KiB of the same byte.
constexpr std::size_t zstd_block_bytes_max = 128 << 10;
constexpr std::size_t zstd_block_header_bytes = 4;

/// Windows of more than 64 MiB are refused: no body is larger.
constexpr int zstd_window_log_max = 26;

Inflated damaged(std::string why) {
    return {.outcome = Inflated::Outcome::damaged, .why = std::move(why)};
}

Inflated too_large(std::size_t bytes_max) {
    return {.outcome = Inflated::Outcome::too_large,
            .why = fmt::format("more than {} bytes once decompressed", bytes_max)};
}

/// What comes out, in a buffer that doubles up to its limit. The limit is one byte above what is
/// allowed, so that a body just too long shows.
class Output {
  public:
    Output(std::size_t guess, std::size_t bytes_max) : bytes_max_(bytes_max) {
        buffer_.resize(std::clamp<std::size_t>(guess, 1, bytes_max + 1));
    }

    char* data() { return buffer_.data() + used_; }
    std::size_t space() const { return buffer_.size() - used_; }
    void use(std::size_t bytes) { used_ += bytes; }
    bool over_limit() const { return used_ > bytes_max_; }

    /// False if the limit is reached.
    bool grow() {
        if (buffer_.size() > bytes_max_) return false;
        // Without the copy that resize() makes of bytes that no one has written.
        buffer_.resize(used_);
        buffer_.resize(std::min(std::max(buffer_.capacity(), used_) * 2, bytes_max_ + 1));
        return true;
    }

    std::string take() {
        buffer_.resize(used_);
        return std::move(buffer_);
    }

  private:
    const std::size_t bytes_max_;
    std::string buffer_;
    std::size_t used_ = 0;
};

// -- gzip and zlib ------------------------------------------------------------------------------

struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const {
        libdeflate_free_decompressor(decompressor);
    }
};

/// The size that a gzip stream's last member claims: exact if it is the only one and honest.
std::size_t gzip_guess(std::string_view compressed) {
    if (compressed.size() < 18) return guess_min;
    const auto* tail =
        reinterpret_cast<const unsigned char*>(compressed.data()) + compressed.size() - 4;
    const std::size_t claimed =
        tail[0] | tail[1] << 8 | tail[2] << 16 | static_cast<std::size_t>(tail[3]) << 24;
    return std::min(claimed, compressed.size() * deflate_ratio_max);
}

/// gzip has members, one after the other; zlib is one stream. libdeflate wants all of a member's
/// output at once: one that does not fit is begun again in twice the space, which at worst doubles
/// the work.
Inflated inflate_deflate(std::string_view compressed, bool gzip, std::size_t bytes_max) {
    const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
        libdeflate_alloc_decompressor());
    if (!decompressor) return damaged("no memory for the decompressor");
    const auto decompress = gzip ? libdeflate_gzip_decompress_ex : libdeflate_zlib_decompress_ex;

    Output output(gzip ? gzip_guess(compressed) : compressed.size() * usual_ratio, bytes_max);
    std::size_t parts = 0;
    std::size_t at = 0;
    while (parts == 0 || (gzip && at < compressed.size())) {
        std::size_t bytes_in = 0;
        std::size_t bytes_out = 0;
        const auto result =
            decompress(decompressor.get(), compressed.data() + at, compressed.size() - at,
                       output.data(), output.space(), &bytes_in, &bytes_out);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
            if (!output.grow()) return too_large(bytes_max);
            continue;
        }
        if (result != LIBDEFLATE_SUCCESS) {
            return damaged(fmt::format("not {} from byte {} on", gzip ? "gzip" : "zlib", at));
        }
        at += bytes_in;
        output.use(bytes_out);
        if (output.over_limit()) return too_large(bytes_max);
        if (++parts > parts_max) return damaged(fmt::format("more than {} members", parts_max));
    }
    if (at != compressed.size()) return damaged(fmt::format("garbage from byte {} on", at));
    return {.body = output.take()};
}

// -- zstd ---------------------------------------------------------------------------------------

struct FreeContext {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// What the first frame claims, if that is possible at all. A buffer that holds the whole frame
/// spares zstd its window and a copy.
std::size_t zstd_guess(std::string_view compressed) {
    const auto claimed = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
    if (claimed == ZSTD_CONTENTSIZE_UNKNOWN || claimed == ZSTD_CONTENTSIZE_ERROR) {
        return std::max(guess_min, compressed.size() * usual_ratio);
    }
    const std::size_t blocks_max = compressed.size() / zstd_block_header_bytes + 1;
    return std::min<unsigned long long>(claimed, blocks_max * zstd_block_bytes_max);
}

Inflated inflate_zstd(std::string_view compressed, std::size_t bytes_max) {
    const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    if (!context) return damaged("no memory for the decompressor");
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, zstd_window_log_max);

    Output output(zstd_guess(compressed), bytes_max);
    ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
    std::size_t parts = 0;
    bool in_frame = true;  // An empty body holds no frame.
    while (in_frame || in.pos < in.size) {
        ZSTD_outBuffer out{output.data(), output.space(), 0};
        const std::size_t left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left)) {
            return damaged(
                fmt::format("not zstd near byte {}: {}", in.pos, ZSTD_getErrorName(left)));
        }
        output.use(out.pos);
        if (output.over_limit()) return too_large(bytes_max);
        in_frame = left != 0;
        if (!in_frame && ++parts > parts_max) {
            return damaged(fmt::format("more than {} frames", parts_max));
        }
        if (in_frame && output.space() == 0) {
            if (!output.grow()) return too_large(bytes_max);
        } else if (in_frame && in.pos == in.size) {
            return damaged("the zstd frame is cut short");
        }
    }
    return {.body = output.take()};
}

}  // namespace

std::optional<Compression> compression_named(std::string_view name) {
    struct Name {
        std::string_view name;
        Compression compression;
    };
    static constexpr std::array names{
        Name{"", Compression::identity},    Name{"identity", Compression::identity},
        Name{"gzip", Compression::gzip},    Name{"x-gzip", Compression::gzip},
        Name{"zstd", Compression::zstd},    Name{"deflate", Compression::deflate},
        Name{"zlib", Compression::deflate},
    };
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    for (const Name& known : names) {
        if (std::ranges::equal(name, known.name, same)) return known.compression;
    }
    return std::nullopt;
}

Inflated inflate(std::string_view compressed, Compression compression, std::size_t bytes_max) {
    switch (compression) {
        case Compression::identity:
            if (compressed.size() > bytes_max) return too_large(bytes_max);
            return {.body = std::string(compressed)};
        case Compression::gzip:
            return inflate_deflate(compressed, true, bytes_max);
        case Compression::deflate:
            return inflate_deflate(compressed, false, bytes_max);
        case Compression::zstd:
            return inflate_zstd(compressed, bytes_max);
    }
    return damaged("an unknown compression");
}

}  // namespace plimsoll::wire
