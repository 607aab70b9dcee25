#include "analyse/drift/slice_scan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "analyse/drift/for_each_index.h"

namespace plimsoll::analyse {

void set_surprise(std::vector<Candidate>& candidates, std::uint64_t examined) {
    for (Candidate& candidate : candidates) {
        const double z = candidate.score;
        candidate.surprise = std::abs(z) * z / 2 - std::log(static_cast<double>(examined));
    }
}

void keep_best(std::vector<Candidate>& candidates, std::size_t kept_max) {
    const auto better = [](const Candidate& a, const Candidate& b) {
        return a.surprise != b.surprise ? a.surprise > b.surprise : a.where < b.where;
    };
    if (candidates.size() > kept_max) {
        std::ranges::nth_element(candidates, candidates.begin() + static_cast<long>(kept_max),
                                 better);
        candidates.resize(kept_max);
    }
    std::ranges::sort(candidates, better);
}

namespace {

/// The sums of all combinations of a set of attributes, by mixed-radix index.
struct Table {
    std::vector<ResidualSums> before, after;
    explicit Table(std::size_t size = 0) : before(size), after(size) {}
    SliceSums at(std::size_t i) const { return {before[i], after[i]}; }
};

class Scanner {
  public:
    Scanner(const ScanInput& input, const ScanOptions& options)
        : cells_(input.cells),
          residuals_(input.residuals),
          score_(input.score),
          options_(options) {}

    Scan run(std::size_t depth) {
        const std::size_t attributes = cells_.codes.size();
        for (std::size_t i = 0; i < cells_.size(); ++i) all_.add(residuals_[i], i >= cells_.before);
        singles_.resize(attributes);
        std::vector<Scan> found(attributes);
        for_each_index(attributes, options_.threads, [&](std::size_t a) { single(a, found[a]); });
        Scan scan = gathered(found);
        for (std::size_t a = 0; a < attributes; ++a)
            for (std::size_t b = a + 1; b < attributes; ++b) pairs_of_.push_back({a, b});
        if (depth >= 2) {
            pairs_.resize(pairs_of_.size());
            found.assign(pairs_.size(), {});
            for_each_index(pairs_.size(), options_.threads,
                           [&](std::size_t i) { pair(i, found[i]); });
            merge(scan, gathered(found));
        }
        if (depth >= 3) {
            found.assign(pairs_.size(), {});
            for_each_index(pairs_.size(), options_.threads,
                           [&](std::size_t i) { triples(i, found[i]); });
            merge(scan, gathered(found));
        }
        keep_best(scan.candidates, options_.kept_max);
        return scan;
    }

  private:
    /// index(cell) gives the place of a cell in the table. The hot loop: about 2 ns a cell.
    template <class Index>
    void add_up(Table& table, Index&& index) const {
        const CellResidual* residual = residuals_.data();
        for (std::size_t i = 0; i < cells_.before; ++i) table.before[index(i)].add(residual[i]);
        for (std::size_t i = cells_.before; i < cells_.size(); ++i)
            table.after[index(i)].add(residual[i]);
    }

    bool supported(const SliceSums& sums) const {
        return sums.before.n >= options_.support_min && sums.after.n >= options_.support_min;
    }
    /// F first, for z is never more.
    bool may_stand_out(const SliceSums& sums) const {
        return sums.excess_z() >= options_.score_min;
    }
    void add_if_it_stands_out(Scan& found, Conjunction where, const SliceSums& sums,
                              std::initializer_list<SliceSums> parents) const {
        double score = score_.z(where, sums);
        for (const SliceSums& parent : parents)
            score = std::min(score, beats(sums.after, parent.after));
        if (score >= options_.score_min)
            found.candidates.push_back({std::move(where), sums, score});
    }

    void single(std::size_t a, Scan& found) {
        singles_[a] = Table(cells_.values[a]);
        const std::uint8_t* code = cells_.codes[a].data();
        add_up(singles_[a], [&](std::size_t i) { return code[i]; });
        for (std::size_t v = 1; v < cells_.values[a]; ++v) {
            const SliceSums sums = singles_[a].at(v);
            if (!supported(sums)) continue;
            ++found.examined;
            if (may_stand_out(sums)) add_if_it_stands_out(found, {predicate(a, v)}, sums, {all_});
        }
    }

    void pair(std::size_t at, Scan& found) {
        const auto [a, b] = pairs_of_[at];
        const std::size_t size = cells_.values[b];
        Table& table = pairs_[at] = Table(cells_.values[a] * size);
        const std::uint8_t *x = cells_.codes[a].data(), *y = cells_.codes[b].data();
        add_up(table, [&](std::size_t i) { return x[i] * size + y[i]; });
        for (std::size_t v = 1; v < cells_.values[a]; ++v) {
            for (std::size_t u = 1; u < size; ++u) {
                const SliceSums sums = table.at(v * size + u);
                if (!supported(sums)) continue;
                ++found.examined;
                if (may_stand_out(sums))
                    add_if_it_stands_out(found, {predicate(a, v), predicate(b, u)}, sums,
                                         {singles_[a].at(v), singles_[b].at(u)});
            }
        }
    }

    /// All triples that begin with the pair. Only pairs with support get a place in the tables, and
    /// no table is larger than the second-level cache: more are done in turns.
    void triples(std::size_t at, Scan& found) const {
        const auto [a, b] = pairs_of_[at];
        const std::size_t width = cells_.values[b];
        std::vector<std::uint16_t> place(pairs_[at].before.size());  // 0: no support.
        std::vector<std::size_t> pair_at{0};                         // By place.
        for (std::size_t i = 0; i < place.size(); ++i) {
            if (i / width == 0 || i % width == 0 || !supported(pairs_[at].at(i))) continue;
            place[i] = static_cast<std::uint16_t>(pair_at.size());
            pair_at.push_back(i);
        }
        if (pair_at.size() == 1 || b + 1 == cells_.codes.size()) return;
        const std::uint8_t *x = cells_.codes[a].data(), *y = cells_.codes[b].data();
        std::vector<std::uint16_t> pair_place(cells_.size());
        for (std::size_t i = 0; i < cells_.size(); ++i) pair_place[i] = place[x[i] * width + y[i]];

        for (std::size_t c = b + 1; c < cells_.codes.size(); ++c) {
            const std::size_t size = cells_.values[c];
            const std::size_t chunk = std::max<std::size_t>(1, table_max / size);
            const std::uint8_t* z = cells_.codes[c].data();
            for (std::size_t first = 0; first < pair_at.size(); first += chunk) {
                const std::size_t last = std::min(first + chunk, pair_at.size());
                Table table((last - first + 1) * size);  // The row behind is for all others.
                if (last - first == pair_at.size()) {
                    add_up(table, [&](std::size_t i) { return pair_place[i] * size + z[i]; });
                } else {
                    add_up(table, [&](std::size_t i) {
                        return std::min<std::size_t>(pair_place[i] - first, last - first) * size +
                               z[i];
                    });
                }
                for (std::size_t p = std::max<std::size_t>(first, 1); p < last; ++p)
                    for (std::size_t t = 1; t < size; ++t)
                        triple(at, pair_at[p], c, t, table.at((p - first) * size + t), found);
            }
        }
        if (found.candidates.size() > options_.kept_max) {
            set_surprise(found.candidates, 1);  // Of one depth: by score.
            keep_best(found.candidates, options_.kept_max);
        }
    }

    void triple(std::size_t at, std::size_t in_pair, std::size_t c, std::size_t t,
                const SliceSums& sums, Scan& found) const {
        if (!supported(sums)) return;
        ++found.examined;
        if (!may_stand_out(sums)) return;
        const auto [a, b] = pairs_of_[at];
        const std::size_t v = in_pair / cells_.values[b], u = in_pair % cells_.values[b];
        const std::size_t size = cells_.values[c];
        add_if_it_stands_out(found, {predicate(a, v), predicate(b, u), predicate(c, t)}, sums,
                             {pairs_[at].at(in_pair), pairs_[pair_index(a, c)].at(v * size + t),
                              pairs_[pair_index(b, c)].at(u * size + t)});
    }

    std::size_t pair_index(std::size_t a, std::size_t b) const {  // a < b, in the order of run().
        return a * (2 * cells_.codes.size() - a - 1) / 2 + (b - a - 1);
    }
    static Predicate predicate(std::size_t attribute, std::size_t code) {
        return {static_cast<std::uint16_t>(attribute), static_cast<std::uint8_t>(code)};
    }
    static void merge(Scan& scan, Scan&& more) {
        scan.examined += more.examined;
        std::ranges::move(more.candidates, std::back_inserter(scan.candidates));
    }
    Scan gathered(std::vector<Scan>& found) const {
        Scan all;
        for (Scan& one : found) merge(all, std::move(one));
        set_surprise(all.candidates, all.examined);
        std::erase_if(all.candidates, [&](const Candidate& candidate) {
            return candidate.surprise < options_.surprise_min;
        });
        return all;
    }

    static constexpr std::size_t table_max = 1 << 14;  // 2 x 24 bytes each: 0.8 MB.

    const SliceCells& cells_;
    const std::vector<CellResidual>& residuals_;
    const SliceScore& score_;
    const ScanOptions& options_;
    SliceSums all_;
    std::vector<Table> singles_, pairs_;
    std::vector<std::pair<std::size_t, std::size_t>> pairs_of_;
};

}  // namespace

Scan scan_slices(const ScanInput& input, std::size_t depth, const ScanOptions& options) {
    return Scanner(input, options).run(depth);
}

}  // namespace plimsoll::analyse
