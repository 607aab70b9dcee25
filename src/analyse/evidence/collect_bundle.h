/// collect_bundle.h: the stores of a deployment give the proof of a finding.
///
///   finding ─▶ scores of its dimension, evaluator, service and slice, before and after
///           ─▶ of each side those with the lowest permanent random numbers, at most so many
///           ─▶ their redacted bytes from the journal, judges' replies from the ledger
///
/// Of a side that is cut, each stays with a known probability (`drawn`): that of having a number
/// below the first one that was left out.
#pragma once

#include <cstddef>

#include "analyse/evidence/evidence.h"
#include "record/facts.h"
#include "record/journal.h"
#include "record/judge_ledger.h"
#include "record/run_record.h"

namespace plimsoll::analyse {

struct BundleSources {
    record::Facts& facts;
    record::Journal& journal;
    record::JudgeLedger* ledger = nullptr;  ///< nullptr: no judges.
    record::RunRecords* records = nullptr;  ///< nullptr: no trail.
    const evaluate::Scorecard& scorecard;
    std::string configuration;  ///< Text for configuration.yaml.
    BundleFiles named_files;    ///< Path as the configuration names it → content.
    std::string made_by;        ///< "plimsoll 0.1.0"
};

struct BundleOptions {
    std::size_t most = 1'000;                           ///< Interactions of a side.
    UnixNanos before = 28 * 86'400 * nanos_per_second;  ///< How far back the time before goes.
    UnixNanos after = 28 * 86'400 * nanos_per_second;   ///< The time after, of what has not ended.
};

/// The sealed files. The Error says why there is no bundle of this finding: it rests on no scores,
/// or what evaluated them is not configured any more.
Result<BundleFiles> collect_bundle(const record::Finding& finding, const BundleSources& sources,
                                   const BundleOptions& options = {});

}  // namespace plimsoll::analyse
