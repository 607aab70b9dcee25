/// scenarios.h: every scenario, in the order of statistics.md section 13.
#pragma once

#include <vector>

#include "statistics/scenario.h"

namespace plimsoll::bench {

extern const Scenario b1_biased_sample;     ///< The traffic's mean, from a sample of anomalies.
extern const Scenario b2_judge_correction;  ///< The mean of quality, behind a judge that errs.
extern const Scenario b2_whole_estimate;    ///< From traffic to interval, as the command does it.
extern const Scenario b3_gate;              ///< A judge of known agreement before the trust gate.
extern const Scenario b4_detection;         ///< How long a detector takes, how often it errs.
extern const Scenario b5_false_pages;       ///< Pages in 90 days in which nothing happens.
extern const Scenario b6_slices;            ///< One of thousands of slices regresses, or none.
extern const Scenario b7_attribution;       ///< A series fell; which of what changed did it?
extern const Scenario b8_judge_moves;       ///< A judge is silently pointed at another model.
extern const Scenario b9_gate;              ///< Candidates of known difference before the CI gate.
extern const Scenario b10_overlap;          ///< Two dimensions that overlap in a planted way.
extern const Scenario b11_quantiles;        ///< The tail of latency, from a thousand shards.

inline const std::vector<const Scenario*> all_scenarios = {
    &b1_biased_sample, &b2_judge_correction, &b2_whole_estimate, &b3_gate,        &b4_detection,
    &b5_false_pages,   &b6_slices,           &b7_attribution,    &b8_judge_moves, &b9_gate,
    &b10_overlap,      &b11_quantiles,
};

}  // namespace plimsoll::bench
