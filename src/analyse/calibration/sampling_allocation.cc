#include "analyse/calibration/sampling_allocation.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

namespace {

double cost_of(std::span<const StratumPlan> strata, std::span<const double> inclusion) {
    double cost = 0;
    for (std::size_t h = 0; h < strata.size(); ++h) {
        cost += strata[h].population * strata[h].cost * inclusion[h];
    }
    return cost;
}

}  // namespace

double deviation_of(double passes, double n) {
    const double p = (passes + 1) / (n + 2);
    return std::sqrt(p * (1 - p));
}

Computed<std::vector<double>> neyman(std::span<const StratumPlan> strata, double budget,
                                     double floor) {
    std::vector<double> inclusion(strata.size());
    double k_max = 0;
    for (const StratumPlan& each : strata) {
        assert(each.deviation > 0 && each.cost > 0);
        k_max = std::max(k_max, std::sqrt(each.cost) / each.deviation);
    }
    const auto set = [&](double k) {
        for (std::size_t h = 0; h < strata.size(); ++h) {
            inclusion[h] =
                std::clamp(k * strata[h].deviation / std::sqrt(strata[h].cost), floor, 1.0);
        }
        return cost_of(strata, inclusion) - budget;
    };
    if (set(0) > 0) return Undefined{"the budget does not pay for the floor of the probabilities"};
    if (set(k_max) > 0) set(root_of(set, 0, k_max));
    return inclusion;
}

Computed<std::vector<double>> allocate(std::span<const StratumPlan> strata, double budget,
                                       const AllocationOptions& options) {
    const bool any = std::ranges::any_of(strata, &StratumPlan::anomalous);
    const double precise = any ? 1 - options.anomaly_share : 1;
    const auto first = neyman(strata, precise * budget, options.floor);
    if (!first || !any) return first;
    std::vector<double> inclusion = *first;
    const auto raise = [&](double extra) {
        for (std::size_t h = 0; h < strata.size(); ++h) {
            if (strata[h].anomalous) inclusion[h] = std::min(1.0, (*first)[h] + extra);
        }
        return cost_of(strata, inclusion) - budget;
    };
    if (raise(1) > 0) {
        raise(root_of(raise, 0, 1));
        return inclusion;
    }
    // Every anomaly is judged and money is left: it buys precision among the others.
    std::vector<StratumPlan> others;
    double left = budget;
    for (const StratumPlan& each : strata) {
        if (each.anomalous)
            left -= each.population * each.cost;
        else
            others.push_back(each);
    }
    const auto rest = neyman(others, left, options.floor);
    if (!rest) return rest;
    for (std::size_t h = 0, next = 0; h < strata.size(); ++h) {
        if (!strata[h].anomalous) inclusion[h] = (*rest)[next++];
    }
    return inclusion;
}

}  // namespace plimsoll::analyse
