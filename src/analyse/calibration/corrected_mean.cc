#include "analyse/calibration/corrected_mean.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analyse/calibration/rogan_gladen.h"
#include "analyse/calibration/three_phase.h"
#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

/// Weights of the items, so that they add up to the population of each stratum.
std::vector<double> calibrated(std::span<const JudgedItem> items,
                               std::span<const StratumSize> sizes) {
    std::vector<double> sum(sizes.size()), weights;
    for (const JudgedItem& item : items) sum[item.stratum] += item.weight;
    for (const JudgedItem& item : items) {
        const auto& population = sizes[item.stratum].population;
        weights.push_back(population ? item.weight * *population / sum[item.stratum] : item.weight);
    }
    return weights;
}

/// A pile of judged items: scores in [low, high).
struct Cell {
    std::string name;
    double high = 0;
    WeightedSums labels;  ///< Weight of judging and labelling, label.
    double weight = 0;    ///< Of the judged items.
};

std::vector<Cell> verdicts() {
    return {{"judge fail", 0.5, {}, 0}, {"judge pass", INFINITY, {}, 0}};
}
std::vector<Cell> score_bins() {
    std::vector<Cell> bins;
    for (int fifth = 0; fifth < 5; ++fifth) {
        bins.push_back({fmt::format("score {:.1f} to {:.1f}", fifth / 5., (fifth + 1) / 5.),
                        fifth == 4 ? INFINITY : (fifth + 1) / 5.,
                        {},
                        0});
    }
    return bins;
}

std::size_t cell_of(const std::vector<Cell>& cells, double score) {
    std::size_t c = 0;
    while (score >= cells[c].high) ++c;
    return c;
}

void fill(std::vector<Cell>& cells, std::span<const JudgedItem> items,
          std::span<const double> weights) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        Cell& cell = cells[cell_of(cells, items[i].score)];
        cell.weight += weights[i];
        if (items[i].human) cell.labels.add(weights[i] * items[i].label_weight, *items[i].human);
    }
}

/// Bins with fewer labels go together with the smaller of their neighbours.
void merge_small(std::vector<Cell>& cells, std::vector<std::string>& notes) {
    constexpr std::uint64_t labels_min = 10;
    while (cells.size() > 1) {
        const auto small =
            std::ranges::min_element(cells, {}, [](const Cell& cell) { return cell.labels.n; });
        if (small->labels.n >= labels_min) return;
        const bool left = small != cells.begin() && (small + 1 == cells.end() ||
                                                     (small - 1)->labels.n < (small + 1)->labels.n);
        const auto first = left ? small - 1 : small, second = first + 1;
        notes.push_back(fmt::format("\"{}\" has {} labels, fewer than 10: put together with \"{}\"",
                                    small->name, small->labels.n, (left ? first : second)->name));
        first->name = first->name.substr(0, first->name.find(" to ")) +
                      second->name.substr(second->name.find(" to "));
        first->high = second->high;
        first->labels.merge(second->labels);
        first->weight += second->weight;
        cells.erase(second);
    }
}

Computed<CorrectedMean> by_cells(std::span<const JudgedItem> items,
                                 std::span<const StratumSize> sizes,
                                 const CorrectionOptions& options, CorrectedMean result,
                                 std::vector<Cell> cells) {
    const std::vector<double> weights = calibrated(items, sizes);
    fill(cells, items, weights);
    if (result.choice.method == Correction::score_bins) merge_small(cells, result.notes);
    double total = 0;
    for (const Cell& cell : cells) total += cell.weight;
    std::vector<ProportionStratum> strata;
    for (const Cell& cell : cells) {
        const double n = cell.labels.n > 0 ? cell.labels.kish_count() : 0;
        const double passes = n > 0 ? n * cell.labels.mean() : 0;
        strata.push_back({cell.weight / total, passes, n});
        result.cells.push_back({cell.name, cell.weight / total, n, passes});
        if (n == 0 && cell.weight > 0) {
            result.notes.push_back("no label in \"" + cell.name +
                                   "\": it may be anything, which widens the interval");
        }
    }
    // With q_c for the score of every item, the shares' variance is that of a mean like any other:
    // strata, weights, clusters and all.
    std::vector<JudgedItem> valued(items.begin(), items.end());
    for (JudgedItem& item : valued) item.score = strata[cell_of(cells, item.score)].proportion();
    const auto mix = stratified_mean(
        strata_of(valued, sizes), {.clusters = options.clusters, .clustered = options.clustered});
    if (!mix) return Undefined{mix.why()};
    result.estimate = mean_of_cells(strata, std::pow(mix->estimate.standard_error, 2));
    return result;
}

/// How many units the judged items fall into: themselves, or buckets of clusters; 0: too few.
std::size_t units_of(std::span<const JudgedItem> items, const CorrectionOptions& options) {
    if (!options.clustered) return items.size();
    ClusteredSums sums(series_buckets);
    for (const JudgedItem& item : items) sums.add(item.weight, item.score, item.bucket);
    return buckets_for(options.clusters.value_or(clusters_estimated(sums)));
}

Computed<CorrectedMean> by_ppi(std::span<const JudgedItem> items,
                               std::span<const StratumSize> sizes, const CorrectionOptions& options,
                               CorrectedMean result) {
    const std::vector<double> weights = calibrated(items, sizes);
    std::vector<ThreePhaseSums> units(units_of(items, options));
    if (units.empty()) return Undefined{"too few clusters: fewer than 40"};
    for (std::size_t i = 0; i < items.size(); ++i) {
        ThreePhaseSums& unit = units[(options.clustered ? items[i].bucket : i) % units.size()];
        unit.judged(weights[i], items[i].score);
        if (items[i].human) {
            unit.labelled(weights[i] * items[i].label_weight, items[i].score, *items[i].human);
        }
    }
    result.lambda = best_lambda(units);
    const auto mean = three_phase_mean(units, *result.lambda);
    if (!mean) return Undefined{mean.why()};
    const auto count = static_cast<double>(units.size());
    const double error = std::sqrt(mean->variance * count / (count - 1));
    const double half = student_quantile(0.975, count - 1) * error;
    result.estimate = {mean->value, error, clamped({mean->value - half, mean->value + half}, 0, 1)};
    return result;
}

Computed<CorrectedMean> by_rogan_gladen(std::span<const JudgedItem> items,
                                        std::span<const StratumSize> sizes,
                                        const CorrectionOptions& options, CorrectedMean result) {
    const auto judged = stratified_mean(
        strata_of(items, sizes), {.clusters = options.clusters, .clustered = options.clustered});
    if (!judged) return Undefined{judged.why()};
    Hits sensitivity, specificity;
    for (const JudgedItem& item : items) {
        if (!item.human) continue;
        Hits& group = *item.human >= 0.5 ? sensitivity : specificity;
        ++group.n;
        group.hits += (item.score >= 0.5) == (*item.human >= 0.5);
    }
    const double n = judged->effective_count;
    const auto corrected = rogan_gladen({n * judged->estimate.value, n}, sensitivity, specificity);
    if (!corrected) return Undefined{corrected.why()};
    result.estimate = {corrected->value, corrected->before_clamping.width() / 2 / z_95_two_sided,
                       corrected->interval};
    return result;
}

}  // namespace

Estimate mean_of_cells(std::span<const ProportionStratum> cells, double mix_variance) {
    double degrees = 0;
    for (const ProportionStratum& cell : cells) degrees += cell.n - 1;
    return mover_wilson(cells, mix_variance, student_quantile(0.975, std::max(1.0, degrees)));
}

std::vector<Stratum> strata_of(std::span<const JudgedItem> items,
                               std::span<const StratumSize> sizes) {
    std::vector<Stratum> strata;
    for (const StratumSize& size : sizes) {
        strata.push_back({size.name, size.population, ClusteredSums(series_buckets), {}});
    }
    for (const JudgedItem& item : items) {
        strata[item.stratum].sums.add(item.weight, item.score, item.bucket);
    }
    return strata;
}

Computed<CorrectedMean> corrected_mean(std::span<const JudgedItem> items,
                                       std::span<const StratumSize> sizes,
                                       const CorrectionOptions& options) {
    LabelSituation situation{.same_traffic = options.same_traffic,
                             .judge_changed = options.judge_changed};
    for (const JudgedItem& item : items) {
        situation.binary_judge &= item.score == 0 || item.score == 1;
        situation.labels += item.human.has_value();
        situation.human_fails += item.human && *item.human < 0.5;
    }
    CorrectedMean result;
    result.choice = choose_correction(situation);
    switch (result.choice.method) {
        case Correction::none:
            return Undefined{std::string(result.choice.why)};
        case Correction::verdict_strata:
            return by_cells(items, sizes, options, std::move(result), verdicts());
        case Correction::score_bins:
            return by_cells(items, sizes, options, std::move(result), score_bins());
        case Correction::ppi:
            return by_ppi(items, sizes, options, std::move(result));
        case Correction::rogan_gladen:
            return by_rogan_gladen(items, sizes, options, std::move(result));
    }
    return Undefined{"no such method"};
}

}  // namespace plimsoll::analyse
