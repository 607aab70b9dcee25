/// The whole way: traffic in the journal, a judge on a sample of it, its verdicts in the facts.
#include <gtest/gtest.h>

#include <filesystem>

#include <fmt/format.h>

#include "base/permanent_random.h"
#include "evaluate/sampling/late_reasons.h"
#include "record/follower.h"
#include "record/memory_stores.h"
#include "store/sqlite_judge_ledger.h"
#include "wire/otlp_writer.h"

namespace plimsoll::record {
namespace {

using wire::outgoing::Span;

constexpr UnixNanos second = nanos_per_second;
constexpr UnixNanos monday = 1'767'571'200 * second;  // 2026-01-05

TraceId trace_of(int number) {
    TraceId id;
    id.bytes[0] = 1;
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

std::string body(int trace, int span, const std::string& attribute = "") {
    SpanId id;
    id.bytes[7] = static_cast<std::uint8_t>(span);
    SpanId root;
    root.bytes[7] = 1;
    Span built{.trace = std::string(trace_of(trace).raw()),
               .id = std::string(id.raw()),
               .parent = span == 1 ? "" : std::string(root.raw()),
               .name = "chat",
               .start = static_cast<std::uint64_t>(monday + span * second),
               .end = static_cast<std::uint64_t>(monday + span * second + 500'000'000)};
    built.attributes = {
        {"gen_ai.operation.name", "chat"},
        {"gen_ai.output.messages",
         fmt::format(R"([{{"role":"assistant","parts":[{{"type":"text","content":"{}"}}]}}])",
                     trace)}};
    if (!attribute.empty()) built.attributes.push_back({attribute, "true"});
    return to_otlp(wire::outgoing::request({{"service.name", "support"}}, "test", {built}));
}

class JudgingFollow : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "judging-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        evaluate::Judge judge;
        judge.name = "tone";
        judge.rubric = "Kind, or not?";
        judge.sample.rate = 0.3;
        evaluate::Dimension dimension;
        dimension.name = "tone";
        dimension.judges.push_back(
            {"kind", std::make_shared<const evaluate::Judge>(std::move(judge)), {}});
        scorecard_.dimensions.push_back(std::move(dimension));
        definition_ = evaluate::definition_hash(*scorecard_.dimensions[0].judges[0].judge);
        ledger_ = std::move(store::open_sqlite_judge_ledger({.data_dir = directory_})->ledger);
        judging_ = std::make_unique<Judging>(*ledger_, judges_of(scorecard_));
    }
    void TearDown() override {
        ledger_.reset();
        std::filesystem::remove_all(directory_);
    }
    std::unique_ptr<Follower> follower(Facts& facts) {
        return std::move(*Follower::create(journal_, facts, scorecard_, "c", {}, judging_.get()));
    }
    static void follow(Follower& one, UnixNanos now) {
        for (;;) {
            const auto more = one.step(now);
            ASSERT_TRUE(more) << more.error().what;
            if (!*more) return;
        }
    }
    static const ScoreFact& score(const MemoryFacts& facts, int trace) {
        return facts.interactions_by_trace.at(trace_of(trace)).scores.at(0);
    }
    static bool drawn(int trace, double pi) {
        return permanent_random("prn-1", trace_of(trace).hex()) < pi;
    }
    void settle(std::uint64_t judgement, double score) {
        const Claim claim{.judgement = judgement,
                          .content = std::to_string(judgement),
                          .request = "{}",
                          .revision = 1};
        ASSERT_EQ(ledger_->claim({&claim, 1})->at(0), Claimed::ask);
        Settlement settlement{.judgement = judgement, .reply = "{}", .time = 1};
        settlement.said = {score, "", "because", "m-1"};
        ASSERT_TRUE(ledger_->settle({&settlement, 1}).ok());
    }

    std::filesystem::path directory_;
    evaluate::Scorecard scorecard_;
    std::string definition_;
    std::unique_ptr<JudgeLedger> ledger_;
    std::unique_ptr<Judging> judging_;
    MemoryJournal journal_;
};

TEST_F(JudgingFollow, a_sample_is_wanted_judged_and_told_also_after_a_rebuild) {
    constexpr int traces = 60;
    for (int trace = 1; trace <= traces; ++trace)
        journal_.receive(monday, body(trace, 1, trace == 7 ? "plimsoll.reason.escalation" : ""));
    MemoryFacts facts;
    auto live = follower(facts);
    follow(*live, monday + 10 * second);
    std::size_t wanted = 0;
    for (int trace = 1; trace <= traces; ++trace) {
        const bool escalated = trace == 7;
        const double pi = escalated ? 0.3 * 3.0 : 0.3;
        const ScoreFact& fact = score(facts, trace);
        EXPECT_EQ(fact.evaluator, "kind");
        EXPECT_EQ(fact.inclusion, pi);
        EXPECT_EQ(fact.stratum, escalated ? "anomaly/escalation" : "plain");
        EXPECT_EQ(fact.reason, drawn(trace, pi) ? pending : not_sampled);
        wanted += drawn(trace, pi);
    }
    const auto due = ledger_->due(definition_, 1'000);
    ASSERT_EQ(due->size(), wanted);
    ASSERT_GT(wanted, 5u);

    for (const KnownJudgement& each : *due) settle(each.id, 0.25);
    follow(*live, monday + 10 * second);
    const auto expect_judged = [&](const MemoryFacts& in) {
        for (int trace = 1; trace <= traces; ++trace) {
            const ScoreFact& fact = score(in, trace);
            if (fact.reason == not_sampled) continue;
            EXPECT_EQ(fact.score, 0.25) << trace;
            EXPECT_EQ(fact.version, "kind@" + evaluate::judge_version(definition_, "m-1"));
            EXPECT_EQ(fact.explanation, "because");
        }
    };
    expect_judged(facts);

    MemoryFacts rebuilt;
    follow(*follower(rebuilt), monday + 10 * second);
    expect_judged(rebuilt);
    EXPECT_TRUE(ledger_->due(definition_, 10)->empty());
    EXPECT_EQ(rebuilt.judged, facts.judged);
}

TEST_F(JudgingFollow, a_late_escalation_brings_in_who_was_passed_over) {
    int passed_over = 1;
    while (drawn(passed_over, 0.3) || !drawn(passed_over, 0.9)) ++passed_over;
    journal_.receive(monday, body(passed_over, 1));
    MemoryFacts facts;
    auto live = follower(facts);
    follow(*live, monday + 10 * second);
    EXPECT_EQ(score(facts, passed_over).reason, not_sampled);
    journal_.receive(monday + 3600 * second, body(passed_over, 2, "plimsoll.reason.escalation"));
    follow(*live, monday + 3700 * second);
    EXPECT_EQ(score(facts, passed_over).reason, pending);
    const auto due = ledger_->due(definition_, 10);
    ASSERT_EQ(due->size(), 1u);
    EXPECT_EQ((*due)[0].judgement.inclusion, 0.3 * 3.0);
    EXPECT_EQ((*due)[0].judgement.revision, 2u);
}

struct MemoryReasons : Reasons {
    std::vector<LateReason> kept;
    Result<Done> put(const LateReason& reason) override {
        kept.push_back(reason);
        kept.back().seq = kept.size();
        return Done{};
    }
    Result<std::vector<LateReason>> since(std::uint64_t seq, std::size_t limit) override {
        std::vector<LateReason> found;
        for (const LateReason& each : kept)
            if (each.seq > seq && found.size() < limit) found.push_back(each);
        return found;
    }
};

TEST_F(JudgingFollow, a_reason_that_comes_by_itself_is_heard_until_the_freeze) {
    constexpr std::uint32_t escalation =
        evaluate::ReasonSet(evaluate::SamplingReason::escalation).bits();
    std::vector<int> passed_over;  // And drawn with 0.9.
    for (int trace = 1; passed_over.size() < 3; ++trace)
        if (!drawn(trace, 0.3) && drawn(trace, 0.9)) passed_over.push_back(trace);
    MemoryReasons reasons;
    judging_ = std::make_unique<Judging>(*ledger_, judges_of(scorecard_), &reasons);
    const int first = passed_over[0], other = passed_over[1], third = passed_over[2];
    journal_.receive(monday, body(first, 1));
    journal_.receive(monday, body(other, 1));
    MemoryFacts facts;
    auto live = follower(facts);
    follow(*live, monday + 10 * second);
    // In time, too late, and before the interaction itself has come.
    constexpr UnixNanos freeze = evaluate::freeze_after;
    ASSERT_TRUE(reasons.put({trace_of(first), escalation, monday + 3600 * second}).ok());
    ASSERT_TRUE(reasons.put({trace_of(other), escalation, monday + 2 * freeze}).ok());
    ASSERT_TRUE(reasons.put({trace_of(third), escalation, monday + 3600 * second}).ok());
    follow(*live, monday + 20 * second);
    const auto expect_heard = [&](const MemoryFacts& in) {
        EXPECT_EQ(score(in, first).reason, pending);
        EXPECT_EQ(score(in, first).inclusion, 0.3 * 3.0);
        EXPECT_EQ(score(in, first).stratum, "anomaly/escalation");
        EXPECT_EQ(score(in, other).reason, not_sampled);
        EXPECT_EQ(score(in, other).inclusion, 0.3);
    };
    expect_heard(facts);
    ASSERT_EQ(ledger_->due(definition_, 10)->size(), 1u);
    journal_.receive(monday + 7200 * second, body(third, 1));
    follow(*live, monday + 7300 * second);
    EXPECT_EQ(score(facts, third).stratum, "anomaly/escalation");
    EXPECT_EQ(ledger_->due(definition_, 10)->size(), 2u);

    // Facts that are rebuilt hear them again.
    judging_ = std::make_unique<Judging>(*ledger_, judges_of(scorecard_), &reasons);
    MemoryFacts rebuilt;
    follow(*follower(rebuilt), monday + 7300 * second);
    expect_heard(rebuilt);
    EXPECT_EQ(score(rebuilt, third).stratum, "anomaly/escalation");
    EXPECT_EQ(ledger_->due(definition_, 10)->size(), 2u);
}

TEST_F(JudgingFollow, a_late_span_of_what_is_frozen_changes_no_probability) {
    int passed_over = 1, judged = 1;
    while (drawn(passed_over, 0.3) || !drawn(passed_over, 0.9)) ++passed_over;
    while (!drawn(judged, 0.3)) ++judged;
    journal_.receive(monday, body(passed_over, 1));
    journal_.receive(monday, body(judged, 1));
    MemoryFacts facts;
    auto live = follower(facts);
    follow(*live, monday + 10 * second);
    const UnixNanos late = monday + evaluate::freeze_after + 10 * second;
    for (const int trace : {passed_over, judged})
        journal_.receive(late, body(trace, 2, "plimsoll.reason.escalation"));
    follow(*live, late + 10 * second);
    EXPECT_EQ(score(facts, passed_over).reason, not_sampled);
    for (const int trace : {passed_over, judged}) {
        EXPECT_EQ(facts.interactions_by_trace.at(trace_of(trace)).revision, 2u);
        EXPECT_EQ(score(facts, trace).inclusion, 0.3);
        EXPECT_EQ(score(facts, trace).stratum, "plain");
    }
    const auto due = ledger_->due(definition_, 10);
    ASSERT_EQ(due->size(), 1u);  // Judged anew, since it may say something else now.
    EXPECT_EQ((*due)[0].judgement.inclusion, 0.3);
    EXPECT_EQ((*due)[0].judgement.revision, 2u);
}

TEST_F(JudgingFollow, a_judge_of_what_passes_is_not_asked_about_what_failed) {
    scorecard_.dimensions[0].judges_only_what_passes = true;
    judging_ = std::make_unique<Judging>(*ledger_, judges_of(scorecard_));
    Interaction interaction;
    interaction.id = trace_of(1);
    interaction.steps.emplace_back().kind = StepKind::model_call;
    interaction.steps[0].provider = "openai";
    std::vector<ScoreFact> scores{{.dimension = "tone", .evaluator = "length", .version = "l@1"}};
    scores[0].score = 0.0;
    judging_->draw(interaction, scores);
    ASSERT_EQ(scores.size(), 2u);
    EXPECT_EQ(scores[1].reason, "not_applicable");
    EXPECT_EQ(scores[1].stratum, "");  // Not of its population.
}

}  // namespace
}  // namespace plimsoll::record
