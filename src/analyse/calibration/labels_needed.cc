#include "analyse/calibration/labels_needed.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::analyse {

Computed<LabelsNeeded> labels_needed(const Evidence& evidence, const GateRules& rules) {
    const auto p = evidence.probability(rules.threshold);
    if (!p) return Undefined{"fewer than ten labels, or a side of them is all alike"};
    const FisherZ& f = *evidence.agreement;
    const bool above = f.value > rules.threshold;
    // The error falls with the root of the labels, and so does P's distance grow.
    const double per_label = f.error_z * std::sqrt(evidence.labels);
    const double distance = std::abs(std::atanh(f.value) - std::atanh(rules.threshold));
    const double decides = normal_quantile(above ? rules.open_at : 1 - rules.close_at);
    const auto labels = [&](double z) {
        return std::isinf(distance) ? 0. : std::pow(z * per_label / distance, 2);
    };
    double even = labels(decides), likely = labels(decides + normal_quantile(0.8));
    if (!(likely < labels_worth_asking)) {
        return Undefined{"agreement is so near to the threshold that no number of labels decides"};
    }
    if (above) {
        double least = rules.labels_min;
        if (evidence.rarer) {
            if (*evidence.rarer <= 0) return Undefined{"no label of the rarer class"};
            least = std::max(least, rules.rarer_min * evidence.labels / *evidence.rarer);
        }
        even = std::max(even, least);
        likely = std::max(likely, least);
    }
    // Rounding must not ask for one label more than what is there.
    const auto more = [&](double total) {
        return static_cast<std::uint64_t>(std::max(0., std::ceil(total - evidence.labels - 1e-9)));
    };
    LabelsNeeded needed{more(even), more(likely), above ? Trust::open : Trust::closed};
    if (needed.even == 0) needed.likely = 0;
    return needed;
}

}  // namespace plimsoll::analyse
