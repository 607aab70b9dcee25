/// traffic_model.h: interactions of which 10% are anomalies that pass at .60 and the rest at .9778:
/// .94 in all. All anomalies are judged, and a ninth of the rest.
///
/// In sessions (1 to 8 interactions each) 8% of the sessions are bad: there 65% are anomalies, and
/// anomalies and others fail more often; the overall rates are the same.
#pragma once

#include <cstdint>

#include "analyse/stats/weighted_sums.h"
#include "base/counter_random.h"

namespace plimsoll::bench {

inline constexpr double traffic_pass_rate = .94, plain_inclusion = 1. / 9;

struct DrawnInteraction {
    std::size_t bucket = 0;  ///< Of its session.
    bool anomalous = false;
    double fails = 0;      ///< Probability that it does.
    double inclusion = 1;  ///< Probability that it is judged.
};

/// visit(interaction) says whether it was judged; returns how many sessions hold one that was.
template <class Visit>
double draw_traffic(CounterRandom& random, double interactions, bool in_sessions, Visit&& visit) {
    struct Kind {
        double anomalous, anomaly_fails, plain_fails;
    };
    constexpr Kind bad{.65, .60, .25}, good{.048 / .92, .0088 / .048, .013 / .872},
        alone{.10, .40, .02 / .90};
    constexpr double bad_share = .08;
    double judged_sessions = 0;
    const auto sessions = static_cast<int>(in_sessions ? interactions / 4.5 + .5 : interactions);
    for (int session = 0; session < sessions; ++session) {
        const Kind& kind = !in_sessions ? alone : random.uniform() < bad_share ? bad : good;
        const std::uint32_t size = in_sessions ? 1 + random.below(8) : 1;
        const std::size_t bucket = random.below(analyse::series_buckets);
        bool judged = false;
        for (std::uint32_t i = 0; i < size; ++i) {
            const bool anomalous = random.uniform() < kind.anomalous;
            judged |= visit(DrawnInteraction{bucket, anomalous,
                                             anomalous ? kind.anomaly_fails : kind.plain_fails,
                                             anomalous ? 1 : plain_inclusion});
        }
        judged_sessions += judged;
    }
    return judged_sessions;
}

}  // namespace plimsoll::bench
