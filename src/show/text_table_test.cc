#include "show/text_table.h"

#include <gtest/gtest.h>

namespace plimsoll::show {
namespace {

TEST(TextTable, numbers_stand_to_the_right_words_to_the_left) {
    TextTable table({"slice", "mean"});
    table.add({"größer", "0.9"});
    table.add({"b", "-10.25"});
    EXPECT_EQ(table.text(),
              "slice     mean\n"
              "größer     0.9\n"
              "b       -10.25\n");
    EXPECT_EQ(table.markdown(),
              "| slice | mean |\n| --- | --- |\n| größer | 0.9 |\n| b | -10.25 |\n");
}

}  // namespace
}  // namespace plimsoll::show
