/// run_records_contract.h: what every store of the evidence trail must do, as tests. An
/// implementation instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, RunRecordsContract, testing::Values(RunRecordsMaker{…}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "record/record_chain.h"

namespace plimsoll::record {

/// Opens the trail that lives in a directory; again after the last one was closed, and a second one
/// beside it. `forgets`: it lives in memory.
struct RunRecordsMaker {
    std::function<std::unique_ptr<RunRecords>(const std::filesystem::path&)> open;
    bool forgets = false;
};

class RunRecordsContract : public testing::TestWithParam<RunRecordsMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "records-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        records_ = GetParam().open(directory_);
        ASSERT_NE(records_, nullptr);
    }
    void TearDown() override {
        records_.reset();
        std::filesystem::remove_all(directory_);
    }
    static RunRecord run(std::string kind, UnixNanos time) {
        return {.time = time,
                .kind = std::move(kind),
                .subject = "tone",
                .tuple = R"({"model":"m1","prompt":"p \"7\""})",
                .from = time - 100,
                .to = time,
                .inputs = std::string(64, 'a'),
                .configuration = "c1",
                .methods = R"({"e_detector":1})",
                .result = "{\"before\":0.94,\"says\":\"naïve'; DROP TABLE run_records; --\"}"};
    }
    std::vector<RunRecord> all(std::uint64_t from = 1) {
        std::vector<RunRecord> links;
        EXPECT_TRUE(
            records_->for_each(from, [&](const auto& link) { links.push_back(link); }).ok());
        return links;
    }
    std::filesystem::path directory_;
    std::unique_ptr<RunRecords> records_;
};

TEST_P(RunRecordsContract, what_was_appended_is_read_back_whole_and_linked) {
    const auto first = records_->append(run("watch", 200));
    const auto second = records_->append(run("alert", 300));
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->seq, 1u);
    EXPECT_EQ(first->previous, "");
    EXPECT_EQ(first->hash, link_hash(*first));
    EXPECT_EQ(second->previous, first->hash);
    if (!GetParam().forgets) records_ = GetParam().open(directory_);
    EXPECT_THAT(all(), testing::ElementsAre(*first, *second));
    EXPECT_THAT(all(2), testing::ElementsAre(*second));
    const auto report = verify_chain(*records_);
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->whole()) << report->why;
    EXPECT_EQ(report->head, (ChainHead{2, second->hash}));
}

TEST_P(RunRecordsContract, pages_are_read_from_the_newest_by_kind_and_subject) {
    for (int i = 1; i <= 5; ++i)
        ASSERT_TRUE(records_->append(run(i % 2 == 1 ? "watch" : "alert", i)).ok());
    const auto seqs = [&](const RecordQuery& query) {
        std::vector<std::uint64_t> found;
        const auto page = records_->newest_first(query);
        EXPECT_TRUE(page.ok());
        for (const RunRecord& link : *page) found.push_back(link.seq);
        return found;
    };
    EXPECT_THAT(seqs({.limit = 2}), testing::ElementsAre(5, 4));
    EXPECT_THAT(seqs({.before = 4, .limit = 2}), testing::ElementsAre(3, 2));
    EXPECT_THAT(seqs({.kind = "alert"}), testing::ElementsAre(4, 2));
    EXPECT_THAT(seqs({.subject = "format"}), testing::IsEmpty());
}

TEST_P(RunRecordsContract, the_configuration_in_force_is_filled_in) {
    RunRecord without = run("watch", 1);
    without.configuration = "";
    EXPECT_EQ(records_->append(without)->configuration, "");
    ASSERT_TRUE(records_->append(run("configuration", 2)).ok());
    EXPECT_EQ(records_->append(without)->configuration, "c1");
}

TEST_P(RunRecordsContract, several_threads_make_one_chain) {
    const auto append = [&](RunRecords& into) {
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(into.append(run("watch", i)).ok());
    };
    const auto beside = GetParam().forgets ? nullptr : GetParam().open(directory_);
    std::thread one([&] { append(*records_); }), two([&] { append(beside ? *beside : *records_); });
    one.join();
    two.join();
    const auto report = verify_chain(*records_);
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->whole()) << report->why;
    EXPECT_EQ(report->links, 40u);
}

}  // namespace plimsoll::record
