#include "analyse/calibration/trust_gate.h"

#include <cmath>

#include <fmt/format.h>

#include "analyse/calibration/matthews.h"
#include "analyse/calibration/rank_correlation.h"

namespace plimsoll::analyse {
namespace {

/// An item that has faded to this is forgotten: 40 weeks at a half-life of four.
constexpr double forgotten = 1.0 / 1024;

Evidence evidence_of_ranks(const std::vector<RankTrustGate::Item>& items) {
    std::vector<double> judge, human, weight;
    double labels = 0;
    for (const auto& item : items) {
        judge.push_back(item.judge);
        human.push_back(item.human);
        weight.push_back(item.weight);
        labels += item.weight;
    }
    Evidence evidence{.labels = labels, .rarer = {}, .agreement = {}};
    if (labels <= 3) return evidence;
    if (const auto r = spearman(judge, human, weight)) {
        evidence.agreement = FisherZ{*r, spearman_error_z(*r, labels)};
    }
    return evidence;
}

/// Why the labels do not carry an open gate; "" if they do.
std::string missing(const Evidence& all, const GateRules& rules) {
    if (all.labels < rules.labels_min) {
        return fmt::format("{:.0f} labels, {:.0f} are needed", std::floor(all.labels),
                           rules.labels_min);
    }
    if (all.rarer && *all.rarer < rules.rarer_min) {
        return fmt::format("{:.0f} labels of the rarer class, {:.0f} are needed",
                           std::floor(*all.rarer), rules.rarer_min);
    }
    return "";
}

template <class Gate>
void settle(Gate& gate, const GateAnswer& answer, const GateRules& rules) {
    gate.trust = answer.trust;
    const bool decided = answer.trust == Trust::open || answer.vetoed ||
                         (answer.probability && *answer.probability <= rules.close_at);
    if (decided) gate.awaiting = false;
}

}  // namespace

std::string_view to_word(Trust trust) {
    return trust == Trust::open ? "open" : trust == Trust::provisional ? "provisional" : "closed";
}

std::optional<double> Evidence::probability(double threshold) const {
    if (labels < labels_for_probability || !agreement) return std::nullopt;
    return agreement->probability_above(threshold);
}

Evidence evidence_of(const Confusion& counts) {
    Evidence evidence{.labels = counts.total(), .rarer = counts.rarer_human(), .agreement = {}};
    // Half a label a cell gives a number for every table; one with an empty margin is no evidence.
    if (matthews(counts)) evidence.agreement = matthews_fisher_z(counts);
    return evidence;
}

GateAnswer gate_step(Trust before, bool awaiting, const Evidence& all, const Evidence& week,
                     const GateRules& rules) {
    GateAnswer answer;
    answer.probability = all.probability(rules.threshold);
    answer.probability_week = week.probability(rules.threshold);
    answer.vetoed = answer.probability_week && *answer.probability_week <= rules.veto_at;
    const double p = answer.probability.value_or(0);
    const bool close = answer.vetoed || (answer.probability && p <= rules.close_at);
    const std::string lacks = missing(all, rules);
    const auto not_open = [&] {
        if (close) return Trust::closed;
        return awaiting || p >= rules.provisional_at ? Trust::provisional : Trust::closed;
    };
    if (answer.vetoed) {
        answer.trust = Trust::closed;
        answer.why =
            fmt::format("this week alone speaks against it: P = {:.3f}", *answer.probability_week);
    } else if (close) {
        answer.trust = Trust::closed;
        answer.why = fmt::format("P = {:.2f} that agreement is above {:.2f}", p, rules.threshold);
    } else if (!lacks.empty()) {
        answer.trust = not_open();
        answer.why = lacks;
    } else if (!answer.probability) {
        answer.trust = not_open();
        answer.why = "agreement is undefined: a side of the labels is all alike";
    } else if (p >= rules.open_at) {
        answer.trust = Trust::open;
        answer.why = fmt::format("P = {:.2f} that agreement is above {:.2f}", p, rules.threshold);
    } else {
        answer.trust = before == Trust::open ? Trust::open : not_open();
        answer.why = fmt::format("P = {:.2f} decides nothing, so the gate stays {}", p,
                                 before == Trust::open ? "open" : "not open");
    }
    return answer;
}

GateAnswer TrustGate::step(const Confusion& week, const GateRules& rules) {
    faded = faded.times(std::exp2(-1 / rules.half_life_weeks)) + week;
    const GateAnswer answer =
        gate_step(trust, awaiting, evidence_of(faded), evidence_of(week), rules);
    if (answer.vetoed) faded = week;
    settle(*this, answer, rules);
    return answer;
}

GateAnswer RankTrustGate::step(const std::vector<Item>& week, const GateRules& rules) {
    for (Item& item : items) item.weight *= std::exp2(-1 / rules.half_life_weeks);
    std::erase_if(items, [](const Item& item) { return item.weight < forgotten; });
    items.insert(items.end(), week.begin(), week.end());
    const GateAnswer answer =
        gate_step(trust, awaiting, evidence_of_ranks(items), evidence_of_ranks(week), rules);
    if (answer.vetoed) items = week;
    settle(*this, answer, rules);
    return answer;
}

}  // namespace plimsoll::analyse
