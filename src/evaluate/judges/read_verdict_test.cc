#include "evaluate/judges/read_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

using testing::HasSubstr;

/// "0.75 4", or "judge_unreadable: why".
std::string read(const JudgeScale& scale, const JudgeReply& reply) {
    const ReadVerdict read = read_verdict(scale, reply, "The content under judgement.");
    if (const Score* score = read.verdict.score()) {
        std::string text = std::to_string(score->value()).substr(0, 4) + " " + read.chosen;
        return read.verdict.explanation.empty() ? text : text + " " + read.verdict.explanation;
    }
    return std::string(to_word(read.verdict.unscored()->reason)) + ": " + read.verdict.explanation;
}
std::string binary(std::string text) {
    return read(JudgeScale::binary(), {.text = std::move(text)});
}
std::string graded(std::string text) {
    return read(JudgeScale::graded(1, 5), {.text = std::move(text)});
}

TEST(ReadVerdict, of_json_alone_in_a_fence_and_between_words) {
    EXPECT_EQ(binary(R"({"reason":"It is.","verdict":"pass"})"), "1.00 pass It is.");
    EXPECT_EQ(binary(R"({"verdict":"FAIL","reason":"No."})"), "0.00 fail No.");
    EXPECT_EQ(binary("```json\n{\"reason\": \"No.\",\n \"verdict\": \"fail\"}\n```"),
              "0.00 fail No.");
    EXPECT_EQ(binary(R"(Here you are: {"reason":"a {b} \"c\"","verdict":"fail"} Bye.)"),
              R"(0.00 fail a {b} "c")");
    EXPECT_EQ(binary(R"(<think>{"verdict":"pass"} or not?</think>{"reason":"r","verdict":"fail"})"),
              "0.00 fail r");
    EXPECT_EQ(binary(R"({"reason":"r","verdict":true})"), "1.00 pass r");
    EXPECT_EQ(graded(R"({"reason":"r","verdict":4})"), "0.75 4 r");
    EXPECT_EQ(graded(R"({"reason":"r","verdict":"4"})"), "0.75 4 r");
    EXPECT_EQ(graded(R"({"reason":"r","verdict":4.0})"), "0.75 4 r");
}

TEST(ReadVerdict, of_lines_and_bare_answers_where_they_say_one_thing) {
    EXPECT_EQ(graded("Good.\n**Score:** 4/5"), "0.75 4");
    EXPECT_EQ(graded("Rating: 4 out of 5."), "0.75 4");
    EXPECT_EQ(graded("Score: 2\nFinal score: 2"), "0.25 2");
    EXPECT_EQ(graded(" 5 "), "1.00 5");
    EXPECT_EQ(binary("Verdict: `pass`"), "1.00 pass");
    EXPECT_EQ(binary("Fail."), "0.00 fail");
}

TEST(ReadVerdict, is_none_off_the_scale) {
    EXPECT_THAT(graded(R"({"verdict":6})"), HasSubstr("said “6”, which is not on its scale"));
    EXPECT_THAT(graded(R"({"verdict":3.5})"), HasSubstr("not on its scale"));
    EXPECT_THAT(graded(R"({"verdict":1e999})"), HasSubstr("not on its scale"));
    EXPECT_THAT(graded(R"({"verdict":null})"), HasSubstr("not on its scale"));
    EXPECT_THAT(graded("Score: 8/10"), HasSubstr("not on its scale"));
    EXPECT_THAT(graded("Score: .5"), HasSubstr("not on its scale"));
    EXPECT_THAT(graded("Score: -1"), HasSubstr("not on its scale"));
    EXPECT_THAT(graded("Score: 45"), HasSubstr("not on its scale"));
    EXPECT_THAT(binary(R"({"verdict":"maybe"})"), HasSubstr("not on its scale"));
    EXPECT_THAT(binary(R"({"verdict":0.5})"), HasSubstr("not on its scale"));
}

TEST(ReadVerdict, is_none_of_two_that_differ) {
    EXPECT_EQ(binary(R"({"verdict":"pass","verdict":"fail"})"),
              "judge_unreadable: The judge said both “pass” and “fail”.");
    EXPECT_THAT(binary(R"({"verdict":"pass"} no: {"verdict":"fail"})"), HasSubstr("said both"));
    EXPECT_THAT(graded("Score: 4\nScore: 5"), HasSubstr("said both"));
    EXPECT_EQ(binary(R"({"verdict":"pass"} {"reason":"again","verdict":"pass"})"),
              "1.00 pass again");
}

TEST(ReadVerdict, is_none_of_what_is_malformed) {
    for (const char* text :
         {"", "   ", "{", "{\"verdict\":", "{\"verdict\":\"pass\"", "[\"pass\"]", "Yes and no.",
          "4 5", "pass or fail", "{\"result\":{\"verdict\":\"pass\"}}", "<think>pass",
          "{\"reason\":\"he said \"no\"\",\"verdict\":\"pass\"}", "<html>502</html>", "\xFF\xFE"}) {
        EXPECT_THAT(binary(text), testing::StartsWith("judge_unreadable: ")) << text;
    }
    EXPECT_THAT(binary(std::string(300'000, '{')), HasSubstr("has 300000 bytes"));
    EXPECT_THAT(binary(std::string(200'000, '{')), testing::StartsWith("judge_unreadable: "));
}

TEST(ReadVerdict, of_every_prefix_of_a_good_reply_is_none_or_the_same) {
    const std::string reply = R"(I think: {"reason":"It \"is\" so.","verdict":"fail"} Done.)";
    for (std::size_t size = 0; size < reply.size(); ++size) {
        const std::string said = binary(reply.substr(0, size));
        if (said.starts_with("judge_unreadable")) continue;
        EXPECT_EQ(said, "0.00 fail It \"is\" so.");
    }
}

TEST(ReadVerdict, is_none_of_a_refusal_or_a_cut) {
    EXPECT_EQ(read(JudgeScale::binary(), {.text = "No.", .refused = true}),
              "judge_refused: The judge's model declined: “No.”");
    EXPECT_THAT(binary("I'm sorry, but I can't help with that."),
                testing::StartsWith("judge_refused: "));
    EXPECT_THAT(read(JudgeScale::binary(), {.text = R"({"verdict":"pass"})", .cut = true}),
                HasSubstr("cut at max_tokens"));
    EXPECT_EQ(read(JudgeScale::binary(), {.fault = "the reply is no JSON"}),
              "judge_unreadable: From the judge's server: the reply is no JSON.");
}

TEST(ReadVerdict, keeps_a_long_reason_short) {
    const std::string said =
        binary(R"({"verdict":"pass","reason":")" + std::string(5000, 'a') + "\"}");
    EXPECT_EQ(said.size(), std::string("1.00 pass ").size() + 2000 + std::string("…").size());
}

}  // namespace
}  // namespace plimsoll::evaluate
