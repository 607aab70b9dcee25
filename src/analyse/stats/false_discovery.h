/// false_discovery.h: which of many findings to believe, when each was tested on its own.
///
///   p-values ──▶ adjusted p ──▶ believe those at or below q
///   e-values ──▶ e_bh       ──▶ believe these
///
/// Answers come in the order of the questions. p-values lie in [0, 1], e-values are >= 0; empty
/// input gives empty output. Source: docs/statistics/5-slices.md.
#pragma once

#include <span>
#include <vector>

namespace plimsoll::analyse {

/// Benjamini and Hochberg 1995: min over j >= rank of K p_(j) / j, at most 1. Believing p <= q
/// keeps the expected share of false findings at q, if the p-values are independent or go up and
/// down together, as those of overlapping slices do.
std::vector<double> benjamini_hochberg(std::span<const double> p);

/// Benjamini and Yekutieli 2001: the same under any dependence, at the price of a factor
/// 1 + 1/2 + … + 1/K. Only on request.
std::vector<double> benjamini_yekutieli(std::span<const double> p);

/// Holm 1979: max over j <= rank of (K - j + 1) p_(j), at most 1. Believing p <= alpha makes any
/// false finding at all improbable (alpha), under any dependence.
std::vector<double> holm(std::span<const double> p);

/// Wang and Ramdas 2022 (e-BH): the k* largest, k* = max{k : k e_(k) / K >= 1 / alpha}. The
/// expected share of false findings is at most alpha under any dependence. For current values:
/// running maxima of e-processes are not e-values.
std::vector<bool> e_bh(std::span<const double> e, double alpha);

}  // namespace plimsoll::analyse
