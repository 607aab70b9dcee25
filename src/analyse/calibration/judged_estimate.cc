#include "analyse/calibration/judged_estimate.h"

#include <algorithm>

#include "analyse/calibration/sampler_integrity.h"
#include "analyse/stats/wilson.h"
#include "evaluate/verdict.h"
#include "record/judge_ledger.h"

namespace plimsoll::analyse {

namespace {

void add(std::vector<double>& into, const std::vector<double>& buckets) {
    into.resize(std::max(into.size(), buckets.size()));
    for (std::size_t i = 0; i < buckets.size(); ++i) into[i] += buckets[i];
}

/// A request left, and no score came of it.
bool model_failed(std::string_view reason) {
    return (reason.starts_with("judge_") && record::was_asked(reason)) ||
           reason == to_word(Reason::timed_out) || reason == record::reply_lost;
}

}  // namespace

JudgedEstimate judged_estimate(std::span<const record::JudgedSums> sums) {
    JudgedEstimate estimate;
    struct Part {
        Stratum stratum;
        WeightedSums drawn;
    };
    std::map<std::string, Part> parts;
    double y = 0;
    std::uint64_t inside = 0;
    for (const record::JudgedSums& each : sums) {
        estimate.matched += each.population;
        estimate.sampled += each.drawn;
        estimate.judged += each.scored + each.outside;
        estimate.outside += each.outside;
        for (const auto& [reason, count] : each.reasons) {
            estimate.reasons[reason] += count;
            if (model_failed(reason))
                estimate.failed += count;
            else if (reason != record::not_sampled)
                estimate.skipped += count;
        }
        y += each.y;
        inside += each.scored;

        Part& part = parts[each.stratum];
        part.stratum.name = each.stratum;
        part.stratum.population =
            part.stratum.population.value_or(0) + static_cast<double>(each.population);
        part.stratum.sums.all.merge(
            {each.scored, each.w, each.w2, each.wy, each.w2y, each.w2y2, each.wy2});
        add(part.stratum.sums.bucket_w, each.bucket_weight);
        add(part.stratum.sums.bucket_wy, each.bucket_weighted);
        add(part.stratum.bucket_population, each.bucket_population);
        part.drawn.n += each.drawn;
        part.drawn.w += each.drawn_weight;
        part.drawn.w2 += each.drawn_weight2;
    }
    if (inside > 0) {
        const auto n = static_cast<double>(inside);
        estimate.naive = y / n;
        estimate.naive_interval = wilson(y, n);
    }
    std::vector<Stratum> strata;
    for (auto& [name, part] : parts) {
        for (const IntegrityFinding& finding :
             sampler_integrity(name, part.drawn, *part.stratum.population))
            estimate.integrity.push_back(finding.says);
        strata.push_back(std::move(part.stratum));
    }
    estimate.corrected = stratified_mean(std::move(strata));
    return estimate;
}

}  // namespace plimsoll::analyse
