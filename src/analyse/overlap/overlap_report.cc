#include "analyse/overlap/overlap_report.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "analyse/overlap/effective_dimensions.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

namespace {

struct Verdict {
    bool fails = false;
    float weight = 0;  ///< 0: not scored, or outside the sampler.
    std::uint32_t bucket = 0;
};

}  // namespace

Result<OverlapReport> overlap_report(record::Facts& facts, std::vector<std::string> dimensions,
                                     UnixNanos from, UnixNanos to) {
    OverlapReport report{.dimensions = std::move(dimensions), .pairs = {}};
    const std::size_t count = report.dimensions.size();
    std::unordered_map<TraceId, std::vector<Verdict>> verdicts;
    for (std::size_t d = 0; d < count; ++d) {
        const auto read = facts.for_each_verdict(
            report.dimensions[d], from, to, [&](const record::DimensionVerdict& one) {
                std::vector<Verdict>& of = verdicts[one.trace];
                of.resize(count);
                of[d] = {one.score < 0.5, static_cast<float>(one.weight),
                         static_cast<std::uint32_t>(one.bucket % series_buckets)};
            });
        if (!read) return read.error();
    }
    std::vector<double> correlations(count * count, 0.0);
    for (std::size_t d = 0; d < count; ++d) correlations[d * count + d] = 1;
    std::vector<DimensionOverlap> overlaps;
    for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = a + 1; b < count; ++b) {
            std::vector<FailedBoth> both;
            for (const auto& [trace, of] : verdicts)
                if (of[a].weight > 0 && of[b].weight > 0)
                    both.push_back({.a_fails = of[a].fails,
                                    .b_fails = of[b].fails,
                                    .weight = std::max(of[a].weight, of[b].weight),
                                    .bucket = of[a].bucket});
            OverlapPair& pair = report.pairs.emplace_back();
            pair.a = a;
            pair.b = b;
            pair.overlap = dimension_overlap(both);
            const double phi = analyse::phi(pair.overlap.pair);
            if (std::isfinite(phi)) correlations[a * count + b] = correlations[b * count + a] = phi;
            overlaps.push_back(pair.overlap);
        }
    const std::vector<double> p = adjusted_association(overlaps);
    for (std::size_t i = 0; i < p.size(); ++i) report.pairs[i].association_p = p[i];
    report.effective = effective_dimensions(correlations, count);
    return report;
}

}  // namespace plimsoll::analyse
