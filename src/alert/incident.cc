#include "alert/incident.h"

#include <algorithm>
#include <numeric>

namespace plimsoll::alert {

namespace {

using record::Finding;

constexpr UnixNanos slack = 3'600 * nanos_per_second;  ///< Series are kept by the hour.

bool names(const Finding& a, const Finding& b) {
    return std::ranges::find(a.related, b.id) != a.related.end();
}

bool overlap_in_time(const Finding& a, const Finding& b) {
    return a.since_earliest - slack <= b.since_latest + slack &&
           b.since_earliest - slack <= a.since_latest + slack;
}

bool same_first_cause(const Finding& a, const Finding& b) {
    if (a.causes.empty() || b.causes.empty()) return false;
    const record::FindingCause &one = a.causes.front(), &other = b.causes.front();
    return one.element == other.element && one.from == other.from && one.to == other.to;
}

bool holds(const std::map<std::string, std::string>& wide,
           const std::map<std::string, std::string>& narrow) {
    return std::ranges::includes(narrow, wide);
}

bool nested(const Finding& a, const Finding& b) {
    return a.dimension == b.dimension && (holds(a.slice, b.slice) || holds(b.slice, a.slice));
}

}  // namespace

bool same_change(const Finding& a, const Finding& b) {
    if (a.worse != b.worse) return false;
    if (names(a, b) || names(b, a)) return true;
    return a.service == b.service && overlap_in_time(a, b) &&
           (same_first_cause(a, b) || nested(a, b));
}

std::vector<std::vector<std::size_t>> incidents(std::span<const Finding* const> findings) {
    std::vector<std::size_t> head(findings.size());
    std::iota(head.begin(), head.end(), std::size_t{0});
    const auto head_of = [&](std::size_t at) {
        while (head[at] != at) at = head[at] = head[head[at]];
        return at;
    };
    for (std::size_t a = 0; a < findings.size(); ++a)
        for (std::size_t b = a + 1; b < findings.size(); ++b)
            if (same_change(*findings[a], *findings[b])) {
                const std::size_t one = head_of(a), other = head_of(b);
                head[std::max(one, other)] = std::min(one, other);
            }
    std::vector<std::vector<std::size_t>> groups(findings.size());
    for (std::size_t at = 0; at < findings.size(); ++at) groups[head_of(at)].push_back(at);
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
    return groups;
}

}  // namespace plimsoll::alert
