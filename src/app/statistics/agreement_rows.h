/// agreement_rows.h: rows of a file become labels, slice by slice, and labels an Agreement.
///
/// The scale is read off the values: two different ones are binary, words are classes, more than
/// two different numbers are grades. Which of two values fails: "fail", "false", "no" and the lower
/// number do; of two other words the first in the alphabet, which changes no statistic but the
/// shares of failures found and passes passed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyse/calibration/agreement.h"
#include "app/statistics/rows.h"
#include "base/result.h"

namespace plimsoll::app {

struct AgreementAsk {
    std::string item = "item";  ///< If there is such a column, an item may appear once a slice.
    std::string judge = "judge";
    std::vector<std::string> people;  ///< Empty: "human", and those that begin with "human_".
    std::string weight = "weight";    ///< If there is such a column: 1 / inclusion probability.
    std::string by;                   ///< A column, or "" for all rows together.
    std::optional<analyse::Scale> scale;
};

struct SliceAgreement {
    std::string slice;                 ///< "" for all rows together.
    std::vector<std::string> people;   ///< The columns that were read.
    std::vector<std::string> classes;  ///< binary: {passes, fails}; multiclass; empty if graded.
    analyse::Agreement agreement;
};

/// In the order in which slices first appear. The scale is that of the whole file.
Result<std::vector<SliceAgreement>> agreement_of(const Rows& rows, const AgreementAsk& ask);

}  // namespace plimsoll::app
