#include "wire/utf8.h"

#include <gtest/gtest.h>

namespace plimsoll::wire {
namespace {

TEST(Utf8, valid_text_of_any_length_is_valid_wherever_its_odd_character_stands) {
    for (std::size_t size = 0; size < 200; ++size) {
        const std::string ascii(size, 'a');
        EXPECT_TRUE(valid_utf8(ascii));
        for (std::size_t at = 0; at <= size; ++at) {
            std::string text = ascii;
            text.insert(at, "é");
            EXPECT_TRUE(valid_utf8(text)) << size << " " << at;
            text.erase(at + 1, 1);
            EXPECT_FALSE(valid_utf8(text)) << size << " " << at;
        }
    }
}

TEST(Utf8, mends_as_the_unicode_standard_says) {
    // The Unicode Standard 15.0, section 3.9, tables 3-8 to 3-11.
    EXPECT_EQ(mended_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), "��������A");
    EXPECT_EQ(mended_utf8("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), "��������A");
    EXPECT_EQ(mended_utf8("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), "�����A��B");
    EXPECT_EQ(mended_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "����A");
}

TEST(Utf8, A06_mending_keeps_what_is_good_and_ends_valid) {
    EXPECT_EQ(mended_utf8("Gr\xC3\xBC\xC3\x9F\x65, \xE2\x82"), "Grüße, �");  // cut in "€"
    EXPECT_EQ(mended_utf8(std::string_view("a\0b", 3)), std::string_view("a\0b", 3));
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text{'<', static_cast<char>(first), static_cast<char>(second), '>'};
            const std::string mended = mended_utf8(text);
            EXPECT_TRUE(valid_utf8(mended));
            EXPECT_EQ(mended == text, valid_utf8(text));
            EXPECT_EQ(mended.front(), '<');
            EXPECT_EQ(mended.back(), '>');
        }
    }
}

}  // namespace
}  // namespace plimsoll::wire
