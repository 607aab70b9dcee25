#include "analyse/gate/sequential_gate.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "analyse/gate/betting.h"
#include "base/permanent_random.h"

namespace plimsoll::analyse {

std::vector<std::string> sequential_order(std::vector<std::string> items) {
    std::ranges::sort(items);
    std::ranges::stable_sort(items, std::less<>(),
                             [](const std::string& item) { return permanent_bits("gate", item); });
    return items;
}

Computed<SequentialAnswer> sequential_gate(const PairedSample& sample,
                                           const PairedGateRules& rules) {
    if (sample.weighted()) return Undefined{"the sequential gate takes no weights"};
    struct Sum {
        double value = 0, n = 0;
    };
    std::map<std::string, Sum> units;
    for (const PairedDifference& one : sample.differences) {
        Sum& unit = units[one.cluster.empty() ? one.item : one.cluster];
        unit.value += one.value;
        unit.n += 1;
    }
    std::vector<std::string> names;
    for (const auto& [name, sum] : units) names.push_back(name);

    Bettor not_worse((1 - rules.margin_of(sample.dimension)) / 2, rules.pass_alpha);
    Bettor worse(0.5, rules.fail_alpha);
    SequentialAnswer answer;
    for (const std::string& name : sequential_order(std::move(names))) {
        const double x = (units[name].value / units[name].n + 1) / 2;
        not_worse.add(x);
        worse.add(1 - x);
        ++answer.read;
        if (not_worse.convinced() || worse.convinced()) break;
    }
    answer.wealth_not_worse = std::exp(not_worse.log_wealth());
    answer.wealth_worse = std::exp(worse.log_wealth());
    if (sample.excluded_share() > rules.excluded_max) return answer;
    if (not_worse.convinced()) {
        answer.verdict = GateVerdict::pass;
    } else if (worse.convinced()) {
        answer.verdict = GateVerdict::fail;
    }
    return answer;
}

}  // namespace plimsoll::analyse
