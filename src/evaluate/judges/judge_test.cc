#include "evaluate/judges/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/check.h"
#include "evaluate/judges/judge_prompt.h"

namespace plimsoll::evaluate {
namespace {

using testing::HasSubstr;

Judge judge() {
    Judge made;
    made.name = "faithfulness";
    made.model = {.base_url = "http://localhost:8000/v1", .name = "judge-small"};
    made.rubric = "Every claim is supported.";
    return made;
}

TEST(JudgeDefinition, follows_all_that_can_change_a_verdict) {
    const std::string base = definition_hash(judge());
    EXPECT_EQ(definition_hash(judge()), base);
    const auto changed = [](auto change) {
        Judge other = judge();
        change(other);
        return definition_hash(other);
    };
    EXPECT_NE(changed([](Judge& j) { j.rubric += " "; }), base);
    EXPECT_NE(changed([](Judge& j) { j.model.api = ModelProtocol::anthropic; }), base);
    EXPECT_NE(changed([](Judge& j) { j.model.base_url = "http://localhost:8001/v1"; }), base);
    EXPECT_NE(changed([](Judge& j) { j.model.name = "judge-large"; }), base);
    EXPECT_NE(changed([](Judge& j) { j.scale = JudgeScale::graded(1, 5); }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.temperature = 0.2; }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.temperature.reset(); }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.max_tokens = 64; }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.seed = 7; }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.structured = false; }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.extra_json = R"({"top_p":0.5})"; }), base);
    EXPECT_NE(changed([](Judge& j) { j.parameters.content_characters_max = 10; }), base);
    EXPECT_NE(changed([](Judge& j) {
                  j.prompt = std::get<PromptTemplate>(read_template("Judge {{answer}}"));
              }),
              base);
    EXPECT_NE(changed([](Judge& j) {
                  j.scale = JudgeScale::of_classes({{"pass", 1.0}, {"fail", 0.5}});
              }),
              base);
}

TEST(JudgeDefinition, ignores_what_cannot) {
    Judge other = judge();
    other.name = "other";
    other.model.key_env = "KEY";
    other.model.price = {1, 2};
    other.sample.rate = 0.1;
    other.deadline = std::chrono::seconds(1);
    EXPECT_EQ(definition_hash(other), definition_hash(judge()));
}

TEST(JudgeVersion, follows_the_model_that_the_provider_reports) {
    const std::string definition = definition_hash(judge());
    EXPECT_NE(judge_version(definition, "m-2026-01-05"), judge_version(definition, "m-2026-02-01"));
    EXPECT_EQ(judge_version(definition, "m"), judge_version(definition, "m"));
    EXPECT_EQ(judge_version(definition, "m").size(), 32u);
}

TEST(JudgeCost, is_known_if_the_price_is) {
    JudgeModel model;
    EXPECT_FALSE(cost_usd(model, 1000, 100));
    model.price = {.input = 2.0, .output = 10.0};  // 1000 * 2e-6 + 100 * 10e-6
    EXPECT_DOUBLE_EQ(*cost_usd(model, 1000, 100), 0.003);
}

TEST(JudgeScale, gives_each_answer_its_score) {
    const JudgeScale graded = JudgeScale::graded(1, 5);
    EXPECT_DOUBLE_EQ(graded.find("4")->score, 0.75);
    EXPECT_EQ(graded.find("0"), nullptr);
    EXPECT_EQ(graded.find("3.5"), nullptr);
    EXPECT_EQ(JudgeScale::binary().find("PASS")->score, 1.0);
    const JudgeScale classes =
        JudgeScale::of_classes({{"supported", 1}, {"partly", .5}, {"no", 0}});
    EXPECT_DOUBLE_EQ(classes.find("Partly")->score, 0.5);
    EXPECT_EQ(classes.says(), R"("supported", "partly" or "no")");
}

TEST(JudgeScale, schema_names_every_answer) {
    EXPECT_EQ(JudgeScale::graded(1, 3).output_schema(),
              R"({"type":"object","properties":{"reason":{"type":"string"},)"
              R"("verdict":{"type":"integer","enum":[1,2,3]}},)"
              R"("required":["reason","verdict"],"additionalProperties":false})");
    EXPECT_THAT(JudgeScale::binary().output_schema(), HasSubstr(R"("enum":["pass","fail"])"));
}

TEST(PromptTemplate, says_where_it_is_wrong) {
    const auto fault = [](std::string_view text) {
        const auto read = read_template(text);
        const auto* wrong = std::get_if<TemplateFault>(&read);
        return wrong ? std::to_string(wrong->line) + ": " + wrong->what : "none";
    };
    EXPECT_EQ(fault("a\nb {{anwser}}"), "2: there is nothing called “anwser” to put in");
    EXPECT_EQ(fault("{{answer"), "1: `{{` has no `}}`");
    EXPECT_EQ(fault("Only words."), "1: it has no place for data, such as {{answer}}");
    EXPECT_EQ(fault("{{ question? }}{{answer}}"), "none");
}

std::string user_message(const Judge& judge, std::string_view interaction) {
    const auto prompt = judge_prompt(judge, example_interaction(interaction));
    if (const auto* none = std::get_if<Verdict>(&prompt))
        return std::string(to_word(none->unscored()->reason)) + ": " + none->explanation;
    return std::get<JudgePrompt>(prompt).user;
}

TEST(JudgePrompt, shows_question_documents_tools_and_answer) {
    std::string user = user_message(
        judge(),
        R"({"input":"Until when?","output":"Until Monday.","documents":["Open until Monday.","B"],
            "tool_calls":[{"name":"clock","arguments":{"tz":"UTC"},"result":"noon"}]})");
    const std::size_t at = user.find("<<<data question ") + 17;
    const std::string tag = user.substr(at, 16);
    for (std::size_t i; (i = user.find(tag)) != user.npos;) user.replace(i, 16, "TAG");
    EXPECT_EQ(
        user,
        "What the user asked:\n<<<data question TAG\n| Until when?\ndata question TAG>>>\n\n\n"
        "Documents that the model was given:\n"
        "<<<data document 1 TAG\n| Open until Monday.\ndata document 1 TAG>>>\n"
        "<<<data document 2 TAG\n| B\ndata document 2 TAG>>>\n\n\n"
        "Tools that ran:\n<<<data tool_call 1 TAG\n| tool: clock\n| arguments: "
        "{\"tz\":\"UTC\"}\n| result: noon\ndata tool_call 1 TAG>>>\n\n\n"
        "What the model answered:\n<<<data answer TAG\n| Until Monday.\ndata answer TAG>>>\n\n");
}

TEST(JudgePrompt, asks_nothing_where_there_is_nothing_to_ask) {
    EXPECT_THAT(user_message(judge(), R"({"input":"x"})"), HasSubstr("missing_content: "));
    EXPECT_THAT(user_message(judge(), R"({"output":"x","truncated":true})"),
                HasSubstr("truncated: "));
    EXPECT_THAT(user_message(judge(), R"({"input":"q","output":"x","documents":[""]})"),
                HasSubstr("missing_content: The text of a document was not sent."));
    Judge needs = judge();
    needs.prompt = std::get<PromptTemplate>(read_template("{{documents}}{{answer}}"));
    EXPECT_EQ(user_message(needs, R"({"input":"q","output":"x"})"),
              "not_applicable: The interaction has no documents.");
}

TEST(JudgePrompt, cuts_what_is_long_and_says_so) {
    Judge brief = judge();
    brief.parameters.content_characters_max = 30;
    const std::string text(100, 'x');
    const auto prompt =
        judge_prompt(brief, example_interaction(R"({"input":"q","output":")" + text + "\"}"));
    EXPECT_TRUE(std::get<JudgePrompt>(prompt).cut);
    EXPECT_THAT(
        std::get<JudgePrompt>(prompt).user,
        HasSubstr("| xxxxxxxxxxxxxxxxxxxx\n~ 70 characters are left out here\n| xxxxxxxxxx\n"));
}

TEST(JudgePrompt, is_the_same_each_time) {
    const char* interaction = R"({"input":"q","output":"x","documents":["d"]})";
    EXPECT_EQ(user_message(judge(), interaction), user_message(judge(), interaction));
}

}  // namespace
}  // namespace plimsoll::evaluate
