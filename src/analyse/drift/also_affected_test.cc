#include "analyse/drift/also_affected.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

using ::testing::ElementsAre;

TEST(AlsoAffected, the_second_is_carried_by_the_third) {
    // K = 4, patience 100: thresholds 400, 200, 133.3, 100 by rank. The detector at 150 misses its
    // own (200) but the third, 140, passes 133.3, and takes all larger ones along.
    EXPECT_THAT(also_affected(std::vector<double>{150, 3, 140, 420}, 100),
                ElementsAre(true, false, true, true));
    EXPECT_THAT(also_affected(std::vector<double>{150, 3, 130, 399}, 100),
                ElementsAre(false, false, false, false));
}

TEST(AlsoAffected, a_slice_of_a_tenth_needs_a_tenth_of_the_threshold) {
    EXPECT_DOUBLE_EQ(slice_threshold(1000, 44, 0.1), 4400);
    EXPECT_DOUBLE_EQ(slice_threshold(1000, 44, 1), 44000);
}

}  // namespace
}  // namespace plimsoll::analyse
