#include "record/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::record {
namespace {

using wire::Encoding;

/// Answers when told to, as told.
class FakeJournal final : public Journal {
  public:
    void append(std::string otlp, std::size_t,
                std::function<void(Result<std::uint64_t>)> done) override {
        bodies.push_back(std::move(otlp));
        waiting.push_back(std::move(done));
    }
    Result<std::vector<JournalRow>> read(std::uint64_t, std::size_t) override {
        return std::vector<JournalRow>{};
    }
    Result<std::optional<JournalRow>> row(std::uint64_t) override {
        return std::optional<JournalRow>{};
    }
    UnixNanos settled() override { return 0; }
    JournalStatus status() override { return {}; }

    void answer_all(const Result<std::uint64_t>& result) {
        for (auto& done : std::exchange(waiting, {})) done(result);
    }

    std::vector<std::string> bodies;
    std::vector<std::function<void(Result<std::uint64_t>)>> waiting;
};

constexpr const char* good_span =
    R"({"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","name":"a",)"
    R"("startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000001000000000"})";
constexpr const char* bad_span = R"({"traceId":"","spanId":"","name":"no ids"})";

std::string request(const std::string& spans) {
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + spans + "]}]}]}";
}

class IntakeTest : public testing::Test {
  protected:
    void submit(std::string body) {
        auto held = budget.reserve(body.size());
        intake.submit(std::move(body), Encoding::json, std::move(*held),
                      [this](Answer answer) { answers.push_back(std::move(answer)); });
    }

    FakeJournal journal;
    ByteBudget budget{1 << 20};
    Intake intake{journal, wire::Limits{.body_bytes_max = 4096}};
    std::vector<Answer> answers;
};

TEST_F(IntakeTest, answers_only_when_the_journal_has_it) {
    submit(request(good_span));
    EXPECT_TRUE(answers.empty());
    EXPECT_GT(budget.used(), 0u);
    journal.answer_all(std::uint64_t{1});
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].kind, Answer::Kind::accepted);
    EXPECT_EQ(answers[0].rejected, 0u);
    EXPECT_EQ(budget.used(), 0u);
    EXPECT_EQ(intake.counts().spans_accepted, 1u);
}

TEST_F(IntakeTest, counts_the_bad_spans_and_keeps_the_good) {
    submit(request(std::string(good_span) + "," + bad_span));
    journal.answer_all(std::uint64_t{1});
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].kind, Answer::Kind::accepted);
    EXPECT_EQ(answers[0].rejected, 1u);
    EXPECT_NE(answers[0].message, "");
    EXPECT_EQ(intake.counts().spans_rejected, 1u);
}

TEST_F(IntakeTest, a_request_of_bad_spans_only_never_meets_the_journal) {
    submit(request(bad_span));
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].kind, Answer::Kind::accepted);
    EXPECT_EQ(answers[0].rejected, 1u);
    EXPECT_TRUE(journal.bodies.empty());
    EXPECT_EQ(budget.used(), 0u);
}

TEST_F(IntakeTest, an_empty_request_is_accepted_at_once) {
    submit("{}");
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].kind, Answer::Kind::accepted);
    EXPECT_TRUE(journal.bodies.empty());
}

TEST_F(IntakeTest, what_is_not_otlp_is_malformed) {
    submit("{\"resourceSpans\":");
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].kind, Answer::Kind::malformed);
    EXPECT_NE(answers[0].message, "");
    EXPECT_EQ(intake.counts().malformed, 1u);
    EXPECT_EQ(budget.used(), 0u);
}

TEST_F(IntakeTest, a_body_over_the_limit_is_too_large) {
    submit(std::string(4097, ' '));
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].kind, Answer::Kind::too_large);
}

TEST_F(IntakeTest, A20_a_full_disk_sends_senders_away_for_different_times) {
    for (int i = 0; i < 5; ++i) submit(request(good_span));
    journal.answer_all(Error{"commit journal: database or disk is full"});
    ASSERT_EQ(answers.size(), 5u);
    std::vector<unsigned> delays;
    for (const Answer& answer : answers) {
        EXPECT_EQ(answer.kind, Answer::Kind::come_back);
        EXPECT_THAT(answer.message, testing::HasSubstr("disk is full"));
        delays.push_back(answer.retry_after_s);
    }
    EXPECT_THAT(delays, testing::UnorderedElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(budget.used(), 0u);
    EXPECT_EQ(intake.counts().spans_accepted, 0u);
}

}  // namespace
}  // namespace plimsoll::record
