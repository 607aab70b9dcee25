/// also_affected.h: which slices an incident concerns besides the one that paged.
///
/// Every slice has a detector M (an e-process that restarts for ever: Shiryaev-Roberts). The page
/// goes out on the union bound; this list then stands in the incident. The procedure is e-d-BH
/// (Dandapanthula and Ramdas, arXiv 2501.04130): expected share of false findings divided by time
/// waited is at most 1 / patience, under any dependence. Source: docs/statistics/5-slices.md.
#pragma once

#include <span>
#include <vector>

namespace plimsoll::analyse {

/// The k* largest, k* = max{k : M_(k) >= K patience / k}. `patience` >= 1 in the detectors'
/// updates.
std::vector<bool> also_affected(std::span<const double> detectors, double patience);

/// The threshold of a slice that sees the share `share` (0, 1] of the updates, on its own clock:
/// patience K share. Every slice then has the same budget of false alarms, and small slices alarm
/// sooner than under one threshold for all.
double slice_threshold(double patience, std::size_t slices, double share);

}  // namespace plimsoll::analyse
