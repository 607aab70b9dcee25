#include "store/sqlite_state.h"

#include <gtest/gtest.h>

#include <fstream>

namespace plimsoll::store {
namespace {

namespace fs = std::filesystem;

struct SqliteStateTest : ::testing::Test {
    fs::path dir =
        fs::path(::testing::TempDir()) /
        (std::string("state-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    void SetUp() override { fs::remove_all(dir); }
    void TearDown() override { fs::remove_all(dir); }

    OpenedState open() {
        auto opened = open_sqlite_state({dir});
        EXPECT_TRUE(opened) << opened.error().what;
        return std::move(*opened);
    }
    static record::Key key(std::string id) {
        return {.id = std::move(id),
                .secret_hash = "ab12",
                .role = record::KeyRole::read,
                .note = "grafana",
                .created = 7};
    }
};

TEST_F(SqliteStateTest, keys_are_there_after_a_restart) {
    ASSERT_TRUE(open().state->add_key(key("k1")));
    const auto keys = open().state->keys();
    ASSERT_EQ(keys->size(), 1u);
    EXPECT_EQ(keys->front().id, "k1");
    EXPECT_EQ(keys->front().role, record::KeyRole::read);
    EXPECT_EQ(keys->front().note, "grafana");
    EXPECT_FALSE(keys->front().revoked);
}

TEST_F(SqliteStateTest, another_process_revokes_and_this_one_sees_it) {
    const auto server = open();
    ASSERT_TRUE(server.state->add_key(key("k1")));
    ASSERT_TRUE(open().state->revoke_key("k1"));
    EXPECT_TRUE(server.state->keys()->front().revoked);
    EXPECT_FALSE(server.state->revoke_key("k1")) << "twice";
    EXPECT_FALSE(server.state->revoke_key("k2")) << "unknown";
}

TEST_F(SqliteStateTest, a_configuration_is_remembered_once_by_its_content) {
    const auto opened = open();
    ASSERT_TRUE(opened.state->remember_configuration({"v1", "a: 1", 5}));
    ASSERT_TRUE(opened.state->remember_configuration({"v1", "a: 1", 9}));
    ASSERT_TRUE(opened.state->remember_configuration({"v2", "a: 2", 9}));
    const auto all = opened.state->configurations();
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ(all->front().first_used, 5);
}

TEST_F(SqliteStateTest, A21_a_damaged_state_is_set_aside_and_told_until_a_key_is_made) {
    ASSERT_TRUE(open().state->add_key(key("k1")));
    {
        std::ofstream file(dir / "state.db", std::ios::binary | std::ios::trunc);
        file << std::string(8192, 'x');
    }
    EXPECT_EQ(open().set_aside, "state.db.damaged-1");
    const auto again = open();
    EXPECT_EQ(again.set_aside, "state.db.damaged-1") << "still no key";
    EXPECT_TRUE(again.state->keys()->empty());
    ASSERT_TRUE(again.state->add_key(key("k2")));
    EXPECT_EQ(open().set_aside, "");
}

TEST_F(SqliteStateTest, A21_a_zeroed_page_in_the_middle_never_stops_the_start) {
    {
        const auto opened = open();
        for (int i = 0; i < 300; ++i)
            ASSERT_TRUE(opened.state->add_key(key("key-" + std::to_string(i))));
    }
    for (const std::size_t page : {0, 1, 2, 3, 5}) {
        fs::copy_file(dir / "state.db", dir / "good", fs::copy_options::overwrite_existing);
        {
            std::fstream file(dir / "state.db", std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(static_cast<std::streamoff>(page * 4096));
            file << std::string(4096, '\0');
        }
        EXPECT_TRUE(open_sqlite_state({dir})) << page;
        fs::copy_file(dir / "good", dir / "state.db", fs::copy_options::overwrite_existing);
        fs::remove(dir / "state.db-wal");
    }
}

}  // namespace
}  // namespace plimsoll::store
