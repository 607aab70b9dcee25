#include "analyse/calibration/labelled_estimate.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace plimsoll::analyse {

namespace {

/// With so many labels of known probability the others do not count: they were chosen.
constexpr std::uint64_t drawn_min = 30;

struct Said {
    double sum = 0;
    int labels = 0;
    bool known = true;     ///< Every label's probability is.
    double inclusion = 1;  ///< The smallest.
};

std::unordered_map<TraceId, Said> said_of(const LabelledQuestion& question) {
    std::unordered_map<TraceId, Said> said;
    for (const record::Label& label : question.labels) {
        const bool counts = label.rubric.empty() || label.rubric == question.rubric;
        if (!label.score || !counts) continue;
        Said& of = said[label.interaction];
        of.sum += *label.score;
        ++of.labels;
        // Who was asked because two differ was asked about an item that was drawn.
        if (label.queued == record::LabelReason::disagreement) continue;
        of.known &= label.inclusion.has_value();
        if (label.inclusion) of.inclusion = std::min(of.inclusion, *label.inclusion);
    }
    return said;
}

}  // namespace

LabelledEstimate labelled_estimate(const LabelledQuestion& question) {
    LabelledEstimate answer;
    std::map<std::string, double> population;
    for (const record::JudgedSums& each : question.sums)
        population[each.stratum] += static_cast<double>(each.population);
    std::vector<StratumSize> sizes;
    std::map<std::string, std::size_t> place;
    for (const auto& [name, size] : population) {
        place[name] = sizes.size();
        sizes.push_back({name, size});
    }
    const auto said = said_of(question);
    std::uint64_t drawn = 0;
    for (const record::JudgedRow& row : question.rows)
        if (const auto found = said.find(row.trace); found != said.end()) {
            ++answer.labels;
            drawn += found->second.known;
        }
    if (answer.labels == 0) return answer;
    answer.drawn = drawn >= drawn_min;
    std::set<std::string> versions;
    bool changed = false;
    std::vector<JudgedItem> items;
    for (const record::JudgedRow& row : question.rows) {
        const auto stratum = place.find(row.stratum);
        if (stratum == place.end()) continue;
        versions.insert(row.version);
        changed |= question.suspended && row.start < *question.suspended;
        JudgedItem item{.score = row.score,
                        .weight = row.weight,
                        .stratum = stratum->second,
                        .bucket = row.bucket,
                        .human = {}};
        if (const auto found = said.find(row.trace); found != said.end()) {
            const Said& of = found->second;
            if (of.known || !answer.drawn) item.human = of.sum / of.labels;
            if (answer.drawn) item.label_weight = 1 / of.inclusion;
        }
        items.push_back(item);
    }
    answer.labels = answer.drawn ? drawn : answer.labels;
    answer.mean = corrected_mean(
        items, sizes,
        {.same_traffic = answer.drawn, .judge_changed = changed || versions.size() > 1});
    return answer;
}

}  // namespace plimsoll::analyse
