#include "analyse/calibration/agreement.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "analyse/calibration/cohen_kappa.h"
#include "analyse/calibration/krippendorff.h"
#include "analyse/calibration/label_pairs.h"
#include "analyse/calibration/matthews.h"
#include "analyse/calibration/matthews_multiclass.h"
#include "analyse/calibration/rank_correlation.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {
namespace {

/// Items that have a verdict and a consensus.
struct Compared {
    std::vector<double> judge, people, weights;  ///< weights: empty if all alike.
    double labels = 0;                           ///< What the weighted labels are worth.
};

std::vector<double> labels_of(const Labels& labels, std::size_t item) {
    std::vector<double> found;
    for (const auto& person : labels.people) {
        if (person[item]) found.push_back(*person[item]);
    }
    return found;
}

/// To 40 bits, 12 digits: (0.4 + 0.2 + 0.4) / 3 and (0.6 + 0.4 + 0) / 3 are one grade, and ranks
/// must not tell them apart by their last bit.
double rounded(double mean) {
    int exponent = 0;
    const double digits = std::frexp(mean, &exponent);
    return std::ldexp(std::round(std::ldexp(digits, 40)), exponent - 40);
}

Compared compare(const Labels& labels, Agreement& agreement) {
    Compared compared;
    double sum = 0, squares = 0;
    for (std::size_t item = 0; item < labels.judge.size(); ++item) {
        const std::vector<double> people = labels_of(labels, item);
        if (!labels.judge[item]) {
            ++agreement.without_judge;
        } else if (people.empty()) {
            ++agreement.without_people;
        } else if (const auto both = consensus_of(people, labels.scale)) {
            compared.judge.push_back(*labels.judge[item]);
            compared.people.push_back(*both);
            const double w = labels.weights.empty() ? 1 : labels.weights[item];
            if (!labels.weights.empty()) compared.weights.push_back(w);
            sum += w;
            squares += w * w;
        } else {
            ++agreement.split;
        }
    }
    agreement.items = labels.judge.size();
    agreement.compared = compared.judge.size();
    compared.labels = squares > 0 ? sum * sum / squares : 0;
    return compared;
}

/// Below ten labels a value is shown alone.
Computed<Interval> if_enough(double labels, Computed<Interval> interval) {
    if (labels < labels_for_probability) return Undefined{"fewer than ten labels"};
    return interval;
}

AgreementLine estimate_line(std::string name, const Computed<Estimate>& estimate, double labels,
                            std::string method) {
    if (!estimate)
        return {std::move(name), Undefined{estimate.why()}, Undefined{estimate.why()}, ""};
    return {std::move(name), estimate->value, if_enough(labels, estimate->interval),
            std::move(method)};
}

AgreementLine share_line(std::string name, double part, double whole) {
    if (whole <= 0) return {std::move(name), Undefined{"there are none"}, Undefined{"none"}, ""};
    return {std::move(name), part / whole, wilson(std::min(part, whole), whole), "Wilson"};
}

std::size_t classes_of(const Labels& labels) {
    if (labels.scale == Scale::binary) return 2;
    double largest = 0;
    for (const auto& verdict : labels.judge) largest = std::max(largest, verdict.value_or(0));
    for (const auto& person : labels.people)
        for (const auto& label : person) largest = std::max(largest, label.value_or(0));
    return static_cast<std::size_t>(largest) + 1;
}

ConfusionTable table_of(const Compared& compared, std::size_t classes) {
    ConfusionTable table(classes);
    for (std::size_t i = 0; i < compared.judge.size(); ++i) {
        table.at(static_cast<std::size_t>(compared.people[i]),
                 static_cast<std::size_t>(compared.judge[i])) +=
            compared.weights.empty() ? 1 : compared.weights[i];
    }
    const double total = table.total();
    if (total > 0) table.scale(compared.labels / total);
    return table;
}

void add_classes(const Labels& labels, const Compared& compared, Agreement& agreement) {
    const ConfusionTable table = table_of(compared, classes_of(labels));
    const double n = compared.labels;
    auto& lines = agreement.judge;
    if (labels.scale == Scale::binary) {
        const Confusion counts{table.at(1, 1), table.at(0, 1), table.at(1, 0), table.at(0, 0)};
        agreement.evidence = evidence_of(counts);
        const auto value = matthews(counts);
        lines.push_back({"MCC", value,
                         value ? if_enough(n, matthews_fisher_z(counts).interval())
                               : Computed<Interval>(Undefined{value.why()}),
                         "Fisher z, half a label a cell"});
        lines.push_back(
            estimate_line("Cohen's kappa", cohen_kappa(table), n, "Fleiss-Cohen-Everitt"));
        lines.push_back(share_line("failures found", counts.tp, counts.tp + counts.fn));
        lines.push_back(share_line("passes passed", counts.tn, counts.tn + counts.fp));
    } else {
        agreement.evidence.labels = n;
        const auto z = matthews_fisher_z(table);
        if (z) agreement.evidence.agreement = *z;
        lines.push_back({"R_K", matthews(table),
                         z ? if_enough(n, z->interval()) : Computed<Interval>(Undefined{z.why()}),
                         "Fisher z, influence function"});
        lines.push_back(
            estimate_line("Cohen's kappa", cohen_kappa(table), n, "Fleiss-Cohen-Everitt"));
        if (labels.ordered) {
            lines.push_back(estimate_line("kappa, linear weights",
                                          cohen_kappa(table, KappaWeights::linear), n,
                                          "Fleiss-Cohen-Everitt"));
            lines.push_back(estimate_line("kappa, quadratic weights",
                                          cohen_kappa(table, KappaWeights::quadratic), n,
                                          "Fleiss-Cohen-Everitt"));
        }
    }
    double same = 0;
    for (std::size_t k = 0; k < table.classes(); ++k) same += table.at(k, k);
    lines.push_back(share_line("same verdict", same, n));
}

void add_graded(const Compared& compared, Agreement& agreement) {
    const double n = compared.labels;
    const auto ranks_line = [&](std::string name, const Computed<RankCorrelation>& r,
                                const char* formula) -> AgreementLine {
        if (!r) return {std::move(name), Undefined{r.why()}, Undefined{r.why()}, ""};
        return {std::move(name), r->z.value, if_enough(n, r->z.interval()),
                std::string("Fisher z, ") +
                    (r->errors == RankErrors::formula ? formula : "jackknife over items")};
    };
    agreement.rules.threshold = rank_threshold;
    agreement.evidence.labels = n;
    const auto rho = spearman(compared.judge, compared.people, compared.weights);
    if (rho && n > 3) agreement.evidence.agreement = FisherZ{*rho, spearman_error_z(*rho, n)};
    auto& lines = agreement.judge;
    lines.push_back(ranks_line(
        "Spearman", spearman_with_error(compared.judge, compared.people, compared.weights),
        "Bonett-Wright"));
    if (compared.weights.empty()) {
        lines.push_back(ranks_line("Kendall tau-b",
                                   kendall_with_error(compared.judge, compared.people),
                                   "Fieller-Hartley-Pearson"));
    } else {
        const Undefined why{"not defined for weighted labels"};
        lines.push_back({"Kendall tau-b", why, why, ""});
    }
    const auto r = pearson(compared.judge, compared.people, compared.weights);
    lines.push_back({"Pearson", r,
                     r && n > 3
                         ? if_enough(n, FisherZ{*r, 1 / std::sqrt(n - 3)}.interval())
                         : Computed<Interval>(Undefined{r ? "fewer than four labels" : r.why()}),
                     "Fisher z"});
}

/// People against each other, the judge against single people, the ceiling. Says whether the
/// dimension is blocked, and why.
void add_people(const Labels& labels, Agreement& agreement) {
    const std::size_t classes = labels.scale == Scale::graded ? 0 : classes_of(labels);
    LabelPairs between(classes), with_judge(classes);
    std::vector<ItemLabels> by_item;
    std::size_t pairs_items = 0, judged_items = 0, most = 0;
    for (std::size_t item = 0; item < labels.judge.size(); ++item) {
        ItemLabels found = labels_of(labels, item);
        const double m = static_cast<double>(found.size());
        if (labels.judge[item] && m > 0) {
            for (const double one : found)
                with_judge.add(judged_items, *labels.judge[item], one, 1 / m);
            ++judged_items;
        }
        if (m < 2) continue;
        for (std::size_t i = 0; i < found.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                between.add_both(pairs_items, found[i], found[j], 1 / (m - 1));
        ++pairs_items;
        most = std::max(most, found.size());
        by_item.push_back(std::move(found));
    }
    if (between.empty()) return;
    const std::string name = labels.scale == Scale::graded       ? "Spearman"
                             : labels.scale == Scale::multiclass ? "R_K"
                                                                 : "MCC";
    const std::string bootstrapped = "BCa bootstrap over items";
    const auto phi = between.agreement();
    agreement.people.push_back(
        {name + " of two people", phi, between.interval(labels.key), bootstrapped});
    const auto alpha_line = [&](AlphaScale scale) {
        agreement.people.push_back({fmt::format("Krippendorff's alpha, {}", to_word(scale)),
                                    krippendorff_alpha(by_item, scale),
                                    krippendorff_interval(by_item, scale, labels.key),
                                    bootstrapped});
    };
    if (labels.scale == Scale::graded) {
        alpha_line(AlphaScale::ordinal);
        alpha_line(AlphaScale::interval);
    } else {
        alpha_line(AlphaScale::nominal);
        if (labels.scale == Scale::multiclass && labels.ordered) alpha_line(AlphaScale::ordinal);
    }
    const auto one = with_judge.agreement();
    agreement.judge_and_one = AgreementLine{name + " of judge and one person", one,
                                            with_judge.interval(labels.key), bootstrapped};
    agreement.ceiling = one && phi ? ceiling_of(*one, *phi)
                                   : Computed<Ceiling>(Undefined{one ? phi.why() : one.why()});
    // Two people are compared by the statistic of the judge, more of them by alpha.
    const bool many = most > 2;
    const Computed<double>& measure = many ? agreement.people[1].value : phi;
    const double least = many ? human_alpha_min : human_agreement_min;
    if (measure && *measure < least) {
        agreement.blocked = true;
        agreement.gate.why =
            fmt::format("people cannot reproduce the rubric: {} {:.2f} among them, {} is needed",
                        many ? "alpha" : name, *measure, least);
    }
}

}  // namespace

std::string_view to_word(Scale scale) {
    return scale == Scale::binary ? "binary" : scale == Scale::multiclass ? "multiclass" : "graded";
}

std::optional<double> consensus_of(std::vector<double> labels, Scale scale) {
    if (scale == Scale::graded) {
        double sum = 0;
        for (const double label : labels) sum += label;
        return rounded(sum / static_cast<double>(labels.size()));
    }
    std::ranges::sort(labels);
    double best = 0;
    std::ptrdiff_t most = 0;
    bool tied = false;
    for (auto at = labels.begin(); at != labels.end();) {
        const auto end = std::upper_bound(at, labels.end(), *at);
        if (end - at >= most) {
            tied = end - at == most;
            most = end - at;
            best = *at;
        }
        at = end;
    }
    return tied ? std::nullopt : std::optional(best);
}

Agreement agreement_of(const Labels& labels) {
    assert(labels.weights.empty() || labels.weights.size() == labels.judge.size());
    Agreement agreement;
    agreement.scale = labels.scale;
    const Compared compared = compare(labels, agreement);
    labels.scale == Scale::graded ? add_graded(compared, agreement)
                                  : add_classes(labels, compared, agreement);
    agreement.gate = gate_step(Trust::closed, false, agreement.evidence, {}, agreement.rules);
    add_people(labels, agreement);
    if (agreement.blocked) agreement.gate.trust = Trust::closed;
    agreement.needed = labels_needed(agreement.evidence, agreement.rules);
    return agreement;
}

}  // namespace plimsoll::analyse
