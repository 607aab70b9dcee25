/// made_slices.h: judged interactions with a regression planted in one slice. For tests, benches
/// and simulations; nothing of the product includes it.
#pragma once

#include <algorithm>
#include <cmath>

#include "analyse/drift/slice_rows.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {

struct MadeSlices {
    std::size_t rows = 50'000, attributes = 30, values = 10;
    double rows_per_session = 1;  ///< Mean; sessions have 1 … 2 k - 1 rows, all of one period.
    double session_spread = 0;    ///< Losses of a session go up and down together by so much.
    double loss = 0.06;           ///< Before.
    double effects =
        0.02;             ///< Each value of the first attributes shifts the loss by up to so much.
    double shift = 0.01;  ///< Of everything, since.
    Conjunction where;    ///< The slice that regresses; empty for none.
    double worse = 0;     ///< By so much, since.
    Conjunction always_bad;  ///< A slice that was bad before and still is.
    double bad = 0;
    std::uint64_t seed = 1;
};

inline bool inside(const SliceRows& rows, const Conjunction& where, std::size_t row) {
    return std::ranges::all_of(where, [&](const Predicate& p) {
        return rows.attributes[p.attribute].codes[row] == p.code;
    });
}

/// Values are equally likely and independent, codes 1 … values. Losses are 0 or 1.
inline SliceRows made_slices(const MadeSlices& made) {
    SliceRows rows;
    CounterRandom random(made.seed);
    rows.attributes.resize(made.attributes);
    for (std::size_t a = 0; a < made.attributes; ++a) {
        SliceAttribute& attribute = rows.attributes[a];
        attribute.name = "a" + std::to_string(a);
        attribute.values = {"(rare)"};
        for (std::size_t v = 1; v <= made.values; ++v)
            attribute.values.push_back("v" + std::to_string(v));
        attribute.codes.resize(made.rows);
    }
    rows.weight.assign(made.rows, 1);
    rows.loss.resize(made.rows);
    std::vector<double> effect(made.attributes * (made.values + 1));
    for (double& one : effect) one = made.effects * (2 * random.uniform() - 1);
    double mood = 0;
    std::uint32_t left = 0;
    for (std::size_t row = 0; row < made.rows; ++row) {
        if (left == 0) {
            rows.held_out.push_back(random.bits() & 1);
            left = 1 + random.below(static_cast<std::uint32_t>(2 * made.rows_per_session - 1));
            mood = made.session_spread * (2 * random.uniform() - 1);
        }
        --left;
        rows.session.push_back(static_cast<std::uint32_t>(rows.held_out.size() - 1));
        const std::uint8_t after = rows.session.back() & 1;
        rows.after.push_back(after);
        double loss = made.loss + mood + after * made.shift;
        std::uint64_t bits = 0;
        for (std::size_t a = 0; a < made.attributes; ++a) {
            if (a % 4 == 0) bits = random.bits();
            const auto v = static_cast<std::size_t>((bits & 0xffff) * made.values >> 16) + 1;
            bits >>= 16;
            rows.attributes[a].codes[row] = static_cast<std::uint8_t>(v);
            if (a < 4) loss += effect[a * (made.values + 1) + v];
        }
        if (after && !made.where.empty() && inside(rows, made.where, row)) loss += made.worse;
        if (!made.always_bad.empty() && inside(rows, made.always_bad, row)) loss += made.bad;
        rows.loss[row] = random.uniform() < loss ? 1 : 0;
    }
    rows.cluster = rows.session;
    return rows;
}

}  // namespace plimsoll::analyse
