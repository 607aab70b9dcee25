/// slice_table.h: a table that a person hands over, as the columns that slices are searched in.
#pragma once

#include "analyse/drift/slice_rows.h"
#include "app/statistics/rows.h"

namespace plimsoll::app {

struct SliceColumns {
    std::vector<std::string> attributes;  ///< Empty: every column without another meaning.
    std::string split;                    ///< Where "after" begins in column time; or "".
};

struct SliceTable {
    analyse::SliceRows rows;
    std::uint64_t unscored = 0;  ///< Rows left out because score or loss is missing.
};

/// Columns: score or loss in [0, 1]; period (before, after) or time with `split`; session, user or
/// cluster; weight or inclusion. Values of fewer than 20 rows stand together as rare and make no
/// slice; a column of more than 20 different numbers becomes four ranges of equal size.
Result<SliceTable> slice_table(const Rows& rows, const SliceColumns& columns);

}  // namespace plimsoll::app
