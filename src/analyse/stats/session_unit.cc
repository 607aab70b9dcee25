#include "analyse/stats/session_unit.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "base/permanent_random.h"

namespace plimsoll::analyse {

SessionLoss session_loss(std::span<const double> losses, std::size_t cap) {
    assert(!losses.empty() && losses.size() <= cap);
    const auto count = static_cast<double>(losses.size());
    return {std::accumulate(losses.begin(), losses.end(), 0.0) / count,
            count / static_cast<double>(cap)};
}

std::vector<std::size_t> session_subsample(std::span<const std::string_view> traces,
                                           std::size_t cap) {
    std::vector<std::size_t> heard(traces.size());
    std::iota(heard.begin(), heard.end(), std::size_t{0});
    if (traces.size() <= cap) return heard;
    std::vector<std::pair<double, std::string_view>> rank;
    for (const std::string_view trace : traces) {
        rank.emplace_back(permanent_random("session-cap", trace), trace);
    }
    const auto end = heard.begin() + static_cast<std::ptrdiff_t>(cap);
    std::nth_element(heard.begin(), end, heard.end(),
                     [&](std::size_t a, std::size_t b) { return rank[a] < rank[b]; });
    heard.erase(end, heard.end());
    std::ranges::sort(heard);
    return heard;
}

}  // namespace plimsoll::analyse
