#include "analyse/calibration/corrected_mean.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "analyse/calibration/rogan_gladen.h"
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

/// A pile of judged items: scores in [low, high), of one stratum or of all.
struct Cell {
    std::string name;
    double high = 0;
    WeightedSums labels = {};  ///< Weight of judging and labelling, label.
    double weight = 0;         ///< Of the judged items.
    std::optional<std::size_t> stratum = {};
};
constexpr std::uint64_t labels_min = 10;

std::vector<Cell> verdicts() {
    return {{"judge fail", 0.5}, {"judge pass", INFINITY}};
}
std::vector<Cell> score_bins() {
    std::vector<Cell> bins;
    for (int fifth = 0; fifth < 5; ++fifth) {
        bins.push_back({fmt::format("score {:.1f} to {:.1f}", fifth / 5., (fifth + 1) / 5.),
                        fifth == 4 ? INFINITY : (fifth + 1) / 5.});
    }
    return bins;
}

std::size_t cell_of(const std::vector<Cell>& cells, const JudgedItem& item) {
    std::size_t c = 0;
    while (item.score >= cells[c].high || cells[c].stratum.value_or(item.stratum) != item.stratum)
        ++c;
    return c;
}

void add(Cell& cell, const JudgedItem& item, double weight) {
    cell.weight += weight;
    if (item.human) cell.labels.add(weight * item.label_weight, *item.human);
}

/// Bins with fewer labels go together with the smaller of their neighbours.
void merge_small(std::vector<Cell>& cells, std::vector<std::string>& notes) {
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

/// Cells of one stratum each, where all strata of a cell have labels enough: anomalies are likelier
/// judged, so their labels weigh less, and together they would count as fewer than they are.
std::vector<Cell> by_stratum(const std::vector<Cell>& cells, std::span<const JudgedItem> items,
                             std::span<const double> weights, std::span<const StratumSize> sizes) {
    std::vector<std::vector<Cell>> parts(cells.size());
    for (std::size_t c = 0; c < cells.size(); ++c)
        for (std::size_t h = 0; h < sizes.size(); ++h)
            parts[c].push_back({.name = sizes[h].name + ", " + cells[c].name,
                                .high = cells[c].high,
                                .stratum = h});
    for (std::size_t i = 0; i < items.size(); ++i)
        add(parts[cell_of(cells, items[i])][items[i].stratum], items[i], weights[i]);
    std::vector<Cell> split;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        std::erase_if(parts[c], [](const Cell& part) { return part.weight == 0; });
        const bool enough = std::ranges::all_of(
            parts[c], [](const Cell& part) { return part.labels.n >= labels_min; });
        if (parts[c].size() < 2 || !enough) parts[c] = {cells[c]};
        std::ranges::move(parts[c], std::back_inserter(split));
    }
    return split;
}

Computed<CorrectedMean> by_cells(std::span<const JudgedItem> items,
                                 std::span<const StratumSize> sizes,
                                 const CorrectionOptions& options, CorrectedMean result,
                                 std::vector<Cell> cells) {
    const std::vector<double> weights = calibrated(items, sizes);
    for (std::size_t i = 0; i < items.size(); ++i)
        add(cells[cell_of(cells, items[i])], items[i], weights[i]);
    if (result.choice.method == Correction::score_bins) merge_small(cells, result.notes);
    cells = by_stratum(cells, items, weights, sizes);
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
    for (JudgedItem& item : valued) item.score = strata[cell_of(cells, item)].proportion();
    const auto mix = stratified_mean(
        strata_of(valued, sizes), {.clusters = options.clusters, .clustered = options.clustered});
    if (!mix) return Undefined{mix.why()};
    result.estimate = mean_of_cells(strata, std::pow(mix->estimate.standard_error, 2));
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
        case Correction::rogan_gladen:
            return by_rogan_gladen(items, sizes, options, std::move(result));
    }
    return Undefined{"no such method"};
}

}  // namespace plimsoll::analyse
