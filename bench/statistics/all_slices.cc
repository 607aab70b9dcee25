#include "statistics/all_slices.h"

#include <algorithm>
#include <cmath>

#include "analyse/stats/distributions.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::bench {

using namespace analyse;

namespace {

/// Of all values of these attributes.
void count(const SliceRows& rows, const std::vector<std::uint16_t>& attributes, double support_min,
           std::vector<SliceCounts>& slices) {
    std::size_t size = 1;
    for (const auto a : attributes) size *= rows.attributes[a].values.size();
    std::vector<SliceCounts> table(size);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::size_t at = 0;
        for (const auto a : attributes)
            at = at * rows.attributes[a].values.size() + rows.attributes[a].codes[row];
        table[at].n[rows.after[row]] += 1;
        table[at].losses[rows.after[row]] += rows.loss[row];
    }
    for (std::size_t i = 0; i < size; ++i) {
        if (table[i].n[1] < support_min) continue;
        std::size_t rest = i;
        for (auto a = attributes.rbegin(); a != attributes.rend(); ++a) {
            const std::size_t values = rows.attributes[*a].values.size();
            table[i].where.push_back({*a, static_cast<std::uint8_t>(rest % values)});
            rest /= values;
        }
        std::ranges::reverse(table[i].where);
        if (std::ranges::none_of(table[i].where, [](const auto& p) { return p.code == 0; }))
            slices.push_back(std::move(table[i]));
    }
}

}  // namespace

std::vector<SliceCounts> all_slices(const SliceRows& rows, double support_min) {
    std::vector<SliceCounts> slices;
    count(rows, {}, support_min, slices);
    const auto attributes = static_cast<std::uint16_t>(rows.attributes.size());
    for (std::uint16_t a = 0; a < attributes; ++a) {
        count(rows, {a}, support_min, slices);
        for (std::uint16_t b = a + 1; b < attributes; ++b) {
            count(rows, {a, b}, support_min, slices);
            for (std::uint16_t c = b + 1; c < attributes; ++c)
                count(rows, {a, b, c}, support_min, slices);
        }
    }
    return slices;
}

double slice_line_score(double size, double errors, double n, double all_errors, double a) {
    return a * (errors / size / (all_errors / n) - 1) - (1 - a) * (n / size - 1);
}

std::vector<Conjunction> slice_line(const std::vector<SliceCounts>& slices, std::size_t top,
                                    double a) {
    const SliceCounts& all = slices.front();
    std::vector<std::pair<double, Conjunction>> scored;
    for (const SliceCounts& slice : slices) {
        const double score =
            slice_line_score(slice.n[1], slice.losses[1], all.n[1], all.losses[1], a);
        if (!slice.where.empty() && score > 0) scored.push_back({-score, slice.where});
    }
    std::ranges::sort(scored);
    std::vector<Conjunction> best;
    for (std::size_t i = 0; i < std::min(top, scored.size()); ++i) best.push_back(scored[i].second);
    return best;
}

std::vector<Tested> tested_one_by_one(const std::vector<SliceCounts>& slices) {
    const auto change_of = [](const SliceCounts& slice) {
        return slice.losses[1] / slice.n[1] - slice.losses[0] / slice.n[0];
    };
    std::vector<Tested> tested;
    std::vector<double> p;
    for (const SliceCounts& slice : slices) {
        if (slice.where.empty() || slice.n[0] == 0) continue;
        double variance = 0;
        for (int period = 0; period < 2; ++period) {
            const double mean = slice.losses[period] / slice.n[period];
            variance += mean * (1 - mean) / slice.n[period];
        }
        const double beyond = change_of(slice) - change_of(slices.front());
        p.push_back(variance > 0 ? normal_cdf(-beyond / std::sqrt(variance)) : 1);
        tested.push_back({slice.where, p.back()});
    }
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < tested.size(); ++i) tested[i].adjusted_p = adjusted[i];
    std::ranges::stable_sort(tested, {}, &Tested::p);
    return tested;
}

}  // namespace plimsoll::bench
