#include "analyse/watch/calibration_findings.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace plimsoll::analyse {

namespace {

using record::Finding;
using record::TrustEvent;

Finding lost(const TrustEvent& step) {
    Finding f;
    f.kind = record::FindingKind::calibration_drift;
    f.dimension = step.dimension;
    f.evaluator = step.evaluator;
    f.version = step.version;
    f.measure = "trust";
    f.found = step.time;
    f.since = f.since_earliest = step.since > 0 ? step.since : step.time;
    f.since_latest = step.time;
    f.answer = "explained";
    f.causes.push_back({.element = "judge", .to = step.version});
    f.says = fmt::format("{} ({}): trust went from {} to {}: {}.", step.dimension, step.evaluator,
                         step.before, step.after, step.why);
    f.id = fmt::format("{:016x}",
                       hash64(fmt::format("calibration_drift\n{}\n{}\n{}\n{}", step.dimension,
                                          step.evaluator, step.version, step.time)));
    return f;
}

}  // namespace

std::vector<Finding> calibration_findings(std::span<const TrustEvent> steps, UnixNanos end) {
    std::vector<Finding> findings;
    for (const TrustEvent& step : steps) {
        if (step.time > end) break;
        if (step.after == "open") {
            for (Finding& one : findings)
                if (one.dimension == step.dimension && one.evaluator == step.evaluator &&
                    !one.ended)
                    one.ended = step.time;
        } else if (step.before == "open") {
            findings.push_back(lost(step));
        }
    }
    return findings;
}

}  // namespace plimsoll::analyse
