/// run_record.h: the evidence trail: each run of an analysis, each alert and each decision as one
/// link of a chain. Whoever changes or removes a link breaks every later hash (record_chain.h).
///
/// A record holds names, versions, numbers and digests, and no content of interactions: what was
/// erased on request must not live on in a trail that cannot be changed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

struct RunRecord {
    std::uint64_t seq = 0;  ///< From 1, without holes; append() gives it.
    UnixNanos time = 0;
    std::string kind;     ///< watch, trust, alert, decision, gate, replay, erasure …
    std::string subject;  ///< Dimension, alert id, evaluator: what it is about.
    std::string
        tuple;  ///< JSON object: model, prompt, judge, dataset, rubric and context versions.
    UnixNanos from = 0, to = 0;  ///< The window that was looked at.
    std::string inputs;          ///< SHA-256 of what was read, hex; "" if nothing was.
    /// Content version. append() fills in for "" the one in force: that of the last record of the
    /// kind `configuration`.
    std::string configuration;
    std::string methods;         ///< JSON object: method → version.
    std::string result;          ///< JSON object.
    std::string previous, hash;  ///< SHA-256, hex; append() gives them. The first has no previous.
    bool operator==(const RunRecord&) const = default;
};

/// Which ones: seq < before, and of this kind and subject unless "".
struct RecordQuery {
    std::uint64_t before = std::uint64_t{1} << 62;
    std::string kind, subject;
    std::size_t limit = 50;
};

class RunRecords {
  public:
    virtual ~RunRecords() = default;
    /// Durable when it returns; the record as it stands in the chain. Any thread.
    virtual Result<RunRecord> append(RunRecord record) = 0;
    virtual Result<std::vector<RunRecord>> newest_first(const RecordQuery& query) = 0;
    /// Oldest first, from `seq` on. `visit` must not call back.
    virtual Result<Done> for_each(std::uint64_t seq,
                                  const std::function<void(const RunRecord&)>& visit) = 0;
};

}  // namespace plimsoll::record
