/// findings_contract.h: what every store of findings must do, as tests. An implementation
/// instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, FindingsContract, testing::Values(FindingsMaker{…}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "record/finding.h"

namespace plimsoll::record {

/// Opens the findings that live in a directory; if they last, called again after the last ones were
/// closed.
struct FindingsMaker {
    std::function<std::unique_ptr<Findings>(const std::filesystem::path&)> open;
    bool lasts = true;
};

class FindingsContract : public testing::TestWithParam<FindingsMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "findings-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        findings_ = GetParam().open(directory_);
        ASSERT_NE(findings_, nullptr);
    }
    void TearDown() override {
        findings_.reset();
        std::filesystem::remove_all(directory_);
    }
    void reopen() {
        if (!GetParam().lasts) return;
        findings_.reset();
        findings_ = GetParam().open(directory_);
        ASSERT_NE(findings_, nullptr);
    }
    static std::string text(const Finding& finding) {
        json::Writer writer;
        writer.begin_object();
        write_finding(writer, finding);
        return writer.end_object().take();
    }
    /// Every field has a value of its own.
    static Finding whole(const std::string& id, UnixNanos since) {
        constexpr UnixNanos day = 86'400 * nanos_per_second;
        TraceId trace;
        trace.bytes[3] = 7;
        return {.id = id,
                .kind = FindingKind::slice_drift,
                .dimension = "faithfulness",
                .evaluator = "grounded",
                .version = "3",
                .service = "support-rag",
                .slice = {{"app.customer.segment", "\"enterprise\"; DROP TABLE findings; --"}},
                .measure = "mean score",
                .worse = false,
                .found = since + day,
                .since = since,
                .since_earliest = since - day,
                .since_latest = since + day / 2,
                .ended = since + 2 * day,
                .before = .1 + .2,
                .before_low = .91,
                .before_high = 1e-17,
                .after = .89,
                .after_low = .88,
                .after_high = .9,
                .change = -.05,
                .change_low = -.06,
                .change_high = -.04,
                .sessions_before = 18'446'744'073'709'551'615u,
                .sessions_after = 12,
                .pages = true,
                .level = 1.25,
                .causes = {{"prompt", "p7.2", "p7.3", .97, -.049, -.06, -.04},
                           {"mix", "", "", std::nullopt, -.001, -.002, 0}},
                .answer = "explained",
                .replay = {"model", "prompt"},
                .says = "naïve — \n one sentence",
                .worst = {trace},
                .related = {"00000000000000aa"},
                .leader = "00000000000000aa",
                .run = "17"};
    }
    std::filesystem::path directory_;
    std::unique_ptr<Findings> findings_;
};

TEST_P(FindingsContract, what_was_put_is_read_back_whole) {
    const Finding put = whole("00000000000000ff", 1'772'532'000'123'000'000);
    Finding bare;
    bare.id = "0000000000000001";
    ASSERT_TRUE(findings_->put({put, bare}).ok());
    reopen();
    const auto back = findings_->finding(put.id);
    ASSERT_TRUE(back.ok() && back->has_value());
    EXPECT_EQ(text(**back), text(put));
    EXPECT_EQ((**back).before, .1 + .2);
    EXPECT_EQ((**back).sessions_before, put.sessions_before);
    EXPECT_EQ((**back).since, put.since);
    EXPECT_EQ((**back).ended, put.ended);
    ASSERT_EQ((**back).causes.size(), 2u);
    EXPECT_EQ((**back).causes[1].probability, std::nullopt);
    EXPECT_EQ((**back).worst, put.worst);
    const auto empty = findings_->finding(bare.id);
    ASSERT_TRUE(empty.ok() && empty->has_value());
    EXPECT_EQ(text(**empty), text(bare));
    EXPECT_EQ((**empty).ended, std::nullopt);
}

TEST_P(FindingsContract, what_is_said_again_takes_the_place_of_what_was_said) {
    Finding first = whole("00000000000000ff", 5'000'000);
    ASSERT_TRUE(findings_->put({first}).ok());
    first.causes.clear();
    first.level = 2;
    ASSERT_TRUE(findings_->put({first}).ok());
    reopen();
    const auto all = findings_->all();
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 1u);
    EXPECT_TRUE(all->front().causes.empty());
    EXPECT_EQ(all->front().level, 2);
}

TEST_P(FindingsContract, the_newest_change_comes_first) {
    ASSERT_TRUE(findings_->put({whole("1", 1'000'000), whole("2", 3'000'000)}).ok());
    ASSERT_TRUE(findings_->put({whole("3", 2'000'000)}).ok());
    const auto all = findings_->all();
    ASSERT_TRUE(all.ok());
    std::string order;
    for (const Finding& each : *all) order += each.id;
    EXPECT_EQ(order, "231");
}

TEST_P(FindingsContract, of_an_id_that_nobody_said_there_is_none) {
    const auto none = findings_->finding("0000000000000000");
    ASSERT_TRUE(none.ok());
    EXPECT_FALSE(none->has_value());
}

}  // namespace plimsoll::record
