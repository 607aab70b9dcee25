/// statistics.h: every drift statistic we ship, alphabetically.
///
///   DriftReference ──▶ State ── update(session) … merge(other) ──▶ finish() ──▶ Drift or why not
///   frozen, shared               a window, in parts of any size
///
/// A State is what is kept of a window: it is made from the reference, takes sessions, merges with
/// the State of another part of the window, and says at the end how far the window is from the
/// reference. One that depends on the order of time says so (`ordered`): its parts may be grouped
/// at will, but not exchanged. To add one: a State here, its line in DriftStatistics; the
/// properties in statistics_test.cc then run on it by themselves.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "analyse/drift/baseline.h"
#include "analyse/drift/distribution_drift.h"
#include "analyse/drift/e_segment.h"
#include "analyse/drift/score_histogram.h"

namespace plimsoll::analyse {

/// A judged session: score in [0, 1], weight = 1 / inclusion probability, cluster = the user if
/// known, else the session.
struct ScoredSession {
    double time_s = 0;
    double weight = 1;
    double score = 1;
    std::string_view cluster;
};

struct DriftReference {
    void update(const ScoredSession& session);

    ScoreHistogram scores;
    ReferenceLosses losses;
    double weight_max = 1;
};

struct Drift {
    bool found = false;
    double size = 0;  ///< 0 is none. Its unit is the statistic's.
    std::optional<double> p;
};

template <class State>
concept DriftStatistic = requires(State state, const State& other, const ScoredSession& session) {
    requires std::constructible_from<State, const DriftReference&>;
    { State::name } -> std::convertible_to<std::string_view>;
    { State::says } -> std::convertible_to<std::string_view>;
    { State::ordered } -> std::convertible_to<bool>;
    state.update(session);
    state.merge(other);
    { other.finish() } -> std::same_as<Computed<Drift>>;
};

class EDetectorDrift {
  public:
    static constexpr std::string_view name = "e_detector";
    static constexpr std::string_view says =
        "Evidence that the score fell: at 100,000 the next false alarm is that many sessions away.";
    static constexpr bool ordered = true;
    explicit EDetectorDrift(const DriftReference& reference);
    void update(const ScoredSession& session);
    void merge(const EDetectorDrift& later) { segment_.merge(later.segment_); }
    Computed<Drift> finish() const;

  private:
    Computed<LossBaseline> baseline_;
    double weight_max_;
    ESegment segment_;
};

/// What statistics of two histograms share.
class HistogramDrift {
  public:
    static constexpr bool ordered = false;
    explicit HistogramDrift(const DriftReference& reference);
    void update(const ScoredSession& session);
    void merge(const HistogramDrift& other);

  protected:
    Computed<DistributionDrift> drift() const;

  private:
    const DriftReference* reference_;
    double reference_design_effect_;
    ScoreHistogram scores_;
    ClusteredSums sums_;
};

struct JensenShannon : HistogramDrift {
    static constexpr std::string_view name = "jensen_shannon";
    static constexpr std::string_view says = "Divergence of the scores' tenths, in nats; reported.";
    using HistogramDrift::HistogramDrift;
    Computed<Drift> finish() const;
};

struct KolmogorovSmirnov : HistogramDrift {
    static constexpr std::string_view name = "kolmogorov_smirnov";
    static constexpr std::string_view says =
        "The largest difference of the cumulated distributions; decides, with wasserstein.";
    using HistogramDrift::HistogramDrift;
    Computed<Drift> finish() const;
};

class MeanDrift {
  public:
    static constexpr std::string_view name = "mean";
    static constexpr std::string_view says =
        "The mean's distance from the reference, by a confidence sequence: look when you like.";
    static constexpr bool ordered = false;
    explicit MeanDrift(const DriftReference& reference);
    void update(const ScoredSession& session);
    void merge(const MeanDrift& other) { sums_.merge(other.sums_); }
    Computed<Drift> finish() const;

  private:
    Computed<LossBaseline> baseline_;
    double day_sessions_;
    ClusteredSums sums_;
};

struct PopulationStability : HistogramDrift {
    static constexpr std::string_view name = "psi";
    static constexpr std::string_view says =
        "Population stability index of the scores' tenths; reported, with its value by chance.";
    using HistogramDrift::HistogramDrift;
    Computed<Drift> finish() const;
};

struct Wasserstein : HistogramDrift {
    static constexpr std::string_view name = "wasserstein";
    static constexpr std::string_view says = "How far scores moved, in units of the score.";
    using HistogramDrift::HistogramDrift;
    Computed<Drift> finish() const;
};

using DriftStatistics = std::tuple<EDetectorDrift, JensenShannon, KolmogorovSmirnov, MeanDrift,
                                   PopulationStability, Wasserstein>;

}  // namespace plimsoll::analyse
