#include "analyse/comparison/sample_size.h"

#include <cassert>
#include <cmath>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

double pairs(const GatePlan& plan, double distance) {
    assert(plan.variance >= 0 && plan.confidence > 0 && plan.power > 0);
    if (distance <= 0) return INFINITY;
    const double z = normal_quantile(plan.confidence) + normal_quantile(plan.power);
    return std::fmax(1, std::ceil(z * z * plan.variance / (distance * distance)));
}

}  // namespace

double pairs_to_pass(const GatePlan& plan) {
    return pairs(plan, plan.margin + plan.difference);
}

double power_to_pass(const GatePlan& plan, double n) {
    const double distance = plan.margin + plan.difference;
    if (plan.variance == 0) return distance > 0 ? 1 : 0;
    return normal_cdf(distance * std::sqrt(n / plan.variance) - normal_quantile(plan.confidence));
}

double pairs_to_fail(const GatePlan& plan) {
    return pairs(plan, -plan.difference);
}

}  // namespace plimsoll::analyse
