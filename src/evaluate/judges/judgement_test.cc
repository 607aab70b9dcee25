#include "evaluate/judges/judgement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "evaluate/check.h"
#include "evaluate/judges/anthropic_messages.h"
#include "evaluate/judges/openai_chat.h"

namespace plimsoll::evaluate {
namespace {

using testing::HasSubstr;
using Outcome = ModelResponse::Outcome;

/// Answers with what it was given, and remembers what it was asked.
class FakeApi : public ModelApi {
  public:
    explicit FakeApi(ModelResponse response) : response_(std::move(response)) {}
    ModelResponse post(const ModelRequest& request, std::chrono::milliseconds) override {
        requests.push_back(request);
        return response_;
    }
    std::vector<ModelRequest> requests;

  private:
    ModelResponse response_;
};

Judge judge(ModelProtocol api = ModelProtocol::openai) {
    Judge made;
    made.model = {.api = api, .base_url = "http://localhost:8000/v1", .name = "judge-small"};
    made.model.price = {.input = 1.0, .output = 5.0};
    made.rubric = "Every claim is supported.";
    return made;
}

Judgement judged(const Judge& judge, ModelResponse response) {
    FakeApi api(std::move(response));
    return ask(judge, example_interaction(R"({"input":"q","output":"a"})"), api);
}

const std::string openai_ok =
    R"({"id":"c1","object":"chat.completion","model":"judge-small-2026-01-05","choices":[{"index":0,
    "message":{"role":"assistant","content":"{\"reason\":\"It is.\",\"verdict\":\"pass\"}",
    "refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":900,"completion_tokens":20}})";
const std::string anthropic_ok =
    R"({"id":"m1","type":"message","role":"assistant","model":"judge-small-20260105","content":[
    {"type":"text","text":"I call the tool."},{"type":"tool_use","id":"t1","name":"give_verdict",
    "input":{"reason":"It is.","verdict":"pass"}}],"stop_reason":"tool_use",
    "usage":{"input_tokens":900,"output_tokens":20}})";

TEST(Judgement, of_both_protocols_carries_reason_version_and_cost) {
    for (const auto& [api, body, model] :
         {std::tuple(ModelProtocol::openai, openai_ok, "judge-small-2026-01-05"),
          std::tuple(ModelProtocol::anthropic, anthropic_ok, "judge-small-20260105")}) {
        const Judgement made = judged(judge(api), {.status = 200, .body = body});
        ASSERT_TRUE(made.verdict.score()) << made.verdict.explanation;
        EXPECT_EQ(made.verdict.score()->value(), 1.0);
        EXPECT_EQ(made.verdict.explanation, "It is.");
        EXPECT_EQ(made.chosen, "pass");
        EXPECT_EQ(made.model_version, model);
        EXPECT_EQ(made.version, judge_version(definition_hash(judge(api)), model));
        EXPECT_EQ(made.input_tokens, 900);
        EXPECT_DOUBLE_EQ(*made.cost_usd, 0.001);  // 900 * 1e-6 + 20 * 5e-6
    }
}

TEST(Judgement, of_a_cut_body_is_unscored_with_a_reason) {  // Every prefix.
    for (const auto& [api, body] : {std::pair(ModelProtocol::openai, openai_ok),
                                    std::pair(ModelProtocol::anthropic, anthropic_ok)}) {
        for (std::size_t size = 0; size < body.size(); ++size) {
            const Judgement made =
                judged(judge(api), {.status = 200, .body = body.substr(0, size)});
            ASSERT_TRUE(made.verdict.unscored());
            EXPECT_EQ(made.verdict.unscored()->reason, Reason::judge_unreadable);
        }
    }
}

TEST(Judgement, of_an_odd_body_is_unscored_with_a_reason) {
    for (const char* body :
         {"null", "[]", "{}", R"({"choices":[]})", R"({"choices":[{}]})",
          R"({"choices":[{"message":{"content":null}}]})", R"({"choices":"pass"})",
          R"({"choices":[{"message":{"content":[{"type":"image"}]}}]})",
          R"({"error":{"message":"overloaded"}})", R"({"content":"pass"})", R"({"content":[]})",
          R"({"content":[{"type":"tool_use","input":{"verdict":7}}]})", "<html>hello</html>"}) {
        for (const auto api : {ModelProtocol::openai, ModelProtocol::anthropic}) {
            const Judgement made = judged(judge(api), {.status = 200, .body = body});
            ASSERT_TRUE(made.verdict.unscored()) << body;
            EXPECT_EQ(made.verdict.unscored()->reason, Reason::judge_unreadable);
            EXPECT_FALSE(made.verdict.explanation.empty());
        }
    }
}

TEST(Judgement, knows_refusals_filters_and_cuts_of_both_protocols) {
    const auto reason = [](ModelProtocol api, const char* body) {
        return judged(judge(api), {.status = 200, .body = body}).verdict.unscored()->reason;
    };
    EXPECT_EQ(reason(ModelProtocol::openai,
                     R"({"choices":[{"message":{"content":null,"refusal":"I won't."}}]})"),
              Reason::judge_refused);
    EXPECT_EQ(reason(ModelProtocol::openai, R"({"choices":[{"message":{"content":""},
                                               "finish_reason":"content_filter"}]})"),
              Reason::judge_refused);
    EXPECT_EQ(reason(ModelProtocol::anthropic, R"({"content":[],"stop_reason":"refusal"})"),
              Reason::judge_refused);
    EXPECT_EQ(reason(ModelProtocol::anthropic,
                     R"({"content":[{"type":"tool_use","input":{"verdict":"pass"}}],
                         "stop_reason":"max_tokens"})"),
              Reason::judge_unreadable);
}

TEST(Judgement, of_two_tool_calls_that_differ_is_none) {
    EXPECT_THAT(judged(judge(ModelProtocol::anthropic),
                       {.status = 200,
                        .body = R"({"content":[{"type":"tool_use","input":{"verdict":"pass"}},
                                   {"type":"tool_use","input":{"verdict":"fail"}}]})"})
                    .verdict.explanation,
                HasSubstr("both “pass” and “fail”"));
}

TEST(Judgement, says_what_may_be_asked_again) {
    const auto failed = [](ModelResponse response) { return judged(judge(), std::move(response)); };
    const Judgement limited =
        failed({.status = 429,
                .body = R"({"error":{"message":"Slow down.","type":"rate_limit"}})",
                .retry_after = std::chrono::seconds(7)});
    EXPECT_EQ(limited.verdict.unscored()->reason, Reason::judge_unreachable);
    EXPECT_EQ(limited.verdict.explanation, "The judge's server answered 429: “Slow down.”");
    EXPECT_TRUE(limited.may_retry);
    EXPECT_EQ(limited.retry_after, std::chrono::seconds(7));
    EXPECT_TRUE(failed({.status = 503}).may_retry);
    EXPECT_FALSE(failed({.status = 401}).may_retry);
    EXPECT_FALSE(failed({.status = 302}).may_retry);
    EXPECT_TRUE(failed({.outcome = Outcome::unreachable}).may_retry);
    const Judgement late = failed({.outcome = Outcome::timed_out});
    EXPECT_EQ(late.verdict.unscored()->reason, Reason::timed_out);
    EXPECT_FALSE(late.may_retry);  // It may have been paid for.
    EXPECT_EQ(failed({.outcome = Outcome::broken}).verdict.unscored()->reason,
              Reason::judge_unreadable);
}

TEST(Judgement, asks_nobody_where_there_is_nothing_to_ask) {
    FakeApi api({.status = 200, .body = openai_ok});
    const Judgement made = ask(judge(), example_interaction(R"({"input":"q"})"), api);
    EXPECT_EQ(made.verdict.unscored()->reason, Reason::missing_content);
    EXPECT_TRUE(api.requests.empty());
}

TEST(OpenAiRequest, is_what_the_parameters_say) {
    Judge asked = judge();
    asked.parameters.seed = 7;
    asked.parameters.extra_json = R"({"top_p":0.5})";
    EXPECT_EQ(openai_request_body(asked, {.system = "S", .user = "U"}),
              R"({"model":"judge-small","messages":[{"role":"system","content":"S"},)"
              R"({"role":"user","content":"U"}],"temperature":0,"max_tokens":1024,"seed":7,)"
              R"("response_format":{"type":"json_schema","json_schema":{"name":"verdict",)"
              R"("strict":true,"schema":)" +
                  asked.scale.output_schema() + R"(}},"top_p":0.5})");
    asked.parameters = {.temperature = std::nullopt, .structured = false};
    asked.parameters.extra_json = R"({"max_completion_tokens":9})";
    EXPECT_EQ(openai_request_body(asked, {.system = "S", .user = "U"}),
              R"({"model":"judge-small","messages":[{"role":"system","content":"S"},)"
              R"({"role":"user","content":"U"}],"max_completion_tokens":9})");
}

TEST(AnthropicRequest, is_what_the_parameters_say) {
    EXPECT_EQ(anthropic_request_body(judge(), {.system = "S", .user = "U"}),
              R"({"model":"judge-small","max_tokens":1024,"temperature":0,"system":"S",)"
              R"("messages":[{"role":"user","content":"U"}],"tools":[{"name":"give_verdict",)"
              R"("description":"Takes the verdict. Call it once.","input_schema":)" +
                  judge().scale.output_schema() +
                  R"(}],"tool_choice":{"type":"tool","name":"give_verdict"}})");
}

TEST(ModelUrl, is_under_base_url_however_that_is_written) {
    EXPECT_EQ(openai_url("https://h/v1/"), "https://h/v1/chat/completions");
    EXPECT_EQ(openai_url("https://h/d?api-version=1"),
              "https://h/d/chat/completions?api-version=1");
    EXPECT_EQ(anthropic_url("https://h"), "https://h/v1/messages");
    EXPECT_EQ(anthropic_url("https://h/v1/"), "https://h/v1/messages");
}

}  // namespace
}  // namespace plimsoll::evaluate
