#include "evaluate/phrases.h"

#include <gtest/gtest.h>

#include <random>

#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {
namespace {

bool has(std::vector<std::string> phrases, std::string_view text, bool whole_words = true) {
    return PhraseSet(std::move(phrases), {.whole_words = whole_words}).find(text).has_value();
}

TEST(Phrases, of_every_length_are_found_at_every_place) {
    const std::string base = "qjxzkvwqpyfmbgdhlcuornaeti";
    for (std::size_t length = 1; length <= base.size(); ++length) {
        const PhraseSet set({base.substr(0, length)}, {});
        for (std::size_t before = 0; before < 20; ++before) {
            for (const std::size_t after : {0, 1, 7}) {
                const std::string text =
                    std::string(before, '.') + base.substr(0, length) + std::string(after, '.');
                const auto match = set.find(text);
                ASSERT_TRUE(match) << length << " at " << before;
                EXPECT_EQ(match->begin, before);
                EXPECT_EQ(match->end, before + length);
            }
        }
        EXPECT_FALSE(set.find(base.substr(0, length - 1)));
    }
}

TEST(Phrases, are_whole_words_unless_told_otherwise) {
    EXPECT_FALSE(has({"ass"}, "class assign"));
    EXPECT_TRUE(has({"ass"}, "class", false));
    EXPECT_TRUE(has({"ass"}, "an ass."));
    EXPECT_FALSE(has({"über"}, "Überfluss"));
    EXPECT_TRUE(has({"über"}, "ÜBER-fluss"));
    EXPECT_TRUE(has({"$$$"}, "a$$$b"));      // An edge that is no letter needs no edge.
    EXPECT_TRUE(has({"日本"}, "今日本当"));  // No spaces, no edges.
    EXPECT_FALSE(has({"e"}, "e\u0301"));     // A combining accent belongs to its letter.
}

TEST(Phrases, stand_in_the_text_where_the_match_says) {
    const PhraseSet set({"kelvin scale", "ẞ ist"}, {});
    const std::string text = "ẞẞ die \u212Aelvin\u00A0SCALE";
    const auto match = set.find(text);
    ASSERT_TRUE(match);
    EXPECT_EQ(match->phrase, 0u);
    EXPECT_EQ(text.substr(match->begin, match->end - match->begin), "\u212Aelvin\u00A0SCALE");
}

TEST(Phrases, nul_and_broken_bytes_are_text_like_any_other) {  // A06
    EXPECT_FALSE(has({"abcdefghijkl"}, std::string("abcdefghijk\0", 12)));
    EXPECT_TRUE(has({std::string("a\0b", 3)}, std::string("..a\0b..", 7)));
    EXPECT_TRUE(has({"abcd"},
                    "\xFF"
                    "abcd\xC3"));
}

TEST(Phrases, agree_with_looking_for_each_alone) {
    std::mt19937 random(7);
    const auto letters = [&](std::size_t size) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += "ab c"[random() % 4];
        return text;
    };
    for (int round = 0; round < 300; ++round) {
        std::vector<std::string> phrases;
        for (int i = 0; i < 5; ++i) phrases.push_back(letters(1 + random() % 16));
        const std::string text = letters(random() % 60);
        bool expected = false;
        for (const std::string& phrase : phrases) expected |= text.find(phrase) != text.npos;
        EXPECT_EQ(has(phrases, text, false), expected) << text;
    }
}

TEST(Phrases, as_whole_words_agree_with_looking_for_each_alone) {
    std::mt19937 random(8);
    const char* const letters[] = {"a", "b", " ", "é", "-", "日", "_"};
    const auto text_of = [&](std::size_t count) {
        std::string text;
        while (count-- > 0) text += letters[random() % std::size(letters)];
        return text;
    };
    const auto stands_alone = [](std::string_view text, std::string_view phrase) {
        for (std::size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
            const bool front = is_word_character(first_character(phrase)) &&
                               is_word_character(last_character(text.substr(0, at)));
            const bool back = is_word_character(last_character(phrase)) &&
                              is_word_character(first_character(text.substr(at + phrase.size())));
            if (!front && !back) return true;
        }
        return false;
    };
    for (int round = 0; round < 2'000; ++round) {
        std::vector<std::string> phrases;
        for (int i = 0; i < 3; ++i) phrases.push_back(text_of(1 + random() % 9));
        const std::string text = text_of(random() % 90);
        bool expected = false;
        for (const std::string& phrase : phrases) expected |= stands_alone(text, phrase);
        EXPECT_EQ(has(phrases, text), expected) << text;
    }
}

TEST(Phrases, a_thousand_that_differ_in_their_last_letters_alone) {
    std::vector<std::string> phrases;
    for (int i = 0; i < 1000; ++i) phrases.push_back("the same beginning " + std::to_string(i));
    const PhraseSet set(phrases, {});
    const auto match = set.find("It has THE SAME beginning 777.");
    ASSERT_TRUE(match);
    EXPECT_EQ(set.phrase(match->phrase), "the same beginning 777");
    EXPECT_FALSE(set.find("the same beginning 1777"));
}

}  // namespace
}  // namespace plimsoll::evaluate
