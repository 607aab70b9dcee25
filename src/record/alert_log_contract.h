/// alert_log_contract.h: what every store of alerts must do, as tests. An implementation
/// instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, AlertLogContract, testing::Values(AlertLogMaker{…}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "record/alert_log.h"

namespace plimsoll::record {

/// Opens the log that lives in a directory; called again after the last one was closed.
struct AlertLogMaker {
    std::function<std::unique_ptr<AlertLog>(const std::filesystem::path&)> open;
};

class AlertLogContract : public testing::TestWithParam<AlertLogMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "alerts-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        open();
    }
    void TearDown() override {
        log_.reset();
        std::filesystem::remove_all(directory_);
    }
    void open() {
        log_.reset();
        log_ = GetParam().open(directory_);
        ASSERT_NE(log_, nullptr);
    }
    static AlertEvent event(const std::string& alert, AlertStep step, UnixNanos time) {
        AlertEvent event;
        event.alert = alert;
        event.step = step;
        event.time = time;
        return event;
    }
    /// Due when it is made, unless told otherwise.
    static Notification notification(const std::string& id, const std::string& alert,
                                     UnixNanos created, UnixNanos due = 0, UnixNanos repeat = 0) {
        return {.id = id,
                .alert = alert,
                .channel = "hook",
                .step = AlertStep::opened,
                .created = created,
                .due = std::max(created, due),
                .message = "{}",
                .repeat = repeat};
    }
    void append(const std::vector<AlertEvent>& events, const std::vector<Notification>& out) {
        const auto done = log_->append(events, out);
        ASSERT_TRUE(done.ok()) << done.error().what;
    }
    void settle(const std::string& id, const Attempt& attempt) {
        ASSERT_TRUE(log_->settle(id, attempt).ok());
    }
    /// "id id" of what is due.
    std::string due(UnixNanos now) {
        std::string ids;
        const auto due = log_->due("hook", now);
        EXPECT_TRUE(due.ok());
        if (!due) return "";
        for (const Outgoing& one : *due) ids += (ids.empty() ? "" : " ") + one.notification.id;
        return ids;
    }
    Outgoing outgoing(const std::string& id) {
        const auto all = log_->outgoing("");
        for (const Outgoing& one : *all)
            if (one.notification.id == id) return one;
        ADD_FAILURE() << "no notification " << id;
        return {};
    }
    std::filesystem::path directory_;
    std::unique_ptr<AlertLog> log_;
};

TEST_P(AlertLogContract, an_event_is_read_back_whole) {
    AlertEvent whole = event("a1", AlertStep::opened, 1'767'571'200'123'000'001);
    whole.says = "tone fell; — naïve '; DROP TABLE alert_events; --";
    whole.owner = "team";
    whole.urgency = Urgency::page;
    whole.critical = true;
    whole.findings = {"f1", "f\"2"};
    whole.asked = "ana";
    whole.told = 7;
    whole.channels = {"hook", "mail"};
    AlertEvent decided = event("a1", AlertStep::decided, 9);
    decided.by = "bo";
    decided.decision = "roll_back";
    decided.link = "https://example.org/1";
    append({whole, decided}, {});
    open();
    const auto events = log_->events();
    ASSERT_TRUE(events.ok());
    ASSERT_EQ(events->size(), 2u);
    const AlertEvent& one = (*events)[0];
    EXPECT_EQ(one.seq, 1u);
    EXPECT_EQ(one.time, whole.time);
    EXPECT_EQ(one.step, AlertStep::opened);
    EXPECT_EQ(one.says, whole.says);
    EXPECT_EQ(one.owner, "team");
    EXPECT_EQ(one.urgency, Urgency::page);
    EXPECT_TRUE(one.critical);
    EXPECT_EQ(one.findings, whole.findings);
    EXPECT_EQ(one.asked, "ana");
    EXPECT_EQ(one.told, 7);
    EXPECT_EQ(one.channels, whole.channels);
    EXPECT_EQ((*events)[1].by, "bo");
    EXPECT_EQ((*events)[1].decision, "roll_back");
    EXPECT_EQ((*events)[1].link, "https://example.org/1");
}

TEST_P(AlertLogContract, what_is_to_be_told_outlives_the_process_until_a_channel_said_yes) {
    append({event("a1", AlertStep::opened, 1)}, {notification("n1", "a1", 1)});
    open();
    EXPECT_EQ(due(1), "n1");
    settle("n1", {.state = Delivery::pending, .time = 2, .next = 5, .error = "no answer"});
    open();
    EXPECT_EQ(due(4), "");
    EXPECT_EQ(due(5), "n1");
    EXPECT_EQ(outgoing("n1").attempts, 1u);
    EXPECT_EQ(outgoing("n1").error, "no answer");
    EXPECT_EQ(log_->pending()->at("hook"), 1u);
    settle("n1", {.state = Delivery::delivered, .time = 6});
    EXPECT_EQ(due(100), "");
    EXPECT_EQ(outgoing("n1").state, Delivery::delivered);
    EXPECT_EQ(outgoing("n1").delivered, 6);
    EXPECT_TRUE(log_->pending()->empty());
}

TEST_P(AlertLogContract, of_one_alert_a_channel_hears_things_in_their_order) {
    append({}, {notification("n1", "a1", 1), notification("n2", "a2", 1)});
    append({}, {notification("n3", "a1", 2)});
    settle("n1", {.state = Delivery::pending, .time = 2, .next = 50, .error = "503"});
    EXPECT_EQ(due(10), "n2") << "n3 waits for n1";
    settle("n1", {.state = Delivery::delivered, .time = 50});
    EXPECT_EQ(due(60), "n2 n3");
}

TEST_P(AlertLogContract, what_was_deferred_is_superseded_by_newer_words) {
    append({}, {notification("night", "a1", 10, 100), notification("other", "a2", 10, 100)});
    append({}, {notification("later", "a1", 20, 100)});
    EXPECT_EQ(outgoing("night").state, Delivery::superseded);
    EXPECT_EQ(due(100), "other later");
    append({}, {notification("day", "a1", 200)});
    EXPECT_EQ(due(200), "other later") << "what is due already is told";
}

TEST_P(AlertLogContract, what_repeats_does_so_until_newer_words) {
    append({}, {notification("n1", "a1", 1, 1, 60)});
    settle("n1", {.state = Delivery::pending, .time = 2, .next = 62});
    EXPECT_EQ(due(61), "");
    EXPECT_EQ(due(62), "n1");
    EXPECT_EQ(outgoing("n1").delivered, 2);
    append({}, {notification("n2", "a1", 70)});
    EXPECT_EQ(due(100), "n2");
    settle("n1", {.state = Delivery::pending, .time = 71, .next = 131});
    EXPECT_EQ(due(200), "n2") << "an attempt that was under way does not bring it back";
}

TEST_P(AlertLogContract, the_same_notification_twice_is_one) {
    append({}, {notification("n1", "a1", 1)});
    settle("n1", {.state = Delivery::delivered, .time = 2});
    append({}, {notification("n1", "a1", 1)});
    EXPECT_EQ(due(100), "");
    EXPECT_EQ(log_->outgoing("a1")->size(), 1u);
    EXPECT_EQ(log_->outgoing("a2")->size(), 0u);
}

}  // namespace plimsoll::record
