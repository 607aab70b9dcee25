#include "store/sqlite_run_records.h"

#include <fstream>

#include "record/run_records_contract.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"
#include "store/state_database.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, RunRecordsContract,
                         testing::Values(RunRecordsMaker{
                             [](const std::filesystem::path& directory) {
                                 auto opened =
                                     store::open_sqlite_run_records(directory / "state.db");
                                 return opened ? std::move(*opened) : nullptr;
                             }}));

}  // namespace plimsoll::record

namespace plimsoll::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SqliteRunRecordsTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "records-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }
    std::filesystem::path file() const { return directory_ / "state.db"; }
    std::vector<record::RunRecord> all() {
        std::vector<record::RunRecord> links;
        const auto records = open_sqlite_run_records(file());
        EXPECT_TRUE((*records)->for_each(1, [&](const auto& link) { links.push_back(link); }).ok());
        return links;
    }
    std::filesystem::path directory_;
};

TEST_F(SqliteRunRecordsTest, a_configuration_is_on_the_trail_when_it_is_another_one) {
    for (const auto& [version, time] : {std::pair{"c1", 10}, {"c1", 20}, {"c2", 30}, {"c1", 40}}) {
        const auto state = open_sqlite_state({.data_dir = directory_});
        ASSERT_TRUE(state->state->remember_configuration({version, "text", time}).ok());
    }
    const auto links = all();
    ASSERT_EQ(links.size(), 3u);
    EXPECT_EQ(links[0].time, 10);
    EXPECT_EQ(links[1].result, R"({"before":"c1","after":"c2"})");
    EXPECT_EQ(links[2].result, R"({"before":"c2","after":"c1"})");  // Back again is a change, too.
}

TEST_F(SqliteRunRecordsTest, a_step_of_trust_is_on_the_trail_under_the_configuration_in_force) {
    const auto state = open_sqlite_state({.data_dir = directory_});
    ASSERT_TRUE(state->state->remember_configuration({"c1", "text", 5}).ok());
    const record::TrustEvent step{9,
                                  "tone",
                                  "judge",
                                  "j1",
                                  record::TrustStep::suspended,
                                  "open",
                                  "provisional",
                                  std::nullopt,
                                  "12 of 200 sentinels",
                                  4};
    ASSERT_TRUE((*open_sqlite_trust_log(file()))->append({&step, 1}).ok());
    const auto links = all();
    ASSERT_EQ(links.size(), 2u);
    EXPECT_EQ(links[1].kind, "trust");
    EXPECT_EQ(links[1].subject, "tone/judge");
    EXPECT_EQ(links[1].configuration, "c1");
    EXPECT_THAT(links[1].result, HasSubstr(R"("before":"open","after":"provisional")"));
}

TEST_F(SqliteRunRecordsTest, a_row_changed_behind_our_back_is_noticed) {
    {
        const auto records = open_sqlite_run_records(file());
        for (int i = 1; i <= 5; ++i)
            ASSERT_TRUE((*records)->append({.time = i, .kind = "watch", .result = "{}"}).ok());
    }
    const auto verify_after = [&](const char* sql) {
        EXPECT_TRUE(open_state_database(file())->run(sql).ok());
        return *record::verify_chain(**open_sqlite_run_records(file()));
    };
    EXPECT_EQ(verify_after("UPDATE run_records SET result = '{} ' WHERE seq = 4").broken_at, 4u);
    EXPECT_EQ(verify_after("DELETE FROM run_records WHERE seq = 2").broken_at, 2u);
}

TEST_F(SqliteRunRecordsTest, the_trail_outlives_a_damaged_file_and_says_so) {  // A21
    {
        const auto state = open_sqlite_state({.data_dir = directory_});
        ASSERT_TRUE(state->state->remember_configuration({"c1", "text", 5}).ok());
        const auto records = open_sqlite_run_records(file());
        for (int i = 1; i <= 60; ++i)
            ASSERT_TRUE((*records)->append({.time = i, .kind = "watch", .result = "{}"}).ok());
    }
    const auto before = all();
    // Page 2 is the root of the table of keys.
    std::fstream(file(), std::ios::in | std::ios::out | std::ios::binary)
        .seekp(4'096)
        .write(std::string(4'096, '\x55').data(), 4'096);
    ASSERT_NE(open_sqlite_state({.data_dir = directory_})->set_aside, "");
    const auto after = all();
    ASSERT_EQ(after.size(), before.size() + 1);
    EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
    EXPECT_EQ(after.back().kind, "loss");
    EXPECT_THAT(after.back().result, HasSubstr("\"links_saved\":61"));
    EXPECT_TRUE(record::verify_chain(**open_sqlite_run_records(file()))->whole());
}

}  // namespace
}  // namespace plimsoll::store
