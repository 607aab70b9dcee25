#include "alert/standing.h"

#include <gmock/gmock.h>

#include "alert/findings_for_test.h"

namespace plimsoll::alert {
namespace {

using analyse::Trust;
using record::FindingKind;
using record::Urgency;
using testing::HasSubstr;

Passage pass(const record::Finding& finding, std::vector<Standing> standings) {
    return passage(finding, standings);
}

TEST(Passage, only_an_open_judge_pages) {
    EXPECT_EQ(pass(finding("f"), {standing(Trust::open)}).urgency, Urgency::page);
    const Passage provisional = pass(finding("f"), {standing(Trust::provisional)});
    EXPECT_EQ(provisional.urgency, Urgency::ticket);
    EXPECT_FALSE(provisional.withheld);
    const Passage closed = pass(finding("f"), {standing(Trust::closed)});
    EXPECT_EQ(closed.urgency, Urgency::silent);
    EXPECT_TRUE(closed.withheld);
    EXPECT_EQ(closed.evaluator, "judge");
    EXPECT_EQ(closed.labels_missing, 120u);
    EXPECT_THAT(closed.why, HasSubstr("judge is closed: P = 0.58 with 40 labels"));
}

TEST(Passage, what_nobody_knows_is_not_trusted) {
    EXPECT_TRUE(pass(finding("f"), {}).withheld);
    Standing old = standing(Trust::open);
    old.version = "v1";
    record::Finding newer = finding("f");
    newer.version = "v2";
    EXPECT_TRUE(pass(newer, {old}).withheld) << "trust is not inherited by another version";
}

TEST(Passage, a_dimension_is_as_trusted_as_its_least_trusted_evaluator) {
    record::Finding lowest = finding("f");
    lowest.evaluator = "";
    Standing check = standing(Trust::open);
    check.evaluator = "json_schema";
    EXPECT_EQ(pass(lowest, {check}).urgency, Urgency::page);
    EXPECT_EQ(pass(lowest, {check, standing(Trust::provisional)}).urgency, Urgency::ticket);
    EXPECT_TRUE(pass(lowest, {standing(Trust::closed), check}).withheld);
}

TEST(Passage, what_concerns_no_evaluator_needs_none) {
    record::Finding slow = finding("f", "latency");
    slow.kind = FindingKind::latency_drift;
    EXPECT_EQ(pass(slow, {}).urgency, Urgency::page);
    slow.pages = false;
    EXPECT_EQ(pass(slow, {}).urgency, Urgency::silent) << "a report, within no budget of pages";
    EXPECT_FALSE(pass(slow, {}).withheld);
    slow.pages = true;
    slow.ended = monday;
    EXPECT_EQ(pass(slow, {}).urgency, Urgency::silent);
}

TEST(Passage, improvements_are_told_and_never_paged) {
    record::Finding better = finding("f");
    better.worse = false;
    EXPECT_EQ(pass(better, {standing(Trust::open)}).urgency, Urgency::note);
    EXPECT_EQ(pass(better, {standing(Trust::provisional)}).urgency, Urgency::note);
    EXPECT_TRUE(pass(better, {standing(Trust::closed)}).withheld);
}

analyse::EvaluatorReport report(const std::string& kind, const std::string& version,
                                std::optional<double> probability) {
    analyse::EvaluatorReport report;
    report.name = {"format", "it", kind, version, ""};
    report.trust.probability = probability;
    return report;
}

TEST(Standings, a_check_pages_by_what_it_is_unless_people_disagree) {
    const std::vector<analyse::EvaluatorReport> reports{
        report("check", "json_schema@1", std::nullopt), report("check", "json_schema@1", 0.5),
        report("check", "json_schema@1", 0.2),          report("check", "grounded@2", std::nullopt),
        report("judge", "gpt", std::nullopt),           report("", "json_schema@1", std::nullopt)};
    const auto standings = standings_of(reports);
    EXPECT_EQ(standings[0].may, Trust::open);
    EXPECT_EQ(standings[1].may, Trust::open);
    EXPECT_EQ(standings[2].may, Trust::closed);
    EXPECT_EQ(standings[3].may, Trust::closed) << "it guesses at what people would say";
    EXPECT_EQ(standings[4].may, Trust::closed);
    EXPECT_EQ(standings[5].may, Trust::closed) << "nobody runs it any more";
    EXPECT_EQ(standings[4].labels_missing, 40u);
}

}  // namespace
}  // namespace plimsoll::alert
