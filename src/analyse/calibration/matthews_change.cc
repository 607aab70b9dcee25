#include "analyse/calibration/matthews_change.h"

#include <cmath>

#include "analyse/calibration/matthews.h"
#include "analyse/calibration/matthews_multiclass.h"
#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

Computed<MatthewsChange> matthews_change(const PairedVerdicts& verdicts) {
    const std::size_t k = verdicts.classes();
    ConfusionTable before(k), after(k);
    const auto each = [k](auto&& visit) {
        for (std::size_t h = 0; h < k; ++h)
            for (std::size_t o = 0; o < k; ++o)
                for (std::size_t n = 0; n < k; ++n) visit(h, o, n);
    };
    each([&](std::size_t h, std::size_t o, std::size_t n) {
        before.at(h, o) += verdicts.at(h, o, n);
        after.at(h, n) += verdicts.at(h, o, n);
    });
    const Computed<double> was = matthews(before), is = matthews(after);
    if (!was) return Undefined{"before: " + was.why()};
    if (!is) return Undefined{"after: " + is.why()};
    const ConfusionTable old_pull = matthews_influence(before);
    const ConfusionTable new_pull = matthews_influence(after);
    double squares = 0;  // Influences have mean 0, so their difference has too.
    each([&](std::size_t h, std::size_t o, std::size_t n) {
        const double d = new_pull.at(h, n) - old_pull.at(h, o);
        squares += verdicts.at(h, o, n) * d * d;
    });
    MatthewsChange change{.before = *was, .after = *is, .change = {}, .p_fell = 1};
    const double value = *is - *was, error = std::sqrt(squares) / before.total();
    const double half = z_95_two_sided * error;
    change.change = {value, error, {value - half, value + half}};
    change.p_fell = error > 0 ? normal_cdf(value / error) : value < 0 ? 0 : 1;
    return change;
}

double probability_of_drop(const Confusion& before, const Confusion& now, double drop) {
    const Confusion was = before.plus(0.5), is = now.plus(0.5);
    return normal_cdf((*matthews(was) - drop - *matthews(is)) /
                      std::sqrt(matthews_variance(was) + matthews_variance(is)));
}

}  // namespace plimsoll::analyse
