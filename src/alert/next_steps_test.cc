#include "alert/next_steps.h"

#include <gmock/gmock.h>

#include "alert/findings_for_test.h"
#include "alert/message.h"

namespace plimsoll::alert {
namespace {

using analyse::Trust;
using record::AlertEvent;
using record::AlertStep;
using record::Finding;
using record::Notification;
using record::Urgency;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A deployment whose clock the test turns; events add up as they would in state.db.
struct NextSteps : testing::Test {
    Policy team = policy();
    std::vector<Finding> findings{finding("f1")};
    std::vector<Standing> trust{standing(Trust::open), standing(Trust::open, "tone")};
    std::vector<AlertEvent> events;
    UnixNanos now = monday + 10 * hour;

    std::vector<Alert> alerts() const { return fold(events); }
    /// What happens now; then nothing more happens at the same moment.
    Steps step() {
        Steps steps = next_steps({alerts(), findings, trust, team, now});
        events.insert(events.end(), steps.events.begin(), steps.events.end());
        const Steps again = next_steps({alerts(), findings, trust, team, now});
        EXPECT_THAT(again.events, IsEmpty()) << to_word(again.events.front().step);
        return steps;
    }
    void person(AlertStep step, const std::string& by) {
        AlertEvent event;
        event.alert = alerts().front().id;
        event.time = now;
        event.step = step;
        event.by = by;
        Steps steps;
        add_step(alerts().front(), event, {alerts(), findings, trust, team, now}, steps);
        events.push_back(event);
        told = steps.notifications;
    }
    std::vector<Notification> told;
    Owner& rag_team() { return team.owners["rag-team"]; }
};

std::string said(const Steps& steps) {
    std::string text;
    for (const AlertEvent& event : steps.events)
        text += (text.empty() ? "" : " ") + std::string(to_word(event.step));
    return text;
}

std::string channels(const std::vector<Notification>& notifications) {
    std::string text;
    for (const Notification& one : notifications) text += (text.empty() ? "" : " ") + one.channel;
    return text;
}

TEST_F(NextSteps, a_finding_that_pages_asks_who_is_on_call_once) {
    const Steps steps = step();
    ASSERT_EQ(said(steps), "opened");
    EXPECT_EQ(steps.events[0].asked, "ana");
    EXPECT_EQ(steps.events[0].urgency, Urgency::page);
    EXPECT_FALSE(steps.events[0].critical);
    EXPECT_EQ(channels(steps.notifications), "hook chat");
    EXPECT_NE(steps.notifications[0].id, steps.notifications[1].id);
    EXPECT_EQ(steps.notifications[0].due, now);
    now += 5 * minute;
    findings[0].after = 0.885;  // The next run knows better; that is no news.
    EXPECT_EQ(said(step()), "");
}

TEST_F(NextSteps, a_closed_judge_reaches_nobody_until_labels_open_it) {
    trust = {standing(Trust::closed)};
    EXPECT_EQ(said(step()), "");
    now += day;
    trust = {standing(Trust::open)};
    EXPECT_EQ(said(step()), "opened");
}

TEST_F(NextSteps, a_provisional_judge_gives_a_ticket_that_nobody_is_woken_for) {
    trust = {standing(Trust::provisional)};
    const Steps steps = step();
    EXPECT_EQ(steps.events[0].urgency, Urgency::ticket);
    EXPECT_EQ(channels(steps.notifications), "hook chat");
    now += day;
    EXPECT_EQ(said(step()), "") << "tickets do not escalate";
    trust = {standing(Trust::open)};
    EXPECT_EQ(said(step()), "updated") << "now it is a page";
    EXPECT_EQ(alerts()[0].urgency, Urgency::page);
}

TEST_F(NextSteps, one_change_in_many_slices_is_one_alert_of_its_owner) {
    Finding german = finding("f2"), tone = finding("f3", "tone"), slow = finding("f4", "latency");
    german.slice = {{"language", "de"}};
    slow.kind = record::FindingKind::latency_drift;
    findings = {german, tone, findings[0], slow};
    const Steps steps = step();
    EXPECT_EQ(said(steps), "opened opened") << "latency is another team's";
    const auto all = alerts();
    EXPECT_EQ(all[0].owner, "platform-team");
    EXPECT_THAT(all[1].findings, ElementsAre("f1", "f3", "f2")) << "the widest speaks first";
}

TEST_F(NextSteps, later_slices_update_the_alert_and_wait_for_the_gap) {
    step();
    Finding german = finding("f2");
    german.slice = {{"language", "de"}};
    findings.push_back(german);
    now += 10 * minute;
    EXPECT_EQ(said(step()), "") << "it was told ten minutes ago";
    now += hour;
    const Steps steps = step();
    EXPECT_EQ(said(steps), "updated escalated");
    EXPECT_THAT(alerts()[0].findings, ElementsAre("f1", "f2"));
    EXPECT_EQ(alerts().size(), 1u);
}

TEST_F(NextSteps, nobody_acknowledges_the_next_is_asked_then_the_fallback_then_nobody) {
    step();
    now += 29 * minute;
    EXPECT_EQ(said(step()), "");
    now += minute;
    Steps steps = step();
    ASSERT_EQ(said(steps), "escalated");
    EXPECT_EQ(steps.events[0].asked, "bo");
    EXPECT_EQ(channels(steps.notifications), "hook chat");
    now += 30 * minute;
    steps = step();
    ASSERT_EQ(said(steps), "escalated");
    EXPECT_EQ(channels(steps.notifications), "director");
    now += 10 * day;
    EXPECT_EQ(said(step()), "");
}

TEST_F(NextSteps, who_acknowledged_ends_the_escalation_and_machines_hear_of_it) {
    step();
    now += 5 * minute;
    person(AlertStep::acknowledged, "bo");
    EXPECT_EQ(channels(told), "hook") << "the chat would only read it twice";
    EXPECT_EQ(alerts()[0].state, AlertState::acknowledged);
    now += day;
    EXPECT_EQ(said(step()), "");
}

TEST_F(NextSteps, nobody_is_woken_further_by_a_judge_that_lost_its_trust) {
    step();
    now += day;
    trust = {standing(Trust::closed)};
    EXPECT_EQ(said(step()), "");
}

TEST_F(NextSteps, quiet_hours_defer_and_the_patience_begins_when_they_end) {
    using namespace std::chrono_literals;
    rag_team().quiet = QuietHours{.from = 22h, .to = 7h};
    now = monday + 23 * hour;
    const Steps steps = step();
    EXPECT_EQ(steps.notifications[0].due, monday + 31 * hour);
    now = monday + 31 * hour + 29 * minute;
    EXPECT_EQ(said(step()), "");
    now += minute;
    EXPECT_EQ(said(step()), "escalated");
}

TEST_F(NextSteps, what_is_critical_breaks_through) {
    using namespace std::chrono_literals;
    rag_team().quiet = QuietHours{.from = 22h, .to = 7h};
    now = monday + 23 * hour;
    step();
    findings[0].change = -0.10;
    const Steps steps = step();
    ASSERT_EQ(said(steps), "updated") << "it grew: no gap is kept";
    EXPECT_TRUE(steps.events[0].critical);
    EXPECT_EQ(steps.notifications[0].due, now);
    rag_team().quiet->critical_breaks_through = false;
    events.clear();
    EXPECT_EQ(step().notifications[0].due, monday + 31 * hour);
}

TEST_F(NextSteps, latency_is_critical_by_its_share) {
    Finding slow = finding("f9", "latency");
    slow.kind = record::FindingKind::latency_drift;
    slow.before = 1'000;
    slow.change = 499;  // 5 x 0.10 of 1000 ms
    findings = {slow};
    EXPECT_FALSE(step().events[0].critical);
    findings[0].change = 500;
    EXPECT_EQ(said(step()), "updated");
}

TEST_F(NextSteps, recovery_is_told_and_what_comes_again_is_the_same_alert) {
    step();
    now += day;
    findings[0].ended = now;
    Steps steps = step();
    EXPECT_EQ(said(steps), "recovered");
    EXPECT_EQ(channels(steps.notifications), "hook chat");
    EXPECT_EQ(alerts()[0].state, AlertState::recovered);
    now += day;
    findings[0].ended.reset();
    EXPECT_EQ(said(step()), "reopened");
    EXPECT_EQ(alerts().size(), 1u);
    EXPECT_EQ(alerts()[0].escalations, 0u);
}

TEST_F(NextSteps, a_decision_ends_it_and_the_same_change_is_not_told_anew) {
    step();
    now += hour;
    person(AlertStep::decided, "ana");
    Finding late = finding("f2");
    late.slice = {{"language", "de"}};
    findings.push_back(late);
    now += day;
    EXPECT_EQ(said(step()), "") << "a slice of the change that was decided on";
    findings[1] = finding("f3", "faithfulness", now);
    now += hour;
    EXPECT_EQ(said(step()), "opened") << "another change";
    findings[0].ended = now;
    EXPECT_EQ(said(step()), "recovered") << "the decision helped";
    EXPECT_EQ(alerts()[0].state, AlertState::decided);
}

TEST_F(NextSteps, improvements_are_told_once_and_ask_nobody) {
    findings[0].worse = false;
    findings[0].after = 0.97;
    const Steps steps = step();
    ASSERT_EQ(said(steps), "opened");
    EXPECT_EQ(steps.events[0].urgency, Urgency::note);
    EXPECT_EQ(steps.events[0].asked, "");
    now += 2 * day;
    EXPECT_EQ(said(step()), "");
}

TEST_F(NextSteps, a_dimension_that_pages_nobody_is_shown) {
    findings[0].dimension = "format";
    trust = {standing(Trust::open, "format")};
    const Steps steps = step();
    EXPECT_EQ(said(steps), "opened");
    EXPECT_EQ(steps.events[0].urgency, Urgency::silent);
    EXPECT_THAT(steps.notifications, IsEmpty());
}

TEST_F(NextSteps, what_belongs_to_no_dimension_has_an_owner_too) {
    findings[0] = finding("f1", "");
    findings[0].kind = record::FindingKind::coverage_gap;
    EXPECT_EQ(step().events[0].owner, "platform-team");
}

TEST_F(NextSteps, a_message_says_all_a_person_needs_and_survives_the_disk) {
    findings[0].slice = {{"category", "billing"}};
    findings[0].says = "Faithfulness of billing answers fell after prompt v8.";
    const auto message = message_from_json(step().notifications[0].message);
    ASSERT_TRUE(message.ok());
    const Alert alert = alerts()[0];
    EXPECT_EQ(message->headline,
              "faithfulness fell from 0.94 to 0.89 in support (category = billing)");
    EXPECT_EQ(message->what, "Faithfulness of billing answers fell after prompt v8.");
    EXPECT_EQ(message->where, "support, where category = billing");
    EXPECT_EQ(message->since,
              "2026-01-05T00:00:00.000Z (between 2026-01-04T23:00:00.000Z and "
              "2026-01-05T01:00:00.000Z)");
    EXPECT_EQ(message->why,
              "prompt from v7 to v8, probability 0.93, its part -0.05 (-0.07 to -0.03)");
    EXPECT_EQ(message->how_sure,
              "change -0.05 (95% interval -0.07 to -0.03), 4000 sessions before and 900 after; 1.2 "
              "times the evidence that pages");
    EXPECT_EQ(message->who, "ana (on call for rag-team)");
    EXPECT_THAT(message->to_do, HasSubstr("plimsoll alerts ack " + alert.id));
    EXPECT_EQ(message->command, "plimsoll reproduce " + alert.id + " --out DIR");
    EXPECT_EQ(message->link, "https://plimsoll.example.org/alerts/" + alert.id);
    EXPECT_TRUE(message->active);
    EXPECT_EQ(message->slice.at("category"), "billing");
    EXPECT_EQ(to_json(*message), to_json(*message_from_json(to_json(*message))));
}

}  // namespace
}  // namespace plimsoll::alert
