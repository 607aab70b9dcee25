/// judge_comparison.h: what stands behind a judge's name now against what stood there before, on
/// the same items.
///
///   items ─┬─ all ───────▶ how far the mean moved, how many verdicts flipped     (bridge.h)
///          ├─ labelled ──▶ agreement before and after, its change (matthews_change.h) └─ flips
///          that people labelled ──▶ is the new one less accurate?      (mcnemar.h)
///
/// Pure. docs/statistics/6-judge-drift.md
#pragma once

#include <optional>
#include <span>
#include <string>

#include "analyse/calibration/bridge.h"
#include "analyse/calibration/matthews_change.h"
#include "analyse/calibration/mcnemar.h"
#include "base/id.h"

namespace plimsoll::analyse {

/// One item that both have scored.
struct JudgedTwice {
    TraceId item;
    double before = 0, after = 0;  ///< Scores; below .5 fails.
    std::optional<double> people;  ///< Mean of people's labels; nullopt: none.
    /// People were asked because it flipped: it says which of the two is right, and nothing of how
    /// often either is.
    bool asked_as_flip = false;
    std::string cluster;           ///< User, else session, else the item.

    bool flipped() const { return (before < 0.5) != (after < 0.5); }
};

struct JudgeComparison {
    std::uint64_t items = 0, flips = 0, labelled = 0;
    Computed<BridgeShift> shift = Undefined{"nothing was scored twice"};
    Computed<MatthewsChange> agreement = Undefined{"nothing was labelled"};
    Flips labelled_flips;
    Computed<double> mcnemar_p = Undefined{"no flip was labelled"};
};

JudgeComparison compare_judges(std::span<const JudgedTwice> items);

/// In words: "on 200 labelled items agreement 0.61 before, 0.52 now (change -0.09, …)".
std::string to_sentence(const JudgeComparison& comparison);

}  // namespace plimsoll::analyse
