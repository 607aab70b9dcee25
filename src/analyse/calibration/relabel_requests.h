/// relabel_requests.h: whom to ask about what, after a judge was suspended.
///
///   what it scored since then ──even draw, known probability──▶ asked of people, 200 at most
///
/// The rate follows from how much it scored in the two days before: 200 labels in about two days,
/// so that the 40 that may decide come in half a day. It is fixed once, with the first request.
/// docs/statistics/6-judge-drift.md
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/relabelling.h"
#include "record/judge_ledger.h"
#include "record/labels.h"

namespace plimsoll::analyse {

inline constexpr UnixNanos relabel_within = 2 * 86'400 * nanos_per_second;

/// Further requests. `scored`: what the judge scored, newest first; `asked`: all requests of the
/// dimension so far. `since`: nothing that arrived earlier is asked about.
std::vector<record::LabelRequest> relabel_requests(const std::string& dimension,
                                                   std::span<const record::KnownJudgement> scored,
                                                   std::span<const record::LabelRequest> asked,
                                                   UnixNanos since, UnixNanos now,
                                                   const RelabellingRules& rules = {});

}  // namespace plimsoll::analyse
