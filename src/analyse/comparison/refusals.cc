#include "analyse/comparison/refusals.h"

#include "analyse/stats/false_discovery.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

Computed<RefusalBalance> refusal_balance(const RefusalCounts& counts, const RefusalRules& rules) {
    const auto& [over, under] = counts;
    if (over.n <= 0) return Undefined{"nothing that should be answered"};
    if (under.n <= 0) return Undefined{"nothing that should be refused"};
    const auto ratio = koopman(over, under);
    if (!ratio) return Undefined{"no over-refusal and no under-refusal"};
    RefusalBalance balance{wilson(over.events, over.n), wilson(under.events, under.n), *ratio};
    const Interval band = {1 / rules.band, rules.band};
    if (band.contains(ratio->low) && band.contains(ratio->high)) {
        balance.band = RefusalBalance::Within::yes;
    } else if (ratio->low > band.high || ratio->high < band.low) {
        balance.band = RefusalBalance::Within::no;
    }
    return balance;
}

std::vector<RefusalAsymmetry> refusal_asymmetries(std::span<const RefusalGroup> groups,
                                                  const RefusalRules& rules) {
    const auto counted = [](const RefusalGroup& group, RefusalKind kind) {
        return kind == RefusalKind::over ? group.counts.over : group.counts.under;
    };
    std::vector<RefusalAsymmetry> result;
    std::vector<double> p;            // Of those that can be tested:
    std::vector<std::size_t> tested;  // result[tested[i]].
    for (const RefusalGroup& group : groups) {
        for (const RefusalKind kind : {RefusalKind::over, RefusalKind::under}) {
            const Share here = counted(group, kind);
            Share rest;
            for (const RefusalGroup& other : groups) {
                if (&other == &group) continue;
                rest.events += counted(other, kind).events;
                rest.n += counted(other, kind).n;
            }
            if (here.n <= 0 || rest.n <= 0) {
                result.push_back({group.name, kind, Undefined{"nothing to compare"}});
                continue;
            }
            result.push_back({group.name, kind, koopman(here, rest)});
            if (!result.back().ratio) continue;
            tested.push_back(result.size() - 1);
            p.push_back(koopman_p(here, rest, rules.group_ratio));
        }
    }
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < tested.size(); ++i) {
        result[tested[i]].adjusted_p = adjusted[i];
        result[tested[i]].alert = adjusted[i] <= rules.alpha / 2;
    }
    return result;
}

}  // namespace plimsoll::analyse
