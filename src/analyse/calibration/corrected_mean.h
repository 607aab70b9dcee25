/// corrected_mean.h: the mean of quality, when a judge scored many interactions and people a few.
///
///   judged items ──▶ cells (verdict or score bin, by stratum where labels allow) ──▶ share of each
///   in the traffic   W_c labels within a cell ─────────────────────────▶ what people say of it q_c
///                                                   theta = sum W_c q_c
///
/// The judge only sorts; people decide what each pile is worth, so a biased judge biases nothing.
/// Source: Chen et al. 2026 (arXiv 2601.05420) for its efficiency; docs/statistics/3-correction.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/correction_choice.h"
#include "analyse/calibration/mover_wilson.h"
#include "analyse/calibration/stratified_mean.h"

namespace plimsoll::analyse {

struct JudgedItem {
    double score = 0;             ///< The judge's.
    double weight = 1;            ///< 1 / probability that it was judged.
    std::size_t stratum = 0;      ///< Into the list of strata.
    std::size_t bucket = 0;       ///< Of its cluster, of series_buckets.
    std::optional<double> human;  ///< The label, in [0, 1].
    double label_weight = 1;      ///< 1 / probability that it was labelled, once judged.
};

struct StratumSize {
    std::string name;
    std::optional<double> population;  ///< Of every stratum or of none.
};

struct CorrectedCell {
    std::string name;  ///< "judge pass", "anomaly, score 0.4 to 0.6"
    double share = 0;  ///< Of the traffic.
    double labels = 0;
    double passes = 0;  ///< Effective: labels times the weighted mean of the labels.
};

struct CorrectedMean {
    Estimate estimate;  ///< 95%, within [0, 1].
    CorrectionChoice choice;
    std::vector<CorrectedCell> cells;  ///< Empty for Rogan-Gladen.
    std::vector<std::string> notes;
};

struct CorrectionOptions {
    bool same_traffic = true;  ///< See LabelSituation.
    bool judge_changed = false;
    std::optional<double> clusters;
    bool clustered = true;
};

/// sum W_c q_c by MOVER-Wilson, with Student's quantile of (labels - cells) degrees in the place of
/// z: with 40 labels z covers 93.6% of a weak judge's traffic.
Estimate mean_of_cells(std::span<const ProportionStratum> cells, double mix_variance);

/// The judge's own mean of the traffic, in strata: what is corrected.
std::vector<Stratum> strata_of(std::span<const JudgedItem> items,
                               std::span<const StratumSize> sizes);

/// Undefined with the reason where labels cannot correct.
Computed<CorrectedMean> corrected_mean(std::span<const JudgedItem> items,
                                       std::span<const StratumSize> sizes,
                                       const CorrectionOptions& options = {});

}  // namespace plimsoll::analyse
