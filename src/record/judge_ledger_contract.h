/// judge_ledger_contract.h: what every JudgeLedger must do, as tests. An implementation
/// instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, JudgeLedgerContract, testing::Values(LedgerMaker{…}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "record/judge_ledger.h"

namespace plimsoll::record {

/// Opens the ledger that lives in a directory; called again after the last one was closed.
struct LedgerMaker {
    std::function<std::unique_ptr<JudgeLedger>(const std::filesystem::path&)> open;
};

class JudgeLedgerContract : public testing::TestWithParam<LedgerMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "ledger-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        open();
    }
    void TearDown() override {
        ledger_.reset();
        std::filesystem::remove_all(directory_);
    }
    void open() {
        ledger_.reset();
        ledger_ = GetParam().open(directory_);
        ASSERT_NE(ledger_, nullptr);
    }

    static TraceId trace(std::uint64_t number) {
        TraceId id;
        std::memcpy(id.bytes.data(), &number, sizeof number);
        id.bytes[15] = 1;
        return id;
    }
    static Judgement wanted(std::uint64_t number, std::int64_t priority = 0) {
        return {.interaction = trace(number),
                .judge = "tone",
                .occasion = "",
                .revision = 1,
                .arrived = 5,
                .priority = priority,
                .inclusion = 0.25,
                .reasons = 0,
                .stratum = "plain"};
    }
    void want(const Judgement& judgement) { ASSERT_TRUE(ledger_->want({&judgement, 1}).ok()); }
    KnownJudgement find(std::uint64_t number, const std::string& occasion = "") {
        const TraceId id = trace(number);
        const auto found = ledger_->of({&id, 1});
        if (found)
            for (const auto& each : *found)
                if (each.judgement.occasion == occasion) return each;
        return {};
    }
    Claimed claim(std::uint64_t number, const std::string& content,
                  const std::string& occasion = "") {
        const KnownJudgement known = find(number, occasion);
        const Claim claim{.judgement = known.id,
                          .content = content,
                          .request = "REQUEST",
                          .revision = known.judgement.revision,
                          .usd = 0.5,
                          .time = 100};
        const auto outcome = ledger_->claim({&claim, 1});
        EXPECT_TRUE(outcome.ok());
        return outcome ? outcome->at(0) : Claimed::not_due;
    }
    void settle(std::uint64_t number, std::optional<double> score, const std::string& reason = "",
                const std::string& model = "m-1", const std::string& occasion = "") {
        Settlement settlement{.judgement = find(number, occasion).id,
                              .usd = 0.01,
                              .input_tokens = 900,
                              .output_tokens = 60,
                              .reply = "REPLY",
                              .time = 200};
        settlement.said = {score, reason, "because", model};
        ASSERT_TRUE(ledger_->settle({&settlement, 1}).ok());
    }

    std::filesystem::path directory_;
    std::unique_ptr<JudgeLedger> ledger_;
};

TEST_P(JudgeLedgerContract, a_judgement_is_asked_once_and_kept) {
    want(wanted(1));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    EXPECT_EQ(claim(1, "aa"), Claimed::not_due);
    settle(1, 0.75);
    settle(1, 0.0);  // A second reply changes nothing.
    EXPECT_EQ(claim(1, "aa"), Claimed::not_due);
    open();
    const KnownJudgement known = find(1);
    EXPECT_EQ(known.state, JudgementState::settled);
    EXPECT_EQ(known.said, (JudgeSaid{0.75, "", "because", "m-1"}));
    EXPECT_EQ(known.judgement, wanted(1));
    const auto exchange = ledger_->exchange(known.id);
    ASSERT_TRUE(exchange.ok() && *exchange);
    EXPECT_EQ((*exchange)->request, "REQUEST");
    EXPECT_EQ((*exchange)->reply, "REPLY");
    EXPECT_EQ((*exchange)->payment, Payment::made);
}

TEST_P(JudgeLedgerContract, wanting_again_changes_nothing) {
    want(wanted(1));
    want(wanted(1));
    EXPECT_EQ(ledger_->due("tone", 10)->size(), 1u);
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    want(wanted(1));
    EXPECT_TRUE(ledger_->due("tone", 10)->empty());
    settle(1, 1.0);
    want(wanted(1));
    EXPECT_TRUE(ledger_->due("tone", 10)->empty());
    EXPECT_EQ(find(1).state, JudgementState::settled);
}

TEST_P(JudgeLedgerContract, occasions_are_found_by_their_names_and_traffic_by_its_outcome) {
    for (std::uint64_t i = 1; i <= 3; ++i) {
        want(wanted(i));
        claim(i, std::to_string(i));
        settle(i, i == 2 ? std::nullopt : std::optional(0.5), i == 2 ? "judge_refused" : "");
    }
    for (const char* const occasion : {"sentinel 2", "sentinel 1", "bridge 1"}) {
        Judgement sentinel = wanted(1);
        sentinel.occasion = occasion;
        want(sentinel);
    }
    claim(1, "1", "sentinel 1");
    settle(1, 1.0, "", "m-2", "sentinel 1");
    open();
    const auto asked = ledger_->asked_on("tone", "sentinel ", "sentinel!");
    ASSERT_EQ(asked->size(), 2u);
    EXPECT_EQ((*asked)[0].judgement.occasion, "sentinel 1");
    EXPECT_EQ((*asked)[0].said.model, "m-2");
    EXPECT_EQ((*asked)[1].state, JudgementState::due);
    EXPECT_TRUE(ledger_->asked_on("other", "sentinel ", "sentinel!")->empty());
    const auto latest = ledger_->latest("tone", 10);
    ASSERT_EQ(latest->size(), 2u);  // Neither the sentinel nor what was not scored.
    EXPECT_EQ((*latest)[0].judgement.interaction, trace(3));
    EXPECT_EQ(ledger_->latest("tone", 1)->size(), 1u);
}

TEST_P(JudgeLedgerContract, the_most_urgent_come_first) {
    want(wanted(1));
    want(wanted(2, 5));
    want(wanted(3, 5));
    Judgement other = wanted(4, 9);
    other.judge = "faithfulness";
    want(other);
    const auto due = ledger_->due("tone", 2);
    ASSERT_EQ(due->size(), 2u);
    EXPECT_EQ((*due)[0].judgement.interaction, trace(2));
    EXPECT_EQ((*due)[1].judgement.interaction, trace(3));
}

TEST_P(JudgeLedgerContract, the_same_content_is_paid_once) {
    for (std::uint64_t i = 1; i <= 4; ++i) want(wanted(i));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    EXPECT_EQ(claim(2, "aa"), Claimed::asked_by_other);
    EXPECT_EQ(claim(3, "bb"), Claimed::ask);
    settle(1, 0.5);
    EXPECT_EQ(find(2).state, JudgementState::settled);
    EXPECT_EQ(find(2).said.score, 0.5);
    EXPECT_TRUE(find(2).from_cache);
    EXPECT_EQ(find(3).state, JudgementState::in_flight);
    EXPECT_EQ(claim(4, "aa"), Claimed::answered);
    EXPECT_TRUE(find(4).from_cache);
    EXPECT_GT(find(4).changed, find(2).changed);
    const auto spending = ledger_->spending(0, 1'000);
    EXPECT_EQ(spending->at("tone").exchanges, 2u);
    EXPECT_EQ(spending->at("tone").usd, 0.01);
    EXPECT_EQ(spending->at("tone").usd_possible, 0.5);  // Number 3 is still out.
    EXPECT_EQ(spending->at("tone").input_tokens, 900);
    EXPECT_TRUE(ledger_->spending(101, 1'000)->empty());
}

TEST_P(JudgeLedgerContract, a_reply_without_a_score_answers_nobody_else) {
    for (std::uint64_t i = 1; i <= 3; ++i) want(wanted(i));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    EXPECT_EQ(claim(2, "aa"), Claimed::asked_by_other);
    settle(1, std::nullopt, "judge_refused");
    EXPECT_EQ(find(1).state, JudgementState::settled);
    EXPECT_EQ(find(2).state, JudgementState::due);
    EXPECT_EQ(claim(2, "aa"), Claimed::ask);
    settle(2, 1.0);
    EXPECT_EQ(find(1).said.reason, "judge_refused");
    EXPECT_EQ(claim(3, "aa"), Claimed::answered);
}

TEST_P(JudgeLedgerContract, another_model_behind_the_alias_is_asked_anew) {
    for (std::uint64_t i = 1; i <= 3; ++i) want(wanted(i));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    settle(1, 0.5, "", "m-1");
    EXPECT_EQ(claim(2, "bb"), Claimed::ask);
    settle(2, 0.5, "", "m-2");
    open();
    EXPECT_EQ(claim(3, "aa"), Claimed::ask);
}

TEST_P(JudgeLedgerContract, another_occasion_is_asked_anew) {
    want(wanted(1));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    settle(1, 1.0);
    Judgement sentinel = wanted(1);
    sentinel.occasion = "sentinel 2026-01-05";
    want(sentinel);
    EXPECT_EQ(claim(1, "aa", sentinel.occasion), Claimed::ask);
    settle(1, 0.0, "", "m-1", sentinel.occasion);
    EXPECT_EQ(find(1).said.score, 1.0);
    EXPECT_EQ(find(1, sentinel.occasion).said.score, 0.0);
}

TEST_P(JudgeLedgerContract, a_late_span_is_judged_anew_only_if_the_judge_sees_it) {
    want(wanted(1));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    Judgement later = wanted(1);
    later.revision = 2;
    want(later);  // While the first request is out.
    EXPECT_EQ(find(1).state, JudgementState::in_flight);
    settle(1, 1.0);
    EXPECT_EQ(find(1).state, JudgementState::due);
    EXPECT_EQ(claim(1, "aa"), Claimed::answered);  // Nothing it sees has changed.
    EXPECT_FALSE(find(1).from_cache);
    later.revision = 3;
    want(later);
    EXPECT_EQ(claim(1, "bb"), Claimed::ask);
    settle(1, 0.25);
    EXPECT_EQ(find(1).said.score, 0.25);
}

TEST_P(JudgeLedgerContract, a_late_reason_raises_the_probability_of_what_is_settled) {
    want(wanted(1));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    settle(1, 1.0);
    const std::uint64_t before = find(1).changed;
    Judgement escalated = wanted(1, 5);
    escalated.inclusion = 1.0;
    escalated.reasons = 1;
    escalated.stratum = "anomaly/escalation";
    want(escalated);
    EXPECT_EQ(find(1).judgement, escalated);
    EXPECT_EQ(find(1).state, JudgementState::settled);
    const auto changed = ledger_->changed_since(before, 10);
    ASSERT_EQ(changed->size(), 1u);
    EXPECT_EQ((*changed)[0].judgement.inclusion, 1.0);
    want(wanted(1));  // A rebuild that has not heard of it yet takes nothing back.
    EXPECT_EQ(find(1).judgement, escalated);
    Judgement asked_for = escalated;
    asked_for.inclusion = std::nullopt;
    want(asked_for);
    EXPECT_EQ(find(1).judgement.inclusion, 1.0);
    EXPECT_TRUE(ledger_->changed_since((*changed)[0].changed, 10)->empty());
}

TEST_P(JudgeLedgerContract, what_was_certainly_not_paid_is_due_again) {
    want(wanted(1));
    want(wanted(2));
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    EXPECT_EQ(claim(2, "aa"), Claimed::asked_by_other);
    const std::uint64_t id = find(1).id;
    ASSERT_TRUE(ledger_->release({&id, 1}).ok());
    EXPECT_EQ(ledger_->due("tone", 10)->size(), 2u);
    EXPECT_TRUE(ledger_->spending(0, 1'000)->empty());
    EXPECT_EQ(claim(2, "aa"), Claimed::ask);
}

TEST_P(JudgeLedgerContract, what_is_left_out_says_why) {
    want(wanted(1));
    want(wanted(2));
    EXPECT_EQ(claim(2, "aa"), Claimed::ask);
    const std::uint64_t both[] = {find(1).id, find(2).id};
    ASSERT_TRUE(ledger_->leave_out(both, "over_budget").ok());
    EXPECT_EQ(find(1).state, JudgementState::left_out);
    EXPECT_EQ(find(1).said.reason, "over_budget");
    EXPECT_EQ(find(2).state, JudgementState::in_flight);  // It is out already.
    EXPECT_EQ(ledger_->changed_since(0, 10)->size(), 1u);
    settle(2, std::nullopt, "timed_out");
    const auto counts = ledger_->counts();
    const JudgementCounts& tone = counts->at("tone");
    EXPECT_EQ(tone.left_out.at("over_budget"), 1u);
    EXPECT_EQ(tone.unscored.at("timed_out"), 1u);
    EXPECT_EQ(tone.scored + tone.due + tone.in_flight, 0u);
}

TEST_P(JudgeLedgerContract, what_is_due_for_too_long_is_left_out) {
    want(wanted(1));
    Judgement newer = wanted(2);
    newer.arrived = 50;
    want(newer);
    EXPECT_EQ(*ledger_->leave_out_older("tone", 50, too_late), 1u);
    EXPECT_EQ(find(1).said.reason, too_late);
    EXPECT_EQ(find(2).state, JudgementState::due);
    EXPECT_EQ(*ledger_->leave_out_older("nobody", 50, too_late), 0u);
}

TEST_P(JudgeLedgerContract, a_restart_asks_nothing_twice) {
    for (std::uint64_t i = 1; i <= 4; ++i) want(wanted(i));
    Judgement keyed = wanted(5);
    keyed.judge = "idempotent";
    want(keyed);
    EXPECT_EQ(claim(1, "aa"), Claimed::ask);
    EXPECT_EQ(claim(2, "aa"), Claimed::asked_by_other);
    EXPECT_EQ(claim(3, "bb"), Claimed::ask);
    settle(3, 1.0);
    EXPECT_EQ(claim(5, "cc"), Claimed::ask);
    open();
    const auto found =
        ledger_->reconcile(900, [](const std::string& judge) { return judge == "idempotent"; });
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->lost, 1u);
    EXPECT_EQ(found->again, 1u);
    EXPECT_EQ(find(1).state, JudgementState::settled);
    EXPECT_EQ(find(1).said.reason, reply_lost);
    EXPECT_EQ(find(2).state, JudgementState::due);  // It was never sent.
    EXPECT_EQ(find(3).said.score, 1.0);
    EXPECT_EQ(find(4).state, JudgementState::due);
    EXPECT_EQ(find(5).state, JudgementState::due);
    EXPECT_EQ(ledger_->spending(0, 1'000)->at("tone").usd_possible, 0.5);
    const auto again = ledger_->reconcile(900, [](const std::string&) { return true; });
    EXPECT_EQ(again->lost + again->again, 0u);
}

TEST_P(JudgeLedgerContract, every_reply_can_be_read_again) {
    want(wanted(1));
    want(wanted(2));
    EXPECT_EQ(claim(1, "4bf92f3577b34da6a3ce929d0e0e4736"), Claimed::ask);
    EXPECT_EQ(claim(2, "bb"), Claimed::ask);
    settle(1, 1.0);
    std::vector<Exchange> seen;
    ASSERT_TRUE(
        ledger_->for_each_exchange([&](const Exchange& each) { seen.push_back(each); }).ok());
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].judge, "tone");
    EXPECT_EQ(seen[0].content, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(seen[0].reply, "REPLY");
}

}  // namespace plimsoll::record
