/// sampling_allocation.h: how often each stratum should be judged, for a given budget.
///
///   pi_h = clamp(k S_h / sqrt(c_h), floor, 1), k such that sum N_h c_h pi_h = budget
///
/// This k gives the smallest variance of the traffic's mean under the floors and caps (the solution
/// that capping and flooring in turns arrives at). A part of the budget goes to anomalies instead,
/// for finding failures rather than for precision. Source: Neyman 1934;
/// docs/statistics/2-sampling.md.
#pragma once

#include <span>
#include <vector>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct StratumPlan {
    double population = 0;  ///< N_h, per budget period.
    double deviation = 0;   ///< S_h of one score; see deviation_of.
    double cost = 1;        ///< c_h of one judgement, in the budget's unit; above 0.
    bool anomalous = false;
};

struct AllocationOptions {
    double floor = 0.02;         ///< Of every inclusion probability: bounds weights at 50.
    double anomaly_share = 0.2;  ///< Of the budget.
};

/// sqrt(p (1 - p)) with p = (passes + 1) / (n + 2): never zero, so nothing is forgotten.
double deviation_of(double passes, double n);

/// Inclusion probability by stratum. Undefined if the budget does not pay for the floor.
Computed<std::vector<double>> neyman(std::span<const StratumPlan> strata, double budget,
                                     double floor = 0);

/// Neyman with (1 - anomaly_share) of the budget, the rest evenly on the anomalies; what they
/// cannot use goes back to the others.
Computed<std::vector<double>> allocate(std::span<const StratumPlan> strata, double budget,
                                       const AllocationOptions& options = {});

}  // namespace plimsoll::analyse
