#include "analyse/drift/subset_bound.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace plimsoll::analyse {

double subset_bound(std::span<const CellResidual> cells) {
    std::vector<CellResidual> sorted(cells.begin(), cells.end());
    std::ranges::sort(sorted, std::greater(), [](const CellResidual& cell) {
        return static_cast<double>(cell.residual) / cell.variance;
    });
    double residual = 0, variance = 0, best = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        residual += sorted[i].residual;
        variance += sorted[i].variance;
        const double score = residual / std::sqrt(variance);
        best = i == 0 ? score : std::max(best, score);
    }
    return best;
}

}  // namespace plimsoll::analyse
