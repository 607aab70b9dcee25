#include "analyse/gate/sample_size.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(SampleSize, agrees_with_TV_10_2) {  // docs/statistics/10-gate.md
    const double margins[] = {.01, .02, .03, .05};
    struct Row {
        double discordance;
        std::uint64_t n[4];
    };
    for (const auto& [discordance, n] :
         {Row{.05, {3092, 773, 344, 124}}, Row{.10, {6183, 1546, 687, 248}},
          Row{.20, {12366, 3092, 1374, 495}}}) {
        for (int i = 0; i < 4; ++i)
            EXPECT_EQ(*paired_sample_size(discordance, margins[i]), n[i]) << discordance;
    }
}

TEST(SampleSize, a_worse_candidate_needs_more_and_beyond_the_margin_no_number_helps) {
    EXPECT_GT(*paired_sample_size(.1, .03, -.015), 4 * 680u);
    EXPECT_FALSE(paired_sample_size(.1, .03, -.03));
    EXPECT_FALSE(paired_sample_size(.01, .03, -.02));
}

TEST(SampleSize, two_rates) {
    // Fleiss, Levin and Paik, without continuity: (1.959964 + .841621)^2 (.0564 + .0979) / .05^2.
    EXPECT_EQ(*two_proportion_sample_size(.94, .89), 485u);
    EXPECT_FALSE(two_proportion_sample_size(.9, .9));
}

}  // namespace
}  // namespace plimsoll::analyse
