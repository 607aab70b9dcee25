#include "analyse/stats/repeated_trials.h"

#include <cassert>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "analyse/stats/bootstrap.h"

namespace plimsoll::analyse {

Computed<PassPower> pass_power(std::span<const TaskTrials> tasks, std::uint32_t k) {
    assert(k >= 1);
    std::vector<double> all_succeed;  // Per task, of the draws of k trials.
    for (const TaskTrials& task : tasks) {
        assert(task.successes <= task.trials);
        if (task.trials < k) continue;
        double share = 1;
        for (std::uint32_t i = 0; i < k && share > 0; ++i) {
            share *= task.successes > i
                         ? static_cast<double>(task.successes - i) / (task.trials - i)
                         : 0.0;
        }
        all_succeed.push_back(share);
    }
    if (all_succeed.empty()) return Undefined{fmt::format("no task has {} trials", k)};
    const auto mean = [&](std::span<const double> times) -> std::optional<double> {
        const double count = std::accumulate(times.begin(), times.end(), 0.0);
        return std::inner_product(times.begin(), times.end(), all_succeed.begin(), 0.0) / count;
    };
    return PassPower{
        .value = std::accumulate(all_succeed.begin(), all_succeed.end(), 0.0) /
                 static_cast<double>(all_succeed.size()),
        .interval = bootstrap(all_succeed.size(), k, mean),
        .tasks = all_succeed.size(),
        .left_out = tasks.size() - all_succeed.size(),
    };
}

}  // namespace plimsoll::analyse
