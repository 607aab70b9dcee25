#include "analyse/calibration/due.h"

#include <gmock/gmock.h>

namespace plimsoll::analyse {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr UnixNanos day = 86'400 * nanos_per_second, now = 1'000 * day;

struct Due : testing::Test {
    std::vector<EvaluatorReport> evaluators{
        {.name = {"tone", "kind", "judge", "kind@1", "r1"}, .trust = {.due = now + 60 * day}},
        {.name = {"format", "json", "check", "json@1", ""}}};
    std::vector<record::TrustEvent> steps;
    std::vector<DecisionMade> decisions;
    std::vector<record::Finding> findings;
    DueMaterial material{.now = now,
                         .evaluators = evaluators,
                         .steps = steps,
                         .decisions = decisions,
                         .findings = findings};

    void find(const std::string& id) {
        record::Finding finding;
        finding.id = id;
        finding.dimension = "tone";
        finding.found = now - day;
        findings.push_back(finding);
    }
    void step(record::TrustStep what, UnixNanos time) {
        steps.push_back({.time = time, .dimension = "tone", .evaluator = "kind", .step = what});
    }
    static TraceId trace(std::uint8_t number) {
        TraceId id;
        id.bytes[15] = number;
        return id;
    }
};

TEST_F(Due, nothing_is_due_where_all_is_well) {
    EXPECT_THAT(due_items(material), IsEmpty());
}

TEST_F(Due, a_judge_is_due_a_week_before_its_labels_have_faded) {
    evaluators[0].trust.due = now + 8 * day;
    EXPECT_THAT(due_items(material), IsEmpty());
    evaluators[0].trust.due = now + 6 * day;
    const auto items = due_items(material);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].kind, DueKind::recalibrate);
    EXPECT_EQ(items[0].due, now + 6 * day);
    evaluators[0].trust.due.reset();
    EXPECT_EQ(due_items(material)[0].due, now);
    evaluators[0].suspended = now - 3 * day;
    EXPECT_EQ(due_items(material)[0].due, now - 3 * day);
}

TEST_F(Due, a_decision_to_recalibrate_stands_until_labels_decided) {
    find("f1");
    decisions.push_back({now - 5 * day, "recalibrate", "ana", {"f1"}});
    step(record::TrustStep::labels, now - 6 * day);
    const auto items = due_items(material);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_THAT(items[0].why, HasSubstr("ana decided to recalibrate"));
    step(record::TrustStep::labels, now - 4 * day);
    EXPECT_THAT(due_items(material), IsEmpty());
}

TEST_F(Due, a_decision_to_revise_the_rubric_stands_until_there_is_a_new_version) {
    find("f1");
    decisions.push_back({now - 5 * day, "revise_rubric", "bo", {"f1"}});
    EXPECT_EQ(due_items(material)[0].kind, DueKind::refresh_rubric);
    findings[0].evaluator = "another";
    EXPECT_THAT(due_items(material), IsEmpty()) << "it was about another evaluator";
    findings[0].evaluator = "kind";
    step(record::TrustStep::new_version, now - day);
    EXPECT_THAT(due_items(material), IsEmpty());
    evaluators[0].trust.agreement.blocked = true;
    EXPECT_THAT(due_items(material)[0].why, HasSubstr("people who label under it disagree"));
}

TEST_F(Due, failures_that_no_dataset_holds_are_proposed_until_they_are_in_or_dismissed) {
    find("f1");
    findings[0].worst = {trace(1), trace(2), trace(3)};
    material.collected = {trace(2)};
    auto items = due_items(material);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].kind, DueKind::add_failures);
    EXPECT_THAT(items[0].interactions, testing::ElementsAre(trace(1), trace(3)));
    decisions.push_back({now, "not_a_problem", "ana", {"f1"}});
    EXPECT_THAT(due_items(material), IsEmpty());
    decisions.clear();
    material.collected = {trace(1), trace(2), trace(3)};
    EXPECT_THAT(due_items(material), IsEmpty());
    material.collected.clear();
    findings[0].kind = record::FindingKind::latency_drift;
    EXPECT_THAT(due_items(material), IsEmpty());
    findings[0].kind = record::FindingKind::score_drift;
    findings[0].worse = false;
    EXPECT_THAT(due_items(material), IsEmpty());
}

TEST_F(Due, a_slice_with_traffic_and_few_examples_is_proposed) {
    material.traffic = {{"language", "en", 700}, {"language", "de", 260}, {"language", "fr", 40}};
    EXPECT_THAT(due_items(material), IsEmpty()) << "nobody collects examples here";
    material.examples = {{{"language", "en"}, 95}, {{"language", "de"}, 5}};
    const auto items = due_items(material);
    ASSERT_EQ(items.size(), 1u) << "French is 4% of the traffic";
    EXPECT_EQ(items[0].slice.at("language"), "de");
    EXPECT_EQ(items[0].examples, 21u);  // 26% of 100, less the five there are.
    EXPECT_THAT(items[0].why, HasSubstr("26% of the traffic"));
    material.examples[{"language", "de"}] = 7;  // A quarter of 26% of 102.
    EXPECT_THAT(due_items(material), IsEmpty());
}

TEST(Decisions, are_about_the_findings_their_alert_had_then) {
    using record::AlertStep;
    const auto event = [](std::string alert, AlertStep step, std::vector<std::string> findings) {
        record::AlertEvent one;
        one.alert = std::move(alert);
        one.step = step;
        one.findings = std::move(findings);
        return one;
    };
    std::vector<record::AlertEvent> events{
        event("a", AlertStep::opened, {"f1"}), event("b", AlertStep::opened, {"f9"}),
        event("a", AlertStep::updated, {"f1", "f2"}), event("a", AlertStep::decided, {})};
    events.back().decision = "recalibrate";
    const auto decisions = decisions_of(events);
    ASSERT_EQ(decisions.size(), 1u);
    EXPECT_EQ(decisions[0].decision, "recalibrate");
    EXPECT_THAT(decisions[0].findings, testing::ElementsAre("f1", "f2"));
}

}  // namespace
}  // namespace plimsoll::analyse
