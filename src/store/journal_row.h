/// journal_row.h: one row of the journal as it lies on the disk.
///
///   bodies of one group, concatenated ──pack──▶ zstd frame + checksum ──unpack──▶ the same bytes
///
/// The checksum covers the compressed bytes and every number beside them, so a flipped bit anywhere
/// in a row is found before the row is believed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::store {

struct PackedRow {
    std::uint64_t seq = 0;
    UnixNanos received = 0;
    std::uint64_t span_count = 0;
    std::uint64_t raw_bytes = 0;  ///< Before compression.
    std::uint64_t raw_total = 0;  ///< raw_bytes of this and all earlier rows of the file.
    std::uint64_t checksum = 0;
    std::string body;

    /// What `checksum` must be.
    std::uint64_t checksum_due() const;
    bool intact() const { return checksum == checksum_due(); }
};

/// Compresses rows, one after the other. Keeps its work space (9 MB at most) between rows.
class RowPacker {
  public:
    explicit RowPacker(int level);
    ~RowPacker();
    /// Fills row.body and row.raw_bytes.
    Result<Done> compress(std::string_view otlp, PackedRow& row);

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

/// The body of an intact row. The Error says what is wrong with it.
Result<std::string> unpack(const PackedRow& row);

}  // namespace plimsoll::store
