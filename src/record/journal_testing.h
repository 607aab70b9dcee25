/// journal_testing.h: what tests of a Journal need: a clock to set, an append that waits, all rows.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>
#include <vector>

#include "record/journal.h"

namespace plimsoll::record {

class TestClock final : public Clock {
  public:
    explicit TestClock(UnixNanos now) : now_(now) {}
    UnixNanos now() const override { return now_; }
    void set(UnixNanos now) { now_ = now; }

  private:
    std::atomic<UnixNanos> now_;
};

/// Appends and waits for the answer.
inline Result<std::uint64_t> append_and_wait(Journal& journal, std::string body,
                                             std::size_t span_count = 1) {
    std::promise<Result<std::uint64_t>> answer;
    journal.append(std::move(body), span_count,
                   [&](Result<std::uint64_t> result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
}

/// Every row of it, read in small helpings.
inline std::vector<JournalRow> all_rows(Journal& journal, std::size_t bytes_max = 1) {
    std::vector<JournalRow> rows;
    for (;;) {
        auto some = journal.read(rows.empty() ? 0 : rows.back().seq, bytes_max);
        if (!some) {
            ADD_FAILURE() << some.error().what;
            return rows;
        }
        if (some->empty()) return rows;
        for (JournalRow& row : *some) rows.push_back(std::move(row));
    }
}

}  // namespace plimsoll::record
