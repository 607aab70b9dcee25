#include "analyse/drift/statistics.h"

#include <algorithm>
#include <cmath>

#include "analyse/drift/confidence_sequence.h"
#include "analyse/drift/e_detector.h"
#include "analyse/stats/cluster_variance.h"

namespace plimsoll::analyse {

namespace {

constexpr double evidence_threshold = 1e5;

/// How many scores count as one because they come in sessions.
double effect_of(const ClusteredSums& sums) {
    const auto between = sums.all.n > 0 ? cluster_variance(sums) : Undefined{"nothing scored"};
    return between ? std::max(1.0, design_effect(sums.all, between->variance)) : 1;
}

}  // namespace

void DriftReference::update(const ScoredSession& session) {
    scores.add(session.weight, session.score);
    losses.update(session.time_s, session.weight, 1 - session.score, session.cluster);
    weight_max = std::max(weight_max, session.weight);
}

EDetectorDrift::EDetectorDrift(const DriftReference& reference)
    : baseline_(baseline_of(reference.losses)), weight_max_(reference.weight_max) {}

void EDetectorDrift::update(const ScoredSession& session) {
    if (!baseline_ || session.weight > weight_max_) return;  // finish() says why, or stays honest.
    const double bound = baseline_->high_at(session.time_s);
    segment_.update(session.weight / weight_max_ * (1 - session.score - bound) /
                    baseline_->high_max());
}

Computed<Drift> EDetectorDrift::finish() const {
    if (!baseline_) return Undefined{baseline_.why()};
    if (segment_.items == 0) return Undefined{"no sessions"};
    EBank bank;
    segment_.apply(bank);
    return Drift{bank.value() >= evidence_threshold, bank.value(), std::nullopt};
}

HistogramDrift::HistogramDrift(const DriftReference& reference)
    : reference_(&reference), reference_design_effect_(effect_of(reference.losses.all)) {}

void HistogramDrift::update(const ScoredSession& session) {
    scores_.add(session.weight, session.score);
    sums_.add(session.weight, session.score, session.cluster);
}

void HistogramDrift::merge(const HistogramDrift& other) {
    scores_.merge(other.scores_);
    sums_.merge(other.sums_);
}

Computed<DistributionDrift> HistogramDrift::drift() const {
    return distribution_drift(reference_->scores, scores_, reference_design_effect_,
                              effect_of(sums_));
}

Computed<Drift> JensenShannon::finish() const {
    const auto both = drift();
    if (!both) return Undefined{both.why()};
    return Drift{both->jensen_shannon_p < drift_p_max, both->jensen_shannon,
                 both->jensen_shannon_p};
}

Computed<Drift> KolmogorovSmirnov::finish() const {
    const auto both = drift();
    if (!both) return Undefined{both.why()};
    return Drift{both->drifted, both->largest, both->p};
}

Computed<Drift> PopulationStability::finish() const {
    const auto both = drift();
    if (!both) return Undefined{both.why()};
    return Drift{both->psi_p < drift_p_max, both->psi, both->psi_p};
}

Computed<Drift> Wasserstein::finish() const {
    const auto both = drift();
    if (!both) return Undefined{both.why()};
    return Drift{both->drifted, both->moved, both->p};
}

MeanDrift::MeanDrift(const DriftReference& reference)
    : baseline_(baseline_of(reference.losses)),
      day_sessions_(24. * static_cast<double>(reference.losses.all.all.n) /
                    std::max(1.0, static_cast<double>(reference.losses.hours.size()))) {}

void MeanDrift::update(const ScoredSession& session) {
    sums_.add(session.weight, 1 - session.score, session.cluster);
}

Computed<Drift> MeanDrift::finish() const {
    if (!baseline_) return Undefined{baseline_.why()};
    if (sums_.all.n == 0) return Undefined{"no sessions"};
    const auto between = cluster_variance(sums_);
    if (!between) return Undefined{between.why()};
    const double mean = sums_.all.mean();
    const auto interval = asymptotic_sequence(mean, std::sqrt(between->variance),
                                              effective_count(sums_.all, between->variance),
                                              std::max(day_sessions_, 1.0));
    if (!interval) return Undefined{interval.why()};
    return Drift{interval->low > baseline_->high || interval->high < baseline_->low,
                 mean - baseline_->mean, std::nullopt};
}

}  // namespace plimsoll::analyse
