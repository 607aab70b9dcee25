#include "analyse/calibration/label_pairs.h"

#include "analyse/calibration/matthews_multiclass.h"
#include "analyse/calibration/rank_correlation.h"
#include "analyse/stats/bootstrap.h"
#include "analyse/stats/ranks.h"

namespace plimsoll::analyse {

void LabelPairs::add(std::size_t item, double first, double second, double weight) {
    item_.push_back(item);
    first_.push_back(first);
    second_.push_back(second);
    weight_.push_back(weight);
    items_ = item + 1;
}

Computed<double> LabelPairs::of(std::span<const double> weights) const {
    if (classes_ == 0) return spearman(first_, second_, weights);
    ConfusionTable table(classes_);
    for (std::size_t i = 0; i < first_.size(); ++i) {
        table.at(static_cast<std::size_t>(second_[i]), static_cast<std::size_t>(first_[i])) +=
            weights[i];
    }
    return matthews(table);
}

Computed<double> LabelPairs::agreement() const {
    return of(weight_);
}

Computed<Interval> LabelPairs::interval(std::uint64_t key) const {
    std::vector<double> weights(weight_.size());
    std::vector<double> ranks_first(first_.size()), ranks_second(first_.size());
    const auto order_first = order_of(first_), order_second = order_of(second_);
    return bootstrap(items_, key, [&](std::span<const double> times) -> std::optional<double> {
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = weight_[i] * times[item_[i]];
        Computed<double> value{0.};
        if (classes_ == 0) {
            mid_ranks(first_, order_first, weights, ranks_first);
            mid_ranks(second_, order_second, weights, ranks_second);
            value = pearson(ranks_first, ranks_second, weights);
        } else {
            value = of(weights);
        }
        return value ? std::optional(*value) : std::nullopt;
    });
}

}  // namespace plimsoll::analyse
