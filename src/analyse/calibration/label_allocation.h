/// label_allocation.h: which judged items people should label.
///
/// 80 labels chosen by verdict are worth about 200 chosen at random. Source:
/// docs/statistics/3-correction.md.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace plimsoll::analyse {

struct LabelCell {
    double share = 0;             ///< W_j of the traffic.
    std::uint64_t available = 0;  ///< Judged items that could be labelled.
    double pass_rate = 0.5;       ///< q_j so far: (passes + 1) / (labels + 2).
};

/// Labels by cell: proportional to W_j sqrt(q_j (1 - q_j)), at least 10 each where there are so
/// many items, adding up to `labels` or all there are.
std::vector<std::uint64_t> allocate_labels(std::span<const LabelCell> cells, std::uint64_t labels);

/// While nothing is known of q: a third of the labels for what the judge fails, where it has them.
struct LabelsByVerdict {
    std::uint64_t fail = 0;
    std::uint64_t pass = 0;
};
LabelsByVerdict first_labels(std::uint64_t judge_fails, std::uint64_t judge_passes,
                             std::uint64_t labels);

/// pi2 of each judged item for about `labels` labels: half evenly, half proportional to
/// sqrt(g (1 - g)), with g the probability that the judge is right on it.
std::vector<double> label_inclusion(std::span<const double> judge_right, double labels);

}  // namespace plimsoll::analyse
