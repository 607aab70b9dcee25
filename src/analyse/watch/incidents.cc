#include "analyse/watch/incidents.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plimsoll::analyse {

namespace {

using record::Finding;
using record::FindingKind;

bool one_change(const Finding& a, const Finding& b) {
    constexpr UnixNanos day = 86'400 * nanos_per_second;
    if (a.service != b.service) return false;
    if (std::abs(a.since - b.since) <= day) return true;
    return a.dimension == b.dimension && a.evaluator == b.evaluator &&
           a.since_earliest <= b.since_latest && b.since_earliest <= a.since_latest;
}

bool of_scores(const Finding& one) {
    return one.kind == FindingKind::score_drift || one.kind == FindingKind::slice_drift;
}

/// What the slice's change means for everybody.
double weight_of(const Finding& one) {
    return std::abs(one.change) * static_cast<double>(one.sessions_after);
}

double surety(const Finding& one) {
    const double half = (one.change_high - one.change_low) / 2;
    return half > 0 ? std::abs(one.change) / half : 0;
}

/// Scores before figures, worse before better.
int rank(const Finding& one) {
    return (of_scores(one) ? 2 : 0) + (one.worse ? 1 : 0);
}

const Finding& leader_of(const std::vector<const Finding*>& incident) {
    const Finding* surest = nullptr;
    for (const Finding* one : incident) {
        if (!surest || rank(*one) > rank(*surest) ||
            (rank(*one) == rank(*surest) && surety(*one) > surety(*surest)))
            surest = one;
    }
    // Of that series and its slices, the narrowest that holds most of the change.
    constexpr double most = .8;
    double heaviest = 0;
    const auto same_measure = [&](const Finding& one) {
        return one.dimension == surest->dimension && one.evaluator == surest->evaluator &&
               one.version == surest->version && one.measure == surest->measure &&
               one.worse == surest->worse;
    };
    for (const Finding* one : incident)
        if (same_measure(*one)) heaviest = std::max(heaviest, weight_of(*one));
    const Finding* leads = surest;
    bool found = false;
    for (const Finding* one : incident) {
        if (!same_measure(*one) || weight_of(*one) < most * heaviest) continue;
        if (!found || one->sessions_after < leads->sessions_after) leads = one;
        found = true;
    }
    return *leads;
}

}  // namespace

void group_incidents(std::vector<Finding>& findings) {
    std::vector<std::size_t> incident_of(findings.size());
    std::iota(incident_of.begin(), incident_of.end(), std::size_t{0});
    for (std::size_t i = 0; i < findings.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (incident_of[i] != incident_of[j] && one_change(findings[i], findings[j]))
                std::ranges::replace(incident_of, incident_of[i], std::size_t{incident_of[j]});
    for (std::size_t incident = 0; incident < findings.size(); ++incident) {
        std::vector<const Finding*> members;
        for (std::size_t i = 0; i < findings.size(); ++i)
            if (incident_of[i] == incident) members.push_back(&findings[i]);
        if (members.size() < 2) continue;
        const std::string leader = leader_of(members).id;
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (incident_of[i] != incident) continue;
            if (findings[i].id != leader) findings[i].leader = leader;
            for (const Finding* other : members)
                if (other->id != findings[i].id) findings[i].related.push_back(other->id);
            std::ranges::sort(findings[i].related);
        }
    }
}

}  // namespace plimsoll::analyse
