#include "evaluators/measures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "base/counter_random.h"

namespace plimsoll::bench {

namespace {

std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
        for (std::size_t k = i; k < end; ++k) ranks[order[k]] = (i + end - 1) / 2.0;
        i = end;
    }
    return ranks;
}

}  // namespace

double matthews_of_classes(const std::vector<int>& human, const std::vector<int>& verdict) {
    std::map<int, double> humans, verdicts;
    double right = 0;
    const double n = static_cast<double>(human.size());
    for (std::size_t i = 0; i < human.size(); ++i) {
        right += human[i] == verdict[i];
        ++humans[human[i]];
        ++verdicts[verdict[i]];
    }
    double cross = 0, h = n * n, v = n * n;
    for (const auto& [kind, count] : humans) {
        h -= count * count;
        cross += count * verdicts[kind];
    }
    for (const auto& [kind, count] : verdicts) v -= count * count;
    return h > 0 && v > 0 ? (right * n - cross) / std::sqrt(h * v) : 0;
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
    const std::vector<double> x = ranks(a), y = ranks(b);
    const double mean = (static_cast<double>(a.size()) - 1) / 2;
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

analyse::Estimate clustered_bootstrap(
    const std::vector<std::string>& clusters,
    const std::function<double(const std::vector<std::size_t>&)>& statistic) {
    std::map<std::string, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < clusters.size(); ++i) members[clusters[i]].push_back(i);
    std::vector<std::vector<std::size_t>> groups;
    for (auto& [name, rows] : members) groups.push_back(std::move(rows));
    std::vector<std::size_t> all(clusters.size());
    std::iota(all.begin(), all.end(), 0);

    constexpr std::size_t draws = 1000;
    CounterRandom random(20261125);
    std::vector<double> values;
    for (std::size_t d = 0; d < draws; ++d) {
        std::vector<std::size_t> rows;
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const auto drawn = static_cast<std::size_t>(random.uniform() * groups.size());
            rows.insert(rows.end(), groups[drawn].begin(), groups[drawn].end());
        }
        values.push_back(statistic(rows));
    }
    std::ranges::sort(values);
    return {.value = statistic(all),
            .interval = {values[draws * 25 / 1000], values[draws * 975 / 1000 - 1]}};
}

std::string to_text(const analyse::Estimate& estimate) {
    return fmt::format("{:.3f} [{:.3f}, {:.3f}]", estimate.value, estimate.interval.low,
                       estimate.interval.high);
}

}  // namespace plimsoll::bench
