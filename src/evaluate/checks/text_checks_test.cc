#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/judged.h"

namespace plimsoll::evaluate {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class OneFile : public Files {
  public:
    explicit OneFile(std::string content) : content_(std::move(content)) {}
    Result<std::string> read(std::string_view path) const override {
        if (path != "there") return Error{"read " + std::string(path) + ": no such file"};
        return content_;
    }

  private:
    std::string content_;
};

// What holds of every check that reads the output.

class TextCheck : public testing::TestWithParam<std::pair<const Check*, const char*>> {
  protected:
    std::string on(std::string_view interaction) {
        return judged(*GetParam().first, GetParam().second, interaction);
    }
};

TEST_P(TextCheck, says_why_there_is_no_text_to_judge) {
    EXPECT_EQ(on(R"({"input":"Hi"})"), "unscored missing_content: The output was not sent.");
    EXPECT_EQ(on(R"({"output":"Hel","truncated":true})"),
              "unscored truncated: The text was cut before it reached us.");
    EXPECT_EQ(on(R"({"incomplete":true})"),
              "unscored incomplete: The trace ended before an answer came.");
    EXPECT_EQ(on(R"({"tool_calls":[{"name":"f","arguments":{}}]})"),
              "unscored not_applicable: The model answered with tool calls only.");
    EXPECT_EQ(judged(*GetParam().first, GetParam().second, Interaction{}),
              "unscored not_applicable: No model was called.");
}

INSTANTIATE_TEST_SUITE_P(AllOfThem, TextCheck,
                         testing::Values(std::pair{&banned_phrase, R"({"phrases":["x"]})"},
                                         std::pair{&empty_output, "{}"},
                                         std::pair{&forbidden_pattern, R"({"patterns":["x"]})"},
                                         std::pair{&json_parses, "{}"},
                                         std::pair{&json_schema, R"({"schema":{}})"},
                                         std::pair{&length_bounds, R"({"words_max":9})"},
                                         std::pair{&required_pattern, R"({"patterns":["x"]})"}),
                         [](const auto& info) { return std::string(info.param.first->name); });

TEST(BannedPhrase, quotes_where_it_stands) {
    EXPECT_EQ(judged(banned_phrase, R"({"phrases":["as an AI"]})",
                     R"({"output":"Well — AS AN ai, no."})"),
              "0: Holds “as an AI” at character 8: “Well — AS AN ai, no.”");
    EXPECT_EQ(judged(banned_phrase, R"({"phrases":["can't"]})", R"({"output":"I can’t."})"),
              "0: Holds “can't” at character 3: “I can’t.”");
    EXPECT_EQ(judged(banned_phrase, R"({"phrases":["ass"]})", R"({"output":"class"})"), "1");
    EXPECT_EQ(judged(banned_phrase, R"({"phrases":["ass"],"whole_words":false})",
                     R"({"output":"class"})"),
              "0: Holds “ass” at character 3: “class”");
}

TEST(BannedPhrase, reads_a_file_of_phrases) {
    const OneFile file("# ours\n\n  über uns \r\nzwei\n");
    EXPECT_EQ(judged(banned_phrase, R"({"file":"there"})", R"({"output":"ÜBER UNS"})", file),
              "0: Holds “über uns” at character 1: “ÜBER UNS”");
    EXPECT_EQ(judged(banned_phrase, R"({"file":"gone"})", "{}", file),
              "refused file: read gone: no such file");
    EXPECT_THAT(judged(banned_phrase, R"({"file":"there"})", "{}", OneFile("# nothing\n")),
                StartsWith("refused file: holds no phrase"));
    EXPECT_THAT(judged(banned_phrase, "{}", "{}"), StartsWith("refused : holds no phrase"));
    EXPECT_EQ(judged(banned_phrase, R"({"phrases":["a"," "]})", "{}"),
              "refused phrases[1]: is blank");
    EXPECT_THAT(judged(banned_phrase, R"({"phrases":["a",911]})", "{}"),
                StartsWith("refused phrases[1]: must be text, not “911”; put it in quotes"));
}

TEST(EmptyOutput, is_white_space_of_any_kind) {
    EXPECT_EQ(judged(empty_output, "{}", R"({"output":""})"), "0: The output is empty.");
    EXPECT_EQ(judged(empty_output, "{}", "{\"output\":\"\\u00a0\\u3000\\n\"}"),
              "0: The output is nothing but white space.");
    EXPECT_EQ(judged(empty_output, "{}", R"({"output":"."})"), "1");
}

TEST(ForbiddenPattern, quotes_the_expression_and_the_place) {
    EXPECT_EQ(judged(forbidden_pattern, R"({"patterns":["no such","\\d{4} \\d{4}"]})",
                     R"({"output":"The number is 1234 5678, I think."})"),
              "0: Matches “\\d{4} \\d{4}” at character 15: “The number is 1234 5678, I think.”");
    EXPECT_EQ(judged(forbidden_pattern, R"({"patterns":"todo"})", R"({"output":"TODO"})"), "1");
    EXPECT_THAT(judged(forbidden_pattern, R"({"patterns":"todo","ignore_case":true})",
                       R"({"output":"TODO"})"),
                StartsWith("0:"));
    EXPECT_THAT(judged(forbidden_pattern, R"({"patterns":["(?=x)y"]})", "{}"),
                HasSubstr("looking ahead or behind is not supported"));
}

TEST(ForbiddenPattern, A16_a_nested_repetition_takes_linear_time) {
    const std::string output = "{\"output\":\"" + std::string(200'000, 'a') + "!\"}";
    EXPECT_EQ(judged(forbidden_pattern, R"({"patterns":["(a+)+$"]})", output), "1");
}

TEST(ForbiddenPattern, A12_a_quote_is_one_harmless_line) {
    EXPECT_EQ(judged(forbidden_pattern, R"({"patterns":["x"]})",
                     "{\"output\":\"\\u001b[31mred\\u202ex\\nnext\"}"),
              "0: Matches “x” at character 10: “\\u{1B}[31mred\\u{202E}x next”");
}

TEST(RequiredPattern, names_the_first_that_is_missing) {
    EXPECT_EQ(judged(required_pattern, R"({"patterns":["\\d","euros?"]})",
                     R"({"output":"It is 5 dollars."})"),
              "0: Nothing matches “euros?” in “It is 5 dollars.”");
    EXPECT_EQ(
        judged(required_pattern, R"({"patterns":["^It","\\.$"]})", R"({"output":"It is 5."})"),
        "1");
}

TEST(LengthBounds, counts_characters_and_words) {
    EXPECT_EQ(judged(length_bounds, R"({"characters_max":4})", R"({"output":"日本語だ"})"), "1");
    EXPECT_EQ(judged(length_bounds, R"({"characters_max":3})", R"({"output":"日本語だ"})"),
              "0: Has 4 characters; at most 3 are allowed.");
    EXPECT_EQ(judged(length_bounds, R"({"words_min":3})", R"({"output":" two\u00a0words "})"),
              "0: Has 2 words; at least 3 are due.");
    EXPECT_EQ(judged(length_bounds, R"({"words_min":3,"words_max":2})", "{}"),
              "refused words_min: is above words_max");
    EXPECT_THAT(judged(length_bounds, R"({"words_min":-1})", "{}"),
                StartsWith("refused words_min: must be a whole number, 0 or more"));
}

TEST(JsonParses, tells_prose_from_broken_json) {
    const auto on = [](std::string_view output, std::string_view params = "{}") {
        Interaction interaction = example_interaction(R"({"output":"-"})");
        interaction.answer = output;
        return judged(json_parses, params, interaction);
    };
    EXPECT_EQ(on(" {\"a\": [1, 2]}\n"), "1");
    EXPECT_EQ(on("3"), "1");
    EXPECT_EQ(on("Sure! {\"a\": 1}"), "0: Prose stands before the JSON: “Sure!”");
    EXPECT_EQ(on("As [1] says: {\"a\": 1}"), "0: Prose stands before the JSON: “As”");
    EXPECT_EQ(on("See [a] and {b}: {\"a\": 1}", R"({"allow_prose":true})"), "1");
    EXPECT_EQ(
        on("Here:\n```json\n{\"a\": 1}\n```\nBye."),
        "0: The JSON stands inside a code fence, with prose around it: “Here: ```json {\"a\": "
        "1} ``` Bye.”");
    EXPECT_EQ(on("Here:\n```json\n{\"a\": 1}\n```", R"({"allow_prose":true})"), "1");
    EXPECT_EQ(on("{\"a\": \"}\"} Enjoy!"), "0: Something stands after the JSON: “Enjoy!”");
    EXPECT_EQ(on("I cannot."), "0: Not JSON but “I cannot.”");
    EXPECT_THAT(on("{\"a\": 1,}"), StartsWith("0: Not JSON: "));
    EXPECT_EQ(on("```json\n{\"a\": 1}\n```"), "0: The JSON stands inside a code fence.");
    EXPECT_EQ(on("```json\n{\"a\": 1}\n```\n", R"({"allow_code_fence":true})"), "1");
    EXPECT_THAT(on("```json\n{\"a\": \n```\n", R"({"allow_code_fence":true})"),
                StartsWith("0: Not JSON"));
    EXPECT_THAT(on("```"), StartsWith("0: Not JSON but"));
    EXPECT_EQ(on(" "), "0: The output is empty.");
    EXPECT_THAT(on(std::string(100'000, '[')), StartsWith("0: Not JSON"));  // A05
}

TEST(JsonSchema, names_the_place_and_what_was_expected) {
    const std::string params =
        R"({"schema":{"type":"object","properties":{"items":{"type":"array","items":{"properties":)"
        R"({"price":{"type":"number"}}}}}}})";
    EXPECT_EQ(judged(json_schema, params,
                     R"({"output":"{\"items\":[{\"price\":1},{\"price\":\"2\"}]}"})"),
              "0: $.items[1].price: expected number, found string");
    EXPECT_EQ(judged(json_schema, params, R"({"output":"{\"items\":[]}"})"), "1");
    EXPECT_EQ(judged(json_schema, params, R"({"output":"none"})"), "0: Not JSON but “none”");
}

TEST(JsonSchema, asserts_formats_where_asked_to) {
    const char* output = R"({"output":"\"2026-02-30\""})";
    EXPECT_EQ(judged(json_schema, R"({"schema":{"format":"date"}})", output), "1");
    EXPECT_EQ(judged(json_schema, R"({"schema":{"format":"date"},"assert_formats":true})", output),
              "0: $: expected format date, found \"2026-02-30\"");
    EXPECT_EQ(
        judged(json_schema, R"({"schema":{"format":"colour"},"assert_formats":true})", output),
        "1");
}

TEST(JsonSchema, judges_json_inside_prose_where_that_may_be) {
    EXPECT_EQ(judged(json_schema, R"({"schema":{"required":["a"]},"allow_prose":true})",
                     R"({"output":"Sure: {\"b\": 1}."})"),
              "0: $: expected the member \"a\", which is missing");
}

TEST(JsonSchema, reads_its_schema_from_a_file) {
    const OneFile file(R"({"type":"integer"})");
    EXPECT_EQ(judged(json_schema, R"({"schema":"there"})", R"({"output":"3"})", file), "1");
    EXPECT_EQ(judged(json_schema, R"({"schema":"gone"})", "{}", file),
              "refused schema: read gone: no such file");
    EXPECT_THAT(judged(json_schema, R"({"schema":"there"})", "{}", OneFile("{")),
                StartsWith("refused schema: there is no JSON: "));
    EXPECT_THAT(judged(json_schema, "{}", "{}"),
                StartsWith("refused : json_schema needs `schema`."));
}

TEST(TruncatedOutput, reads_the_finish_reason_and_the_brackets) {
    EXPECT_EQ(judged(truncated_output, "{}", R"({"output":"Done.","finish_reason":"stop"})"), "1");
    EXPECT_EQ(judged(truncated_output, "{}", R"({"finish_reason":"length"})"),
              "0: The model stopped because it reached its limit of tokens.");
    EXPECT_EQ(judged(truncated_output, "{}", R"({"output":"Done."})"),
              "unscored missing_content: No finish reason was sent.");
    EXPECT_EQ(judged(truncated_output, "{}",
                     R"({"output":"{\"a\": [1, \"]","finish_reason":"stop","output_type":"json"})"),
              "0: The JSON is still open where the output ends.");
    // Cut on its way to us: no word on the model.
    EXPECT_EQ(
        judged(
            truncated_output, "{}",
            R"({"output":"{\"a\"","finish_reason":"stop","output_type":"json","truncated":true})"),
        "1");
}

TEST(PlainText, tells_markup_from_writing) {
    const auto on = [](std::string_view output, std::string_view params = "{}") {
        Interaction interaction = example_interaction(R"({"output":"-"})");
        interaction.answer = output;
        return judged(plain_text, params, interaction);
    };
    for (const char* plain : {"Two items:\n- one\n- two\n1. three", "a < b and c > d",
                              "5 * 3 * 2 = 30", "snake_case_name", "Issue #1", "AT&T; R&D",
                              "[1] Smith, 2020", "x ** y", "Write <name> here", "2**3**2"}) {
        EXPECT_EQ(on(plain), "1") << plain;
    }
    EXPECT_EQ(on("We open at **nine**."),
              "0: A piece of Markdown or HTML; first bold at character 12: “We open at **nine**.”");
    EXPECT_THAT(on("# Title\n\nText"), StartsWith("0: A piece of Markdown or HTML; first heading"));
    EXPECT_THAT(on("See [here](http://x.y)."), HasSubstr("first link"));
    EXPECT_THAT(on("![x](y)"), HasSubstr("first image"));
    EXPECT_THAT(on("| a | b |\n|---|---|\n| 1 | 2 |"), HasSubstr("first table"));
    EXPECT_THAT(on("Run `ls`."), HasSubstr("first code"));
    EXPECT_THAT(on("<p>Hello</p>"), StartsWith("0: 2 pieces of Markdown or HTML; first HTML tag"));
    EXPECT_THAT(on("a&nbsp;b"), HasSubstr("HTML character reference"));
    EXPECT_EQ(on("See [here](http://x.y).", R"({"allow":["link"]})"), "1");
}

TEST(AnswerLanguage, is_that_of_the_question) {
    const auto on = [](std::string_view question, std::string_view answer,
                       std::string_view params = "{}") {
        Interaction interaction = example_interaction(R"({"input":"-","output":"-"})");
        interaction.question = question;
        interaction.answer = answer;
        return judged(answer_language, params, interaction);
    };
    const char* german = "Wie kann ich mein Passwort für das Konto ändern?";
    const char* english = "You can change it in the settings of your account.";
    EXPECT_EQ(on(german, "Das können Sie in den Einstellungen Ihres Kontos tun."), "1");
    EXPECT_EQ(
        on(german, english),
        "0: English where German was due: “You can change it in the settings of your account.”");
    EXPECT_EQ(on(german, english, R"({"language":"en"})"), "1");
    EXPECT_EQ(on(german, R"({"what":"you can change it in the settings of your account"})"),
              "unscored not_applicable: The answer is JSON, which speaks to a program.");
    EXPECT_THAT(on(german, "[You can change it in the settings of your account.]"),
                StartsWith("0: English where German"));
    EXPECT_EQ(on("Translate this into German, please: the house is big.", english),
              "unscored not_applicable: The question names a language, German.");
    EXPECT_EQ(on("42?", english),
              "unscored not_applicable: The language of the question cannot be told.");
    EXPECT_THAT(on(english, "OK"),
                StartsWith("unscored not_applicable: The language of the answer"));
    EXPECT_THAT(on("", english), StartsWith("unscored missing_content"));
    EXPECT_THAT(on("x", "y", R"({"language":"xx"})"), StartsWith("refused language:"));
}

}  // namespace
}  // namespace plimsoll::evaluate
