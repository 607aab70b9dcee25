#include "show/printable.h"

#include <gtest/gtest.h>

namespace plimsoll::show {
namespace {

TEST(Printable, A12_escapes_are_shown_not_obeyed) {
    EXPECT_EQ(printable("\x1b[31mred\x1b[0m \x07"), "\\x1b[31mred\\x1b[0m \\x07");
    EXPECT_EQ(printable("\xC2\x9B" "31m"), "\\x9b31m") << "the one-byte form of ESC [";
}

TEST(Printable, A12_bidi_overrides_are_shown_not_obeyed) {
    EXPECT_EQ(printable("a\u202E" "b"), "a\\u202eb");
    EXPECT_EQ(printable("a\u200D" "b"), "a\\u200db");
}

TEST(Printable, words_stay_words) {
    EXPECT_EQ(printable("Grüße, 東京 👋"), "Grüße, 東京 👋");
    EXPECT_EQ(printable("one\r\ntwo"), "one⏎ two");
    EXPECT_EQ(printable("one\ntwo", 100, true), "one\ntwo");
    EXPECT_EQ(printable("東京都", 2), "東京…");
}

TEST(Printable, broken_bytes_do_not_reach_the_terminal) {
    EXPECT_EQ(printable("a\xFF\xC3"), "a\uFFFD\uFFFD");
}

}  // namespace
}  // namespace plimsoll::show
