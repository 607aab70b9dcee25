/// change_point.h: when did a series change, and was one of the known events the moment?
///
///   buckets (hours, days) ──┐
///   events, with bucket  ───┴─▶ P(no change), P(each event), P(each other time)
///
/// Bayes, exactly: half of the prior says that nothing changed, 0.4 is spread over the known events
/// (deploys, provider changes, sampler changes, launches), 0.1 over all other times. An event is
/// named only at 0.90. Sums are all it reads, O(T). docs/statistics/7-attribution.md
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace plimsoll::analyse {

/// One bucket of pass-or-fail scores; counts may be effective counts.
struct PassBucket {
    double passed = 0;
    double n = 0;
};

/// So many fewer scores that a bucket whose true rate strays by `day_sd` (sd, of a frozen baseline)
/// is no surer than if all buckets had one rate. Without it, restless days look like changes. Where
/// day_sd is not known, series_changes.h estimates it.
PassBucket as_if_days_were_alike(const PassBucket& bucket, double day_sd);

/// One bucket of graded scores in [0, 1]: their sums, scaled to effective counts if clustered.
struct GradedBucket {
    double n = 0;
    double sum = 0;
    double squares = 0;
};

struct KnownEvent {
    std::size_t at = 0;  ///< The first bucket that it could have changed.
    std::string name;
};

struct ChangePriors {
    double none = 0.5;
    double events = 0.4;  ///< Together; the rest is spread over the other times.
};

/// A change between bucket `at` - 1 and bucket `at`.
struct ChangeTime {
    std::size_t at = 0;
    std::string event;  ///< Its name, or names joined by " + "; empty if nothing is known then.
    double log_bayes_factor = 0;  ///< Against no change.
    double probability = 0;
};

struct ChangePoint {
    double none = 1;                ///< P(no change).
    std::vector<ChangeTime> times;  ///< Every time, the likeliest first; ties by time.

    /// The event to name: one with 0.90 or more; nullptr if there is none.
    const ChangeTime* named() const;
    /// The likeliest times that together hold `mass` of what is not "no change".
    std::span<const ChangeTime> likely(double mass = 0.95) const;
};

inline constexpr double name_event_at = 0.90;

/// Events outside 1 … T-1 are ignored: nothing stands on one side of them. Fewer than two buckets
/// give P(no change) = 1.
ChangePoint change_point(std::span<const PassBucket> buckets, std::span<const KnownEvent> events,
                         const ChangePriors& priors = {});
ChangePoint change_point(std::span<const GradedBucket> buckets, std::span<const KnownEvent> events,
                         const ChangePriors& priors = {});

/// log of the probability of the counts, the rate being anything in [0, 1] alike.
double log_marginal(const PassBucket& sum);
/// log of the density of the scores; the mean is Student's t_2 about 0.5 with scale 0.29, the
/// variance inverse gamma (1, 0.05): normal-inverse-gamma, as vague as scores in [0, 1] allow.
double log_marginal(const GradedBucket& sum);

}  // namespace plimsoll::analyse
