/// judged_rows.h: the rows of `plimsoll estimate`, checked: judge scores with how they were chosen.
///
///   Rows ──read_judged──▶ JudgedRows ─┬─ items: score, weight, stratum, cluster, label
///        names of columns             ├─ strata with their populations
///                                     └─ what was left out, and what looks wrong
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyse/calibration/corrected_mean.h"
#include "app/statistics/rows.h"

namespace plimsoll::app {

/// Names of columns. One that was not asked for and is not in the file does not exist.
struct JudgedColumns {
    std::string value = "value";
    std::string inclusion = "inclusion";  ///< Absent: every row stands for itself.
    std::string stratum = "stratum";
    std::string cluster = "cluster";  ///< User or session.
    std::string id = "id";
    std::string human = "human";
    std::string label_inclusion = "label_inclusion";
    /// "stratum=N" each, or the name of one column that has the population of the row's stratum.
    std::vector<std::string> population;
    std::vector<std::string> asked;  ///< Which of the above the user named: these must exist.
};

struct JudgedRows {
    std::vector<analyse::JudgedItem> items;
    std::vector<analyse::StratumSize> strata;
    std::uint64_t unscored = 0;
    std::uint64_t labels = 0;
    std::uint64_t clusters = 0;  ///< 0: no such column.
    std::vector<std::string>
        findings;  ///< Duplicates, rows without a probability, sums of weights.
};

/// The error names file, line and mend.
Result<JudgedRows> read_judged(const Rows& rows, const JudgedColumns& columns);

}  // namespace plimsoll::app
