/// evaluator_trust.h: what one evaluator may do in one dimension, from what people said of the
/// items it scored.
///
///   items ─┬─ week by week ──▶ gate (trust_gate.h) ──▶ trust now, and when it changed
///          ├─ all ───────────▶ agreement, interval, human ceiling, labels still needed
///          ├─ by slice ──────▶ where it is useless though good overall
///          └─ one by one ────▶ confusion matrix, misses
///
/// Pure: the same labels and scores give the same answer at any time `now`. The gate steps at the
/// end of each UTC week (Monday), and once more on the labels of the week that runs, from the state
/// at its beginning. An item counts in the week of its last label. Labels are pass/fail if all of
/// them are 0 or 1 (a graded score then fails below .5), else graded.
/// docs/statistics/1-agreement.md
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyse/calibration/agreement.h"
#include "analyse/calibration/relabelling.h"
#include "base/time.h"

namespace plimsoll::analyse {

/// One item that people labelled, and what the evaluator said of it.
struct LabelledItem {
    std::string item;                           ///< Trace id.
    UnixNanos labelled = 0;                     ///< When the last of them spoke.
    std::optional<double> score;                ///< nullopt: unscored.
    std::vector<std::optional<double>> people;  ///< By annotator; nullopt: none, or unsure.
    /// Labels of those who were asked because two differ. They count for the consensus; among
    /// people they would count disagreement twice.
    std::vector<double> deciders = {};
    std::optional<double> weight;               ///< 1 / inclusion probability; nullopt: unknown.
    std::map<std::string, std::string> slices;  ///< Attribute → value.
};

struct TrustQuestion {
    std::vector<LabelledItem> items;  ///< Of one version of the evaluator; in any order.
    UnixNanos now = 0;
    /// A sentinel suspended the evaluator then, and `items` are those judged since.
    std::optional<UnixNanos> suspended;
    bool was_closed = false;  ///< suspended: it had been closed, and stays so until labels decide.
    std::uint64_t key = 0;    ///< Of the bootstrap's dice: a hash of dimension and evaluator.
};

/// One step of the gate.
struct TrustWeek {
    UnixNanos begins = 0;
    std::uint64_t labels = 0;           ///< Items compared.
    AgreementLine agreement;            ///< Of this week's items alone.
    Trust trust = Trust::closed;        ///< At its end, or now.
    std::optional<double> probability;  ///< P, of all faded labels.
    std::string why;
};

struct SliceTrust {
    std::string attribute, value;
    std::uint64_t labels = 0;
    AgreementLine agreement;
    std::optional<double> probability;  ///< That agreement is above the threshold.
    /// Agreement there is below the threshold, at a false discovery rate of 10% over all slices.
    bool useless = false;
};

struct Miss {
    std::string item;
    double score = 0, people = 0;
    UnixNanos labelled = 0;
};

struct EvaluatorTrust {
    Trust trust = Trust::closed;
    std::string why;
    std::optional<double> probability;
    Agreement agreement;           ///< Of all items, none faded.
    bool weighted = false;         ///< Only items of known probability count, by 1 / probability.
    std::uint64_t left_out = 0;    ///< Then: the others.
    Confusion confusion;           ///< Items, as counted: below .5 fails.
    std::vector<TrustWeek> weeks;  ///< Oldest first; the last one runs. Empty without labels.
    std::vector<SliceTrust> slices;
    std::vector<Miss> misses;  ///< Verdict and people apart by .5 or more; newest first.
    std::optional<Relabelling> relabelling;  ///< While suspended: what the labels since then say.
    std::optional<UnixNanos> due;            ///< When it is to be calibrated anew, at the latest.
};

inline constexpr std::size_t slice_labels_min = 10;
inline constexpr double slice_discovery_rate = 0.10;
inline constexpr std::size_t misses_max = 50;
inline constexpr UnixNanos calibration_lasts = 30 * 86'400 * nanos_per_second;

EvaluatorTrust trust_of(TrustQuestion question, const GateRules& rules = {});

/// The Monday, 0:00 UTC, of the week that `time` lies in. Times are not negative.
UnixNanos week_of(UnixNanos time);

}  // namespace plimsoll::analyse
