/// watch_book.h: the watch over stores: looks when an hour of traffic is over, and remembers what
/// it said.
///
///   Facts, SessionHours ──watch()──▶ keep_names ──▶ Findings (what lasts)
///                                               └─▶ WatchReport (what pages show)
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "analyse/watch/digested_hours.h"
#include "analyse/watch/watch.h"
#include "base/time.h"
#include "record/facts.h"
#include "record/trust_log.h"
#include "record/run_record.h"

namespace plimsoll::analyse {

/// Gives findings that were said before the ids and the time of their first saying, where late
/// scores moved the hour of the alarm; leaves those that `fresh` does not have to `fresh`, ended at
/// `end`: the evidence for them is gone. `said` in any order.
void keep_names(const std::vector<record::Finding>& said, std::vector<record::Finding>& fresh,
                UnixNanos end);

class WatchBook {
  public:
    /// All must outlive it. `accepted`: baselines that people accepted by now; may be empty.
    /// `trust`: what evaluators were trusted; nullptr: nobody says.
    WatchBook(record::Facts& facts, record::SessionHours& hours, record::Findings& findings,
              const Clock& clock, WatchOptions options,
              std::function<Result<std::vector<AcceptedBaseline>>()> accepted = nullptr,
              record::TrustLog* trust = nullptr);

    /// From now on every look is a link of the evidence trail, and findings name the one that said
    /// them last. Before the first look.
    void keep_records(record::RunRecords& records) { records_ = &records; }

    /// Looks at everything up to the last whole hour of traffic, and puts what it found.
    Result<std::shared_ptr<const WatchReport>> look();
    /// The same if an hour has gone by since the last look; else what was said then.
    Result<std::shared_ptr<const WatchReport>> look_if_due();
    /// The last look, or a first one.
    Result<std::shared_ptr<const WatchReport>> latest();

    record::Findings& findings() { return findings_; }
    record::SessionHours& hours() { return hours_; }

  private:
    Result<UnixNanos> end_of_traffic();
    Result<std::shared_ptr<const WatchReport>> look_locked(UnixNanos end);
    Result<Done> record_look(WatchReport& report, DigestedHours& read);

    record::Facts& facts_;
    record::SessionHours& hours_;
    record::Findings& findings_;
    const Clock& clock_;
    record::RunRecords* records_ = nullptr;
    WatchOptions options_;
    std::function<Result<std::vector<AcceptedBaseline>>()> accepted_;
    record::TrustLog* trust_;
    std::mutex looking_;       ///< One look at a time.
    std::mutex latest_mutex_;  ///< Of latest_, held briefly.
    std::shared_ptr<const WatchReport> latest_;
};

}  // namespace plimsoll::analyse
