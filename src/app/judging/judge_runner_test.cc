#include "app/judging/judge_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <set>

#include "app/judging/replay_ledger.h"
#include "app/system_clock.h"
#include "store/sqlite_judge_ledger.h"

namespace plimsoll::app {
namespace {

using namespace std::chrono_literals;
using evaluate::ModelRequest;
using evaluate::ModelResponse;
using Outcome = ModelResponse::Outcome;

TraceId trace_of(std::uint64_t number) {
    TraceId id;
    std::memcpy(id.bytes.data(), &number, sizeof number);
    id.bytes[15] = 1;
    return id;
}

/// Every trace is an interaction that answered with its own number.
class Numbered : public InteractionSource {
  public:
    Result<std::vector<std::optional<Interaction>>> read(std::span<const TraceId> traces) override {
        std::vector<std::optional<Interaction>> list;
        for (const TraceId& trace : traces) {
            if (gone) {
                list.emplace_back();
                continue;
            }
            Interaction& interaction = list.emplace_back().emplace();
            interaction.id = trace;
            Step& step = interaction.steps.emplace_back();
            step.kind = StepKind::model_call;
            step.content = ContentStatus::full;
            Message& message = step.output.emplace_back();
            message.role = Role::assistant;
            message.parts = {{.text = answer(trace)}};
            interaction.answer = answer(trace);
        }
        return list;
    }
    std::atomic<bool> gone = false;
    std::function<std::string(const TraceId&)> answer = [](const TraceId& trace) {
        return "answer " + trace.hex();
    };
};

ModelResponse pass(const std::string& model = "m-1") {
    return {
        .outcome = Outcome::answered,
        .status = 200,
        .body =
            R"({"model":")" + model +
            R"(","choices":[{"message":{"content":"{\"reason\":\"fine\",\"verdict\":\"pass\"}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100}})"};
}

/// Answers as the test says; counts what it was asked.
class Said : public evaluate::ModelApi {
  public:
    ModelResponse post(const ModelRequest& request, std::chrono::milliseconds) override {
        std::uint64_t number = 0;
        {
            const std::scoped_lock lock(mutex_);
            number = bodies.size();
            bodies.push_back(request.body);
        }
        return answer(number, request);
    }
    std::function<ModelResponse(std::uint64_t, const ModelRequest&)> answer =
        [](std::uint64_t, const ModelRequest&) { return pass(); };
    std::vector<std::string> bodies;

  private:
    std::mutex mutex_;
};

class JudgeRunnerTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "runner-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        ledger_ = std::move(store::open_sqlite_judge_ledger({.data_dir = directory_})->ledger);
        judge_.name = "tone";
        judge_.model.name = "judge-small";
        judge_.model.base_url = "http://localhost/v1";
        judge_.model.price = {.input = 1.0, .output = 10.0};  // A reply of pass() costs 0.002.
        judge_.rubric = "Kind, or not?";
    }
    void TearDown() override {
        ledger_.reset();
        std::filesystem::remove_all(directory_);
    }
    void want(std::uint64_t count, std::uint32_t reasons = 0) {
        std::vector<record::Judgement> wanted;
        for (std::uint64_t i = 0; i < count; ++i)
            wanted.push_back({.interaction = trace_of(i),
                              .judge = definition_hash(judge_),
                              .occasion = "",
                              .arrived = clock_.now() - age_,
                              .inclusion = 0.5,
                              .reasons = reasons,
                              .stratum = "plain"});
        ASSERT_TRUE(ledger_->want(wanted).ok());
    }
    std::unique_ptr<JudgeRunner> start(LaneOptions lane = {}, RunnerOptions options = {}) {
        lane.threads = 4;
        if (!lane.limits.requests_per_minute) lane.limits.start_per_minute = 60'000;
        auto runner = JudgeRunner::start(*ledger_, interactions_, clock_, {{judge_}},
                                         {{&api_, lane}}, options);
        EXPECT_TRUE(runner.ok());
        return std::move(*runner);
    }
    record::JudgementCounts counts() { return ledger_->counts()->at(definition_hash(judge_)); }
    /// Waits until nothing is due or in flight; ten seconds at most.
    void finish() {
        for (int i = 0; i < 1'000; ++i) {
            const auto now = counts();
            if (now.due + now.in_flight == 0) return;
            std::this_thread::sleep_for(10ms);
        }
        ADD_FAILURE() << "not finished";
    }

    std::filesystem::path directory_;
    SystemClock clock_;
    std::unique_ptr<record::JudgeLedger> ledger_;
    UnixNanos age_ = 0;  ///< Of what is wanted.
    Numbered interactions_;
    Said api_;
    evaluate::Judge judge_;
};

TEST_F(JudgeRunnerTest, what_is_due_is_asked_and_settled_with_its_cost) {
    want(30);
    auto runner = start();
    finish();
    EXPECT_EQ(counts().scored, 30u);
    EXPECT_EQ(api_.bodies.size(), 30u);
    const TraceId trace = trace_of(7);
    const auto known = ledger_->of({&trace, 1});
    ASSERT_EQ(known->size(), 1u);
    EXPECT_EQ((*known)[0].said, (record::JudgeSaid{1.0, "", "fine", "m-1"}));
    const auto exchange = ledger_->exchange((*known)[0].id);
    EXPECT_THAT((*exchange)->request, testing::HasSubstr("answer " + trace.hex()));
    EXPECT_EQ((*exchange)->reply, pass().body);
    EXPECT_NEAR(ledger_->spending(0, clock_.now())->begin()->second.usd, 30 * 0.002, 1e-9);
}

TEST_F(JudgeRunnerTest, the_same_content_is_asked_once) {
    interactions_.answer = [](const TraceId&) { return "Hello."; };
    want(30);
    auto runner = start();
    finish();
    EXPECT_EQ(counts().scored, 30u);
    EXPECT_EQ(counts().from_cache, 29u);
    EXPECT_EQ(api_.bodies.size(), 1u);
}

TEST_F(JudgeRunnerTest, a_refusal_is_asked_again_and_a_timeout_is_not) {
    want(20);
    api_.answer = [](std::uint64_t number, const ModelRequest&) -> ModelResponse {
        if (number == 3) return {.status = 429, .body = "{}", .retry_after = 20ms};
        if (number == 5) return {.outcome = Outcome::timed_out, .why = "60 s"};
        if (number == 7) return {.outcome = Outcome::broken, .why = "cut"};
        return pass();
    };
    auto runner = start();
    finish();
    EXPECT_EQ(api_.bodies.size(), 21u);
    EXPECT_EQ(counts().scored, 18u);
    EXPECT_EQ(counts().unscored.at("timed_out"), 1u);
    EXPECT_EQ(counts().unscored.at("judge_unreadable"), 1u);
    EXPECT_GT(ledger_->spending(0, clock_.now())->begin()->second.usd_possible, 0);
}

TEST_F(JudgeRunnerTest, a_server_that_stays_away_is_given_up) {
    want(3);
    api_.answer = [](std::uint64_t, const ModelRequest&) -> ModelResponse {
        return {.outcome = Outcome::unreachable, .why = "connection refused"};
    };
    auto runner = start({.give_up_after = 500ms});
    finish();
    EXPECT_EQ(counts().unscored.at("judge_unreachable"), 3u);
    const auto spent = ledger_->spending(0, clock_.now())->begin()->second;
    EXPECT_EQ(spent.usd + spent.usd_possible, 0);
}

TEST_F(JudgeRunnerTest, what_has_nothing_to_judge_costs_nothing) {
    interactions_.gone = true;
    age_ = 120 * nanos_per_second;
    want(3);
    auto runner = start();
    finish();
    EXPECT_EQ(counts().left_out.at("missing_content"), 3u);
    EXPECT_EQ(api_.bodies.size(), 0u);
}

TEST_F(JudgeRunnerTest, what_the_facts_do_not_hold_yet_is_asked_when_they_do) {
    interactions_.gone = true;
    want(3);
    auto runner = start();
    std::this_thread::sleep_for(600ms);
    EXPECT_EQ(counts().due, 3u);
    interactions_.gone = false;
    runner->wake();
    finish();
    EXPECT_EQ(counts().scored, 3u);
    EXPECT_TRUE(counts().left_out.empty());
}

TEST_F(JudgeRunnerTest, what_was_said_is_read_again_from_the_replies_without_a_model) {
    want(5);
    auto runner = start();
    finish();
    runner->stop();
    const std::map<std::string, const evaluate::Judge*> judges{{definition_hash(judge_), &judge_}};
    const auto asked = api_.bodies.size();
    auto found = *replay_ledger(*ledger_, interactions_, judges);
    EXPECT_EQ(found.same, 5u);
    EXPECT_EQ(found.other_verdict + found.other_request, 0u);
    EXPECT_EQ(api_.bodies.size(), asked);
    EXPECT_EQ(replay_ledger(*ledger_, interactions_, {})->other_judge, 5u);

    // Another interaction gives another request; one that spells out the verdict, another verdict.
    interactions_.answer = [](const TraceId&) { return std::string("something else"); };
    EXPECT_EQ(replay_ledger(*ledger_, interactions_, judges)->other_request, 5u);
    interactions_.answer = [](const TraceId&) {
        return std::string(R"({"reason":"fine","verdict":"pass"})");
    };
    found = *replay_ledger(*ledger_, interactions_, judges);
    EXPECT_EQ(found.other_verdict, 5u);
    EXPECT_EQ(found.differences.size(), 5u);
    interactions_.gone = true;
    EXPECT_EQ(replay_ledger(*ledger_, interactions_, judges)->gone, 5u);
}

TEST_F(JudgeRunnerTest, the_day_s_money_is_the_end_of_it) {
    judge_.sample.usd_per_day = 0.03;  // Reserved at the most it can cost: about 0.012 each.
    want(50, 1);                       // Anomalies: all of it, at any time of the day.
    auto runner = start();
    for (int i = 0; i < 300 && runner->waits("tone").empty(); ++i)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(runner->waits("tone"), "judge_budget_spent");
    std::this_thread::sleep_for(100ms);
    runner->stop();
    const auto spent = ledger_->spending(0, clock_.now())->begin()->second;
    EXPECT_LE(spent.usd + spent.usd_possible, 0.03);
    EXPECT_GT(counts().scored, 0u);
    EXPECT_GT(counts().due, 0u);
    EXPECT_EQ(counts().in_flight, 0u);
    const auto before = counts().scored;
    runner = start();  // A restart gives no new money.
    std::this_thread::sleep_for(100ms);
    runner->stop();
    EXPECT_LE(counts().scored, before + 10);
    EXPECT_LE(ledger_->spending(0, clock_.now())->begin()->second.usd, 0.03);
}

TEST_F(JudgeRunnerTest, stopping_waits_for_what_is_out_and_gives_back_the_rest) {
    want(200);
    api_.answer = [](std::uint64_t, const ModelRequest&) {
        std::this_thread::sleep_for(30ms);
        return pass();
    };
    auto runner = start();
    std::this_thread::sleep_for(200ms);
    runner->stop();
    const auto now = counts();
    EXPECT_EQ(now.in_flight, 0u);
    EXPECT_EQ(now.scored, api_.bodies.size());
    EXPECT_EQ(now.due, 200u - now.scored);
    EXPECT_TRUE(now.unscored.empty());
}

TEST_F(JudgeRunnerTest, a_restart_asks_again_only_where_keys_are_known) {
    want(2);
    const auto due = ledger_->due(definition_hash(judge_), 1);
    const record::Claim claim{.judgement = (*due)[0].id, .content = "aa", .request = "{}"};
    ASSERT_TRUE(ledger_->claim({&claim, 1}).ok());
    auto runner = start();
    EXPECT_EQ(runner->reconciled().lost, 1u);
    finish();
    EXPECT_EQ(counts().unscored.at("reply_lost"), 1u);
    EXPECT_EQ(counts().scored, 1u);
}

TEST_F(JudgeRunnerTest, keeps_to_the_rate) {
    want(150);
    const auto began = std::chrono::steady_clock::now();
    auto runner = start({.limits = {.requests_per_minute = 6'000}});
    finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    EXPECT_GT(took.count(), 0.45);  // 100 at once, the other 50 at 100 a second.
}

}  // namespace
}  // namespace plimsoll::app
