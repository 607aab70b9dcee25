/// row_cache.h: journal rows kept decompressed until they are used, up to a number of bytes.
///
/// The follower reads every row twice: to see which spans came, and when their traces close. What is
/// used goes first, as it will hardly be used again; when all that is kept still waits for its use, a
/// new row is not kept: it would push out one that is due sooner. One thread.
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>

#include "record/journal.h"

namespace plimsoll::record {

class RowCache {
  public:
    RowCache(Journal& journal, std::size_t bytes_max) : journal_(journal), bytes_max_(bytes_max) {}

    /// Keeps the row if there is room.
    void put(JournalRow row);
    /// nullptr if the row is damaged or gone.
    Result<std::shared_ptr<const JournalRow>> get(std::uint64_t seq);

  private:
    using Row = std::shared_ptr<const JournalRow>;

    bool make_room(std::size_t bytes);
    void keep(Row row, bool used);

    Journal& journal_;
    const std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    struct Kept {
        Row row;
        bool used;
    };
    std::unordered_map<std::uint64_t, Kept> rows_;
    std::deque<std::uint64_t> used_;  ///< The used ones, longest ago first.
};

}  // namespace plimsoll::record
