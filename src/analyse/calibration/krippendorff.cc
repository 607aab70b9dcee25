#include "analyse/calibration/krippendorff.h"

#include <algorithm>
#include <optional>

#include "analyse/stats/bootstrap.h"

namespace plimsoll::analyse {
namespace {

/// A pair of labels of one item, c <= v as places in `values`, and what it adds to o_cv + o_vc.
struct Pair {
    std::uint32_t item, c, v;
    double weight;
};

/// Labels laid out so that alpha with items repeated is one pass: what the bootstrap asks for.
class Coincidences {
  public:
    explicit Coincidences(std::span<const ItemLabels> items) {
        for (const ItemLabels& labels : items) {
            if (labels.size() > 1) values_.insert(values_.end(), labels.begin(), labels.end());
        }
        std::ranges::sort(values_);
        values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
        for (const ItemLabels& labels : items) {
            if (labels.size() < 2) continue;
            for (std::size_t i = 0; i < labels.size(); ++i) {
                labels_.push_back({items_, place_of(labels[i])});
                for (std::size_t j = 0; j < i; ++j) {
                    const auto [c, v] = std::minmax({place_of(labels[i]), place_of(labels[j])});
                    pairs_.push_back({items_, c, v, 2. / static_cast<double>(labels.size() - 1)});
                }
            }
            ++items_;
        }
        counts_.resize(values_.size());
    }

    std::uint32_t items() const { return items_; }

    /// nullopt if everything is the same.
    std::optional<double> alpha(std::span<const double> times, AlphaScale scale) {
        std::ranges::fill(counts_, 0);
        for (const Label& label : labels_) counts_[label.place] += times[label.item];
        double n = 0;
        for (const double count : counts_) n += count;
        // The ordinal distance of two labels is the square of a difference of places: the labels up
        // to the middle of each. So are the other two, and expected disagreement needs sums only.
        places_.resize(values_.size());
        double below = 0, sum = 0, squares = 0;
        for (std::size_t k = 0; k < values_.size(); ++k) {
            places_[k] = scale == AlphaScale::ordinal ? below + counts_[k] / 2 : values_[k];
            below += counts_[k];
            const double x = scale == AlphaScale::nominal ? 1 : places_[k] - places_[0];
            sum += counts_[k] * x;
            squares += scale == AlphaScale::nominal ? counts_[k] * counts_[k] : counts_[k] * x * x;
        }
        const double expected =
            scale == AlphaScale::nominal ? n * n - squares : 2 * (n * squares - sum * sum);
        if (!(expected > 1e-12 * n * n)) return std::nullopt;
        double observed = 0;
        for (const Pair& pair : pairs_) {
            if (pair.c == pair.v) continue;
            const double d = places_[pair.v] - places_[pair.c];
            observed += times[pair.item] * pair.weight * (scale == AlphaScale::nominal ? 1 : d * d);
        }
        return 1 - (n - 1) * observed / expected;
    }

  private:
    std::uint32_t place_of(double value) const {
        return static_cast<std::uint32_t>(std::ranges::lower_bound(values_, value) -
                                          values_.begin());
    }
    std::vector<double> values_;  ///< Distinct, ascending.
    struct Label {
        std::uint32_t item, place;
    };
    std::vector<Label> labels_;
    std::vector<Pair> pairs_;
    std::uint32_t items_ = 0;
    std::vector<double> counts_, places_;  ///< Space of alpha().
};

}  // namespace

std::string_view to_word(AlphaScale scale) {
    return scale == AlphaScale::nominal   ? "nominal"
           : scale == AlphaScale::ordinal ? "ordinal"
                                          : "interval";
}

Computed<double> krippendorff_alpha(std::span<const ItemLabels> items, AlphaScale scale) {
    Coincidences coincidences(items);
    if (coincidences.items() == 0) return Undefined{"no item has two human labels"};
    const auto alpha = coincidences.alpha(std::vector<double>(coincidences.items(), 1), scale);
    if (!alpha) return Undefined{"every human label is the same"};
    return *alpha;
}

Computed<Interval> krippendorff_interval(std::span<const ItemLabels> items, AlphaScale scale,
                                         std::uint64_t key) {
    Coincidences coincidences(items);
    return bootstrap(coincidences.items(), key, [&](std::span<const double> times) {
        return coincidences.alpha(times, scale);
    });
}

}  // namespace plimsoll::analyse
