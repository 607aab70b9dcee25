#include "analyse/coverage/coverage.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::analyse {

namespace {

std::uint64_t count_of(const record::TraitCounts& counts, Trait trait) {
    return counts.with[static_cast<std::size_t>(trait)];
}

}  // namespace

Computed<double> Share::value() const {
    if (among == 0) return Undefined{"there is nothing it could be a share of"};
    return static_cast<double>(with) / static_cast<double>(among);
}

std::vector<Share> coverage_of(const record::TraitCounts& counts) {
    std::vector<Share> shares;
    for (const ShareKind& kind : share_kinds) {
        Share share{.kind = &kind};
        if (kind.sessions) {
            share.with = counts.sessions_without_end;
            share.among = counts.sessions;
        } else {
            share.with = count_of(counts, kind.trait);
            share.among = kind.of_all ? counts.interactions : count_of(counts, kind.among);
            // What came without the span that would ask for it still came.
            share.with = std::min(share.with, share.among);
        }
        shares.push_back(share);
    }
    return shares;
}

std::vector<MovedShare> moved_shares(const record::TraitCounts& before,
                                     const record::TraitCounts& after) {
    constexpr double errors = 4, session_widening = 2;
    const std::vector<Share> then = coverage_of(before), now = coverage_of(after);
    std::vector<MovedShare> moved;
    for (std::size_t i = 0; i < then.size(); ++i) {
        const auto was = then[i].value(), is = now[i].value();
        if (!was || !is) continue;
        const auto n = static_cast<double>(then[i].among), m = static_cast<double>(now[i].among);
        const double all = (static_cast<double>(then[i].with + now[i].with)) / (n + m);
        const double error = std::sqrt(all * (1 - all) * (1 / n + 1 / m)) * session_widening;
        const double change = *is - *was;
        if (std::abs(change) < moved_at_least || std::abs(change) <= errors * error) continue;
        moved.push_back({then[i], now[i], (change < 0) == then[i].kind->wanted});
    }
    return moved;
}

record::TraitCounts sum_of(const std::vector<record::TraitCounts>& counts) {
    record::TraitCounts sum;
    for (const record::TraitCounts& each : counts) {
        sum.interactions += each.interactions;
        sum.dropped += each.dropped;
        sum.sessions += each.sessions;
        sum.sessions_without_end += each.sessions_without_end;
        for (std::size_t i = 0; i < trait_count; ++i) sum.with[i] += each.with[i];
    }
    return sum;
}

}  // namespace plimsoll::analyse
