/// The journal on bytes that changed under it: flipped, cut, zeroed. A21.
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <random>

#include "record/journal_testing.h"
#include "store/journal_file.h"
#include "store/sqlite_journal.h"

namespace plimsoll::store {
namespace {

namespace fs = std::filesystem;
using record::all_rows;
using record::append_and_wait;

constexpr UnixNanos noon = 1'767'614'400 * nanos_per_second;  // 2026-01-05T12:00:00Z

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// One journal of 60 rows, of which the last 30 lie in the log as after a kill -9.
class JournalDamage : public testing::Test {
  protected:
    static constexpr std::uint64_t rows = 60;

    void SetUp() override {
        // In memory where that can be: these faults need no real disk, and there are many rounds.
        std::string name = fs::exists("/dev/shm") ? "/dev/shm/journal-XXXXXX"
                                                  : fs::temp_directory_path() / "journal-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        root_ = name;
        std::mt19937_64 random(1);
        for (int half = 0; half < 2; ++half) {
            auto journal = open(root_ / "made");
            for (std::uint64_t i = 0; i < rows / 2; ++i) {
                std::string body = "<" + std::to_string(random()) + ">";
                for (std::uint64_t n = random() % 3 * 15'000; n > 0; --n)
                    body += static_cast<char>(random());
                const auto row = append_and_wait(*journal, body);
                ASSERT_TRUE(row.ok()) << row.error().what;
                bodies_[*row] = body;
            }
            file_ = read_file(root_ / "made/journal/2026-01-05.db");
            if (half == 1) log_ = read_file(root_ / "made/journal/2026-01-05.db-wal");
        }
        ASSERT_GT(file_.size(), 20 * journal_page_bytes);
        ASSERT_GT(log_.size(), 20 * journal_page_bytes);
    }
    void TearDown() override { fs::remove_all(root_); }

    std::unique_ptr<record::Journal> open(const fs::path& directory) {
        auto opened =
            open_sqlite_journal(clock_, {.data_dir = directory, .seq_at_least = bodies_.size()});
        if (opened) return std::move(*opened);
        ADD_FAILURE() << opened.error().what;
        return nullptr;
    }

    /// Opens a journal of these bytes. It must start, give back only rows as they were, say so if
    /// one is missing, and go on behind the numbers already given. The number of rows it still had.
    std::size_t survives(const std::string& file, const std::string& log) {
        const fs::path directory = root_ / "damaged";
        fs::remove_all(directory);
        fs::create_directories(directory / "journal");
        write_file(directory / "journal/2026-01-05.db", file);
        if (!log.empty()) write_file(directory / "journal/2026-01-05.db-wal", log);
        std::size_t found = 0;
        for (int start = 0; start < 2; ++start) {  // And it stays so.
            auto journal = open(directory);
            if (!journal) return 0;
            found = 0;
            std::uint64_t before = 0;
            for (const auto& row : all_rows(*journal, 100'000)) {
                EXPECT_GT(row.seq, before);
                before = row.seq;
                if (row.seq > rows) continue;
                EXPECT_TRUE(row.otlp == bodies_[row.seq]) << "row " << row.seq;
                ++found;
            }
            if (found < rows) {
                EXPECT_FALSE(journal->status().damage.empty());
            }
            const auto next = append_and_wait(*journal, "next");
            EXPECT_TRUE(next.ok()) << (next.ok() ? "" : next.error().what);
            if (next) {
                EXPECT_EQ(*next, rows + 1 + static_cast<std::uint64_t>(start));
                EXPECT_EQ((**journal->row(*next)).otlp, "next");
            }
        }
        return found;
    }

    record::TestClock clock_{noon};
    fs::path root_;
    std::map<std::uint64_t, std::string> bodies_;
    std::string file_, log_;
};

TEST_F(JournalDamage, none_is_reported_where_there_is_none) {
    EXPECT_EQ(survives(file_, log_), rows);
    auto journal = open(root_ / "damaged");
    EXPECT_TRUE(journal->status().damage.empty());
}

TEST_F(JournalDamage, a_flipped_bit_costs_the_rows_on_its_page) {
    std::mt19937_64 random(2);
    std::size_t worst = rows;
    for (int round = 0; round < 60 && !HasFailure(); ++round) {
        SCOPED_TRACE(round);
        std::string file = file_, log = log_;
        std::string& hit = round % 2 ? file : log;
        hit[random() % hit.size()] ^= static_cast<char>(1 << random() % 8);
        worst = std::min(worst, survives(file, log));
    }
    EXPECT_GE(worst, rows - 20);
}

TEST_F(JournalDamage, a_zeroed_page_costs_the_rows_on_it) {
    std::size_t worst = rows;
    for (std::size_t page = 0; page < file_.size() / journal_page_bytes && !HasFailure(); ++page) {
        SCOPED_TRACE(page);
        std::string file = file_;
        std::fill_n(file.begin() + static_cast<long>(page * journal_page_bytes), journal_page_bytes,
                    '\0');
        worst = std::min(worst, survives(file, log_));
    }
    EXPECT_GE(worst, rows - 20);
}

TEST_F(JournalDamage, a_zeroed_stretch_of_the_log_costs_what_stood_on_it) {
    std::size_t worst = rows;
    for (std::size_t at = 0; at + 4'096 < log_.size() && !HasFailure(); at += log_.size() / 25) {
        SCOPED_TRACE(at);
        std::string log = log_;
        std::fill_n(log.begin() + static_cast<long>(at), 4'096, '\0');
        worst = std::min(worst, survives(file_, log));
    }
    EXPECT_GE(worst, rows - 20);
}

TEST_F(JournalDamage, a_cut_file_or_log_keeps_what_is_before_the_cut) {
    std::mt19937_64 random(4);
    for (int round = 0; round < 30 && !HasFailure(); ++round) {
        SCOPED_TRACE(round);
        std::string file = file_, log = log_;
        std::string& hit = round % 2 ? file : log;
        hit.resize(round < 2 ? 0 : random() % hit.size());
        survives(file, log);
    }
}

TEST_F(JournalDamage, rows_are_saved_from_a_file_without_its_header) {
    std::string file = file_;
    std::fill_n(file.begin(), 100, '\xA5');
    EXPECT_EQ(survives(file, log_), rows);    // The log has a copy of the first page,
    EXPECT_EQ(survives(file, ""), rows / 2);  // and without it each row speaks for itself.
    EXPECT_TRUE(fs::exists(root_ / "damaged/journal/2026-01-05.db.damaged-1"));
}

TEST_F(JournalDamage, garbage_and_strangers_keep_nobody_from_starting) {
    EXPECT_EQ(survives("this is no database", ""), 0u);
    EXPECT_EQ(survives("", ""), 0u);
    EXPECT_EQ(survives(std::string(100'000, '\0'), std::string(100'000, '\xFF')), 0u);
    EXPECT_LE(survives(log_, file_), rows);
    const fs::path directory = root_ / "strangers";
    fs::create_directories(directory / "journal/2026-01-04.db");  // A directory.
    write_file(directory / "journal/notes.txt", "hello");
    write_file(directory / "journal/2026-01-05.db.new", "half");
    write_file(directory / "journal/2026-99-99.7.db", file_);
    EXPECT_NE(open(directory), nullptr);
}

}  // namespace
}  // namespace plimsoll::store
