/// all_slices.h: what others do to find a slice, each over every conjunction of up to three
/// predicates, counted plainly and without any of our own search.
#pragma once

#include <array>

#include "analyse/drift/slice_rows.h"

namespace plimsoll::bench {

/// Index 0 before, 1 after.
struct SliceCounts {
    analyse::Conjunction where;
    std::array<double, 2> n{}, losses{};
};

/// In front the empty conjunction: everything. Then those with `support_min` rows after.
std::vector<SliceCounts> all_slices(const analyse::SliceRows& rows, double support_min);

/// SliceLine (Sagadeeva and Boehm 2021) ranks slices of one set of errors; a change since an
/// earlier period it does not know:
/// a (mean error of the slice / mean error - 1) - (1 - a) (n / size - 1)
double slice_line_score(double size, double errors, double n, double all_errors, double a = .95);

/// Its `top` best with a score above 0. Its bound only saves time, so this is the list it gives.
std::vector<analyse::Conjunction> slice_line(const std::vector<SliceCounts>& slices,
                                             std::size_t top, double a = .95);

/// A slice that an analyst would name who tests each for itself.
struct Tested {
    analyse::Conjunction where;
    double p = 1;           ///< Normal, one-sided: that its change is not above everything's.
    double adjusted_p = 1;  ///< Benjamini-Hochberg over all.
};

/// Smallest p first.
std::vector<Tested> tested_one_by_one(const std::vector<SliceCounts>& slices);

}  // namespace plimsoll::bench
