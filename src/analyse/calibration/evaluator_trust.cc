#include "analyse/calibration/evaluator_trust.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "analyse/calibration/matthews.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

namespace {

constexpr UnixNanos week_nanos = 7 * 86'400 * nanos_per_second;
constexpr UnixNanos first_monday = 4 * 86'400 * nanos_per_second;  // 1970-01-05

bool fails(double score) {
    return score < 0.5;
}

bool has_weight(const LabelledItem& item) {
    return item.weight.has_value();
}

bool can_be_compared(const LabelledItem& item) {
    return item.score && std::ranges::any_of(item.people, &std::optional<double>::has_value);
}

/// An item with a verdict and a consensus.
struct Compared {
    const LabelledItem* item;
    double judge, people, weight;
};

/// The items as one kind of number, and what is known of them all.
struct Material {
    Scale scale = Scale::binary;
    bool weighted = false;
    std::vector<Compared> compared;  ///< Oldest label first.
};

std::optional<double> as_label(double score, Scale scale) {
    return scale == Scale::binary ? (fails(score) ? 1.0 : 0.0) : score;
}

enum class Deciders { with, without };

Labels labels_of(const TrustQuestion& question, const Material& material, Deciders deciders) {
    Labels labels{
        .judge = {}, .people = {}, .weights = {}, .scale = material.scale, .key = question.key};
    std::size_t people = 0;
    std::size_t more = 0;
    for (const LabelledItem& item : question.items) {
        people = std::max(people, item.people.size());
        if (deciders == Deciders::with) more = std::max(more, item.deciders.size());
    }
    labels.people.resize(people + more);
    for (const LabelledItem& item : question.items) {
        labels.judge.push_back(item.score ? as_label(*item.score, material.scale) : std::nullopt);
        for (std::size_t person = 0; person < people; ++person) {
            const auto said = person < item.people.size() ? item.people[person] : std::nullopt;
            labels.people[person].push_back(said ? as_label(*said, material.scale) : std::nullopt);
        }
        for (std::size_t i = 0; i < more; ++i)
            labels.people[people + i].push_back(i < item.deciders.size()
                                                    ? as_label(item.deciders[i], material.scale)
                                                    : std::nullopt);
        if (material.weighted) labels.weights.push_back(*item.weight);
    }
    return labels;
}

Material material_of(const TrustQuestion& question) {
    Material material;
    material.weighted = !question.items.empty() &&
                        std::ranges::all_of(question.items, [](const LabelledItem& item) {
                            return item.weight.has_value();
                        });
    for (const LabelledItem& item : question.items)
        for (const auto& said : item.people)
            if (said && *said != 0 && *said != 1) material.scale = Scale::graded;
    for (const LabelledItem& item : question.items) {
        std::vector<double> said;
        for (const auto& one : item.people)
            if (one) said.push_back(*as_label(*one, material.scale));
        for (const double one : item.deciders) said.push_back(*as_label(one, material.scale));
        if (!item.score || said.empty()) continue;
        const auto people = consensus_of(std::move(said), material.scale);
        if (!people) continue;
        material.compared.push_back({&item, *as_label(*item.score, material.scale), *people,
                                     material.weighted ? *item.weight : 1});
    }
    std::ranges::sort(material.compared, [](const Compared& a, const Compared& b) {
        return std::pair(a.item->labelled, a.item->item) <
               std::pair(b.item->labelled, b.item->item);
    });
    return material;
}

using Items = std::span<const Compared>;

/// What the items are worth as equal labels, over their sum of weights.
double worth(Items items) {
    double sum = 0, squares = 0;
    for (const Compared& one : items) {
        sum += one.weight;
        squares += one.weight * one.weight;
    }
    return squares > 0 ? sum / squares : 0;
}

Confusion counts_of(Items items) {
    Confusion counts;
    for (const Compared& one : items) counts.add(one.judge > 0.5, one.people > 0.5, one.weight);
    return counts.times(worth(items));
}

std::vector<RankTrustGate::Item> ranks_of(Items items) {
    const double each = worth(items);
    std::vector<RankTrustGate::Item> ranks;
    for (const Compared& one : items) ranks.push_back({one.judge, one.people, one.weight * each});
    return ranks;
}

/// One of the two gates, by the scale of the labels.
class Gate {
  public:
    Gate(Scale scale, const GateRules& rules) : rules_(rules) {
        if (scale == Scale::graded) {
            gate_ = RankTrustGate{};
            rules_.threshold = rank_threshold;
        }
    }
    void suspend() {
        std::visit([](auto& gate) { gate.suspend(); }, gate_);
    }
    Trust trust() const {
        return std::visit([](const auto& gate) { return gate.trust; }, gate_);
    }
    GateAnswer step(Items week) {
        if (auto* gate = std::get_if<TrustGate>(&gate_)) return gate->step(counts_of(week), rules_);
        return std::get<RankTrustGate>(gate_).step(ranks_of(week), rules_);
    }

  private:
    std::variant<TrustGate, RankTrustGate> gate_;
    GateRules rules_;
};

/// Judge against consensus, without people among each other: cheap.
Agreement agreement_of(Items items, const Material& material) {
    Labels labels{.judge = {}, .people = {{}}, .weights = {}, .scale = material.scale};
    for (const Compared& one : items) {
        labels.judge.emplace_back(one.judge);
        labels.people[0].emplace_back(one.people);
        if (material.weighted) labels.weights.push_back(one.weight);
    }
    return agreement_of(labels);
}

/// People among each other as if nobody had decided where two of them differ.
Agreement agreement_with_deciders(const TrustQuestion& question, const Material& material) {
    Agreement all = analyse::agreement_of(labels_of(question, material, Deciders::with));
    const bool decided = std::ranges::any_of(
        question.items, [](const LabelledItem& item) { return !item.deciders.empty(); });
    if (!decided) return all;
    Agreement first = analyse::agreement_of(labels_of(question, material, Deciders::without));
    all.people = std::move(first.people);
    all.judge_and_one = std::move(first.judge_and_one);
    all.ceiling = first.ceiling;
    all.blocked = first.blocked;
    all.gate =
        first.blocked ? first.gate : gate_step(Trust::closed, false, all.evidence, {}, all.rules);
    return all;
}

void step_weeks(const TrustQuestion& question, const Material& material, Gate& gate,
                EvaluatorTrust& answer) {
    const auto& all = material.compared;
    if (all.empty()) return;
    const UnixNanos last = week_of(std::max(question.now, all.back().item->labelled));
    auto at = all.begin();
    for (UnixNanos begins = week_of(all.front().item->labelled); begins <= last;
         begins += week_nanos) {
        const auto end = std::find_if(at, all.end(), [&](const Compared& one) {
            return one.item->labelled >= begins + week_nanos;
        });
        const Items week(at, end);
        const GateAnswer step = gate.step(week);
        TrustWeek told{.begins = begins,
                       .labels = week.size(),
                       .agreement = {"", Undefined{"no label in this week"},
                                     Undefined{"no label in this week"}, ""},
                       .trust = step.trust,
                       .probability = step.probability,
                       .why = step.why};
        if (!week.empty()) told.agreement = agreement_of(week, material).judge.front();
        answer.weeks.push_back(std::move(told));
        at = end;
    }
}

/// P that agreement is above the threshold. A judge with one verdict for everything is judged too:
/// half a label a cell gives it a number, as long as people used both.
std::optional<double> probability_of(Items items, const Agreement& agreement) {
    if (agreement.scale == Scale::graded)
        return agreement.evidence.probability(agreement.rules.threshold);
    const Confusion counts = counts_of(items);
    if (counts.total() < labels_for_probability || counts.rarer_human() <= 0) return std::nullopt;
    return matthews_fisher_z(counts).probability_above(agreement.rules.threshold);
}

void add_slices(const Material& material, EvaluatorTrust& answer) {
    std::map<std::pair<std::string, std::string>, std::vector<Compared>> slices;
    for (const Compared& one : material.compared)
        for (const auto& slice : one.item->slices) slices[slice].push_back(one);
    std::vector<double> p;
    std::vector<std::size_t> places;
    for (const auto& [slice, items] : slices) {
        if (items.size() < slice_labels_min) continue;
        const Agreement agreement = agreement_of(items, material);
        SliceTrust told{.attribute = slice.first,
                        .value = slice.second,
                        .labels = items.size(),
                        .agreement = agreement.judge.front(),
                        .probability = probability_of(items, agreement)};
        if (told.probability) {
            p.push_back(*told.probability);
            places.push_back(answer.slices.size());
        }
        answer.slices.push_back(std::move(told));
    }
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < places.size(); ++i)
        answer.slices[places[i]].useless = adjusted[i] <= slice_discovery_rate;
}

void add_items(const Material& material, EvaluatorTrust& answer) {
    const auto good = [&](double label) {
        return material.scale == Scale::binary ? 1 - label : label;
    };
    for (auto at = material.compared.rbegin(); at != material.compared.rend(); ++at) {
        const double people = good(at->people);
        answer.confusion.add(fails(*at->item->score), fails(people));
        if (std::abs(good(at->judge) - people) >= 0.5 && answer.misses.size() < misses_max)
            answer.misses.push_back({at->item->item, *at->item->score, people, at->item->labelled});
    }
}

}  // namespace

UnixNanos week_of(UnixNanos time) {
    return time < first_monday ? first_monday - week_nanos
                               : time - (time - first_monday) % week_nanos;
}

EvaluatorTrust trust_of(TrustQuestion question, const GateRules& rules) {
    EvaluatorTrust answer;
    const auto sampled = std::ranges::count_if(question.items, [](const LabelledItem& item) {
        return has_weight(item) && can_be_compared(item);
    });
    if (static_cast<double>(sampled) >= rules.labels_min)
        answer.left_out = std::erase_if(question.items,
                                        [](const LabelledItem& item) { return !has_weight(item); });
    const Material material = material_of(question);
    answer.weighted = material.weighted;
    answer.agreement = agreement_with_deciders(question, material);
    Gate gate(material.scale, rules);
    if (question.suspended && !question.was_closed) gate.suspend();
    step_weeks(question, material, gate, answer);
    if (answer.weeks.empty()) {
        answer.trust = gate.trust();
        answer.why = question.suspended
                         ? "suspended, and nothing was labelled since"
                         : fmt::format("no labels, {:.0f} are needed", rules.labels_min);
    } else {
        const TrustWeek& now = answer.weeks.back();
        answer.trust = now.trust;
        answer.why = now.why;
        answer.probability = now.probability;
        answer.due = material.compared.back().item->labelled + calibration_lasts;
    }
    if (answer.agreement.blocked) {
        answer.trust = Trust::closed;
        answer.why = answer.agreement.gate.why;
    }
    if (question.suspended)
        answer.relabelling = relabelling_step(answer.agreement.evidence, answer.agreement.rules);
    add_slices(material, answer);
    add_items(material, answer);
    return answer;
}

}  // namespace plimsoll::analyse
