/// gate_pairs.h: tables of scores become pairs for the gate.
///
/// Two files with a row per example (columns item, score; dimension, cluster, weight if there), or
/// one with columns item, baseline, candidate. An item that stands several times in a file was run
/// several times: its scores are averaged. An empty score is "could not be scored" and excludes the
/// example; an item that only one file has is a missing output, a score of 0.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyse/comparison/gate.h"
#include "app/statistics/rows.h"

namespace plimsoll::app {

struct GateColumns {
    std::string item = "item", score = "score", dimension = "dimension", cluster = "cluster",
                weight = "weight";
};

/// Dimensions by name, pairs in an order that a hash of the item fixes. Margins are left as they
/// are. Errors name file, line and mend: a score outside [0, 1], a weight that is not above 0.
Result<std::vector<analyse::GateDimension>> gate_pairs(const Rows& baseline, const Rows& candidate,
                                                       const GateColumns& columns);

}  // namespace plimsoll::app
