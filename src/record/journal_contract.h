/// journal_contract.h: what every Journal must do, as tests. An implementation instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, JournalContract, testing::Values(JournalMaker{…}));
///
/// Include in one test file of each implementation.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "record/journal_testing.h"

namespace plimsoll::record {

/// Opens the journal that lives in a directory; called again after the last one was closed.
struct JournalMaker {
    std::function<std::unique_ptr<Journal>(const std::filesystem::path&, const Clock&)> open;
};

class JournalContract : public testing::TestWithParam<JournalMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "journal-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        open();
    }
    void TearDown() override {
        journal_.reset();
        std::filesystem::remove_all(directory_);
    }
    void open() {
        journal_.reset();
        journal_ = GetParam().open(directory_, clock_);
        ASSERT_NE(journal_, nullptr);
    }

    static constexpr UnixNanos noon = 1'767'614'400 * nanos_per_second;  // 2026-01-05T12:00:00Z
    TestClock clock_{noon};
    std::filesystem::path directory_;
    std::unique_ptr<Journal> journal_;
};

TEST_P(JournalContract, an_empty_journal_has_no_rows) {
    EXPECT_TRUE(all_rows(*journal_).empty());
    EXPECT_EQ(journal_->status().head_seq, 0u);
    const auto row = journal_->row(1);
    ASSERT_TRUE(row.ok());
    EXPECT_FALSE(row->has_value());
}

TEST_P(JournalContract, what_was_appended_is_read_back_in_order) {
    EXPECT_EQ(*append_and_wait(*journal_, "first"), 1u);
    clock_.set(noon + 5);
    EXPECT_EQ(*append_and_wait(*journal_, std::string("\0 second", 8)), 2u);
    const auto rows = all_rows(*journal_);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].otlp, "first");
    EXPECT_EQ(rows[0].received, noon);
    EXPECT_EQ(rows[1].otlp, std::string("\0 second", 8));
    EXPECT_EQ(rows[1].received, noon + 5);
    EXPECT_EQ((**journal_->row(2)).otlp, std::string("\0 second", 8));
}

TEST_P(JournalContract, an_empty_and_a_large_body_are_kept_whole) {
    std::string large(9'000'001, 'x');
    for (std::size_t i = 0; i < large.size(); i += 7) large[i] = static_cast<char>(i * 2654435761u);
    EXPECT_TRUE(append_and_wait(*journal_, "").ok());
    EXPECT_TRUE(append_and_wait(*journal_, large).ok());
    const auto rows = all_rows(*journal_);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].otlp, "");
    EXPECT_EQ(rows[1].otlp, large);
}

TEST_P(JournalContract, numbers_go_on_after_a_restart) {
    EXPECT_EQ(*append_and_wait(*journal_, "one"), 1u);
    open();
    EXPECT_EQ(*append_and_wait(*journal_, "two"), 2u);
    open();
    EXPECT_EQ(journal_->status().head_seq, 2u);
    EXPECT_EQ(journal_->status().rows, 2u);
    EXPECT_EQ(journal_->status().raw_bytes, 6u);
    EXPECT_EQ(all_rows(*journal_).size(), 2u);
}

TEST_P(JournalContract, numbers_go_on_over_midnight) {
    EXPECT_EQ(*append_and_wait(*journal_, "monday"), 1u);
    clock_.set(noon + 86'400 * nanos_per_second);
    EXPECT_EQ(*append_and_wait(*journal_, "tuesday"), 2u);
    const auto rows = journal_->read(0, 1'000'000);
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), 2u);
    EXPECT_EQ((*rows)[1].otlp, "tuesday");
    open();
    EXPECT_EQ(*append_and_wait(*journal_, "tuesday again"), 3u);
    EXPECT_EQ(all_rows(*journal_).size(), 3u);
}

TEST_P(JournalContract, a_clock_that_jumps_back_does_not_take_received_with_it) {  // A20
    EXPECT_TRUE(append_and_wait(*journal_, "a").ok());
    clock_.set(noon - 86'400 * nanos_per_second);
    EXPECT_TRUE(append_and_wait(*journal_, "b").ok());
    open();
    EXPECT_TRUE(append_and_wait(*journal_, "c").ok());
    for (const JournalRow& row : all_rows(*journal_)) EXPECT_EQ(row.received, noon);
}

TEST_P(JournalContract, read_stops_at_the_bytes_asked_for_but_gives_one_row_at_least) {
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(append_and_wait(*journal_, std::string(100, 'a')).ok());
    EXPECT_EQ(journal_->read(0, 1)->size(), 1u);
    EXPECT_EQ(journal_->read(0, 150)->size(), 2u);
    EXPECT_EQ(journal_->read(3, 10'000)->size(), 2u);
    EXPECT_TRUE(journal_->read(5, 10'000)->empty());
    EXPECT_TRUE(journal_->read(99, 10'000)->empty());
}

TEST_P(JournalContract, every_body_of_many_senders_is_kept_once_in_the_row_it_was_told) {
    constexpr int senders = 4, bodies = 250;
    std::vector<std::thread> threads;
    std::vector<std::vector<std::pair<std::string, std::uint64_t>>> told(senders);
    for (int sender = 0; sender < senders; ++sender)
        threads.emplace_back([&, sender] {
            std::atomic<int> answered{0};
            std::vector<std::uint64_t> rows(bodies);
            for (int i = 0; i < bodies; ++i)
                journal_->append("<" + std::to_string(sender) + "." + std::to_string(i) + ">", 1,
                                 [&rows, &answered, i](Result<std::uint64_t> row) {
                                     rows[i] = row.ok() ? *row : 0;
                                     ++answered;
                                     answered.notify_one();
                                 });
            for (int seen; (seen = answered) < bodies;) answered.wait(seen);
            for (int i = 0; i < bodies; ++i)
                told[sender].emplace_back(
                    "<" + std::to_string(sender) + "." + std::to_string(i) + ">", rows[i]);
        });
    for (std::thread& thread : threads) thread.join();
    const auto rows = all_rows(*journal_, 1'000);
    std::size_t bytes = 0, expected_bytes = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].seq, i + 1);
        bytes += rows[i].otlp.size();
    }
    for (const auto& each : told)
        for (const auto& [body, row] : each) {
            ASSERT_GT(row, 0u);
            EXPECT_NE(rows[row - 1].otlp.find(body), std::string::npos) << body;
            expected_bytes += body.size();
        }
    EXPECT_EQ(bytes, expected_bytes);
}

TEST_P(JournalContract, what_waits_when_it_is_closed_is_answered) {
    std::atomic<int> answered{0};
    for (int i = 0; i < 100; ++i)
        journal_->append("body", 1, [&](Result<std::uint64_t> row) { answered += row.ok(); });
    open();
    EXPECT_EQ(answered, 100);
    std::size_t bytes = 0;
    for (const JournalRow& row : all_rows(*journal_)) bytes += row.otlp.size();
    EXPECT_EQ(bytes, 400u);
}

}  // namespace plimsoll::record
