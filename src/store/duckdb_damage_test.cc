/// The facts on bytes that changed under them: flipped, cut, zeroed, another file's. A21.
#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "store/duckdb_facts.h"

namespace plimsoll::store {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Facts of 600 interactions, of which the last 300 lie in the log as after a kill -9.
class FactsDamage : public testing::Test {
  protected:
    static constexpr std::size_t interactions = 600;

    void SetUp() override {
        std::string name = fs::exists("/dev/shm") ? "/dev/shm/facts-XXXXXX"
                                                  : fs::temp_directory_path() / "facts-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        root_ = name;
        std::mt19937_64 random(1);
        for (std::uint64_t half = 1; half <= 2; ++half) {
            auto opened = open_duckdb_facts({.data_dir = root_ / "made"});
            ASSERT_TRUE(opened.ok());
            record::FactsBatch batch;
            batch.applied_seq = half * 10;
            for (std::size_t i = 0; i < interactions / 2; ++i) {
                record::InteractionFact fact;
                for (std::uint8_t& byte : fact.trace.bytes)
                    byte = static_cast<std::uint8_t>(random());
                fact.start = static_cast<UnixNanos>(random() % 1'000'000);
                fact.question = "Where is parcel " + std::to_string(random()) + "?";
                fact.session = std::to_string(i / 3);
                fact.scores = {{"format", "json", "v1", 1.0}, {"cost", "budget", "v1", 0.0}};
                batch.interactions.push_back(std::move(fact));
            }
            ASSERT_TRUE(opened->facts->apply(batch).ok());
            if (half == 2) {
                file_ = read_file(root_ / "made/facts.duckdb");
                log_ = read_file(root_ / "made/facts.duckdb.wal");
            }
        }
        ASSERT_GT(file_.size(), 500'000u);
        ASSERT_GT(log_.size(), 10'000u);
    }
    void TearDown() override { fs::remove_all(root_); }

    /// Opens facts of these bytes: all there, or set aside and empty. True if they were all there.
    bool survives(const std::string& file, const std::string& log) {
        const fs::path directory = root_ / "damaged";
        fs::remove_all(directory);
        fs::create_directories(directory);
        write_file(directory / "facts.duckdb", file);
        if (!log.empty()) write_file(directory / "facts.duckdb.wal", log);
        auto opened = open_duckdb_facts({.data_dir = directory});
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        if (!opened) return false;
        const auto applied = opened->facts->applied_seq();
        const auto count = opened->facts->count({});
        const auto sums = opened->facts->score_sums({});
        EXPECT_TRUE(applied.ok() && count.ok() && sums.ok());
        if (!applied || !count || !sums) return false;
        if (!opened->set_aside.empty()) {
            EXPECT_THAT(opened->set_aside, testing::HasSubstr("facts.duckdb.damaged-1"));
            EXPECT_EQ(*applied, 0u);
            EXPECT_EQ(*count, 0u);
            EXPECT_TRUE(opened->facts->apply({{}, 3}).ok());
            return false;
        }
        // A log that lost its end is a shorter past, not a damage: position and rows agree.
        EXPECT_EQ(*count, *applied * interactions / 20);
        for (const auto& sum : *sums) EXPECT_EQ(sum.scored, *count);
        return *applied == 20;
    }

    fs::path root_;
    std::string file_, log_;
};

TEST_F(FactsDamage, whole_facts_are_kept) {
    EXPECT_TRUE(survives(file_, log_));
}

TEST_F(FactsDamage, a_flipped_bit) {
    std::mt19937_64 random(2);
    for (int round = 0; round < 24; ++round) {
        SCOPED_TRACE(round);
        std::string file = file_, log = log_;
        std::string& hit = round % 2 ? file : log;
        hit[random() % hit.size()] ^= static_cast<char>(1 << random() % 8);
        survives(file, log);
    }
}

TEST_F(FactsDamage, a_cut_file_or_log) {
    std::mt19937_64 random(3);
    for (int round = 0; round < 16; ++round) {
        SCOPED_TRACE(round);
        std::string file = file_, log = log_;
        std::string& hit = round % 2 ? file : log;
        hit.resize(round < 2 ? 1 : random() % hit.size());
        survives(file, log);
    }
}

TEST_F(FactsDamage, zeroed_pages) {
    for (std::size_t at = 0; at + 4'096 < file_.size(); at += file_.size() / 12) {
        SCOPED_TRACE(at);
        std::string file = file_;
        std::fill_n(file.begin() + static_cast<long>(at), 4'096, '\0');
        survives(file, log_);
    }
}

TEST_F(FactsDamage, garbage_and_other_versions) {
    EXPECT_FALSE(survives("this is no database", ""));
    EXPECT_FALSE(survives(std::string(1'000'000, '\xAA'), log_));
    std::string newer = file_;
    newer[12] = 99;  // DuckDB's storage version stands behind its checksum and "DUCK".
    EXPECT_FALSE(survives(newer, ""));
}

TEST_F(FactsDamage, a_note_of_damage_sets_aside_at_the_next_start) {
    write_file(root_ / "made/facts.duckdb.damaged-note", "checksum differs");
    auto opened = open_duckdb_facts({.data_dir = root_ / "made"});
    ASSERT_TRUE(opened.ok());
    EXPECT_THAT(opened->set_aside, testing::HasSubstr("checksum differs"));
    EXPECT_EQ(*opened->facts->applied_seq(), 0u);
    opened->facts.reset();
    EXPECT_EQ(open_duckdb_facts({.data_dir = root_ / "made"})->set_aside, "");
}

}  // namespace
}  // namespace plimsoll::store
