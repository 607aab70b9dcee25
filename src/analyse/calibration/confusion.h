/// confusion.h: how often a judge and people called the same thing a failure.
///
///                 human: fail   human: pass
///   judge: fail       tp            fp           "positive" is the failing class
///   judge: pass       fn            tn
///
/// Counts are doubles, because weighted labels and decayed weeks are fractions. A value: adds.
#pragma once

#include <algorithm>
#include <cstdint>

namespace plimsoll::analyse {

struct Confusion {
    double tp = 0, fp = 0, fn = 0, tn = 0;

    double total() const { return tp + fp + fn + tn; }
    double rarer_human() const { return std::min(tp + fn, fp + tn); }
    void add(bool judge_fails, bool human_fails, double weight = 1) {
        (judge_fails ? human_fails ? tp : fp : human_fails ? fn : tn) += weight;
    }
    Confusion plus(double each) const { return {tp + each, fp + each, fn + each, tn + each}; }
    Confusion times(double factor) const {
        return {tp * factor, fp * factor, fn * factor, tn * factor};
    }
    Confusion operator+(const Confusion& other) const {
        return {tp + other.tp, fp + other.fp, fn + other.fn, tn + other.tn};
    }
    bool operator==(const Confusion&) const = default;
};

/// Labels of items that were drawn with unequal probability (weight = 1 / probability): as many
/// equal labels as they are worth. `sum` holds sums of weights, `squares` the sum of w^2.
inline Confusion effective_counts(const Confusion& sum, double squares) {
    const double weight = sum.total();
    return weight > 0 ? sum.times(weight / squares) : Confusion{};
}

}  // namespace plimsoll::analyse
