#include "store/journal_row.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/hash.h"

namespace plimsoll::store {

std::uint64_t PackedRow::checksum_due() const {
    const std::array<std::uint64_t, 5> numbers{seq, static_cast<std::uint64_t>(received),
                                               span_count, raw_bytes, raw_total};
    const std::string_view beside(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
    return hash64(body, hash64(beside));
}

struct RowPacker::Context {
    ZSTD_CCtx* zstd = ZSTD_createCCtx();
    std::vector<char> room;  ///< Where frames are made, before their length is known.
    ~Context() { ZSTD_freeCCtx(zstd); }
};

RowPacker::RowPacker(int level) : context_(std::make_unique<Context>()) {
    ZSTD_CCtx_setParameter(context_->zstd, ZSTD_c_compressionLevel, level);
}

RowPacker::~RowPacker() = default;

Result<Done> RowPacker::compress(std::string_view otlp, PackedRow& row) {
    row.raw_bytes = otlp.size();
    std::vector<char>& room = context_->room;
    room.resize(std::max(room.size(), ZSTD_compressBound(otlp.size())));
    const std::size_t size =
        ZSTD_compress2(context_->zstd, room.data(), room.size(), otlp.data(), otlp.size());
    if (ZSTD_isError(size))
        return Error{fmt::format("compress a journal row: {}", ZSTD_getErrorName(size))};
    row.body.assign(room.data(), size);
    constexpr std::size_t room_bytes_max = 8u << 20;
    if (room.size() > room_bytes_max) room = {};
    return Done{};
}

Result<std::string> unpack(const PackedRow& row) {
    if (!row.intact()) return Error{fmt::format("row {}: checksum differs", row.seq)};
    // The checksum held, so raw_bytes is what we wrote: it cannot ask for absurd memory.
    std::string otlp(row.raw_bytes, '\0');
    const std::size_t size =
        ZSTD_decompress(otlp.data(), otlp.size(), row.body.data(), row.body.size());
    if (ZSTD_isError(size))
        return Error{fmt::format("row {}: {}", row.seq, ZSTD_getErrorName(size))};
    if (size != row.raw_bytes) return Error{fmt::format("row {}: length differs", row.seq)};
    return otlp;
}

}  // namespace plimsoll::store
