/// agreement.h: all that can be said of one judge beside people, from one table of labels.
///
///   item ─┬─ judge ──────────┐
///         └─ people 1 … m ───┴─▶ judge against their consensus ─▶ P, trust, labels still needed
///                             └─▶ people against each other ────▶ ceiling, corrected value
///
/// Consensus is the majority (items on which people split evenly are left out and counted), or the
/// mean of graded scores. The ceiling stands beside the judge against single people, because a
/// consensus errs less than one person does. docs/statistics/1-agreement.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyse/calibration/ceiling.h"
#include "analyse/calibration/labels_needed.h"
#include "analyse/calibration/trust_gate.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

enum class Scale {
    binary,      ///< 1 fails, 0 passes.
    multiclass,  ///< 0 … K-1.
    graded,      ///< Numbers in an order.
};
std::string_view to_word(Scale scale);

struct Labels {
    std::vector<std::optional<double>> judge;                ///< By item.
    std::vector<std::vector<std::optional<double>>> people;  ///< By annotator, by item.
    std::vector<double> weights;  ///< 1 / inclusion probability by item; empty: all alike.
    Scale scale = Scale::binary;
    bool ordered = false;   ///< multiclass: the classes stand in an order.
    std::uint64_t key = 0;  ///< Of the bootstrap's dice: a hash of the series.
};

/// One statistic with its 95% interval.
struct AgreementLine {
    std::string name;  ///< "MCC", "Spearman"
    Computed<double> value;
    Computed<Interval> interval;
    std::string method;  ///< Of the interval.
};

struct Agreement {
    Scale scale = Scale::binary;
    std::size_t items = 0;
    std::size_t compared = 0;           ///< With a verdict and a consensus.
    std::size_t without_judge = 0;      ///< Not scored.
    std::size_t without_people = 0;     ///< Scored, not labelled.
    std::size_t split = 0;              ///< Scored, and people split evenly.
    std::vector<AgreementLine> judge;   ///< Against the consensus; the gate's statistic first.
    std::vector<AgreementLine> people;  ///< Among each other; empty with one label an item.
    std::optional<AgreementLine> judge_and_one;  ///< Judge against single people.
    Computed<Ceiling> ceiling{Undefined{"no item has two human labels"}};
    GateRules rules;  ///< Those that were applied.
    Evidence evidence;
    GateAnswer gate;       ///< Of a gate that starts from nothing with these labels.
    bool blocked = false;  ///< People agree too little with each other; gate.why says how little.
    Computed<LabelsNeeded> needed{Undefined{"there are no labels"}};
};

/// What people say together of one item: the most frequent label, or the mean of graded ones.
/// nullopt if they split evenly between the most frequent. Needs a label.
std::optional<double> consensus_of(std::vector<double> labels, Scale scale);

/// All vectors must have one entry an item.
Agreement agreement_of(const Labels& labels);

}  // namespace plimsoll::analyse
