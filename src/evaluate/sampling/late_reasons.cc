#include "evaluate/sampling/late_reasons.h"

#include <algorithm>

#include "base/permanent_random.h"

namespace plimsoll::evaluate {

Draw raised(const SamplingDesign& design, std::string_view id, double inclusion,
            std::string_view stratum, ReasonSet later) {
    ReasonSet reasons = later;
    for (const SamplingReasonInfo& each : sampling_reasons)
        if (stratum_of(each.reason) == stratum) reasons |= each.reason;
    const double pi = std::max(inclusion, evaluate::inclusion(design, later));
    return {.judged = permanent_random(design.salt, id) < pi,
            .inclusion = pi,
            .reasons = reasons,
            .stratum = stratum_of(reasons)};
}

}  // namespace plimsoll::evaluate
