/// figure.h: the number a finding rests on, from single scores with their weights: the mean before,
/// the mean after, the change.
///
///   mean      Hajek's, weights 1 / inclusion; its interval knows that scores come in sessions
///   change    after - before, with the interval of Newcombe (MOVER) from those of the two means
///
/// Scores are added in the order given, so the same list gives the same bits. Source:
/// docs/statistics/0-kernel.md; Newcombe 1998, Statistics in Medicine 17, method 10.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct FigureScore {
    bool after = false;
    std::string_view session;
    double weight = 1;  ///< Above 0.
    double score = 0;   ///< In [0, 1].
};

struct FigureSide {
    std::uint64_t scores = 0, sessions = 0;
    double weight = 0, mean = 0;
    Interval interval = {0, 1};
    bool operator==(const FigureSide&) const = default;
};

struct Figure {
    FigureSide before, after;
    double change = 0;
    Interval interval = {-1, 1};
    bool operator==(const Figure&) const = default;
};

/// A side without scores has the interval [0, 1], and tells nothing of the change.
Figure figure_of(std::span<const FigureScore> scores);

/// One JSON object, every double to its last bit.
std::string to_json(const Figure& figure);

}  // namespace plimsoll::analyse
