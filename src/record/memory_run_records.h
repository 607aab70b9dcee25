/// memory_run_records.h: the evidence trail in memory, for tests of what writes into it.
#pragma once

#include <mutex>
#include <vector>

#include "record/record_chain.h"

namespace plimsoll::record {

class MemoryRunRecords : public RunRecords {
  public:
    Result<RunRecord> append(RunRecord record) override {
        const std::scoped_lock lock(mutex_);
        if (record.configuration.empty())
            for (const RunRecord& link : links_)
                if (link.kind == "configuration") record.configuration = link.configuration;
        forge_link(record, links_.empty() ? nullptr : &links_.back());
        links_.push_back(record);
        return record;
    }
    Result<std::vector<RunRecord>> newest_first(const RecordQuery& query) override {
        const std::scoped_lock lock(mutex_);
        std::vector<RunRecord> found;
        for (auto link = links_.rbegin(); link != links_.rend(); ++link)
            if (found.size() < query.limit && link->seq < query.before &&
                (query.kind.empty() || query.kind == link->kind) &&
                (query.subject.empty() || query.subject == link->subject))
                found.push_back(*link);
        return found;
    }
    Result<Done> for_each(std::uint64_t seq,
                          const std::function<void(const RunRecord&)>& visit) override {
        const std::scoped_lock lock(mutex_);
        for (const RunRecord& link : links_)
            if (link.seq >= seq) visit(link);
        return Done{};
    }

    std::vector<RunRecord> links_;  ///< For tests that spoil it.

  private:
    std::mutex mutex_;
};

}  // namespace plimsoll::record
