#include "app/access.h"

#include <gtest/gtest.h>

namespace plimsoll::app {
namespace {

using record::KeyRole;

class FakeState : public record::State {
  public:
    Result<Done> add_key(const record::Key& key) override {
        list.push_back(key);
        return Done{};
    }
    Result<std::vector<record::Key>> keys() override { return list; }
    Result<Done> revoke_key(const std::string& id) override {
        for (auto& key : list)
            if (key.id == id) key.revoked = true;
        return Done{};
    }
    Result<Done> remember_configuration(const record::ConfigurationVersion&) override {
        return Done{};
    }
    Result<std::vector<record::ConfigurationVersion>> configurations() override {
        return std::vector<record::ConfigurationVersion>{};
    }
    std::vector<record::Key> list;
};

struct SetClock : Clock {
    UnixNanos now() const override { return time; }
    UnixNanos time = 1'000 * nanos_per_second;
};

struct AccessTest : ::testing::Test {
    FakeState state;
    SetClock clock;
};

TEST_F(AccessTest, without_any_key_loopback_is_open) {
    Access access(state, clock, false);
    EXPECT_FALSE(access.required());
    EXPECT_TRUE(access.allows("", KeyRole::admin));
}

TEST_F(AccessTest, A18_the_first_key_shuts_every_door_to_those_without_one) {
    Access access(state, clock, false);
    const NewKey ingest = make_key(KeyRole::ingest, "collector", clock.now());
    ASSERT_TRUE(state.add_key(ingest.key));
    EXPECT_TRUE(access.required());
    EXPECT_FALSE(access.allows("", KeyRole::ingest));
    EXPECT_TRUE(access.allows("Bearer " + ingest.secret, KeyRole::ingest));
    EXPECT_TRUE(access.allows(ingest.secret, KeyRole::ingest));
    EXPECT_FALSE(access.allows(ingest.secret, KeyRole::read)) << "an ingest key reads nothing";
    EXPECT_FALSE(access.allows(ingest.secret, KeyRole::admin));
}

TEST_F(AccessTest, A18_a_damaged_state_does_not_open_the_door) {
    Access access(state, clock, true);
    EXPECT_TRUE(access.required());
    EXPECT_FALSE(access.allows("", KeyRole::read));
}

TEST_F(AccessTest, a_revoked_key_ends_within_a_second) {
    Access access(state, clock, false);
    const NewKey admin = make_key(KeyRole::admin, "", clock.now());
    const NewKey read = make_key(KeyRole::read, "", clock.now());
    ASSERT_TRUE(state.add_key(admin.key));
    ASSERT_TRUE(state.add_key(read.key));
    EXPECT_TRUE(access.allows(admin.secret, KeyRole::read)) << "admin may do all";
    ASSERT_TRUE(state.revoke_key(read.key.id));
    clock.time += nanos_per_second;
    EXPECT_FALSE(access.allows(read.secret, KeyRole::read));
}

TEST_F(AccessTest, who_labels_may_read) {
    Access access(state, clock, false);
    const NewKey label = make_key(KeyRole::label, "annotators", clock.now());
    ASSERT_TRUE(state.add_key(label.key));
    EXPECT_TRUE(access.allows(label.secret, KeyRole::label));
    EXPECT_TRUE(access.allows(label.secret, KeyRole::read));
    EXPECT_FALSE(access.allows(label.secret, KeyRole::ingest));
    EXPECT_FALSE(access.allows(label.secret, KeyRole::admin));
}

TEST_F(AccessTest, the_secret_itself_is_not_stored) {
    const NewKey made = make_key(KeyRole::read, "", clock.now());
    EXPECT_EQ(made.key.secret_hash.size(), 64u);
    EXPECT_EQ(made.key.secret_hash.find(made.secret.substr(18)), std::string::npos);
    EXPECT_NE(make_key(KeyRole::read, "", clock.now()).secret, made.secret);
}

}  // namespace
}  // namespace plimsoll::app
