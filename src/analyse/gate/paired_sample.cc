#include "analyse/gate/paired_sample.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyse/stats/moments.h"

namespace plimsoll::analyse {

namespace {

/// One side of one example.
struct Side {
    bool present = false;
    Moments scores;
    std::set<std::string> runs;

    double mean() const { return present ? scores.mean : 0; }
    bool unscored() const { return present && scores.n == 0; }
};

struct Example {
    Side sides[2];
    std::string cluster;
    double weight = 1;
};

using Examples = std::map<std::string, std::map<std::string, Example>>;  // dimension, item

std::optional<Error> take(Examples& examples, std::span<const GateRow> rows, int side) {
    for (const GateRow& row : rows) {
        const auto fault = [&](const std::string& what) { return Error{row.place + ": " + what}; };
        if (row.item.empty()) return fault("no item; every row needs one");
        if (row.score && !(*row.score >= 0 && *row.score <= 1)) {
            return fault("a score outside [0, 1]; scale it, and 1 is best");
        }
        if (!(row.weight > 0)) return fault("a weight must be positive");
        Example& example = examples[row.dimension][row.item];
        Side& here = example.sides[side];
        if (!here.runs.insert(row.run).second) {
            return fault("\"" + row.item +
                         "\" appears twice; number the repetitions in a column \"run\"");
        }
        here.present = true;
        if (row.score) here.scores.add(*row.score);
        if (side == 0 || !example.sides[0].present) {
            example.weight = row.weight;
            example.cluster = row.cluster;
        }
    }
    return std::nullopt;
}

PairedSample paired(const std::string& dimension, const std::map<std::string, Example>& examples) {
    PairedSample sample{.dimension = dimension};
    Moments differences, single_runs, of_means;
    for (const auto& [item, example] : examples) {
        const auto& [baseline, candidate] = example.sides;
        if (baseline.unscored() || candidate.unscored()) {
            ++sample.excluded;
            continue;
        }
        sample.missing_baseline += !baseline.present;
        sample.missing_candidate += !candidate.present;
        const double value = candidate.mean() - baseline.mean();
        sample.differences.push_back({item, value, example.weight, example.cluster});
        if (baseline.scores.n < 2 || candidate.scores.n < 2) continue;
        differences.add(value);
        const double before = baseline.scores.variance(), after = candidate.scores.variance();
        single_runs.add(before + after);
        of_means.add(before / static_cast<double>(baseline.scores.n) +
                     after / static_cast<double>(candidate.scores.n));
    }
    if (differences.n >= 2) {
        sample.noise = {.between = std::max(0.0, differences.variance() - of_means.mean),
                        .within = single_runs.mean};
    }
    return sample;
}

}  // namespace

double PairedSample::excluded_share() const {
    const auto all = static_cast<double>(excluded + differences.size());
    return all > 0 ? static_cast<double>(excluded) / all : 0;
}

bool PairedSample::binary() const {
    return std::ranges::all_of(differences, [](const PairedDifference& one) {
        return one.value == 0 || one.value == 1 || one.value == -1;
    });
}

bool PairedSample::weighted() const {
    return std::ranges::any_of(differences, [&](const PairedDifference& one) {
        return one.weight != differences.front().weight;
    });
}

bool PairedSample::clustered() const {
    return std::ranges::any_of(differences,
                               [](const PairedDifference& one) { return !one.cluster.empty(); });
}

Result<std::vector<PairedSample>> pair_scores(std::span<const GateRow> baseline,
                                              std::span<const GateRow> candidate) {
    Examples examples;
    if (const auto error = take(examples, baseline, 0)) return *error;
    if (const auto error = take(examples, candidate, 1)) return *error;
    std::vector<PairedSample> samples;
    for (const auto& [dimension, items] : examples) {
        for (const int side : {0, 1}) {
            if (std::ranges::any_of(
                    items, [&](const auto& item) { return item.second.sides[side].present; })) {
                continue;
            }
            return Error{std::string(side == 0 ? "the baseline" : "the candidate") +
                         " has no scores of " +
                         (dimension.empty() ? "anything" : "dimension \"" + dimension + "\"")};
        }
        samples.push_back(paired(dimension, items));
    }
    if (samples.empty()) return Error{"no scores"};
    return samples;
}

}  // namespace plimsoll::analyse
