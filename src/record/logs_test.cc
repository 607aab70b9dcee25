/// Log records and the spans they speak of become one interaction, whichever comes first.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "record/follower.h"
#include "record/memory_stores.h"
#include "wire/otlp.h"

namespace plimsoll::record {
namespace {

constexpr UnixNanos second = nanos_per_second;
constexpr UnixNanos monday = 1'767'571'200 * second;  // 2026-01-05

constexpr const char* ids = R"("traceId":"01000000000000000000000000000007",)";

std::string otlp(const std::string& json, wire::Signal signal) {
    const wire::Admitted admitted = wire::admit(json, wire::Encoding::json, wire::Limits{}, signal);
    EXPECT_TRUE(admitted.decodable) << admitted.why;
    return admitted.otlp;
}

/// A call as official Python instrumentations send it by default: no content on the span.
std::string call() {
    return otlp(
        fmt::format(R"({{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.name",
        "value":{{"stringValue":"shop"}}}}]}},"scopeSpans":[{{"spans":[{{{}"spanId":"0000000000000001",
        "name":"chat small","startTimeUnixNano":"{}","endTimeUnixNano":"{}","attributes":
        {{"gen_ai.operation.name":"chat","gen_ai.request.model":"small",
          "gen_ai.usage.input_tokens":12}}}}]}}]}}]}})",
                    ids, monday, monday + second),
        wire::Signal::traces);
}

std::string logs(const std::string& records) {
    return otlp(R"({"resourceLogs":[{"scopeLogs":[{"scope":{"name":"judge"},"logRecords":[)" +
                    records + "]}]}]}",
                wire::Signal::logs);
}

std::string record(const std::string& name, const std::string& rest, int at = 0,
                   const std::string& span = "0000000000000001") {
    return fmt::format(R"({{{}"spanId":"{}","timeUnixNano":"{}","eventName":"{}",{}}})", ids, span,
                       monday + at, name, rest);
}

/// What was asked and answered, as log records.
std::string conversation(const std::string& span = "0000000000000001") {
    return logs(record("gen_ai.choice", R"("body":{"kvlistValue":{"values":[
        {"key":"index","value":{"intValue":0}},{"key":"finish_reason","value":{"stringValue":"stop"}},
        {"key":"message","value":{"kvlistValue":{"values":[{"key":"content","value":
            {"stringValue":"On Tuesday."}}]}}}]}})",
                       3, span) +
                "," +
                record("gen_ai.system.message", R"("body":{"kvlistValue":{"values":[
        {"key":"content","value":{"stringValue":"You help."}}]}})",
                       1, span) +
                "," +
                record("gen_ai.user.message", R"("attributes":{"gen_ai.system":"openai"},
        "body":{"kvlistValue":{"values":[{"key":"content","value":
            {"stringValue":"When does it come?"}}]}})",
                       2, span));
}

struct LogsTest : ::testing::Test {
    MemoryJournal journal;
    MemoryFacts facts;
    evaluate::Scorecard scorecard;
    std::unique_ptr<Follower> follower =
        std::move(*Follower::create(journal, facts, scorecard, "c", {}));

    const InteractionFact& after(UnixNanos now) {
        for (;;) {
            const auto more = follower->step(now);
            EXPECT_TRUE(more.ok());
            if (!more || !*more) break;
        }
        EXPECT_EQ(facts.interactions_by_trace.size(), 1u);
        return facts.interactions_by_trace.begin()->second;
    }
    static void expect_whole(const InteractionFact& fact) {
        EXPECT_EQ(fact.question, "When does it come?");
        EXPECT_EQ(fact.answer, "On Tuesday.");
        EXPECT_EQ(fact.provider, "openai");
        EXPECT_EQ(fact.input_tokens, 12);
        EXPECT_EQ(fact.service, "shop");
        EXPECT_TRUE(fact.recognised);
        EXPECT_TRUE(fact.traits.has(Trait::system_prompt));
        EXPECT_FALSE(fact.traits.has(Trait::without_span) || fact.traits.has(Trait::orphan_spans));
        EXPECT_EQ(fact.spans.size(), 1u);
    }
};

TEST_F(LogsTest, join_their_span_when_they_come_first) {
    journal.receive(monday, conversation());
    journal.receive(monday + second, call());
    expect_whole(after(monday + 10 * second));
}

TEST_F(LogsTest, join_their_span_when_they_come_later_and_count_once_when_sent_again) {
    journal.receive(monday, call());
    EXPECT_EQ(after(monday + 10 * second).answer, "");
    journal.receive(monday + 20 * second, conversation());
    const InteractionFact& fact = after(monday + 60 * second);
    expect_whole(fact);
    EXPECT_EQ(fact.revision, 2u);
    journal.receive(monday + 70 * second, conversation());
    EXPECT_EQ(after(monday + 90 * second).revision, 2u) << "nothing new was said";
}

TEST_F(LogsTest, make_an_interaction_when_their_span_never_comes) {
    journal.receive(monday, conversation("00000000000000aa"));
    const InteractionFact& fact = after(monday + 3600 * second);
    EXPECT_EQ(fact.answer, "On Tuesday.");
    EXPECT_TRUE(fact.recognised && fact.incomplete);
    EXPECT_TRUE(fact.traits.has(Trait::without_span));
    ASSERT_EQ(fact.spans.size(), 1u);
    EXPECT_EQ(fact.spans[0].kind, "model_call");
}

TEST_F(LogsTest, of_the_aws_distribution_hold_the_whole_call_in_their_body) {
    journal.receive(monday, call());
    journal.receive(monday, logs(record("", R"("body":{"kvlistValue":{"values":[
        {"key":"input","value":{"kvlistValue":{"values":[{"key":"messages","value":{"arrayValue":{"values":[
            {"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"user"}},
                {"key":"content","value":{"stringValue":"When does it come?"}}]}}]}}}]}}},
        {"key":"output","value":{"kvlistValue":{"values":[{"key":"messages","value":{"arrayValue":{"values":[
            {"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"assistant"}},
                {"key":"content","value":{"stringValue":"On Tuesday."}}]}}]}}}]}}}]}})")));
    const InteractionFact& fact = after(monday + 10 * second);
    EXPECT_EQ(fact.question, "When does it come?");
    EXPECT_EQ(fact.answer, "On Tuesday.");
}

TEST_F(LogsTest, keep_what_evaluators_of_others_said_apart_from_our_scores) {
    journal.receive(monday, call());
    journal.receive(monday, logs(record("gen_ai.evaluation.result", R"("attributes":{
        "gen_ai.evaluation.name":"relevance","gen_ai.evaluation.score.value":1,
        "gen_ai.evaluation.score.label":"good","gen_ai.evaluation.explanation":"on topic"})")));
    const InteractionFact& fact = after(monday + 10 * second);
    ASSERT_EQ(fact.outside_scores.size(), 1u);
    const OutsideScore& score = fact.outside_scores[0];
    EXPECT_EQ(score.name, "relevance");
    EXPECT_EQ(score.value, 1.0);
    EXPECT_EQ(score.label, "good");
    EXPECT_EQ(score.step.hex(), "0000000000000001");
    EXPECT_TRUE(fact.traits.has(Trait::outside_scored));
    EXPECT_TRUE(fact.scores.empty());
}

TEST_F(LogsTest, tell_which_feature_flags_were_on) {
    journal.receive(monday, call());
    journal.receive(monday, logs(record("feature_flag.evaluation", R"("attributes":{
        "feature_flag.key":"new-ranker","feature_flag.result.variant":"on"})")));
    EXPECT_EQ(after(monday + 10 * second).context.flags, "new-ranker=on");
}

}  // namespace
}  // namespace plimsoll::record
