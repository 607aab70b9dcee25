/// state_contract.h: what every State must do, as tests. An implementation instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, StateContract, testing::Values(StateMaker{…}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "record/state.h"

namespace plimsoll::record {

/// Opens the state that lives in a directory; called again after the last one was closed.
struct StateMaker {
    std::function<std::unique_ptr<State>(const std::filesystem::path&)> open;
};

class StateContract : public testing::TestWithParam<StateMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "state-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        open();
    }
    void TearDown() override {
        state_.reset();
        std::filesystem::remove_all(directory_);
    }
    void open() {
        state_.reset();
        state_ = GetParam().open(directory_);
        ASSERT_NE(state_, nullptr);
    }
    std::filesystem::path directory_;
    std::unique_ptr<State> state_;
};

TEST_P(StateContract, keys_are_kept_in_the_order_they_were_made) {
    ASSERT_TRUE(state_->add_key({"b", "aa11", KeyRole::admin, "for ana", 2}).ok());
    ASSERT_TRUE(state_->add_key({"a", "bb22", KeyRole::ingest, "", 3}).ok());
    open();
    const auto keys = state_->keys();
    ASSERT_TRUE(keys.ok());
    ASSERT_EQ(keys->size(), 2u);
    EXPECT_EQ((*keys)[0].id, "b");
    EXPECT_EQ((*keys)[0].secret_hash, "aa11");
    EXPECT_EQ((*keys)[0].role, KeyRole::admin);
    EXPECT_EQ((*keys)[0].note, "for ana");
    EXPECT_FALSE((*keys)[0].revoked);
    EXPECT_EQ((*keys)[1].role, KeyRole::ingest);
}

TEST_P(StateContract, an_id_is_given_once) {
    ASSERT_TRUE(state_->add_key({"a", "11", KeyRole::read}).ok());
    EXPECT_FALSE(state_->add_key({"a", "22", KeyRole::admin}).ok());
    EXPECT_EQ((*state_->keys())[0].secret_hash, "11");
}

TEST_P(StateContract, a_revoked_key_stays_revoked) {
    ASSERT_TRUE(state_->add_key({"a", "11", KeyRole::read}).ok());
    EXPECT_TRUE(state_->revoke_key("a").ok());
    EXPECT_FALSE(state_->revoke_key("'; DROP TABLE keys; --").ok());  // A11
    open();
    ASSERT_EQ(state_->keys()->size(), 1u);
    EXPECT_TRUE((*state_->keys())[0].revoked);
}

TEST_P(StateContract, a_configuration_is_remembered_with_its_first_use) {
    ASSERT_TRUE(state_->remember_configuration({"v1", "dimensions: {}", 10}).ok());
    ASSERT_TRUE(state_->remember_configuration({"v0", "…", 5}).ok());
    ASSERT_TRUE(state_->remember_configuration({"v1", "dimensions: {}", 99}).ok());
    open();
    const auto versions = state_->configurations();
    ASSERT_EQ(versions->size(), 2u);
    EXPECT_EQ((*versions)[0].version, "v0");
    EXPECT_EQ((*versions)[1].first_used, 10);
    EXPECT_EQ((*versions)[1].text, "dimensions: {}");
}

}  // namespace plimsoll::record
