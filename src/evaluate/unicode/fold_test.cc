#include "evaluate/unicode/fold.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace plimsoll::evaluate {
namespace {

// Values of Unicode's CaseFolding.txt, status C and S.
TEST(Fold, is_unicodes_simple_case_folding) {
    EXPECT_EQ(folded("HELLO, World 09"), "hello, world 09");
    EXPECT_EQ(folded("ÄÖÜ ß ẞ"), "äöü ß ß");
    EXPECT_EQ(folded("Σ ς σ"), "σ σ σ");
    EXPECT_EQ(folded("Ж Ԓ Ѐ"), "ж ԓ ѐ");
    EXPECT_EQ(fold(0x212A), U'k');       // KELVIN SIGN
    EXPECT_EQ(fold(0x17F), U's');        // LONG S
    EXPECT_EQ(fold(0x1F88), 0x1F80u);    // Greek, status S
    EXPECT_EQ(fold(0x130), 0x130u);      // İ folds only in Turkish, or to two characters.
    EXPECT_EQ(fold(0x13A0), 0x13A0u);    // Cherokee capitals are the folded form …
    EXPECT_EQ(fold(0xAB70), 0x13A0u);    // … of the small ones.
    EXPECT_EQ(fold(0x10400), 0x10428u);  // Deseret, beyond the first plane
    EXPECT_EQ(fold(0x1E900), 0x1E922u);  // Adlam
    EXPECT_EQ(fold(0x1F600), 0x1F600u);  // 😀
    EXPECT_EQ(fold(0x10FFFF), 0x10FFFFu);
}

TEST(Fold, makes_white_space_and_quotation_marks_alike) {
    EXPECT_EQ(folded("I can’t “do”\n\tthat\u00A0now\u3000."), "i can't \"do\"  that now .");
}

TEST(Fold, of_ascii_is_the_same_in_blocks_and_alone) {
    std::string all;
    for (int c = 1; c < 128; ++c) all += static_cast<char>(c);
    std::string alone;
    for (const char c : all) alone += folded(std::string(1, c));
    EXPECT_EQ(folded(all), alone);
}

TEST(Fold, A06_bytes_that_are_not_utf8_stay) {
    const std::string broken = "A\xFF\xC3 B\xE2\x82";
    EXPECT_EQ(folded(broken), "a\xFF\xC3 b\xE2\x82");
}

TEST(Fold, leads_back_to_where_it_came_from) {
    const std::string text = "ẞK-İx";  // 3 and 3 bytes become 2 and 1.
    const std::string fold_of = folded(text);
    EXPECT_EQ(unfolded_offset(text, fold_of.find('-')), text.find('-'));
    EXPECT_EQ(unfolded_offset(text, fold_of.size()), text.size());
}

TEST(Fold, twice_is_once) {
    for (std::uint32_t p = 0; p <= 0x10FFFF; ++p) {
        if (p >= 0xD800 && p <= 0xDFFF) continue;
        ASSERT_EQ(fold(fold(p)), fold(p)) << p;
    }
}

TEST(Words, have_edges_only_where_scripts_have_spaces) {
    for (const std::uint32_t p : {0x61u, 0x5Fu, 0x39u, 0xE9u, 0x436u, 0x301u}) {
        EXPECT_TRUE(is_word_character(p)) << p;
    }
    for (const std::uint32_t p : {0x20u, 0x2Du, 0x65E5u, 0x304Bu, 0xD55Cu, 0x0E01u, 0x1F600u, 0u}) {
        EXPECT_FALSE(is_word_character(p)) << p;
    }
}

TEST(Words, are_counted_between_white_space) {
    EXPECT_EQ(count_words(""), 0u);
    EXPECT_EQ(count_words("  one,two  three\u00A0four\n"), 3u);
    EXPECT_EQ(count_words("one two\tthree\r\nfour\vfive  six seven\x0E eight\u3000nine ten"), 10u);
    EXPECT_EQ(count_characters("né日😀né日😀"), 8u);
    EXPECT_EQ(count_characters("né日😀"), 4u);
    EXPECT_TRUE(is_blank(" \u2003\n"));
    EXPECT_FALSE(is_blank(" x"));
}

}  // namespace
}  // namespace plimsoll::evaluate
