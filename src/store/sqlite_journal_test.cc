#include "store/sqlite_journal.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>
#include <set>

#include "record/journal_contract.h"
#include "store/data_lock.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, JournalContract,
                         testing::Values(JournalMaker{
                             [](const std::filesystem::path& directory, const Clock& clock) {
                                 auto opened =
                                     store::open_sqlite_journal(clock, {.data_dir = directory});
                                 return opened ? std::move(*opened) : nullptr;
                             }}));

}  // namespace plimsoll::record

namespace plimsoll::store {
namespace {

using record::all_rows;
using record::append_and_wait;
using testing::HasSubstr;

constexpr UnixNanos noon = 1'767'614'400 * nanos_per_second;  // 2026-01-05T12:00:00Z

class SqliteJournalTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "journal-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        options_.data_dir = name;
    }
    void TearDown() override { std::filesystem::remove_all(options_.data_dir); }

    std::unique_ptr<record::Journal> open() {
        auto opened = open_sqlite_journal(clock_, options_);
        if (opened) return std::move(*opened);
        ADD_FAILURE() << opened.error().what;
        return nullptr;
    }

    record::TestClock clock_{noon};
    SqliteJournalOptions options_;
};

TEST_F(SqliteJournalTest, a_day_is_a_file) {
    auto journal = open();
    ASSERT_TRUE(append_and_wait(*journal, "a").ok());
    clock_.set(noon + 86'400 * nanos_per_second);
    ASSERT_TRUE(append_and_wait(*journal, "b").ok());
    EXPECT_TRUE(std::filesystem::exists(options_.data_dir / "journal/2026-01-05.db"));
    EXPECT_TRUE(std::filesystem::exists(options_.data_dir / "journal/2026-01-06.db"));
}

TEST_F(SqliteJournalTest, a_group_becomes_rows_of_about_a_mebibyte_and_one_commit) {
    // The first body keeps the writer busy; the rest forms one group behind it.
    auto journal = open();
    std::atomic<int> answered{0};
    std::set<std::uint64_t> rows;
    std::mutex mutex;
    for (int i = 0; i < 41; ++i)
        journal->append(std::string(100'000, 'a' + i % 26), 1, [&](Result<std::uint64_t> row) {
            const std::lock_guard lock(mutex);
            rows.insert(*row);
            ++answered;
            answered.notify_one();
        });
    for (int seen; (seen = answered) < 41;) answered.wait(seen);
    EXPECT_LE(journal->status().commits, 12u);
    for (const auto& row : all_rows(*journal)) EXPECT_LE(row.otlp.size(), 1'150'000u);
}

TEST_F(SqliteJournalTest, a_second_server_is_told_who_holds_the_directory) {
    auto journal = open();
    const auto second = open_sqlite_journal(clock_, options_);
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(second.error().what, HasSubstr("in use by another server"));
    EXPECT_THAT(second.error().what, HasSubstr(std::to_string(::getpid())));
    journal.reset();
    EXPECT_NE(open(), nullptr);
}

TEST_F(SqliteJournalTest, a_lock_file_left_behind_stops_nobody) {
    { const auto lock = DataLock::take(options_.data_dir); }
    EXPECT_TRUE(std::filesystem::exists(options_.data_dir / "lock"));
    EXPECT_NE(open(), nullptr);
}

TEST_F(SqliteJournalTest,
       below_the_disk_reserve_senders_come_back_and_it_recovers_by_itself) {  // A20
    std::atomic<std::uint64_t> free{10u << 20};
    options_.disk_reserve_bytes = 5u << 20;
    options_.free_bytes = [&](const std::filesystem::path&) { return free.load(); };
    auto journal = open();
    ASSERT_TRUE(append_and_wait(*journal, "before").ok());
    free = 4u << 20;
    const auto refused = append_and_wait(*journal, "refused");
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().what, HasSubstr("disk reserve reached: 4 MiB free"));
    EXPECT_THAT(journal->status().refusing, HasSubstr("disk reserve reached"));
    free = 6u << 20;
    EXPECT_EQ(journal->status().refusing, "");
    EXPECT_EQ(*append_and_wait(*journal, "after"), 2u);
    ASSERT_EQ(all_rows(*journal).size(), 2u);
    EXPECT_EQ(all_rows(*journal)[1].otlp, "after");
}

TEST_F(SqliteJournalTest, it_starts_on_a_full_disk) {  // A20, A21
    options_.free_bytes = [](const std::filesystem::path&) { return 0u; };
    EXPECT_FALSE(append_and_wait(*open(), "x").ok());
}

TEST_F(SqliteJournalTest, the_log_is_moved_into_the_file_while_bodies_come) {
    options_.checkpoint_bytes = 200'000;
    auto journal = open();
    std::mt19937_64 random(7);
    std::string body(100'000, 0);
    for (int i = 0; i < 60; ++i) {
        for (char& byte : body) byte = static_cast<char>(random());
        ASSERT_TRUE(append_and_wait(*journal, body).ok());
    }
    // 6 MB went through; a log that was never moved would hold all of it.
    EXPECT_LT(std::filesystem::file_size(options_.data_dir / "journal/2026-01-05.db-wal"),
              4'000'000u);
    EXPECT_EQ(all_rows(*journal).size(), 60u);
}

TEST_F(SqliteJournalTest, numbers_that_the_facts_have_seen_are_not_used_again) {
    { ASSERT_TRUE(append_and_wait(*open(), "one").ok()); }
    options_.seq_at_least = 40;
    auto journal = open();
    ASSERT_EQ(journal->status().damage.size(), 1u);
    EXPECT_EQ(journal->status().damage[0].first_seq, 2u);
    EXPECT_EQ(journal->status().damage[0].last_seq, 40u);
    EXPECT_EQ(*append_and_wait(*journal, "next"), 41u);
    const auto rows = all_rows(*journal);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].seq, 41u);
}

/// kill -9: a child appends and writes what was acknowledged to a pipe; the parent kills it at a
/// random moment, opens the directory and compares.
TEST_F(SqliteJournalTest, kill_9_loses_nothing_acknowledged_and_doubles_nothing) {
    options_.checkpoint_bytes = 300'000;  // So that checkpoints are hit too.
    std::mt19937_64 random(20260105);
    std::map<std::uint64_t, std::uint64_t> acknowledged;  // body → row
    std::uint64_t next_body = 1;
    for (int round = 0; round < 30; ++round) {
        int pipe_ends[2];
        ASSERT_EQ(::pipe(pipe_ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto journal = open_sqlite_journal(clock_, options_);
            if (!journal) ::_exit(1);
            std::atomic<std::uint64_t> in_flight{0};
            for (std::uint64_t body = next_body;; ++body) {
                for (std::uint64_t seen; (seen = in_flight) >= 64;) in_flight.wait(seen);
                ++in_flight;
                std::string text = "<" + std::to_string(body) + ">";
                if (body % 50 == 0) text += std::string(200'000, static_cast<char>(body));
                (*journal)->append(text, 1, [&, body](Result<std::uint64_t> row) {
                    const std::uint64_t pair[2] = {body, row.ok() ? *row : 0};
                    if (::write(pipe_ends[1], pair, sizeof pair) != sizeof pair) ::_exit(2);
                    --in_flight;
                    in_flight.notify_one();
                });
            }
        }
        ::close(pipe_ends[1]);
        // Reading a random number of acknowledgements is the random moment; no clock is needed.
        const std::uint64_t until = random() % 1'500;
        std::uint64_t pair[2];
        std::uint64_t highest = next_body;
        std::uint64_t count = 0;
        const auto take = [&] {
            EXPECT_GT(pair[1], 0u);
            acknowledged[pair[0]] = pair[1];
            highest = std::max(highest, pair[0]);
        };
        while (count++ < until && ::read(pipe_ends[0], pair, sizeof pair) == sizeof pair) take();
        ::kill(child, SIGKILL);
        while (::read(pipe_ends[0], pair, sizeof pair) == sizeof pair) take();
        ::close(pipe_ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << status;
        next_body = highest + 10'000;  // Unacknowledged bodies of this round are not sent again.

        auto journal = open();
        ASSERT_NE(journal, nullptr);
        EXPECT_TRUE(journal->status().damage.empty());
        std::map<std::uint64_t, std::uint64_t> found;
        std::uint64_t expected_seq = 1;
        for (const auto& row : all_rows(*journal, 4u << 20)) {
            ASSERT_EQ(row.seq, expected_seq++);
            for (std::size_t at = 0; (at = row.otlp.find('<', at)) != std::string::npos; ++at)
                if (const auto body = std::strtoull(&row.otlp[at + 1], nullptr, 10)) {
                    EXPECT_TRUE(found.emplace(body, row.seq).second) << "twice: " << body;
                }
        }
        for (const auto& [body, row] : acknowledged) ASSERT_EQ(found[body], row) << body;
    }
    EXPECT_GT(acknowledged.size(), 1'000u);
}

}  // namespace
}  // namespace plimsoll::store
