/// matthews_multiclass.h: Matthews' correlation for K classes, R_K, with the pull of each item.
///
/// The influence of an item is how much R_K moves when one more like it is seen; the variance of
/// the influences over n is the variance of R_K, and differences of influences compare two judges
/// on the same items (matthews_change.h). For K = 2 all this is matthews.h. Source: Gorodkin 2004;
/// influence function of docs/statistics/1-agreement.md.
#pragma once

#include "analyse/calibration/confusion_table.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/fisher_z.h"

namespace plimsoll::analyse {

/// R_K in [-1, 1] (its least value is above -1 for K > 2). Undefined if one side used one class.
Computed<double> matthews(const ConfusionTable& table);

/// The influence of an item in cell (i, j), as a table; matthews() must be defined. Its mean over
/// the items is 0.
ConfusionTable matthews_influence(const ConfusionTable& table);

/// Large-sample variance of matthews(); it must be defined.
double matthews_variance(const ConfusionTable& table);

/// R_K with the error of its z. Undefined as matthews() is.
Computed<FisherZ> matthews_fisher_z(const ConfusionTable& table);

}  // namespace plimsoll::analyse
