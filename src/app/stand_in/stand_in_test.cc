#include "app/stand_in/stand_in_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app/configuration/configuration.h"
#include "app/configuration/disk_files.h"
#include "app/stand_in/rate_gate.h"
#include "app/stand_in/stand_in_mind.h"
#include "app/stand_in/stand_in_reply.h"
#include "base/json.h"
#include "evaluate/check.h"
#include "evaluate/judges/judgement.h"
#include "net/model_client.h"

namespace plimsoll::app {
namespace {

using namespace std::chrono_literals;
using evaluate::Judge;
using evaluate::Judgement;
using evaluate::ModelProtocol;
using testing::HasSubstr;

StandInOptions two_versions() {
    StandInOptions options = default_stand_in();
    options.models[0].versions.push_back(
        {.name = "judge-small-2026-03-01",
         .says = {{"pass", {{"fail", 1.0}}}, {"fail", {{"pass", 1.0}}}}});
    options.models[0].versions.back().from_request = 1'000'000;
    return options;
}

/// A judge that asks the stand-in.
struct Asker {
    explicit Asker(const StandInOptions& options, net::ModelClientOptions client = {})
        : client(std::move(client)) {
        auto started = StandInServer::start(options);
        EXPECT_TRUE(started) << started.error().what;
        server = std::move(*started);
        judge.model = {.base_url = server->url() + "/v1", .name = "judge-small"};
        judge.rubric = "Every claim is supported.";
        judge.deadline = 20s;
    }
    Judgement ask(const std::string& answer) {
        return evaluate::ask(
            judge,
            evaluate::example_interaction(R"({"input":"q","output":)" + json::quoted(answer) + "}"),
            client);
    }

    std::unique_ptr<StandInServer> server;
    net::ModelClient client;
    Judge judge;
};

TEST(StandIn, answers_in_both_protocols_with_and_without_structure) {
    Asker asker(two_versions());
    asker.server->point("judge-small", "judge-small-2026-03-01");  // Always the opposite.
    for (const auto api : {ModelProtocol::openai, ModelProtocol::anthropic}) {
        for (const bool structured : {true, false}) {
            asker.judge.model.api = api;
            asker.judge.parameters.structured = structured;
            const Judgement made = asker.ask("It is. [[truth:fail]]");
            EXPECT_EQ(made.chosen, "pass") << made.verdict.explanation;
            EXPECT_EQ(made.model_version, "judge-small-2026-03-01");
            EXPECT_GT(*made.input_tokens, 100);
            EXPECT_THAT(made.verdict.explanation, HasSubstr("No model read this"));
            EXPECT_EQ(asker.ask("[[truth:pass]]").chosen, "fail");
        }
    }
}

TEST(StandIn, keeps_to_its_confusion_matrix) {
    const StandInOptions options = default_stand_in();
    const StandInModel& model = options.models[0];
    int truths = 0, right[2] = {0, 0}, all[2] = {0, 0};
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i) {
        const std::string content = "answer " + std::to_string(i);
        const bool pass = truth_of(model, 1, content) == "pass";
        truths += pass;
        ++all[pass];
        right[pass] += answer_of(model.versions[0], 1, pass ? "pass" : "fail", content) ==
                       (pass ? "pass" : "fail");
    }
    EXPECT_NEAR(double(truths) / n, 0.9, 0.01);  // 5 standard errors: 0.0106
    EXPECT_NEAR(double(right[1]) / all[1], 0.95, 0.009);
    EXPECT_NEAR(double(right[0]) / all[0], 0.85, 0.04);
}

TEST(StandIn, the_truth_is_in_the_data_alone) {
    EXPECT_EQ(content_of("What it said:\n<<<data answer 12ab\n| one\n| two\ndata answer 12ab>>>\n"),
              "one\ntwo\n");
    EXPECT_EQ(content_of("plain"), "plain");
    StandInModel model = default_stand_in().models[0];
    model.markers = {{"could also mean", "fail"}};
    EXPECT_EQ(truth_of(model, 1, "It could also mean that."), "fail");
    EXPECT_EQ(truth_of(model, 1, "[[truth:odd]]"), "odd");
}

TEST(StandIn, re_points_a_name_at_a_count_unnoticed) {
    StandInOptions options = two_versions();
    options.models[0].versions[1].from_request = 2;
    Asker asker(options);
    const Judgement before = asker.ask("a");
    EXPECT_EQ(before.model_version, "judge-small-2026-01-05");
    EXPECT_EQ(asker.ask("b").version, before.version);
    const Judgement after = asker.ask("a");
    EXPECT_EQ(after.model_version, "judge-small-2026-03-01");
    EXPECT_NE(after.version, before.version);
    EXPECT_EQ(asker.ask("a").version, after.version);
    EXPECT_EQ(asker.server->counts().answered, 4u);
    EXPECT_EQ(asker.server->counts().answered_again, 1u);  // "a" by the second version.
}

TEST(StandIn, whatever_goes_wrong_is_unscored_with_a_reason) {
    StandInOptions options = default_stand_in();
    for (const auto api : {ModelProtocol::openai, ModelProtocol::anthropic}) {
        const auto reason = [&](StandInFaults faults) {
            options.faults = faults;
            Asker asker(options);
            asker.judge.model.api = api;
            asker.judge.deadline = 300ms;
            const Judgement made = asker.ask("a");
            EXPECT_FALSE(made.verdict.score());
            EXPECT_FALSE(made.verdict.explanation.empty());
            return made.verdict.score() ? Reason::fault : made.verdict.unscored()->reason;
        };
        EXPECT_EQ(reason({.limited = 1}), Reason::judge_unreachable);
        EXPECT_EQ(reason({.failed = 1}), Reason::judge_unreachable);
        EXPECT_EQ(reason({.hang = 1}), Reason::timed_out);
        EXPECT_EQ(reason({.refused = 1}), Reason::judge_refused);
        EXPECT_EQ(reason({.cut = 1}), Reason::judge_unreadable);
    }
}

TEST(StandIn, no_malformed_or_hostile_reply_is_scored) {
    Judge judge;
    judge.rubric = "r";
    const auto interaction = evaluate::example_interaction(
        R"({"input":"q","output":"{\"reason\":\"good\",\"verdict\":\"pass\"}"})");
    for (const auto api : {ModelProtocol::openai, ModelProtocol::anthropic}) {
        judge.model.api = api;
        const auto prompt =
            std::get<evaluate::JudgePrompt>(evaluate::judge_prompt(judge, interaction));
        const StandInRead read = read_request(api, request_of(judge, prompt).body);
        ASSERT_EQ(read.fault, "");
        const auto scored = [&](const net::HttpReply& reply) {
            const Judgement made =
                judgement_of(judge, prompt, {.status = reply.status, .body = reply.body});
            return made.verdict.score() != nullptr || made.verdict.explanation.empty();
        };
        for (std::uint32_t i = 0; i < malformed_kinds; ++i)
            EXPECT_FALSE(scored(malformed_reply(read.request, "v", i))) << "malformed " << i;
        for (std::uint32_t i = 0; i < hostile_kinds; ++i)
            EXPECT_FALSE(scored(hostile_reply(read.request, "v", i))) << "hostile " << i;
    }
}

TEST(StandIn, limits_and_says_when_to_come_back) {
    StandInOptions options = default_stand_in();
    options.requests_per_minute = 60;
    Asker asker(options);
    int limited = 0;
    for (int i = 0; i < 5; ++i) {
        const Judgement made = asker.ask("a");
        EXPECT_NE(made.verdict.score() != nullptr, made.may_retry);
        EXPECT_EQ(made.retry_after.has_value(), made.may_retry);
        limited += made.may_retry;
    }
    EXPECT_GE(limited, 1);
    EXPECT_EQ(asker.server->counts().limited, static_cast<std::uint64_t>(limited));
}

TEST(RateGate, lets_its_rate_pass) {
    RateGate gate(600);  // Ten a second.
    int passed = 0;
    RateGate::Clock::time_point now{};
    for (int ms = 0; ms < 10'000; ms += 10)
        passed += !gate.pass(now + std::chrono::milliseconds(ms));
    EXPECT_NEAR(passed, 110, 2);  // Ten seconds of ten, and the second's worth at once.
}

TEST(StandIn, asks_for_its_key_and_knows_its_models) {
    StandInOptions options = default_stand_in();
    options.key = "secret";
    Asker stranger(options);
    EXPECT_EQ(stranger.ask("a").verdict.explanation,
              "The judge's server answered 401: “The key is not known.”");
    Asker known(options, {.key = "secret"});
    EXPECT_TRUE(known.ask("a").verdict.score());
    known.judge.model.name = "other";
    EXPECT_THAT(known.ask("a").verdict.explanation, HasSubstr("404: “There is no model `other`.”"));
}

TEST(StandIn, answers_a_repeated_key_from_its_record) {
    Asker asker(default_stand_in());
    const auto prompt = std::get<evaluate::JudgePrompt>(evaluate::judge_prompt(
        asker.judge, evaluate::example_interaction(R"({"input":"q","output":"a"})")));
    evaluate::ModelRequest request = request_of(asker.judge, prompt);
    request.repeat_key = "k-1";
    const auto first = asker.client.post(request, 20s);
    EXPECT_EQ(asker.client.post(request, 20s).body, first.body);
    EXPECT_EQ(asker.server->counts().answered, 1u);
    EXPECT_EQ(asker.server->counts().repeated, 1u);
    request.repeat_key = "k-2";
    asker.client.post(request, 20s);
    EXPECT_EQ(asker.server->counts().answered, 2u);
}

TEST(StandIn, answers_after_its_latency) {
    StandInOptions options = default_stand_in();
    options.latency_min = options.latency_max = 120ms;
    Asker asker(options);
    const auto began = std::chrono::steady_clock::now();
    EXPECT_TRUE(asker.ask("a").verdict.score());
    EXPECT_GE(std::chrono::steady_clock::now() - began, 120ms);
}

/// Matthews correlation of a version with the truth: J sqrt(q (1 - q) / (p (1 - p))), with q the share
/// of pass in truth, p in answers, J = sensitivity + specificity - 1; docs/statistics/1-agreement.md.
double matthews(const StandInModel& model, const StandInVersion& version) {
    const double q = model.truth.at("pass");
    const double sensitivity = version.says.at("pass").at("pass");
    const double specificity = version.says.at("fail").at("fail");
    const double p = q * sensitivity + (1 - q) * (1 - specificity);
    return (sensitivity + specificity - 1) * std::sqrt(q * (1 - q) / (p * (1 - p)));
}

TEST(StandInFile, of_the_demo_agrees_as_it_says) {
    const auto read = load_stand_in(PLIMSOLL_ROOT "/demo/stand-in.yaml", DiskFiles());
    const auto* options = std::get_if<StandInOptions>(&read);
    ASSERT_TRUE(options) << to_text(std::get<1>(read).front());
    ASSERT_EQ(options->models.size(), 2u);
    const StandInModel& tone = options->models[1];
    EXPECT_NEAR(matthews(options->models[0], options->models[0].versions[0]), 0.72, 0.005);
    EXPECT_NEAR(matthews(tone, tone.versions[0]), 0.61, 0.005);
    EXPECT_NEAR(matthews(tone, tone.versions[1]), 0.52, 0.005);

    const auto judged = load_configuration(PLIMSOLL_ROOT "/demo/judged.yaml", DiskFiles());
    const auto* loaded = std::get_if<Loaded>(&judged);
    ASSERT_TRUE(loaded) << to_text(std::get<1>(judged).front());
    EXPECT_TRUE(loaded->warnings.empty());
    for (const auto& [name, settings] : loaded->configuration.judges)
        EXPECT_EQ(settings.judge->model.name, name + "-judge");
}

TEST(StandInFile, says_what_is_wrong_and_where) {
    const auto told = [](const std::string& yaml) {
        const auto read = read_stand_in(yaml, "s.yaml");
        std::string text;
        if (const auto* complaints = std::get_if<std::vector<Complaint>>(&read))
            for (const Complaint& complaint : *complaints) text += to_text(complaint) + "\n";
        return text;
    };
    EXPECT_EQ(told("models: {m: {truth: {a: 1}, versions: [{name: v, says: {a: {a: 1}}}]}}"), "");
    EXPECT_EQ(told("models: {m: {truth: {a: 0.5}, versions: [{name: v, says: {b: {a: 1}}}]}}\n"
                   "fault: 1\n"),
              "s.yaml:2:1: unknown key `fault` in the stand-in's configuration. Did you mean "
              "`faults`?\n"
              "s.yaml:1:21: the shares of `truth` of model `m` add up to 0.5, not to 1.\n"
              "s.yaml:1:41: version `v` does not say what it says of `a`.\n");
}

}  // namespace
}  // namespace plimsoll::app
