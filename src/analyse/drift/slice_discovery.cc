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

/// Keeps the order otherwise, and `within` pointing to the same slices.
Discovery confirmed_first(Discovery discovery) {
    std::vector<std::size_t> order(discovery.slices.size()), place(order.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_partition(order,
                                  [&](std::size_t i) { return discovery.slices[i].confirmed; });
    std::vector<FoundSlice> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        sorted.push_back(std::move(discovery.slices[order[i]]));
    }
    for (FoundSlice& slice : sorted)
        if (slice.within) slice.within = place[*slice.within];
    discovery.slices = std::move(sorted);
    return discovery;
}

bool enough(const std::pair<PeriodCounts, PeriodCounts>& counts, const DiscoveryOptions& options) {
    for (const PeriodCounts& period : {counts.first, counts.second})
        if (2 * period.sessions < options.sessions_min || period.clusters < options.clusters_min)
            return false;
    return true;
}

}  // namespace

Computed<Discovery> discover_slices(const SliceRows& rows, const DiscoveryOptions& options) {
    assert(options.top <= 64 && options.depth >= 1);
    const SliceCells cells = cells_of(rows, false);
    const SliceIndex searched(rows, rows_of_half(rows, false));
    const SliceIndex confirming(rows, rows_of_half(rows, true));
    std::size_t held_before = 0;
    for (const std::uint32_t row : confirming.all()) held_before += rows.after[row] == 0;
    if (cells.before == 0 || cells.before == cells.size() || held_before == 0 ||
        held_before == confirming.all().size())
        return Undefined{"half of the clusters have no interactions before, or none after"};

    const ExpectedLoss expected = fit_expected_loss(cells);
    const std::vector<CellResidual> cell_residuals = residuals_of(cells, expected);
    double weight[2] = {0, 0};
    for (std::size_t i = 0; i < cells.size(); ++i) weight[i >= cells.before] += cells.sums[i].w;
    const Scan scan =
        search({cells, cell_residuals, {cells, cell_residuals, weight[1] / weight[0]}}, options);

    std::vector<double> residual(rows.size());  // y - b
    double all_after = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double before =
            expected.before([&](std::size_t a) { return rows.attributes[a].codes[row]; });
        residual[row] =
            rows.loss[row] - within_reason(before + (rows.after[row] ? expected.shift : 0));
        if (rows.after[row]) all_after += rows.weight[row];
    }

    Discovery discovery{.slices = {}, .examined = scan.examined, .shift = expected.shift};
    Redundancy redundancy(rows, residual, options);
    ChangeMeasure measure(rows);  // 72 bytes a cluster: one for all.
    measure.measure(rows.loss, {});
    for (const Candidate& candidate : scan.candidates) {
        if (redundancy.full()) break;
        const std::vector<std::uint32_t> inside = searched.rows_of(candidate.where);
        if (!enough(measure.count(inside), options)) continue;
        if (!redundancy.keep(candidate.where, inside)) continue;
        discovery.slices.push_back({.where = candidate.where, .search_score = candidate.score});
    }

    for (std::size_t at = 0; at < discovery.slices.size(); ++at) {
        FoundSlice& slice = discovery.slices[at];
        redundancy.mark(at, confirming.rows_of(slice.where));
        for (std::size_t k = 0; k < at; ++k) {
            const Conjunction& other = discovery.slices[k].where;
            if (holds_all(slice.where, other) &&
                (!slice.within || other.size() > discovery.slices[*slice.within].where.size()))
                slice.within = k;
        }
    }
    const auto confirm = [&](std::size_t at) {
        FoundSlice& slice = discovery.slices[at];
        const auto left = redundancy.unexplained(at, confirming.rows_of(slice.where));
        if (!enough(measure.count(left), options)) return;
        if (const auto excess = measure.change_beyond_rest(left)) {
            slice.excess = *excess;
            slice.p = excess->p_rise();
        }
    };
    measure.measure(residual, confirming.all());
    for (std::size_t at = 0; at < discovery.slices.size(); ++at)
        if (!discovery.slices[at].within) confirm(at);
    for (std::size_t at = 0; at < discovery.slices.size(); ++at) {
        const auto within = discovery.slices[at].within;
        if (!within) continue;
        const auto all = confirming.rows_of(discovery.slices[*within].where);
        measure.measure(residual, redundancy.unexplained(at, all));
        confirm(at);
    }
    measure.measure(rows.loss, {});
    for (FoundSlice& slice : discovery.slices) {
        std::vector<std::uint32_t> inside = confirming.rows_of(slice.where);
        std::ranges::copy(searched.rows_of(slice.where), std::back_inserter(inside));
        std::tie(slice.before, slice.after) = measure.count(inside);
        slice.share = slice.after.weight / all_after;
        if (slice.excess.degrees >= 1)
            slice.impact = slice.share * std::max(0.0, slice.excess.interval(0.90).low);
    }
    std::vector<double> p;
    for (const FoundSlice& slice : discovery.slices) p.push_back(slice.p);
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        discovery.slices[i].adjusted_p = adjusted[i];
        discovery.slices[i].confirmed = adjusted[i] <= options.false_discovery;
    }
    return confirmed_first(std::move(discovery));
}

}  // namespace plimsoll::analyse
