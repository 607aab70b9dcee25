#include "analyse/drift/subset_bound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

TEST(SubsetBound, is_the_best_of_all_4095_subsets_in_2000_random_cases) {
    CounterRandom random(5);
    for (int i = 0; i < 2000; ++i) {
        std::vector<CellResidual> cells(12);
        for (CellResidual& cell : cells) {
            cell.residual = static_cast<float>(4 * random.uniform() - 2);
            cell.variance = static_cast<float>(0.05 + random.uniform());
        }
        double best = -1e9;
        for (unsigned subset = 1; subset < 4096; ++subset) {
            double residual = 0, variance = 0;
            for (unsigned c = 0; c < 12; ++c) {
                if ((subset >> c & 1) == 0) continue;
                residual += cells[c].residual;
                variance += cells[c].variance;
            }
            best = std::max(best, residual / std::sqrt(variance));
        }
        ASSERT_NEAR(subset_bound(cells), best, 1e-12) << "case " << i;
    }
}

}  // namespace
}  // namespace plimsoll::analyse
