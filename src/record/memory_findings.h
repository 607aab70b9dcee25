/// memory_findings.h: the findings of a process that keeps nothing: tests, and one look at files.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "record/finding.h"

namespace plimsoll::record {

class MemoryFindings final : public Findings {
  public:
    Result<Done> put(const std::vector<Finding>& findings) override {
        const std::lock_guard lock(mutex_);
        for (const Finding& finding : findings) by_id_[finding.id] = finding;
        return Done{};
    }
    Result<std::vector<Finding>> all() override {
        const std::lock_guard lock(mutex_);
        std::vector<Finding> list;
        for (const auto& [id, finding] : by_id_) list.push_back(finding);
        std::ranges::stable_sort(list, std::greater{}, &Finding::since);
        return list;
    }
    Result<std::optional<Finding>> finding(const std::string& id) override {
        const std::lock_guard lock(mutex_);
        const auto at = by_id_.find(id);
        return at == by_id_.end() ? std::optional<Finding>() : std::optional(at->second);
    }

  private:
    std::mutex mutex_;
    std::map<std::string, Finding> by_id_;
};

}  // namespace plimsoll::record
