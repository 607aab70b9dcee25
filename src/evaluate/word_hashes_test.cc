#include "evaluate/word_hashes.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

TEST(HashedWords, are_equal_where_words_are) {
    const std::string_view text = "It is 42, it IS. Größe 日本";
    const auto words = hashed_words(text);
    ASSERT_EQ(words.size(), 8u);
    EXPECT_EQ(words[0].hash, words[3].hash);
    EXPECT_EQ(words[1].hash, words[4].hash);
    EXPECT_NE(words[0].hash, words[1].hash);
    EXPECT_TRUE(words[2].is_number && !words[0].is_number);
    EXPECT_TRUE(words[0].starts_sentence && words[5].starts_sentence && !words[3].starts_sentence);
    EXPECT_EQ(text.substr(words[5].begin, words[5].end - words[5].begin), "Größe");
    EXPECT_EQ(text.substr(words[7].begin, words[7].end - words[7].begin), "本");
    EXPECT_TRUE(hashed_words("").empty());
    EXPECT_EQ(hashed_words("\xE6").size(), 1u);  // A cut character.
}

}  // namespace
}  // namespace plimsoll::evaluate
