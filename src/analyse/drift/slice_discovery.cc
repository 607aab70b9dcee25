#include "analyse/drift/slice_discovery.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>
#include <tuple>

#include "analyse/drift/slice_index.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

namespace {

std::vector<std::uint32_t> rows_of_half(const SliceRows& rows, bool held_out) {
    std::vector<std::uint32_t> half;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (rows.confirms(row) == held_out) half.push_back(static_cast<std::uint32_t>(row));
    return half;
}

bool holds_all(const Conjunction& large, const Conjunction& small) {
    return std::ranges::includes(large, small);
}

Scan search(const ScanInput& input, const DiscoveryOptions& options) {
    ScanOptions scan = options.scan;
    scan.support_min = static_cast<double>(options.sessions_min) / 2;
    const std::size_t scanned = std::min<std::size_t>(
        options.depth, input.cells.codes.size() > options.scan_attributes_max ? 2 : 3);
    Scan found = scan_slices(input, scanned, scan);
    if (options.depth <= scanned) return found;
    // The beam starts from the best of the last level, whether or not they beat their parents.
    ScanOptions all = scan;
    all.score_min = 0;
    all.surprise_min = -1e300;
    Scan start = scan_slices(input, scanned, all);
    std::erase_if(start.candidates,
                  [&](const Candidate& one) { return one.where.size() != scanned; });
    Scan deeper =
        beam_slices(input, std::move(start.candidates), options.depth, scan, options.beam);
    found.examined += deeper.examined;
    std::ranges::move(deeper.candidates, std::back_inserter(found.candidates));
    keep_best(found.candidates, scan.kept_max);
    return found;
}

/// Weighted residuals with the variance that they show, which in a slice that fails often is more
/// than expected.
struct Shown {
    double w = 0, wr = 0, w2 = 0, w2r = 0, w2r2 = 0;
    void add(double weight, double residual) {
        w += weight;
        wr += weight * residual;
        w2 += weight * weight;
        w2r += weight * weight * residual;
        w2r2 += weight * weight * residual * residual;
    }
    Shown minus(const Shown& part) const {
        return {w - part.w, wr - part.wr, w2 - part.w2, w2r - part.w2r, w2r2 - part.w2r2};
    }
    double mean() const { return wr / w; }
    double variance() const {  // Of the mean.
        return std::max(0.0, w2r2 - 2 * mean() * w2r + mean() * mean() * w2) / (w * w);
    }
};

/// Goes through candidates, best first, and keeps those that say something new.
class Redundancy {
  public:
    Redundancy(const SliceRows& rows, std::span<const double> residuals,
               const DiscoveryOptions& options)
        : rows_(rows), residuals_(residuals), options_(options), kept_by_row_(rows.size()) {}

    bool full() const { return kept_.size() >= options_.top; }

    /// `inside`: its rows in the searched half.
    bool keep(const Conjunction& where, std::span<const std::uint32_t> inside) {
        const std::uint64_t holding = wider(where);
        double shared[64] = {};
        Shown all, unexplained;
        for (const std::uint32_t row : inside) {
            if (rows_.after[row] == 0) continue;
            const double weight = rows_.weight[row];
            all.add(weight, residuals_[row]);
            for (std::uint64_t in = kept_by_row_[row]; in != 0; in &= in - 1)
                shared[std::countr_zero(in)] += weight;
            if ((kept_by_row_[row] & ~holding) == 0) unexplained.add(weight, residuals_[row]);
        }
        const double z_min = options_.beats_parent_z;
        for (std::size_t k = 0; k < kept_.size(); ++k) {
            if (shared[k] > options_.jaccard_max * (all.w + kept_[k].sums.w - shared[k]))
                return false;
            if ((holding >> k & 1) == 0) continue;
            const Shown rest = kept_[k].sums.minus(all);
            if (!(all.mean() - rest.mean() >= z_min * std::sqrt(all.variance() + rest.variance())))
                return false;
        }
        if (unexplained.w < all.w &&
            !(unexplained.mean() >= options_.unexplained_z * std::sqrt(unexplained.variance())))
            return false;
        kept_.push_back({where, all});
        mark(kept_.size() - 1, inside);
        return true;
    }

    /// Says of rows, also of the held-out half, that they lie in kept slice `k`.
    void mark(std::size_t k, std::span<const std::uint32_t> inside) {
        for (const std::uint32_t row : inside) kept_by_row_[row] |= std::uint64_t{1} << k;
    }

    /// Bit k: kept slice k holds all of `where`.
    std::uint64_t wider(const Conjunction& where) const {
        std::uint64_t wider = 0;
        for (std::size_t k = 0; k < kept_.size(); ++k)
            if (kept_[k].where != where && holds_all(where, kept_[k].where))
                wider |= std::uint64_t{1} << k;
        return wider;
    }

    /// Those rows that no slice kept before slice `k` explains, but for those wider than it.
    std::vector<std::uint32_t> unexplained(std::size_t k,
                                           std::span<const std::uint32_t> inside) const {
        const std::uint64_t better = ((std::uint64_t{1} << k) - 1) & ~wider(kept_[k].where);
        std::vector<std::uint32_t> left;
        for (const std::uint32_t row : inside)
            if ((kept_by_row_[row] & better) == 0) left.push_back(row);
        return left;
    }

  private:
    struct Kept {
        Conjunction where;
        Shown sums;
    };
    const SliceRows& rows_;
    std::span<const double> residuals_;
    const DiscoveryOptions& options_;
    std::vector<std::uint64_t> kept_by_row_;  ///< Bit k: the row lies in kept slice k.
    std::vector<Kept> kept_;
};

bool enough(const std::pair<PeriodCounts, PeriodCounts>& counts, const DiscoveryOptions& options) {
    for (const PeriodCounts& period : {counts.first, counts.second})
        if (2 * period.sessions < options.sessions_min || period.clusters < options.clusters_min)
            return false;
    return true;
}

bool has_both_periods(const SliceRows& rows, std::span<const std::uint32_t> half) {
    const auto after = std::ranges::count_if(half, [&](std::uint32_t r) { return rows.after[r]; });
    return after > 0 && static_cast<std::size_t>(after) < half.size();
}

/// Searches one half and asks the other. The slices of this search alone.
Discovery search_and_confirm(const SliceRows& rows, const SliceIndex& searched,
                             const SliceIndex& confirming, const DiscoveryOptions& options,
                             ChangeMeasure& measure) {
    const SliceCells cells = cells_of(rows, rows.confirms(searched.all()[0]));
    const ExpectedLoss expected = fit_expected_loss(cells);
    const std::vector<CellResidual> cell_residuals = residuals_of(cells, expected);
    double weight[2] = {0, 0};
    for (std::size_t i = 0; i < cells.size(); ++i) weight[i >= cells.before] += cells.sums[i].w;
    const Scan scan =
        search({cells, cell_residuals, {cells, cell_residuals, weight[1] / weight[0]}}, options);

    std::vector<double> residual(rows.size());  // y - b
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double before =
            expected.before([&](std::size_t a) { return rows.attributes[a].codes[row]; });
        residual[row] =
            rows.loss[row] - within_reason(before + (rows.after[row] ? expected.shift : 0));
    }

    Discovery discovery{.slices = {}, .examined = scan.examined, .shift = expected.shift};
    std::vector<FoundSlice>& slices = discovery.slices;
    Redundancy redundancy(rows, residual, options);
    measure.measure(rows.loss, {});
    for (const Candidate& candidate : scan.candidates) {
        if (redundancy.full()) break;
        const std::vector<std::uint32_t> inside = searched.rows_of(candidate.where);
        if (!enough(measure.count(inside), options)) continue;
        if (!redundancy.keep(candidate.where, inside)) continue;
        slices.push_back({.where = candidate.where,
                          .search_score = candidate.score,
                          .surprise = candidate.surprise});
    }

    for (std::size_t at = 0; at < slices.size(); ++at) {
        redundancy.mark(at, confirming.rows_of(slices[at].where));
        std::optional<std::size_t>& within = slices[at].within;
        for (std::size_t k = 0; k < at; ++k) {
            const Conjunction& other = slices[k].where;
            if (holds_all(slices[at].where, other) &&
                (!within || other.size() > slices[*within].where.size()))
                within = k;
        }
    }
    const auto confirm = [&](std::size_t at) {
        FoundSlice& slice = slices[at];
        const auto left = redundancy.unexplained(at, confirming.rows_of(slice.where));
        if (!enough(measure.count(left), options)) return;
        if (const auto excess = measure.change_beyond_rest(left)) {
            slice.excess = *excess;
            slice.p = excess->p_rise();
        }
    };
    measure.measure(residual, confirming.all());
    for (std::size_t at = 0; at < slices.size(); ++at)
        if (!slices[at].within) confirm(at);
    std::vector<double> p;
    for (std::size_t at = 0; at < slices.size(); ++at) {
        if (const auto within = slices[at].within) {
            const auto all = confirming.rows_of(slices[*within].where);
            measure.measure(residual, redundancy.unexplained(at, all));
            confirm(at);
        }
        p.push_back(slices[at].p);
    }
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t at = 0; at < slices.size(); ++at)  // For there are two searches.
        slices[at].adjusted_p = std::min(1., 2 * adjusted[at]);
    return discovery;
}

/// Both searches in one list: confirmed first, then most surprising first, each slice once.
Discovery merged(Discovery first, Discovery second, double false_discovery) {
    std::vector<FoundSlice> all = std::move(first.slices);
    const std::size_t own = all.size();
    for (FoundSlice& slice : second.slices) {
        if (slice.within) *slice.within += own;
        all.push_back(std::move(slice));
    }
    for (FoundSlice& slice : all) slice.confirmed = slice.adjusted_p <= false_discovery;
    std::vector<std::size_t> order(all.size()), place(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return std::pair(all[a].confirmed, all[a].surprise) >
               std::pair(all[b].confirmed, all[b].surprise);
    });
    Discovery discovery{.slices = {},
                        .examined = first.examined + second.examined,
                        .shift = (first.shift + second.shift) / 2};
    for (const std::size_t i : order) {
        const auto same = std::ranges::find(discovery.slices, all[i].where, &FoundSlice::where);
        place[i] = static_cast<std::size_t>(same - discovery.slices.begin());
        if (same == discovery.slices.end()) discovery.slices.push_back(all[i]);
    }
    for (FoundSlice& slice : discovery.slices)
        if (slice.within) slice.within = place[*slice.within];
    return discovery;
}

}  // namespace

Computed<Discovery> discover_slices(const SliceRows& rows, const DiscoveryOptions& options) {
    assert(options.top <= 64 && options.depth >= 1);
    const SliceIndex one(rows, rows_of_half(rows, false));
    const SliceIndex other(rows, rows_of_half(rows, true));
    if (!has_both_periods(rows, one.all()) || !has_both_periods(rows, other.all()))
        return Undefined{"half of the clusters have no interactions before, or none after"};
    ChangeMeasure measure(rows);  // 72 bytes a cluster: one for all.
    Discovery first = search_and_confirm(rows, one, other, options, measure);
    Discovery second = search_and_confirm(rows, other, one, options, measure);
    Discovery discovery = merged(std::move(first), std::move(second), options.false_discovery);
    double all_after = 0;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (rows.after[row]) all_after += rows.weight[row];
    measure.measure(rows.loss, {});
    for (FoundSlice& slice : discovery.slices) {
        std::vector<std::uint32_t> inside = one.rows_of(slice.where);
        std::ranges::copy(other.rows_of(slice.where), std::back_inserter(inside));
        std::tie(slice.before, slice.after) = measure.count(inside);
        slice.share = slice.after.weight / all_after;
        if (slice.excess.degrees >= 1)
            slice.impact = slice.share * std::max(0.0, slice.excess.interval(0.90).low);
    }
    return discovery;
}

}  // namespace plimsoll::analyse
