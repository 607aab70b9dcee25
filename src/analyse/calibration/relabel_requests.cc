#include "analyse/calibration/relabel_requests.h"

#include <algorithm>
#include <set>

#include "analyse/calibration/label_plan.h"

namespace plimsoll::analyse {

std::vector<record::LabelRequest> relabel_requests(const std::string& dimension,
                                                   std::span<const record::KnownJudgement> scored,
                                                   std::span<const record::LabelRequest> asked,
                                                   UnixNanos since, UnixNanos now,
                                                   const RelabellingRules& rules) {
    std::set<TraceId> known;
    std::optional<double> rate;
    std::uint64_t drawn = 0;
    for (const record::LabelRequest& request : asked) {
        known.insert(request.interaction);
        if (request.reason != record::LabelReason::random_audit || request.time < since) continue;
        rate = request.inclusion;
        ++drawn;
    }
    if (!rate) {
        const auto before = std::ranges::count_if(scored, [&](const auto& one) {
            return one.judgement.arrived < since && one.judgement.arrived >= since - relabel_within;
        });
        rate = std::min(
            1.0, static_cast<double>(rules.most) / std::max(1.0, static_cast<double>(before)));
    }
    std::vector<record::LabelRequest> requests;
    for (auto at = scored.rbegin(); at != scored.rend() && drawn < rules.most; ++at) {
        const TraceId trace = at->judgement.interaction;
        if (at->judgement.arrived < since || known.contains(trace)) continue;
        const auto chosen = draw_evenly(*rate, dimension, trace);
        if (!chosen) continue;
        requests.push_back(
            {trace, dimension, record::LabelReason::random_audit, chosen->inclusion, now});
        ++drawn;
    }
    return requests;
}

}  // namespace plimsoll::analyse
