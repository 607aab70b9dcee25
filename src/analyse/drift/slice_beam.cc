#include "analyse/drift/slice_beam.h"

#include <algorithm>
#include <iterator>
#include <limits>
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
            const double z = input.score.z(where, sums[v]);
            children.push_back({std::move(where), sums[v], z});
        }
    }
    return children;
}

/// z of the excess over the parent it exceeds least.
double beats_parents(const ScanInput& input, const Candidate& candidate) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t left_out = 0; left_out < candidate.where.size(); ++left_out) {
        Conjunction where = candidate.where;
        where.erase(where.begin() + static_cast<long>(left_out));
        SliceSums parent;
        for (const std::uint32_t i : cells_in(input.cells, where))
            parent.add(input.residuals[i], i >= input.cells.before);
        least = std::min(least, beats(candidate.sums.after, parent.after));
    }
    return least;
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
                level.size() >= beam.top ? level[beam.top - 1].score : options.score_min;
            if (subset_bound(after) >= needed)
                children[i] = children_of(input, level[i], inside, options);
        });
        std::set<Conjunction> seen;
        std::vector<Candidate> next;
        for (std::vector<Candidate>& some : children)
            for (Candidate& child : some)
                if (seen.insert(child.where).second) next.push_back(std::move(child));
        const std::size_t examined = next.size();
        scan.examined += examined;
        set_surprise(next, examined);
        keep_best(next, beam.width);
        std::vector<Candidate> best = next;
        std::erase_if(best, [&](Candidate& child) {
            if (child.score < options.score_min) return true;
            child.score = std::min(child.score, beats_parents(input, child));
            return child.score < options.score_min;
        });
        set_surprise(best, examined);
        std::erase_if(
            best, [&](const Candidate& child) { return child.surprise < options.surprise_min; });
        std::ranges::move(best, std::back_inserter(scan.candidates));
        level = std::move(next);
    }
    keep_best(scan.candidates, options.kept_max);
    return scan;
}

}  // namespace plimsoll::analyse
