#include "store/packed_bytes.h"

#include <fmt/format.h>
#include <zstd.h>

#include <memory>

namespace plimsoll::store {

std::string pack_bytes(std::string_view bytes) {
    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };
    thread_local const std::unique_ptr<ZSTD_CCtx, Free> context = [] {
        std::unique_ptr<ZSTD_CCtx, Free> made(ZSTD_createCCtx());
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, 1);
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
        return made;
    }();
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
    // Only a lack of memory can make it fail; what was not kept must not look kept.
    packed.resize(ZSTD_isError(size) ? 0 : size);
    return packed;
}

Result<std::string> unpack_bytes(std::string_view packed, std::size_t bytes_max) {
    const auto length = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (length == ZSTD_CONTENTSIZE_ERROR || length == ZSTD_CONTENTSIZE_UNKNOWN ||
        length > bytes_max)
        return Error{"kept bytes are damaged: no frame of a plausible length"};
    std::string bytes(length, '\0');
    const std::size_t size =
        ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
    if (ZSTD_isError(size))
        return Error{fmt::format("kept bytes are damaged: {}", ZSTD_getErrorName(size))};
    if (size != length) return Error{"kept bytes are damaged: another length"};
    return bytes;
}

}  // namespace plimsoll::store
