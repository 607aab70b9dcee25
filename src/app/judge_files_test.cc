/// The judges of a configuration asked about files, end to end: the stand-in's server in the
/// process, over real sockets.
#include "app/judge_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/commands/commands.h"
#include "app/stand_in/stand_in_server.h"
#include "base/json.h"
#include "evaluate/checks/checks.h"
#include "net/model_client.h"

namespace plimsoll::app {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using testing::HasSubstr;

/// A scorecard with one dimension and one judge, which asks `server`.
evaluate::Scorecard one_judge(const StandInServer& server) {
    evaluate::Judge judge;
    judge.name = "j";
    judge.model = {.base_url = server.url() + "/v1", .name = "judge-small"};
    judge.rubric = "It is right.";
    judge.deadline = 500ms;
    evaluate::Scorecard scorecard;
    scorecard.dimensions.push_back({.name = "d"});
    scorecard.dimensions[0].judges.push_back(
        {.name = "j", .judge = std::make_shared<const evaluate::Judge>(judge)});
    return scorecard;
}

std::vector<Interaction> interactions(int count) {
    std::vector<Interaction> made;
    for (int i = 0; i < count; ++i) {
        made.push_back(evaluate::example_interaction(
            R"({"input":"q","output":"Answer )" + std::to_string(i) +
            (i % 4 == 0 ? " [[truth:fail]]" : " [[truth:pass]]") + "\"}"));
    }
    return made;
}

StandInOptions truthful() {
    StandInOptions options = default_stand_in();
    options.models[0].versions[0].says = {{"pass", {{"pass", 1}}}, {"fail", {{"fail", 1}}}};
    return options;
}

TEST(JudgeFiles, come_out_in_order_whatever_comes_first) {
    StandInOptions options = truthful();
    options.latency_max = 20ms;
    options.faults = {.limited = 0.05, .failed = 0.05};
    auto server = StandInServer::start(options);
    ASSERT_TRUE(server);
    net::ModelClient client({});
    const auto all = interactions(200);
    const auto judged =
        judge_interactions(one_judge(**server), all,
                           [&](const evaluate::Judge&) -> evaluate::ModelApi& { return client; },
                           {.at_once = 16, .tries_max = 12, .wait_first = 10ms, .wait_max = 50ms});
    ASSERT_EQ(judged.size(), 200u);
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(judged[i].interaction, &all[i]);
        EXPECT_EQ(judged[i].judgement.chosen, i % 4 == 0 ? "fail" : "pass") << i;
    }
    const StandInCounts counts = (*server)->counts();
    EXPECT_EQ(counts.answered, 200u);
    EXPECT_EQ(counts.answered_again, 0u);  // 0 paid twice.
    EXPECT_GT(counts.limited + counts.failed, 0u);
}

TEST(JudgeFiles, what_fails_for_good_is_unscored_and_never_a_number) {
    StandInOptions options = truthful();
    options.faults = {.hang = 0.05, .malformed = 0.2, .hostile = 0.2, .refused = 0.1, .cut = 0.1};
    auto server = StandInServer::start(options);
    ASSERT_TRUE(server);
    net::ModelClient client({});
    const auto all = interactions(100);
    std::size_t scored = 0;
    std::map<std::string, std::uint64_t> reasons;
    for (const Judged& one :
         judge_interactions(one_judge(**server), all,
                            [&](const evaluate::Judge&) -> evaluate::ModelApi& { return client; },
                            {.at_once = 16, .tries_max = 1})) {
        const bool fails = one.interaction->answer.find("fail") != std::string::npos;
        if (const Score* score = one.judgement.verdict.score()) {
            ++scored;
            EXPECT_EQ(score->value(), fails ? 0.0 : 1.0);
        } else {
            ++reasons[std::string(to_word(one.judgement.verdict.unscored()->reason))];
            EXPECT_FALSE(one.judgement.verdict.explanation.empty());
        }
    }
    const StandInCounts counts = (*server)->counts();
    EXPECT_EQ(scored, counts.answered);
    EXPECT_EQ(reasons["timed_out"], counts.hung);
    EXPECT_EQ(reasons["judge_refused"], counts.refused);
    EXPECT_EQ(reasons["judge_unreadable"] + reasons["judge_unreachable"],
              counts.malformed + counts.hostile + counts.cut);
}

TEST(JudgeFiles, ask_the_same_once_and_only_what_passes) {
    auto server = StandInServer::start(truthful());
    ASSERT_TRUE(server);
    net::ModelClient client({});
    evaluate::Scorecard scorecard = one_judge(**server);
    scorecard.dimensions.push_back(scorecard.dimensions[0]);
    scorecard.dimensions.push_back(scorecard.dimensions[0]);
    auto& careful = scorecard.dimensions[2];
    careful.judges_only_what_passes = true;
    evaluate::Evaluator empty{.name = "empty_output", .check = &evaluate::empty_output};
    const auto no_parameters = json::Document::parse("{}");
    empty.configured = std::move(std::get<0>(
        evaluate::configure(evaluate::empty_output, no_parameters->root(), evaluate::NoFiles())));
    careful.evaluators.push_back(std::move(empty));
    const std::vector<Interaction> all = {
        evaluate::example_interaction(R"({"input":"q","output":" "})")};
    const auto judged = judge_interactions(
        scorecard, all, [&](const evaluate::Judge&) -> evaluate::ModelApi& { return client; }, {});
    ASSERT_EQ(judged.size(), 3u);
    EXPECT_EQ((*server)->counts().requests, 1u);
    EXPECT_EQ(judged[0].judgement.chosen, judged[1].judgement.chosen);
    EXPECT_TRUE(judged[1].shared);
    EXPECT_FALSE(judged[2].asked);
    EXPECT_EQ(judged[2].judgement.verdict.explanation,
              "A check of the dimension failed: empty_output.");
}

/// One chat span as OpenTelemetry's current convention has it.
std::string otlp(char id, const std::string& question, const std::string& answer) {
    const auto messages = [](const char* role, const std::string& text) {
        return json::quoted(R"([{"role":")" + std::string(role) +
                            R"(","parts":[{"type":"text","content":)" + json::quoted(text) +
                            "}]}]");
    };
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":")" + std::string(32, id) +
           R"(","spanId":")" + std::string(16, id) +
           R"(","name":"chat","kind":3,"startTimeUnixNano":"1767600000000000000",)"
           R"("endTimeUnixNano":"1767600001000000000","attributes":[)"
           R"({"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},)"
           R"({"key":"gen_ai.request.model","value":{"stringValue":"m"}},)"
           R"({"key":"gen_ai.input.messages","value":{"stringValue":)" +
           messages("user", question) +
           R"(}},{"key":"gen_ai.output.messages","value":{"stringValue":)" +
           messages("assistant", answer) + "}}]}]}]}]}\n";
}

class JudgeCommand : public testing::Test {
  protected:
    void SetUp() override {
        StandInOptions options = truthful();
        options.key = "secret";
        auto started = StandInServer::start(options);
        ASSERT_TRUE(started) << started.error().what;
        server = std::move(*started);
        folder = fs::temp_directory_path() / ("plimsoll_judge_" + std::to_string(server->port()));
        fs::create_directories(folder);
        write("rubric.md", "The answer is right.");
        write("plimsoll.yaml", R"(owners: {team: {rotation: [ana]}}
dimensions:
  right: {says: It is right., owner: team, evaluators: [{judge: right}]}
judges:
  right:
    model: {api: anthropic, base_url: ")" +
                                   server->url() +
                                   R"(", name: judge-small, key_env: PLIMSOLL_TEST_JUDGE_KEY,
            price: {input: 1, output: 5}}
    rubric: rubric.md
)");
        write("traces.jsonl",
              otlp('a', "What is it? Mail me: ana.silva@example.com", "It is. [[truth:pass]]") +
                  otlp('b', "And that?", "Is it. [[truth:fail]]"));
        setenv("PLIMSOLL_TEST_JUDGE_KEY", "secret", 1);
    }
    void TearDown() override {
        unsetenv("PLIMSOLL_TEST_JUDGE_KEY");
        fs::remove_all(folder);
    }
    void write(const char* name, const std::string& text) { std::ofstream(folder / name) << text; }

    /// What the command printed; its exit code in `code`.
    std::string run(JudgeOptions options = {}) {
        options.config = folder / "plimsoll.yaml";
        options.files = {folder / "traces.jsonl"};
        options.json = true;
        testing::internal::CaptureStdout();
        code = judge(options);
        return testing::internal::GetCapturedStdout();
    }

    std::unique_ptr<StandInServer> server;
    fs::path folder;
    int code = -1;
};

TEST_F(JudgeCommand, gives_verdicts_with_reason_version_and_tokens) {
    std::istringstream lines(run());
    EXPECT_EQ(code, 0);
    std::vector<std::string> verdicts;
    for (std::string line; std::getline(lines, line);) {
        const auto parsed = json::Document::parse(line);
        ASSERT_TRUE(parsed) << line;
        const auto at = [&](const char* key) { return *parsed->root().find(key); };
        verdicts.emplace_back(at("verdict").as_string());
        EXPECT_EQ(at("trace").as_string(), std::string(32, verdicts.size() == 1 ? 'a' : 'b'));
        EXPECT_EQ(at("judge_model").as_string(), "judge-small-2026-01-05");
        EXPECT_EQ(at("version").as_string(),
                  evaluate::judge_version(at("definition").as_string(), "judge-small-2026-01-05"));
        EXPECT_THAT(std::string(at("explanation").as_string()), HasSubstr("No model read this"));
        EXPECT_DOUBLE_EQ(
            *at("cost_usd").as_number(),
            (*at("input_tokens").as_number() + 5 * *at("output_tokens").as_number()) / 1e6);
    }
    EXPECT_THAT(verdicts, testing::ElementsAre("pass", "fail"));
    EXPECT_EQ(server->counts().answered, 2u);
}

TEST_F(JudgeCommand, sends_no_personal_data) {
    const std::string prompts = run({.show_prompts = true});
    EXPECT_EQ(prompts.find("ana.silva"), prompts.npos);
    EXPECT_THAT(prompts, HasSubstr("| What is it? Mail me: <EMAIL_"));
    EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(JudgeCommand, says_which_key_is_missing) {
    unsetenv("PLIMSOLL_TEST_JUDGE_KEY");
    testing::internal::CaptureStderr();
    run();
    EXPECT_EQ(code, 1);
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                HasSubstr("judge right: the variable PLIMSOLL_TEST_JUDGE_KEY is not set."));
}

TEST_F(JudgeCommand, with_a_wrong_key_scores_nothing) {
    setenv("PLIMSOLL_TEST_JUDGE_KEY", "wrong", 1);
    const std::string printed = run();
    EXPECT_THAT(printed, HasSubstr(R"("score":null,"verdict":"","reason":"judge_unreachable")"));
    EXPECT_EQ(printed.find(R"("score":1)"), printed.npos);
    EXPECT_EQ(printed.find("wrong"), printed.npos);
}

}  // namespace
}  // namespace plimsoll::app
