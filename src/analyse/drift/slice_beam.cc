#include "analyse/drift/slice_beam.h"

#include <algorithm>
#include <set>

#include "analyse/drift/for_each_index.h"
#include "analyse/drift/subset_bound.h"

namespace plimsoll::analyse {

namespace {

std::vector<std::uint32_t> cells_in(const SliceCells& cells, const Conjunction& where) {
    std::vector<std::uint32_t> inside;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (std::ranges::all_of(
                where, [&](const Predicate& p) { return cells.codes[p.attribute][i] == p.code; }))
            inside.push_back(static_cast<std::uint32_t>(i));
    }
    return inside;
}

/// All children with support of one slice.
std::vector<Candidate> children_of(const ScanInput& input, const Candidate& parent,
                                   std::span<const std::uint32_t> inside,
                                   const ScanOptions& options) {
    std::vector<Candidate> children;
    for (std::uint16_t a = 0; a < input.cells.codes.size(); ++a) {
        if (std::ranges::find(parent.where, a, &Predicate::attribute) != parent.where.end())
            continue;
        std::vector<SliceSums> sums(input.cells.values[a]);
        for (const std::uint32_t i : inside)
            sums[input.cells.codes[a][i]].add(input.residuals[i], i >= input.cells.before);
        for (std::size_t v = 1; v < sums.size(); ++v) {
            if (sums[v].before.n < options.support_min || sums[v].after.n < options.support_min)
                continue;
            Conjunction where = parent.where;
            where.push_back({a, static_cast<std::uint8_t>(v)});
            std::ranges::sort(where);
            children.push_back({std::move(where), sums[v]});
        }
    }
    return children;
}

bool beats_every_parent(const ScanInput& input, const Candidate& candidate,
                        const ScanOptions& options) {
    for (std::size_t left_out = 0; left_out < candidate.where.size(); ++left_out) {
        Conjunction where = candidate.where;
        where.erase(where.begin() + static_cast<long>(left_out));
        SliceSums parent;
        for (const std::uint32_t i : cells_in(input.cells, where))
            parent.add(input.residuals[i], i >= input.cells.before);
        if (beats(candidate.sums.after, parent.after) < options.beats_parent_z) return false;
    }
    return true;
}

}  // namespace

Scan beam_slices(const ScanInput& input, std::vector<Candidate> level, std::size_t depth,
                 const ScanOptions& options, const BeamOptions& beam) {
    Scan scan;
    while (!level.empty() && level.front().where.size() < depth) {
        keep_best(level, beam.width);
        std::vector<std::vector<Candidate>> children(level.size());
        for_each_index(level.size(), options.threads, [&](std::size_t i) {
            const std::vector<std::uint32_t> inside = cells_in(input.cells, level[i].where);
            std::vector<CellResidual> after;
            for (const std::uint32_t cell : inside)
                if (cell >= input.cells.before) after.push_back(input.residuals[cell]);
            // Known best: what the level itself holds. A bound below that cannot enter the top.
            const double needed =
                level.size() >= beam.top ? level[beam.top - 1].sums.score() : options.score_min;
            if (subset_bound(after) >= needed)
                children[i] = children_of(input, level[i], inside, options);
        });
        std::set<Conjunction> seen;
        std::vector<Candidate> next;
        for (std::vector<Candidate>& some : children)
            for (Candidate& child : some)
                if (seen.insert(child.where).second) next.push_back(std::move(child));
        scan.examined += next.size();
        keep_best(next, beam.width);
        for (const Candidate& child : next) {
            if (child.sums.score() >= options.score_min &&
                child.sums.change_z(input.ratio) >= options.change_z_min &&
                beats_every_parent(input, child, options))
                scan.candidates.push_back(child);
        }
        level = std::move(next);
    }
    keep_best(scan.candidates, options.kept_max);
    return scan;
}

}  // namespace plimsoll::analyse
