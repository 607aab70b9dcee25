/// row_cache.h: the journal rows read last, decompressed, up to a number of bytes. One thread.
#pragma once

#include <list>
#include <memory>
#include <unordered_map>

#include "record/journal.h"

namespace plimsoll::record {

class RowCache {
  public:
    RowCache(Journal& journal, std::size_t bytes_max) : journal_(journal), bytes_max_(bytes_max) {}

    void put(JournalRow row);
    /// nullptr if the row is damaged or gone.
    Result<std::shared_ptr<const JournalRow>> get(std::uint64_t seq);

  private:
    void shrink();

    using Entry = std::shared_ptr<const JournalRow>;
    Journal& journal_;
    const std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::list<Entry> newest_first_;
    std::unordered_map<std::uint64_t, std::list<Entry>::iterator> by_seq_;
};

}  // namespace plimsoll::record
