// What `plimsoll estimate` does, from traffic to interval: an anomaly-biased sample is judged, some
// of what was judged is labelled, likelier where the judge errs more. An answer that fails gets a
// label of 0, or of .5 in three of ten. Verdicts: the judge passes 97% of the good answers and
// fails 80% of others. Graded: fifths that lean upward, so that its mean is wrong.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analyse/calibration/corrected_mean.h"
#include "analyse/calibration/label_allocation.h"
#include "analyse/calibration/three_phase.h"
#include "analyse/stats/distributions.h"
#include "base/permanent_random.h"
#include "statistics/scenarios.h"
#include "statistics/tally.h"
#include "statistics/traffic_model.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

constexpr double half_of_fails = .3;
constexpr double truth = traffic_pass_rate + (1 - traffic_pass_rate) * half_of_fails / 2;

struct Cell {
    bool graded;
    int labels;
    bool in_sessions;
};

double judge(CounterRandom& random, double quality, bool graded) {
    const double u = random.uniform();
    if (!graded) return u < (quality == 1 ? .97 : .20);
    const std::array<double, 5> up_to = quality == 1    ? std::array{.0, .0, .05, .25, 1.}
                                        : quality == .5 ? std::array{.0, .0, .40, .80, 1.}
                                                        : std::array{.4, .7, .90, 1., 1.};
    int fifth = 0;
    while (u >= up_to[static_cast<std::size_t>(fifth)]) ++fifth;
    return fifth / 4.;
}

/// P(the judge is right) by score, as an earlier window may have given it.
double right(double score, bool graded) {
    if (!graded) return score == 1 ? .985 : .65;
    constexpr std::array<double, 5> by_fifth{.99, .95, .6, .85, .98};
    return by_fifth[static_cast<std::size_t>(4 * score)];
}

struct Window {
    std::vector<JudgedItem> items;
    std::vector<double> quality;  ///< By item.
    std::vector<StratumSize> sizes{{"anomaly", 0.}, {"plain", 0.}};
    double sessions = 0;
};

Window draw(CounterRandom& random, const Cell& cell) {
    Window window;
    window.sessions =
        draw_traffic(random, 18'000, cell.in_sessions, [&](const DrawnInteraction& one) {
            ++*window.sizes[!one.anomalous].population;
            if (random.uniform() >= one.inclusion) return false;
            const double quality = random.uniform() >= one.fails      ? 1
                                   : random.uniform() < half_of_fails ? .5
                                                                      : 0;
            window.quality.push_back(quality);
            window.items.push_back({.score = judge(random, quality, cell.graded),
                                    .weight = 1 / one.inclusion,
                                    .stratum = !one.anomalous,
                                    .bucket = one.bucket,
                                    .human = {}});
            return true;
        });
    std::vector<double> rights;
    for (const JudgedItem& item : window.items) rights.push_back(right(item.score, cell.graded));
    const std::vector<double> inclusion = label_inclusion(rights, cell.labels);
    for (std::size_t i = 0; i < inclusion.size(); ++i) {
        if (random.uniform() >= inclusion[i]) continue;
        window.items[i].human = window.quality[i];
        window.items[i].label_weight = 1 / inclusion[i];
    }
    return window;
}

/// As many labels at random out of what was judged, weighted: what there is without a judge.
double labels_only(CounterRandom& random, const Window& window, int labels) {
    WeightedSums sums;
    const double inclusion = labels / static_cast<double>(window.items.size());
    for (std::size_t i = 0; i < window.items.size(); ++i)
        if (random.uniform() < inclusion) sums.add(window.items[i].weight, window.quality[i]);
    return sums.n > 0 ? sums.mean() : 1;
}

/// PPI++ with both probabilities, over items or buckets of sessions. Without `lambda` the best one
/// for this very window.
struct ThreePhase {
    double lambda;
    Estimate estimate;
};
ThreePhase three_phase(const Window& window, bool in_sessions, std::optional<double> lambda) {
    std::vector<ThreePhaseSums> units(in_sessions ? series_buckets : window.items.size());
    for (std::size_t i = 0; i < window.items.size(); ++i) {
        const JudgedItem& item = window.items[i];
        ThreePhaseSums& unit = units[in_sessions ? item.bucket : i];
        unit.judged(item.weight, item.score);
        if (item.human) unit.labelled(item.weight * item.label_weight, item.score, *item.human);
    }
    if (!lambda) lambda = best_lambda(units);
    const auto mean = three_phase_mean(units, *lambda);
    const auto count = static_cast<double>(units.size());
    const double error = std::sqrt(mean->variance * count / (count - 1));
    const double half = student_quantile(.975, count - 1) * error;
    return {*lambda, {mean->value, error, {mean->value - half, mean->value + half}}};
}

void run_cell(std::vector<Figure>& figures, const Cell& cell, int replicates, std::uint64_t seed) {
    CoverageTally judge_only(truth), ours(truth), ppi(truth), ppi_before(truth);
    std::optional<double> lambda_before;
    Tally answered, human_squares;
    const std::string name =
        fmt::format("{}, about {} labels{}", cell.graded ? "graded judge" : "verdicts", cell.labels,
                    cell.in_sessions ? ", in sessions" : "");
    for (int replicate = 0; replicate < replicates; ++replicate) {
        CounterRandom random(fnv1a64("B2e " + name) + seed, static_cast<std::uint64_t>(replicate));
        const Window window = draw(random, cell);
        const auto clusters = cell.in_sessions ? std::optional(window.sessions) : std::nullopt;
        const auto judged = stratified_mean(strata_of(window.items, window.sizes),
                                            {.clusters = clusters, .clustered = cell.in_sessions});
        judge_only.add(judged->estimate.value, judged->estimate.interval);
        human_squares.add(std::pow(labels_only(random, window, cell.labels) - truth, 2));
        const auto mean = corrected_mean(window.items, window.sizes,
                                         {.clusters = clusters, .clustered = cell.in_sessions});
        answered.add(mean.has_value());
        if (mean) ours.add(mean->estimate.value, mean->estimate.interval);
        const ThreePhase now = three_phase(window, cell.in_sessions, {});
        ppi.add(now.estimate.value, now.estimate.interval);
        if (lambda_before) {
            const Estimate fixed = three_phase(window, cell.in_sessions, lambda_before).estimate;
            ppi_before.add(fixed.value, fixed.interval);
        }
        lambda_before = now.lambda;
    }
    const auto add = [&](const std::string& what, double value, double error,
                         const char* target = "", std::optional<bool> met = {}) {
        figures.push_back({fmt::format("{}: {}", name, what), value, error, target, met});
    };
    const double base = std::sqrt(human_squares.mean());
    const auto compare = [&](const std::string& who, const CoverageTally& tally, bool is_ours) {
        if (tally.coverage().count() == 0) return;
        const double ratio = tally.root_mean_square() / base;
        const double error = std::hypot(tally.root_mean_square_error() / base,
                                        ratio * human_squares.error() / (2 * base * base));
        const double coverage = tally.coverage().mean();
        const auto only_ours = [&](bool met) {
            return is_ours ? std::optional(met) : std::nullopt;
        };
        add("error over labels only" + who, ratio, error, is_ours ? "<= 1" : "",
            only_ours(ratio <= 1));
        add("coverage" + who, coverage, tally.coverage().error(), is_ours ? ">= .94" : "",
            only_ours(coverage >= .94));
        add("width" + who, tally.width().mean(), 0);
    };
    add("coverage, judge alone", judge_only.coverage().mean(), judge_only.coverage().error());
    add("answered", answered.mean(), answered.error());
    compare("", ours, true);
    compare(", PPI++", ppi, false);
    compare(", PPI++ with the lambda of the window before", ppi_before, false);
}

std::vector<Figure> run(Effort effort) {
    const bool full = effort == Effort::full;
    std::vector<Figure> figures;
    for (const bool graded : {false, true})
        for (const bool in_sessions : {false, true})
            for (const int labels : {40, 80, 200, 400})
                if (full || labels == 200)
                    run_cell(figures, {graded, labels, in_sessions}, full ? 2000 : 4, effort.seed);
    return figures;
}

}  // namespace

const Scenario b2_whole_estimate{
    .name = "B2e", .says = "Traffic, sampled, judged and labelled, to one interval", .run = run};

}  // namespace plimsoll::bench
