/// matthews.h: Matthews' correlation of two yes/no verdicts, with its error.
///
/// 1 is perfect agreement, 0 what dice would reach, whatever the share of failures. The interval
/// adds half a label to each cell, so it exists for every table and covers 94-95% from 40 labels
/// on; the bootstrap does no better at 5000 times the cost (docs/statistics/1-agreement.md).
/// Source: Matthews 1975; variance of Bishop, Fienberg and Holland 1975, section 11.3.
#pragma once

#include "analyse/calibration/confusion.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/fisher_z.h"

namespace plimsoll::analyse {

/// In [-1, 1]. Undefined if the judge or the people gave one verdict only.
Computed<double> matthews(const Confusion& counts);

/// Large-sample variance of matthews(); it must be defined.
double matthews_variance(const Confusion& counts);

/// With half a label added to each cell: what intervals and the trust gate are read off. Its value
/// lies a little nearer to 0 than matthews(). Any counts, also none.
FisherZ matthews_fisher_z(const Confusion& counts);

}  // namespace plimsoll::analyse
