/// trust_gate.h: may this judge wake somebody up?
///
///                P >= .80, 40 labels, 8 of the rarer class
///        closed ───────────────────────────────────────────▶ open
///   (provisional: closed                                       │
///    with P >= .50)  ◀─────────────────────────────────────────┘
///                P <= .20, or this week alone <= .02 (veto), or too few labels
///
/// P is how sure one is that agreement is above the threshold. Between .20 and .80 the state stays
/// as it is, so a judge near the threshold does not chatter: a weekly comparison flips 25 times a
/// year where this gate flips twice. Labels fade with a half-life of four weeks. A new judge, judge
/// model or rubric version is a new gate and starts from nothing. docs/statistics/1-agreement.md
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyse/calibration/confusion.h"
#include "analyse/stats/fisher_z.h"

namespace plimsoll::analyse {

enum class Trust {
    closed,       ///< Its findings are shown, and reach nobody.
    provisional,  ///< They become tickets, never pages.
    open,         ///< They may page.
};
std::string_view to_word(Trust trust);

struct GateRules {
    double threshold = 0.60;  ///< Of MCC; rank_threshold for Spearman.
    double open_at = 0.80;
    double close_at = 0.20;
    double veto_at = 0.02;
    double provisional_at = 0.50;
    double half_life_weeks = 4;
    double labels_min = 40;  ///< After fading.
    double rarer_min = 8;    ///< Labels of the rarer human class, after fading; binary only.
};
inline constexpr double rank_threshold = 0.70;
/// With fewer labels there is a value, but no P.
inline constexpr double labels_for_probability = 10;

/// What labels say about one judge.
struct Evidence {
    double labels = 0;
    std::optional<double> rarer;       ///< nullopt where the scale has no classes.
    std::optional<FisherZ> agreement;  ///< nullopt where it is undefined.

    std::optional<double> probability(double threshold) const;
};
Evidence evidence_of(const Confusion& counts);

struct GateAnswer {
    Trust trust = Trust::closed;
    std::optional<double> probability;       ///< P, of all faded labels.
    std::optional<double> probability_week;  ///< Of this week's alone.
    bool vetoed = false;                     ///< The caller forgets all labels before this week's.
    std::string why;                         ///< For a person.
};

/// One step of the gate. `awaiting` is a judge that was suspended (trust_gate's suspend()) and has
/// not been decided since: it is provisional where another would be closed, until P is <= close_at.
GateAnswer gate_step(Trust before, bool awaiting, const Evidence& all, const Evidence& week,
                     const GateRules& rules = {});

/// The gate of a yes/no judge, week by week. A value: copies, compares, goes to disk.
struct TrustGate {
    Confusion faded;
    Trust trust = Trust::closed;
    bool awaiting = false;

    /// Once a week, also without labels.
    GateAnswer step(const Confusion& week, const GateRules& rules = {});
    /// A sentinel fired: the judge may be another one. Its labels no longer count.
    void suspend() { *this = {.faded = {}, .trust = Trust::provisional, .awaiting = true}; }
};

/// The gate of a graded judge keeps its items, for ranks do not add.
struct RankTrustGate {
    struct Item {
        double judge, human, weight;
    };
    std::vector<Item> items;
    Trust trust = Trust::closed;
    bool awaiting = false;

    GateAnswer step(const std::vector<Item>& week, const GateRules& rules);
    void suspend() { *this = {.items = {}, .trust = Trust::provisional, .awaiting = true}; }
};

}  // namespace plimsoll::analyse
