/// replay_bundle.h: a bundle evaluated again: offline, where every bit must come out the same, and
/// live, where it is told which verdicts moved.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyse/calibration/mcnemar.h"
#include "analyse/evidence/evaluate_again.h"

namespace plimsoll::analyse {

struct Replayed {
    Figure figure;
    std::uint64_t checked = 0, judged = 0;  ///< Verdicts computed, and read from replies.
    std::uint64_t differ = 0;               ///< Interactions whose score is another one.
    std::vector<std::string> differences;   ///< For a person: the first ten, and the figure's.
    bool equal() const { return differences.empty(); }
};

/// The Error: the bundle's own configuration does not have the evaluator.
Result<Replayed> replay_bundle(const FindingEvidence& evidence,
                               const evaluate::Scorecard& scorecard);

struct MovedVerdict {
    TraceId trace;
    bool after = false;
    double recorded = 0;
    std::optional<double> live;
};

struct LiveReplay {
    Figure figure;  ///< Of the live scores.
    std::uint64_t asked = 0, unscored = 0;
    std::vector<MovedVerdict> moved;  ///< Pass became fail or back, or graded by .25 or more.
    std::uint64_t to_pass = 0, to_fail = 0;
    Computed<double> p = Undefined{"nothing was asked"};  ///< McNemar: as many one way as back.
};

/// `live(i)`: what the judges say now of line i.
Result<LiveReplay> compare_live(const FindingEvidence& evidence,
                                const std::vector<std::optional<double>>& live);

}  // namespace plimsoll::analyse
