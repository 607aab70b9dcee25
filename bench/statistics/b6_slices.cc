// B6: one of thousands of slices regresses. Is it found, is anything else "found", how long?
//
// 24 000 interactions in sessions of 1 to 5, 8 attributes of 4 values (4 000 conjunctions of up to
// three), main effects, everything shifts by a point. One slice regresses by what a two-sample test
// on all the data would see at the z named; each of our searches reads half of them. Found: exactly
// that conjunction among the first ten. What is confirmed is false but for the planted slice and
// such that hold it.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <span>

#include <fmt/format.h>

#include "analyse/drift/made_slices.h"
#include "analyse/drift/slice_discovery.h"
#include "statistics/all_slices.h"
#include "statistics/scenarios.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

constexpr std::size_t interactions = 24'000;

struct Cell {
    std::string name;
    std::size_t depth = 0;  ///< Of the planted slice; 0 for none.
    double z = 0;
    bool always_bad = false;  ///< Another slice was bad before and stays so.
};

MadeSlices traffic_of(const Cell& cell, std::uint64_t seed) {
    MadeSlices made{.rows = interactions,
                    .attributes = 8,
                    .values = 4,
                    .rows_per_session = 3,
                    .session_spread = .03,
                    .loss = .12,
                    .seed = 60'000 + seed};
    for (std::uint16_t a = 0; a < cell.depth; ++a)
        made.where.push_back(
            {static_cast<std::uint16_t>(2 * a + 1), static_cast<std::uint8_t>(a + 1)});
    const double inside = interactions / 2. / std::pow(4, cell.depth);  // In each period.
    // The rise w with w = z sqrt((p0 (1 - p0) + p1 (1 - p1)) / inside), by a few rounds.
    for (int round = 0; round < 20 && cell.depth > 0; ++round) {
        const double p0 = .12, p1 = .13 + made.worse;
        made.worse = cell.z * std::sqrt((p0 * (1 - p0) + p1 * (1 - p1)) / inside);
    }
    if (cell.always_bad) {
        made.always_bad = {{0, 2}, {4, 3}};
        made.bad = .25;
    }
    return made;
}

/// One way to find slices, over the replicates of a cell.
struct Finder {
    Tally recall;       ///< The planted slice is among the first ten.
    Tally false_share;  ///< Of what it vouches for; 0 if it vouches for nothing.
    Tally fragments;    ///< The part of it that lies inside the planted slice, so it did get worse.

    void add(const std::vector<Conjunction>& listed, const std::vector<Conjunction>& vouched,
             const Conjunction& planted) {
        const std::span first(listed.data(), std::min<std::size_t>(10, listed.size()));
        recall.add(std::ranges::find(first, planted) != first.end());
        double wrong = 0, inside = 0;
        for (const Conjunction& where : vouched) {
            wrong += planted.empty() || !std::ranges::includes(planted, where);
            inside += !planted.empty() && where != planted && std::ranges::includes(where, planted);
        }
        const auto all = std::max<double>(1, static_cast<double>(vouched.size()));
        false_share.add(wrong / all);
        fragments.add(inside / all);
    }
};

void simulate(const Cell& cell, int replicates, std::uint64_t seed, std::vector<Figure>& figures) {
    Finder ours, line, tuned_line, tester;
    Tally confirmed;
    for (int r = 0; r < replicates; ++r) {
        const MadeSlices made = traffic_of(cell, 1'000'000 * seed + static_cast<std::uint64_t>(r));
        const SliceRows rows = made_slices(made);
        const auto discovery = discover_slices(rows);
        std::vector<Conjunction> listed, vouched;
        for (const FoundSlice& slice : discovery->slices) {
            listed.push_back(slice.where);
            if (slice.confirmed) vouched.push_back(slice.where);
        }
        ours.add(listed, vouched, made.where);
        confirmed.add(std::ranges::find(vouched, made.where) != vouched.end());

        const std::vector<SliceCounts> counts = all_slices(rows, 100);
        for (auto [finder, a] : {std::pair(&line, .95), {&tuned_line, .995}}) {
            const std::vector<Conjunction> ten = slice_line(counts, 10, a);
            finder->add(ten, ten, made.where);
        }
        listed.clear(), vouched.clear();
        for (const Tested& one : tested_one_by_one(counts)) {
            listed.push_back(one.where);
            if (one.adjusted_p <= .10) vouched.push_back(one.where);
        }
        tester.add(listed, vouched, made.where);
    }
    const auto add = [&](const char* what, const Tally& tally, const char* target = "",
                         std::optional<bool> met = {}) {
        figures.push_back(
            {fmt::format("{}: {}", cell.name, what), tally.mean(), tally.error(), target, met});
    };
    if (cell.depth > 0) {
        add("recall@10", ours.recall, ">= .90", ours.recall.mean() >= .9);
        add("found and confirmed", confirmed);
        add("recall@10, SliceLine, a = .95", line.recall);
        add("recall@10, SliceLine, a = .995", tuned_line.recall);
        add("recall@10, all tested one by one", tester.recall);
    }
    add("false share of confirmed", ours.false_share, "<= .10", ours.false_share.mean() <= .10);
    if (cell.depth > 0) add("of that, inside the planted slice", ours.fragments);
    add("false share, SliceLine's ten, a = .95", line.false_share);
    add("false share, tested one by one, Benjamini-Hochberg .10", tester.false_share);
}

/// Peak memory of this process in MB, where the system says so.
double peak_memory_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

/// The least of some rounds, in seconds.
struct Took {
    double wall = 1e9, cpu = 1e9;
};
template <class Work>
Took time_of(int rounds, Work&& work) {
    Took least;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t cpu = std::clock();
        work();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        least.wall = std::min(least.wall, took.count());
        least.cpu = std::min(least.cpu, static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
    }
    return least;
}

/// The shape of SliceLine's published benchmark.
void time_it(bool full, std::vector<Figure>& figures) {
    const SliceRows rows =
        made_slices({.rows = full ? 50'000u : 5'000u, .where = {{1, 2}, {3, 4}}, .worse = .2});
    DiscoveryOptions options{.depth = 2};
    options.scan.threads = 2;
    const Took took =
        time_of(full ? 15 : 1, [&] { (void)discover_slices(rows, options)->slices.size(); });
    figures.push_back({"50 000 rows x 30 attributes x 10 values, depth 2: wall time in s",
                       took.wall, 0, "<= .05",
                       full ? std::optional(took.wall <= .05) : std::nullopt});
    figures.push_back({"processor time in s of all threads", took.cpu});
    figures.push_back({"peak memory in MB at that time", peak_memory_mb()});
}

std::vector<Figure> run(Effort effort) {
    const int replicates = effort == Effort::full ? 400 : 2;
    std::vector<Figure> figures;
    time_it(effort == Effort::full, figures);
    for (const Cell& cell :
         {Cell{"nothing regressed", 0, 0},
          Cell{"nothing regressed, one slice always bad", 0, 0, true}, Cell{"depth 1, z = 5", 1, 5},
          Cell{"depth 1, z = 7", 1, 7}, Cell{"depth 2, z = 5", 2, 5}, Cell{"depth 3, z = 5", 3, 5},
          Cell{"depth 2, z = 7", 2, 7}, Cell{"depth 2, z = 7, another always bad", 2, 7, true}}) {
        if (effort == Effort::brief && (cell.depth == 1 || cell.z == 7)) continue;
        simulate(cell, replicates, effort.seed, figures);
    }
    return figures;
}

}  // namespace

const Scenario b6_slices{"B6", "One of thousands of slices regresses, or none does", run};

}  // namespace plimsoll::bench
