#include "record/row_cache.h"

namespace plimsoll::record {

void RowCache::put(JournalRow row) {
    if (!rows_.contains(row.seq)) keep(std::make_shared<const JournalRow>(std::move(row)), false);
}

Result<std::shared_ptr<const JournalRow>> RowCache::get(std::uint64_t seq) {
    if (const auto found = rows_.find(seq); found != rows_.end()) {
        Kept& kept = found->second;
        if (!kept.used) used_.push_back(seq);
        kept.used = true;
        return kept.row;
    }
    auto read = journal_.row(seq);
    if (!read) return read.error();
    if (!read->has_value()) return Row{};
    const Row row = std::make_shared<const JournalRow>(std::move(**read));
    keep(row, true);
    return row;
}

void RowCache::keep(Row row, bool used) {
    if (!make_room(row->otlp.size())) return;
    bytes_ += row->otlp.size();
    const std::uint64_t seq = row->seq;
    if (used) used_.push_back(seq);
    rows_.emplace(seq, Kept{std::move(row), used});
}

bool RowCache::make_room(std::size_t bytes) {
    while (bytes_ + bytes > bytes_max_ && !used_.empty()) {
        const auto oldest = rows_.find(used_.front());
        used_.pop_front();
        bytes_ -= oldest->second.row->otlp.size();
        rows_.erase(oldest);
    }
    return bytes_ + bytes <= bytes_max_;
}

}  // namespace plimsoll::record
