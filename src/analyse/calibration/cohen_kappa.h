/// cohen_kappa.h: agreement beyond what the raters' own habits would give, with credit for near
/// misses.
///
/// kappa = (po - pe) / (1 - pe), where po is the weighted share of agreement and pe what
/// independent raters with the same habits would reach. Source: Cohen 1968; variance of Fleiss,
/// Cohen and Everitt 1969.
#pragma once

#include "analyse/calibration/confusion_table.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// How much a verdict `d` classes away counts: exact 0, linear 1 - d/(K-1), quadratic
/// 1 - (d/(K-1))^2. The last two need classes in an order.
enum class KappaWeights { exact, linear, quadratic };

/// The interval is kappa +- 1.96 standard errors, cut at -1 and 1. Undefined if chance alone would
/// agree always (both sides used one and the same class).
Computed<Estimate> cohen_kappa(const ConfusionTable& table,
                               KappaWeights weights = KappaWeights::exact);

}  // namespace plimsoll::analyse
