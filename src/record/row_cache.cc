#include "record/row_cache.h"

namespace plimsoll::record {

void RowCache::put(JournalRow row) {
    if (by_seq_.contains(row.seq)) return;
    const std::uint64_t seq = row.seq;
    bytes_ += row.otlp.size();
    newest_first_.push_front(std::make_shared<const JournalRow>(std::move(row)));
    by_seq_[seq] = newest_first_.begin();
    shrink();
}

Result<std::shared_ptr<const JournalRow>> RowCache::get(std::uint64_t seq) {
    if (const auto found = by_seq_.find(seq); found != by_seq_.end()) {
        newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
        return *found->second;
    }
    auto row = journal_.row(seq);
    if (!row) return row.error();
    if (!row->has_value()) return Entry{};
    put(std::move(**row));
    return newest_first_.front();
}

void RowCache::shrink() {
    while (bytes_ > bytes_max_ && newest_first_.size() > 1) {
        bytes_ -= newest_first_.back()->otlp.size();
        by_seq_.erase(newest_first_.back()->seq);
        newest_first_.pop_back();
    }
}

}  // namespace plimsoll::record
