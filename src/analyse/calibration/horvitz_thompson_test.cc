#include "analyse/calibration/horvitz_thompson.h"

#include <gtest/gtest.h>

#include <vector>

namespace plimsoll::analyse {
namespace {

TEST(HorvitzThompson, is_unbiased_over_all_32_samples) {  // docs/statistics/2-sampling.md, TV-2.2
    const Sampled population[] = {{1, 1. / 2}, {0, 1. / 5}, {1, 4. / 5}, {1, 2. / 5}, {0, 1. / 4}};
    double mean = 0, square = 0, variance = 0;
    for (unsigned chosen = 0; chosen < 32; ++chosen) {
        double probability = 1;
        std::vector<Sampled> sample;
        for (unsigned i = 0; i < 5; ++i) {
            const bool in = chosen >> i & 1;
            probability *= in ? population[i].inclusion : 1 - population[i].inclusion;
            if (in) sample.push_back(population[i]);
        }
        const Total total = horvitz_thompson(sample);
        mean += probability * total.value;
        square += probability * total.value * total.value;
        variance += probability * total.variance;
    }
    EXPECT_NEAR(mean, 3, 1e-14);
    EXPECT_NEAR(square - mean * mean, 2.75, 1e-13);
    EXPECT_NEAR(variance, 2.75, 1e-13);
}

}  // namespace
}  // namespace plimsoll::analyse
