#include "analyse/calibration/labelled_estimate.h"

#include <gtest/gtest.h>

#include <cstring>

#include "analyse/calibration/label_plan.h"
#include "analyse/stats/wilson.h"
#include "base/counter_random.h"
#include "base/permanent_random.h"

namespace plimsoll::analyse {
namespace {

/// A week of one deployment, as the facts and the labels have it.
struct Week {
    LabelledQuestion question;
    double truth = 0;
};

/// 3,000 interactions; one in ten is an anomaly, of which half are good, of the others 92%. The
/// judge passes 94% of the good and 35% of the bad, and sees a fifth of the plain ones and three
/// fifths of the anomalies. People label by the plan of the queue.
Week week_of_traffic(std::uint64_t seed, double truth_plain = 0.92, double truth_anomaly = 0.5) {
    constexpr std::uint64_t interactions = 3'000;
    Week week;
    week.truth = 0.9 * truth_plain + 0.1 * truth_anomaly;
    record::JudgedSums plain, anomaly;
    plain.stratum = "plain";
    anomaly.stratum = "anomaly/error";
    std::vector<bool> good;
    VerdictCounts verdicts;
    for (std::uint64_t i = 0; i < interactions; ++i) {
        CounterRandom dice(seed, i);
        const bool odd = dice.uniform() < 0.1;
        const bool is_good = dice.uniform() < (odd ? truth_anomaly : truth_plain);
        const double pi = odd ? 0.6 : 0.2;
        record::JudgedSums& sums = odd ? anomaly : plain;
        ++sums.population;
        if (dice.uniform() >= pi) continue;
        record::JudgedRow row;
        const std::uint64_t name = seed * interactions + i;
        std::memcpy(row.trace.bytes.data(), &name, sizeof name);
        row.score = dice.uniform() < (is_good ? 0.94 : 0.35);
        row.weight = 1 / pi;
        row.bucket = static_cast<unsigned>(dice.uniform() * 64);
        row.version = "v1";
        row.stratum = sums.stratum;
        ++sums.scored;
        ++sums.drawn;
        sums.y += row.score;
        ++(row.score > 0 ? verdicts.passes : verdicts.fails);
        good.push_back(is_good);
        week.question.rows.push_back(row);
    }
    const LabelPlan plan = label_plan(verdicts, 160);
    for (std::size_t i = 0; i < good.size(); ++i) {
        const record::JudgedRow& row = week.question.rows[i];
        const auto drawn = draw_for_label(plan, "d", row.trace, row.score);
        if (!drawn) continue;
        record::Label label;
        label.interaction = row.trace;
        label.dimension = "d";
        label.annotator = "ana";
        label.score = good[i];
        label.inclusion = drawn->inclusion;
        label.queued = drawn->reason;
        week.question.labels.push_back(label);
    }
    week.question.sums = {plain, anomaly};
    return week;
}

// The truth of the process is .878; the judge's own mean of all traffic would be .868, of its
// sample lower still.
TEST(LabelledEstimate, covers_the_truth_of_a_biased_sample_of_a_biased_judge_and_naive_does_not) {
    constexpr int weeks = 400;
    int by_labels = 0, naive = 0;
    double width = 0;
    for (int i = 0; i < weeks; ++i) {
        const Week week = week_of_traffic(static_cast<std::uint64_t>(i), 0.95, 0.40);
        const LabelledEstimate found = labelled_estimate(week.question);
        ASSERT_TRUE(found.mean) << found.mean.why();
        EXPECT_TRUE(found.drawn);
        const Interval& interval = found.mean->estimate.interval;
        by_labels += interval.contains(week.truth);
        width += interval.width();
        double y = 0, n = 0;
        for (const record::JudgedSums& each : week.question.sums) {
            y += each.y;
            n += static_cast<double>(each.scored);
        }
        naive += wilson(y, n).contains(week.truth);
    }
    EXPECT_GE(by_labels, weeks * 0.93);  // 95%, less two Monte-Carlo errors of 1.1%.
    EXPECT_LE(naive, weeks * 0.35);
    EXPECT_LT(width / weeks, 0.14);
    ::testing::Test::RecordProperty("covered_by_labels", by_labels);
    ::testing::Test::RecordProperty("covered_naive", naive);
}

TEST(LabelledEstimate, says_by_which_rule_or_why_by_none) {
    Week week = week_of_traffic(1);
    EXPECT_EQ(labelled_estimate(week.question).mean->choice.method, Correction::verdict_strata);

    LabelledQuestion changed = week.question;
    changed.rows.front().version = "v2";
    EXPECT_NE(labelled_estimate(changed).mean.why().find("the judge changed"), std::string::npos);
    changed = week.question;
    changed.suspended = 1;  // All rows are older.
    EXPECT_FALSE(labelled_estimate(changed).mean);

    LabelledQuestion by_hand = week.question;
    for (record::Label& label : by_hand.labels) label.inclusion.reset();
    const LabelledEstimate old = labelled_estimate(by_hand);
    EXPECT_FALSE(old.drawn);
    ASSERT_TRUE(old.mean) << old.mean.why();
    EXPECT_EQ(old.mean->choice.method, Correction::rogan_gladen);

    by_hand.labels.resize(20);
    EXPECT_FALSE(labelled_estimate(by_hand).mean);
    by_hand.labels.clear();
    EXPECT_EQ(labelled_estimate(by_hand).labels, 0u);
}

TEST(LabelledEstimate, labels_under_another_rubric_do_not_count) {
    Week week = week_of_traffic(2);
    week.question.rubric = "r2";
    for (record::Label& label : week.question.labels) label.rubric = "r1";
    EXPECT_EQ(labelled_estimate(week.question).labels, 0u);
}

}  // namespace
}  // namespace plimsoll::analyse
