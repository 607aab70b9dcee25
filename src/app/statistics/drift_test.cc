#include <cmath>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <CLI/CLI.hpp>

#include "app/statistics/commands.h"
#include "base/json.h"

namespace plimsoll::app {
namespace {

struct Ran {
    int code = 0;
    std::string out, err;
};

std::string file_of(const std::string& text, const std::string& name) {
    const std::string file = testing::TempDir() + name;
    std::ofstream(file) << text;
    return file;
}

Ran drift(const std::string& text, const std::string& flags) {
    const std::string file = file_of(text, "plimsoll_drift_test.csv");
    CLI::App app;
    Ran ran;
    add_drift(app, ran.code);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    app.parse("drift " + file + " " + flags);
    ran.out = testing::internal::GetCapturedStdout();
    ran.err = testing::internal::GetCapturedStderr();
    return ran;
}

/// docs/statistics/4-drift.md, TV-4.2
constexpr const char* weeks =
    "week,mean,se\n"
    "2026-01-05,.941,.0032\n2026-01-12,.938,.0031\n2026-01-19,.945,.0030\n"
    "2026-01-26,.936,.0033\n2026-02-02,.943,.0031\n2026-02-09,.940,.0032\n"
    "2026-02-16,.934,.0034\n2026-02-23,.944,.0030\n2026-03-02,.925,.0032\n";

TEST(DriftCommand, says_of_the_worked_weeks_what_the_test_says) {
    const Ran ran = drift(weeks, "--json");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto document = json::Document::parse(ran.out);
    ASSERT_TRUE(document);
    EXPECT_NE(ran.out.find("\"reference_weeks\":8"), std::string::npos);
    EXPECT_NE(ran.out.find("\"t\":-3.69574"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("\"alarm\":true"), std::string::npos);
    EXPECT_NE(drift(weeks, "").out.find("p = 0.0077, adjusted 0.0077: drift"), std::string::npos);
}

/// 28 days, 450 sessions a day; from day 20 the failure rate goes from 1 in 16 to 1 in 4.
std::string scores() {
    std::string text = "time,score,session\n";
    for (int i = 0; i < 28 * 450; ++i) {
        const bool fails = i % (i < 20 * 450 ? 16 : 4) == 3;
        text += std::to_string(1'767'225'600 + i * 192) + (fails ? ",0,s" : ",1,s") +
                std::to_string(i) + "\n";
    }
    return text;
}

TEST(DriftCommand, a_fall_in_scores_pages_within_the_day_and_says_what_it_promises) {
    const Ran ran = drift(scores(), "");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("(90 days at 450 a day)"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("score fell at 2026-01-21T0"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("their mean says it all"), std::string::npos);
}

/// The same fall on 2026-01-21 in one dimension; the other fails 1 in 16 all the time.
std::string two_dimensions() {
    std::string text = "time,dimension,score,session\n";
    for (int i = 0; i < 28 * 450; ++i) {
        const std::string time = std::to_string(1'767'225'600 + i * 192);
        const std::string session = ",s" + std::to_string(i) + "\n";
        const bool fails = i % (i < 20 * 450 ? 16 : 4) == 3;
        text += time + ",faithfulness," + (fails ? "0" : "1") + session;
        text += time + ",tone," + (i % 16 == 5 ? "0" : "1") + session;
    }
    return text;
}

TEST(DriftCommand, tells_the_day_the_size_and_the_event_of_a_change_and_in_which_dimension) {
    const std::string events = file_of("date,what\n2026-01-08,prompt v7\n2026-01-21,model 2\n",
                                       "plimsoll_drift_events.csv");
    const Ran ran = drift(two_dimensions(), "--json --events " + events);
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto document = json::Document::parse(ran.out);
    ASSERT_TRUE(document);
    std::vector<json::Value> changes;  // Of faithfulness, of tone.
    for (const json::Value series : document->root().find("series")->elements()) {
        changes.push_back(*series.find("changes"));
    }
    ASSERT_EQ(changes.size(), 2u);
    ASSERT_EQ(changes[0].find("found")->size(), 1u);
    const json::Value change = *changes[0].find("found")->elements().begin();
    const auto number = [&](const char* key) { return *change.find(key)->as_number(); };
    EXPECT_EQ(change.find("time")->as_string(), "2026-01-21T00:00:00.000Z");
    EXPECT_EQ((*change.find("named")->elements().begin()).as_string(), "model 2");
    EXPECT_GT(number("probability"), .99);
    EXPECT_NEAR(number("effect"), 1. / 16 - 1. / 4, .005);
    EXPECT_LT(number("effect_high"), -.15);
    EXPECT_EQ(changes[1].find("found")->size(), 0u);
    EXPECT_GT(*changes[1].find("nothing_changed")->as_number(), .5);

    const Ran text = drift(two_dimensions(), "--events " + events);
    EXPECT_NE(text.out.find("faithfulness  2026-01-21"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("-0.187"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("model 2"), std::string::npos);
    EXPECT_EQ(text.out.find("prompt v7"), std::string::npos);
    EXPECT_NE(text.out.find("change: tone: none"), std::string::npos);
}

TEST(DriftCommand,
     pass_rates_need_no_error_but_their_counts) {  // docs/statistics/4-drift.md, TV-4.4
    std::string text = "week,mean,n\n";
    int week = 0;
    for (const int passed : {3388, 3376, 3402, 3369, 3395, 3384, 3362, 3398, 3300}) {
        text += std::to_string(1'767'225'600 + week++ * 604'800) + "," +
                std::to_string(passed / 3600.) + ",3600\n";
    }
    const Ran ran = drift(text, "");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("1.48 times as far as by counting; last week outside 0.922"),
              std::string::npos)
        << ran.out;
    EXPECT_NE(ran.out.find(": drift"), std::string::npos);
}

TEST(DriftCommand, young_series_borrow_their_spread) {
    std::string text = "week,dimension,mean,se\n";
    for (int i = 0; i < 6; ++i) {
        const std::string week = std::to_string(1'767'225'600 + i * 604'800);
        const double off = i % 2 == 0 ? .003 : -.003, fall = i == 5 ? .05 : 0;
        text += week + ",a," + std::to_string(.94 + off - fall) + ",.003\n";
        text += week + ",b," + std::to_string(.90 - off) + ",.003\n";
        text += week + ",c," + std::to_string(.80 + 1.5 * off) + ",.003\n";
    }
    const Ran ran = drift(text, "--reference 5w");
    EXPECT_NE(ran.out.find("weekly test: 5 reference weeks, mean 0.9406"), std::string::npos)
        << ran.out;
    EXPECT_EQ(ran.out.find("weekly test: none"), std::string::npos);
}

TEST(DriftCommand, finds_the_change_in_weekly_means_too) {
    std::string text = "week,mean,se\n";
    for (int i = 0; i < 14; ++i) {
        const double mean = (i < 9 ? .94 : .90) + (i % 2 == 0 ? .001 : -.001);
        text +=
            std::to_string(1'767'225'600 + i * 604'800) + "," + std::to_string(mean) + ",.004\n";
    }
    const Ran ran = drift(text, "");
    EXPECT_NE(ran.out.find("2026-03-05"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("-0.04"), std::string::npos) << ran.out;
}

TEST(DriftCommand, what_cannot_be_used_is_told_with_its_place_and_the_code_is_3) {
    const std::pair<const char*, const char*> wrong[] = {
        {"time,score\nyesterday,1\n", "plimsoll_drift_test.csv:2: time holds \"yesterday\""},
        {"time,score\n2026-01-05,1.5\n", ":2: score 1.5 is outside [0, 1]"},
        {"time,score,inclusion\n2026-01-05,1,0\n", ":2: an inclusion probability is in (0, 1]"},
        {"time,value\n2026-01-05,1\n", "neither a column score"},
        {"week,mean,se\n2026-01-05,.9,0\n", ":2: se is 0"},
        {"when,score\n1,1\n", "no column \"week\""},
        {"time,score\n2026-01-05,\n", "no scores"},
    };
    for (const auto& [text, complaint] : wrong) {
        const Ran ran = drift(text, "");
        EXPECT_EQ(ran.code, 3) << text;
        EXPECT_NE(ran.err.find(complaint), std::string::npos) << ran.err;
    }
    EXPECT_EQ(drift(weeks, "--reference soon").code, 3);
    EXPECT_EQ(drift(weeks, "--by nothing").code, 3);
    EXPECT_EQ(drift(weeks, "--events nowhere.csv").code, 3);
    const Ran events =
        drift(weeks, "--events " + file_of("date,what\nsoon,launch\n", "plimsoll_events.csv"));
    EXPECT_EQ(events.code, 3);
    EXPECT_NE(events.err.find("plimsoll_events.csv:2: date holds \"soon\""), std::string::npos)
        << events.err;
}

}  // namespace
}  // namespace plimsoll::app
