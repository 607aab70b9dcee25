// N = 3600 judged interactions, 94% of them good; a judge passes a share of the good and fails a
// share of the bad. n people's labels. Competitors, each as it documents itself: the judge's mean;
// labels only; PPI++ (Wald); Rogan-Gladen with percentile bootstrap of the labels (judgy); a judge
// calibrated to labels, isotonic in two verdicts (CJE's direct mode; Wald with the labels'
// variance).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analyse/calibration/corrected_mean.h"
#include "analyse/calibration/label_allocation.h"
#include "analyse/calibration/ppi.h"
#include "analyse/calibration/rogan_gladen.h"
#include "analyse/stats/wilson.h"
#include "base/counter_random.h"
#include "base/permanent_random.h"
#include "statistics/scenarios.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

constexpr double truth = .94;
constexpr int judged = 3600;

struct Judge {
    double passes_good, fails_bad;
};

/// Counts by verdict [fail, pass] and truth [bad, good].
using Table = std::array<std::array<int, 2>, 2>;

Table draw_traffic(CounterRandom& random, const Judge& judge) {
    Table table{};
    for (int i = 0; i < judged; ++i) {
        const bool good = random.uniform() < truth;
        const bool pass = random.uniform() < (good ? judge.passes_good : 1 - judge.fails_bad);
        ++table[pass][good];
    }
    return table;
}

int size_of(const std::array<int, 2>& pile) {
    return pile[0] + pile[1];
}

/// Labels one item at random out of what is left of a pile.
void label_one(CounterRandom& random, std::array<int, 2>& left, std::array<int, 2>& labelled) {
    const bool good = random.below(static_cast<std::uint32_t>(size_of(left))) >=
                      static_cast<std::uint32_t>(left[0]);
    --left[good];
    ++labelled[good];
}

Table label_at_random(CounterRandom& random, Table left, int labels) {
    Table labelled{};
    for (int i = 0; i < labels; ++i) {
        const int all = size_of(left[0]) + size_of(left[1]);
        const bool pass = random.below(static_cast<std::uint32_t>(all)) >=
                          static_cast<std::uint32_t>(size_of(left[0]));
        label_one(random, left[pass], labelled[pass]);
    }
    return labelled;
}

/// A third on what the judge fails; or half of the labels so, and the rest where they tell most.
Table label_by_verdict(CounterRandom& random, const Table& table, int labels, bool two_rounds) {
    Table left = table, labelled{};
    const auto take = [&](bool pass, std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) label_one(random, left[pass], labelled[pass]);
    };
    const int first = two_rounds ? labels / 2 : labels;
    const auto plan = first_labels(static_cast<std::uint64_t>(size_of(left[0])),
                                   static_cast<std::uint64_t>(size_of(left[1])),
                                   static_cast<std::uint64_t>(first));
    take(false, plan.fail), take(true, plan.pass);
    if (!two_rounds) return labelled;
    std::array<LabelCell, 2> cells;
    for (std::size_t v = 0; v < 2; ++v) {
        cells[v] = {static_cast<double>(size_of(table[v])) / judged,
                    static_cast<std::uint64_t>(size_of(table[v])),
                    (labelled[v][1] + 1.) / (size_of(labelled[v]) + 2.)};
    }
    const auto wish = allocate_labels(cells, static_cast<std::uint64_t>(labels));
    const auto have = static_cast<std::uint64_t>(size_of(labelled[0]));
    std::uint64_t fails = wish[0] > have ? wish[0] - have : 0;  // A label cannot be taken back.
    const auto rest = static_cast<std::uint64_t>(labels - first);
    fails = std::min({fails, rest, static_cast<std::uint64_t>(size_of(left[0]))});
    take(false, fails), take(true, rest - fails);
    return labelled;
}

std::array<ProportionStratum, 2> cells_of(const Table& table, const Table& labelled) {
    std::array<ProportionStratum, 2> cells;
    for (std::size_t v = 0; v < 2; ++v) {
        cells[v] = {static_cast<double>(size_of(table[v])) / judged,
                    static_cast<double>(labelled[v][1]), static_cast<double>(size_of(labelled[v]))};
    }
    return cells;
}

void add_verdict_strata(CoverageTally& tally, const Table& table, const Table& labelled) {
    const auto cells = cells_of(table, labelled);
    const Estimate estimate = mean_of_cells(cells, mix_variance(cells, judged));
    tally.add(estimate.value, estimate.interval);
}

void add_ppi(CoverageTally& tally, const Table& table, const Table& labelled) {
    std::vector<double> human, judge, others;
    for (std::size_t v = 0; v < 2; ++v) {
        for (std::size_t t = 0; t < 2; ++t) {
            human.insert(human.end(), static_cast<std::size_t>(labelled[v][t]), double(t));
            judge.insert(judge.end(), static_cast<std::size_t>(labelled[v][t]), double(v));
            others.insert(others.end(), static_cast<std::size_t>(table[v][t] - labelled[v][t]),
                          double(v));
        }
    }
    const PpiMean mean = ppi_mean(human, judge, others);
    tally.add(mean.estimate.value, mean.estimate.interval);
}

void add_isotonic(CoverageTally& tally, const Table& table, const Table& labelled) {
    auto cells = cells_of(table, labelled);
    const double both = cells[0].n + cells[1].n;
    const bool pooled = cells[0].n == 0 || cells[1].n == 0 ||
                        cells[0].passes / cells[0].n > cells[1].passes / cells[1].n;
    double value = 0, variance = 0;
    for (const auto& cell : cells) {
        const double n = pooled ? both : cell.n;
        const double q = pooled ? (cells[0].passes + cells[1].passes) / both : cell.passes / n;
        value += cell.share * q;
        variance += (pooled ? cell.share : cell.share * cell.share) * q * (1 - q) / n;
    }
    const double half = z_95_two_sided * std::sqrt(variance);
    tally.add(value, {value - half, value + half});
}

/// theta = (p + sp - 1) / (se + sp - 1), within [0, 1]; nullopt where it does not exist.
std::optional<double> rogan_gladen_point(double p, const Table& labelled) {
    const double good = labelled[0][1] + labelled[1][1], bad = labelled[0][0] + labelled[1][0];
    if (good == 0 || bad == 0) return std::nullopt;
    const double se = labelled[1][1] / good, sp = labelled[0][0] / bad;
    if (se + sp - 1 <= 1e-9) return std::nullopt;
    return std::clamp((p + sp - 1) / (se + sp - 1), 0.0, 1.0);
}

void add_judgy(CoverageTally& tally, CounterRandom& random, double p, const Table& labelled,
               int labels) {
    constexpr int resamples = 200;
    const auto point = rogan_gladen_point(p, labelled);
    if (!point) return;
    std::vector<double> thetas;
    for (int b = 0; b < resamples; ++b) {
        Table resampled{};
        for (int i = 0; i < labels; ++i) {
            auto at = static_cast<int>(random.below(static_cast<std::uint32_t>(labels)));
            std::size_t cell = 0;
            while (at >= labelled[cell >> 1][cell & 1]) at -= labelled[cell >> 1][cell & 1], ++cell;
            ++resampled[cell >> 1][cell & 1];
        }
        if (const auto theta = rogan_gladen_point(p, resampled)) thetas.push_back(*theta);
    }
    if (thetas.empty()) return;
    std::ranges::sort(thetas);
    const auto at = [&](double q) {
        return thetas[static_cast<std::size_t>(q * static_cast<double>(thetas.size() - 1))];
    };
    tally.add(*point, {at(.025), at(.975)});
}

void run_cell(std::vector<Figure>& figures, const Judge& judge, int labels, int replicates,
              std::uint64_t seed) {
    CoverageTally naive(truth), human(truth), ppi(truth), judgy(truth), isotonic(truth),
        lang(truth), third(truth), rounds(truth);
    const auto key =
        fnv1a64(fmt::format("B2 {} {} {}", judge.passes_good, judge.fails_bad, labels)) + seed;
    for (int replicate = 0; replicate < replicates; ++replicate) {
        CounterRandom random(key, static_cast<std::uint64_t>(replicate));
        const Table table = draw_traffic(random, judge);
        const double pass = size_of(table[1]);
        naive.add(pass / judged, wilson(pass, judged));
        const Table labelled = label_at_random(random, table, labels);
        const double good = labelled[0][1] + labelled[1][1];
        human.add(good / labels, wilson(good, labels));
        add_ppi(ppi, table, labelled);
        add_isotonic(isotonic, table, labelled);
        if (replicate % 4 == 0) add_judgy(judgy, random, pass / judged, labelled, labels);
        if (const auto point = rogan_gladen_point(pass / judged, labelled)) {
            const auto result = rogan_gladen({pass, judged}, {double(labelled[1][1]), good},
                                             {double(labelled[0][0]), labels - good});
            if (result) lang.add(*point, result->interval);
        }
        add_verdict_strata(third, table, label_by_verdict(random, table, labels, false));
        add_verdict_strata(rounds, table, label_by_verdict(random, table, labels, true));
    }
    const std::string cell =
        fmt::format("judge {:.2f}/{:.2f}, {} labels", judge.passes_good, judge.fails_bad, labels);
    const auto beside = [&](const char* name, const CoverageTally& tally) {
        figures.push_back({fmt::format("{}: error, {}", cell, name),
                           tally.root_mean_square(),
                           tally.root_mean_square_error(),
                           "",
                           {}});
        figures.push_back({fmt::format("{}: coverage, {}", cell, name),
                           tally.coverage().mean(),
                           tally.coverage().error(),
                           "",
                           {}});
    };
    beside("judge's mean", naive);
    beside("labels only", human);
    beside("PPI++", ppi);
    beside("Rogan-Gladen, bootstrap", judgy);
    beside("isotonic, Wald", isotonic);
    beside("Rogan-Gladen, Lang-Reiczigel", lang);
    const bool reference = judge.passes_good == .97 && judge.fails_bad == .80 && labels == 80;
    const auto ours = [&](const char* name, const CoverageTally& tally) {
        const double base = human.root_mean_square();
        const double ratio = tally.root_mean_square() / base;
        const double error = std::hypot(tally.root_mean_square_error() / base,
                                        ratio * human.root_mean_square_error() / base);
        const double limit = reference ? .65 : 1;
        figures.push_back({fmt::format("{}: error over labels only, {}", cell, name), ratio, error,
                           reference ? "<= .65" : "<= 1", ratio <= limit});
        figures.push_back({fmt::format("{}: coverage, {}", cell, name), tally.coverage().mean(),
                           tally.coverage().error(), ">= .94", tally.coverage().mean() >= .94});
    };
    ours("verdicts, a third on fails", third);
    ours("verdicts, two rounds", rounds);
}

std::vector<Figure> run(Effort effort) {
    std::vector<Figure> figures;
    const bool full = effort == Effort::full;
    for (const Judge& judge :
         {Judge{.97, .80}, Judge{.90, .60}, Judge{.99, .95}, Judge{.80, .50}}) {
        for (const int labels : {40, 80, 200}) {
            if (!full && labels > 40) continue;
            run_cell(figures, judge, labels, full ? 10000 : 8, effort.seed);
        }
    }
    return figures;
}

}  // namespace

const Scenario b2_judge_correction{
    .name = "B2", .says = "A judge's mean, corrected with people's labels", .run = run};

}  // namespace plimsoll::bench
