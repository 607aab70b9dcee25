/// paired_sample.h: candidate minus baseline, example by example.
///
///   rows of both sides ──pair_scores──▶ one PairedSample a dimension
///
/// An example that one side lacks is a missing output: its score there is 0. A row without a score
/// is a judge that could not say: the example is left out on both sides and counted. Several runs
/// of an example become their mean. docs/statistics/10-gate.md
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace plimsoll::analyse {

struct GateRow {
    std::string item;
    std::optional<double> score;  ///< In [0, 1]; nullopt: unscored.
    std::string dimension;        ///< "" if there is only one.
    std::string cluster;          ///< What examples have in common (document, conversation), or "".
    double weight = 1;
    std::string run;    ///< Tells repetitions of one example apart.
    std::string place;  ///< "file:line", for complaints.
};

struct PairedDifference {
    std::string item;
    double value = 0;  ///< Candidate - baseline, in [-1, 1].
    double weight = 1;
    std::string cluster = {};
};

/// Variances of a difference: between examples, and between runs of one.
struct RunNoise {
    double between = 0;
    double within = 0;  ///< Of single runs.
};

struct PairedSample {
    std::string dimension;
    std::vector<PairedDifference> differences;  ///< In the order of their items.
    std::uint64_t excluded = 0;                 ///< Examples that no judge could score.
    std::uint64_t missing_baseline = 0, missing_candidate = 0;
    std::optional<RunNoise> noise;  ///< If examples ran twice on both sides.

    double excluded_share() const;
    bool binary() const;     ///< Every difference is -1, 0 or 1.
    bool weighted() const;   ///< Weights differ.
    bool clustered() const;  ///< Any example has a cluster.
};

/// One a dimension, in the order of their names. The error names row and mend: a score outside
/// [0, 1], a weight of 0, the same run of an example twice, a dimension that one side lacks whole.
Result<std::vector<PairedSample>> pair_scores(std::span<const GateRow> baseline,
                                              std::span<const GateRow> candidate);

}  // namespace plimsoll::analyse
