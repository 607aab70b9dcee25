/// incident.h: findings of one change belong together: who is told of a prompt change that hurt
/// four slices is told once.
///
///   finding ─┬─ names another as related ────────────────────────────────┐
///            ├─ same service, same time, same first cause ───────────────┼─▶ one incident
///            └─ same service and dimension, same time, one slice in the ─┘
///               other (all of the traffic holds every slice)
///
/// "Same time": the 95% stretches of when they moved overlap, an hour added on both sides. Better
/// and worse are never mixed. Pure; the order of findings does not matter but for the order inside.
#pragma once

#include <span>
#include <vector>

#include "record/finding.h"

namespace plimsoll::alert {

bool same_change(const record::Finding& a, const record::Finding& b);

/// Indices into `findings`, each once: the groups of those that same_change() joins, also through
/// others.
std::vector<std::vector<std::size_t>> incidents(std::span<const record::Finding* const> findings);

}  // namespace plimsoll::alert
