#include "evaluate/words.h"

#include <gmock/gmock.h>

namespace plimsoll::evaluate {
namespace {

/// Whether both give the same stems.
bool alike(std::string_view one, std::string_view other) {
    const auto a = words_of(one), b = words_of(other);
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Word& x, const Word& y) { return x.stem == y.stem; });
}

TEST(Words, differ_by_more_than_case_and_ending) {
    EXPECT_TRUE(alike("Reports REPORTED reporting", "report report report"));
    EXPECT_TRUE(alike("parties", "parti"));
    EXPECT_TRUE(alike("Organization's organizations", "organ organiz"));
    EXPECT_TRUE(alike("dog's dog’s", "dog dog"));
    EXPECT_TRUE(alike("1,200 and 1,200.50", "1200 and 1200.50"));
    EXPECT_TRUE(alike("Ärzte Müller’s", "ärzt müller"));
    EXPECT_FALSE(alike("ring", "r"));  // Four letters stay.
    EXPECT_FALSE(alike("report", "reporter"));
    EXPECT_FALSE(alike("abcdefgh", "abcdefghabcdefgh"));
}

TEST(Words, know_their_place_digits_and_capitals) {
    const std::string_view text = "I paid 3.50 at Café Zoe’s, don't you? 中文";
    std::vector<std::string> told;
    for (const Word& word : words_of(text)) {
        told.push_back(std::string(text.substr(word.begin, word.end - word.begin)) +
                       (word.has_digit ? " digit" : "") + (word.capital ? " capital" : ""));
    }
    EXPECT_THAT(told, testing::ElementsAre("I", "paid", "3.50 digit", "at", "Café capital",
                                           "Zoe’s capital", "don't", "you", "中", "文"));
}

TEST(Words, have_the_number_of_their_stem) {
    for (const std::string_view stem : {"a", "eightlet", "morethaneightletter", "中"}) {
        EXPECT_EQ(words_of(stem).at(0).stem, hash_of_stem(stem)) << stem;
    }
}

}  // namespace
}  // namespace plimsoll::evaluate
