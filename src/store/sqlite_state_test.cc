#include "store/sqlite_state.h"

#include <fstream>
#include <random>

#include "record/state_contract.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, StateContract,
                         testing::Values(StateMaker{[](const std::filesystem::path& directory) {
                             auto opened = store::open_sqlite_state({.data_dir = directory});
                             EXPECT_TRUE(opened.ok() && opened->set_aside.empty());
                             return opened ? std::move(opened->state) : nullptr;
                         }}));

}  // namespace plimsoll::record

namespace plimsoll::store {
namespace {

class SqliteStateTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "state-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        options_.data_dir = name;
        path_ = options_.data_dir / "state.db";
    }
    void TearDown() override { std::filesystem::remove_all(options_.data_dir); }
    OpenedState open() {
        auto opened = open_sqlite_state(options_);
        if (opened) return std::move(*opened);
        ADD_FAILURE() << opened.error().what;
        return {};
    }
    void make_with_a_key() {
        ASSERT_TRUE(open().state->add_key({"a", "11", record::KeyRole::admin}).ok());
    }
    SqliteStateOptions options_;
    std::filesystem::path path_;
};

TEST_F(SqliteStateTest, lost_keys_do_not_open_the_door) {  // A18, A21
    make_with_a_key();
    std::ofstream(path_, std::ios::trunc) << "this is no database, and never was one";
    auto opened = open();
    EXPECT_THAT(opened.set_aside, testing::HasSubstr("state.db.damaged-1"));
    EXPECT_TRUE(opened.keys_may_be_lost);
    EXPECT_TRUE(opened.state->keys()->empty());
    opened.state.reset();
    EXPECT_TRUE(open().keys_may_be_lost);  // Still so at the next start.
    ASSERT_TRUE(open().state->add_key({"b", "22", record::KeyRole::admin}).ok());
    EXPECT_FALSE(open().keys_may_be_lost);  // Until someone makes a key.
    EXPECT_NE(open().set_aside, "");
}

TEST_F(SqliteStateTest, a_state_of_a_newer_version_is_refused_and_left_alone) {
    make_with_a_key();
    // user_version is the big-endian word at byte 60 of the file (sqlite.org/fileformat2.html).
    std::fstream(path_, std::ios::in | std::ios::out | std::ios::binary).seekp(63).put(99);
    const auto opened = open_sqlite_state(options_);
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().what, testing::HasSubstr("newer Plimsoll"));
    EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SqliteStateTest, no_damage_keeps_it_from_starting) {  // A21
    make_with_a_key();
    std::ifstream file(path_, std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(file)), {});
    std::mt19937_64 random(3);
    for (int round = 0; round < 120; ++round) {
        std::string bytes = whole;
        if (round % 3 == 0)
            bytes.resize(random() % whole.size());
        else if (round % 3 == 1)
            bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
        else
            std::fill_n(
                bytes.begin() + static_cast<long>(random() % (bytes.size() / 4'096)) * 4'096, 4'096,
                '\0');
        std::filesystem::remove_all(options_.data_dir);
        std::filesystem::create_directories(options_.data_dir);
        std::ofstream(path_, std::ios::binary) << bytes;
        const auto opened = open_sqlite_state(options_);
        if (!opened) {  // Only a flipped schema version may say so: that protects a newer file.
            EXPECT_THAT(opened.error().what, testing::HasSubstr("newer Plimsoll"));
            continue;
        }
        const auto keys = opened->state->keys();
        ASSERT_TRUE(keys.ok());
        // Either the key is there, or it is said that keys may be missing. An empty file is one
        // that a crash kept from being begun, and so never held a key.
        EXPECT_TRUE(!keys->empty() || bytes.empty() || opened->keys_may_be_lost) << round;
    }
}

}  // namespace
}  // namespace plimsoll::store
