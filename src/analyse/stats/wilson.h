/// wilson.h: the interval of one proportion.
#pragma once

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// Wilson's score interval of p = successes / n. Counts may be fractions (effective counts). n = 0
/// gives [0, 1]: nothing is known. Source: Wilson 1927.
Interval wilson(double successes, double n, double z = z_95_two_sided);

}  // namespace plimsoll::analyse
