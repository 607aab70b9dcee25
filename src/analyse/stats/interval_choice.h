/// interval_choice.h: which interval a quantity gets, decided in one place.
///
///   what is asked ──choose_interval──▶ method, its name for a person, and why
///
/// The functions that compute them stand elsewhere; this is the table that they and the page read.
/// Source: docs/statistics/0-kernel.md, with measured coverage.
#pragma once

#include <string_view>

namespace plimsoll::analyse {

enum class Quantity {
    proportion,             ///< Passes among scores that count alike.
    weighted_proportion,    ///< Passes of a weighted or stratified sample.
    graded_mean,            ///< Mean of scores between 0 and 1.
    matthews,               ///< Agreement (MCC).
    proportion_difference,  ///< Of two independent groups.
    paired_difference,      ///< Of two proportions on the same items.
    proportion_ratio,
};

enum class IntervalMethod {
    wilson,
    clustered_wilson,
    mover_wilson,
    bucket_t,
    beta_mixture,
    asymptotic_sequence,
    fisher_z,
    newcombe,
    tango,
    koopman,
};

struct IntervalQuestion {
    Quantity quantity = Quantity::proportion;
    bool strata = false;    ///< Counts by stratum are known.
    bool clustered = true;  ///< Scores come in sessions.
    double clusters = 0;    ///< How many, if they do.
    bool watched = false;   ///< Looked at all the time, so that each look must be paid for.
};

struct IntervalChoice {
    IntervalMethod method;
    std::string_view name;  ///< For a person.
    std::string_view why;
};

IntervalChoice choose_interval(const IntervalQuestion& question);

}  // namespace plimsoll::analyse
