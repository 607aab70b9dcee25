#include <cmath>
#include <fstream>

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

Ran drift(const std::string& text, const std::string& flags) {
    const std::string file = testing::TempDir() + "plimsoll_drift_test.csv";
    std::ofstream(file) << text;
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
}

}  // namespace
}  // namespace plimsoll::app
