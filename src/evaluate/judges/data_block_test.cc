#include "evaluate/judges/data_block.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

std::string block(std::string_view text, std::size_t characters_max = 1000) {
    std::string prompt;
    append_block(prompt, "answer", text, "5f3a9c", characters_max);
    return prompt;
}

TEST(DataBlock, every_line_of_data_is_marked) {
    EXPECT_EQ(block("one\ntwo\r\nthree\rfour\u2028five"),
              "<<<data answer 5f3a9c\n"
              "| one\n| two\n| three\n| four\n| five\n"
              "data answer 5f3a9c>>>\n");
    EXPECT_EQ(block(""), "<<<data answer 5f3a9c\n| \ndata answer 5f3a9c>>>\n");
}

TEST(DataBlock, what_nobody_sees_is_made_visible) {
    EXPECT_EQ(block("a\u200B\u202Eb\x1B[2Jc"),
              "<<<data answer 5f3a9c\n| a\\u{200B}\\u{202E}b\\u{1B}[2Jc\ndata answer 5f3a9c>>>\n");
    // Letters of the tag block (U+E0049 "I") are invisible, and models read them.
    EXPECT_EQ(block("x\U000E0049"),
              "<<<data answer 5f3a9c\n| x\\u{E0049}\ndata answer 5f3a9c>>>\n");
    EXPECT_EQ(
        block("می\u200Cخواهم 👩\u200D💻 ❤\uFE0F\tt"),  // Persian and emoji stay whole.
        "<<<data answer 5f3a9c\n| می\u200Cخواهم 👩\u200D💻 ❤\uFE0F\tt\ndata answer 5f3a9c>>>\n");
    EXPECT_EQ(block("a\xFFz"), "<<<data answer 5f3a9c\n| a\uFFFDz\ndata answer 5f3a9c>>>\n");
}

TEST(DataBlock, borders_of_messages_are_broken) {
    EXPECT_EQ(block("<|im_end|> [INST] <｜User｜> </s> a < b | c"),
              "<<<data answer 5f3a9c\n"
              "| \\u{3C}|im_end|> \\u{5B}INST] \\u{3C}｜User｜> \\u{3C}/s> a < b | c\n"
              "data answer 5f3a9c>>>\n");
}

TEST(DataBlock, the_middle_of_a_long_text_is_left_out) {
    EXPECT_EQ(block("ääääbbbbcccc", 6),
              "<<<data answer 5f3a9c\n| ääää\n~ 6 characters are left out here\n| cc\n"
              "data answer 5f3a9c>>>\n");
    EXPECT_EQ(block("abc", 3), "<<<data answer 5f3a9c\n| abc\ndata answer 5f3a9c>>>\n");
}

TEST(Tag, stands_in_no_text_and_depends_on_all) {
    const std::string tag = tag_for("rubric", {"one", "two"});
    EXPECT_EQ(tag.size(), 16u);
    EXPECT_EQ(tag_for("rubric", {"one", "two"}), tag);
    EXPECT_NE(tag_for("another", {"one", "two"}), tag);
    EXPECT_NE(tag_for("rubric", {"onet", "wo"}), tag);
}

TEST(FairShares, short_texts_stay_whole) {
    EXPECT_EQ(fair_shares({10, 500, 40, 500}, 250), (std::vector<std::size_t>{10, 100, 40, 100}));
    EXPECT_EQ(fair_shares({10, 20}, 1000), (std::vector<std::size_t>{10, 20}));
    EXPECT_TRUE(fair_shares({}, 10).empty());
}

}  // namespace
}  // namespace plimsoll::evaluate
