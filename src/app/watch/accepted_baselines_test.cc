#include "app/watch/accepted_baselines.h"

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/sqlite_alert_log.h"
#include "store/sqlite_findings.h"
#include "store/sqlite_state.h"

namespace plimsoll::app {
namespace {

namespace fs = std::filesystem;
using record::AlertStep;

TEST(AcceptedBaselines, are_those_of_alerts_whose_last_decision_accepts) {
    const fs::path data = fs::temp_directory_path() / fmt::format("plimsoll-accepted-{}", getpid());
    fs::remove_all(data);
    ASSERT_TRUE(store::open_sqlite_state({.data_dir = data}));
    auto alerts = store::open_sqlite_alert_log(data / "state.db");
    auto findings = store::open_sqlite_findings(data / "state.db");
    ASSERT_TRUE(alerts && findings);
    record::Finding tone{
        .id = "a", .dimension = "tone", .service = "shop", .since = 1'767'600'000'000'000'000};
    record::Finding cost{
        .id = "b", .dimension = "cost", .service = "shop", .since = 1'767'700'000'000'000'000};
    ASSERT_TRUE((*findings)->put({tone, cost}));
    const auto decided = [](const char* alert, const char* decision) {
        return record::AlertEvent{
            .alert = alert, .time = 2000, .step = AlertStep::decided, .decision = decision};
    };
    const std::vector<record::AlertEvent> events{
        {.alert = "1", .time = 1000, .step = AlertStep::opened, .findings = {"a"}},
        {.alert = "2", .time = 1000, .step = AlertStep::opened, .findings = {"b", "gone"}},
        decided("1", "accept_baseline"),
        decided("2", "accept_baseline"),
        decided("2", "roll_back")};  // Thought better of.
    ASSERT_TRUE((*alerts)->append(events, {}));
    const auto accepted = accepted_baselines(**alerts, **findings);
    ASSERT_TRUE(accepted);
    ASSERT_EQ(accepted->size(), 1u);
    EXPECT_EQ(accepted->front().dimension, "tone");
    EXPECT_EQ(accepted->front().service, "shop");
    EXPECT_EQ(accepted->front().since, 1'767'600'000'000'000'000);
    fs::remove_all(data);
}

}  // namespace
}  // namespace plimsoll::app
