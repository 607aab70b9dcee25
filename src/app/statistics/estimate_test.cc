#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/statistics/commands.h"
#include "base/json.h"

namespace plimsoll::app {
namespace {

using ::testing::HasSubstr;

struct Ran {
    int code = 0;
    std::string out, error;
};

/// `plimsoll estimate FLAGS` on a file of its own.
Ran estimate_of(const std::string& text, std::vector<std::string> flags = {}) {
    const std::string path = ::testing::TempDir() + "estimate.csv";
    std::ofstream(path) << text;
    Ran ran;
    CLI::App app;
    add_estimate(app, ran.code);
    std::vector<std::string> words(flags.rbegin(), flags.rend());
    words.push_back(path);
    words.push_back("estimate");
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    app.parse(words);
    std::fflush(stdout);
    ran.out = ::testing::internal::GetCapturedStdout();
    ran.error = ::testing::internal::GetCapturedStderr();
    std::remove(path.c_str());
    return ran;
}

double number_at(const std::string& document, std::string_view part, std::string_view key) {
    const auto json = json::Document::parse(document);
    return json->root().find(part)->find(key)->as_number().value_or(NAN);
}

TEST(Estimate, eight_rows_give_the_hajek_mean_of_TV_2_3) {  // docs/statistics/2-sampling.md
    const auto ran = estimate_of(
        "value,inclusion\n.2,1\n0,1\n1,.1\n1,.1\n.5,.5\n1,.1\n1,.2\n.75,.2\n", {"--json"});
    EXPECT_EQ(ran.code, 0) << ran.error;
    EXPECT_NEAR(number_at(ran.out, "naive", "value"), .68125, 1e-12);
    EXPECT_NEAR(number_at(ran.out, "traffic", "value"), 0.907954545455, 1e-12);
    EXPECT_NEAR(number_at(ran.out, "traffic", "design_standard_error"), .041216224869, 1e-12);
}

/// All 180 anomalies are judged, a ninth of the 1620 others; one session each; the truth is .94.
std::string biased_sample(bool labels) {
    std::string text = "trace,verdict,pi,class,session,human\n";
    int id = 0;
    const auto add = [&](int count, const char* verdict, const char* how, int each, int human) {
        for (int i = 0; i < count; ++i, ++id) {
            text += fmt::format("t{},{},{},s{},{}\n", id, verdict, how, id,
                                labels && i % each == 0 ? std::to_string(human) : "");
        }
    };
    add(108, "pass", "1,anomaly", 4, 1), add(72, "fail", "1,anomaly", 2, 0);
    add(176, "pass", "0.1111111111111111,plain", 4, 1),
        add(4, "fail", "0.1111111111111111,plain", 2, 0);
    return text;
}
const std::vector<std::string> its_columns{"--id",        "trace",  "--value",   "verdict",
                                           "--inclusion", "pi",     "--stratum", "class",
                                           "--cluster",   "session"};

TEST(Estimate, naive_and_corrected_stand_side_by_side) {
    auto flags = its_columns;
    for (const char* word : {"--population", "anomaly=180", "--population", "plain=1620"})
        flags.push_back(word);
    const auto ran = estimate_of(biased_sample(false), flags);
    EXPECT_EQ(ran.code, 0) << ran.error;
    EXPECT_THAT(ran.out, HasSubstr("the sample (naive)  0.7889"));
    EXPECT_THAT(ran.out, HasSubstr("the traffic         0.9400"));
    EXPECT_THAT(ran.out, HasSubstr("MOVER-Wilson over the strata"));
    EXPECT_THAT(ran.out, HasSubstr("360 scored, 0 unscored, 360 clusters"));
    EXPECT_THAT(ran.out, ::testing::Not(HasSubstr("!")));
}

TEST(Estimate, human_labels_give_the_mean_of_quality) {
    const auto ran = estimate_of(biased_sample(true), its_columns);
    EXPECT_THAT(ran.out, HasSubstr("labels by verdict, MOVER-Wilson"));
    auto flags = its_columns;
    flags.push_back("--json");
    const auto json = estimate_of(biased_sample(true), flags);
    EXPECT_NEAR(number_at(json.out, "quality", "value"), .94, 1e-9);  // These labels agree.
    flags.push_back("--judge-changed");
    EXPECT_THAT(estimate_of(biased_sample(true), flags).out,
                HasSubstr("the judge changed since the labels"));
}

TEST(Estimate, what_looks_wrong_with_the_sample_is_said) {
    auto flags = its_columns;
    for (const char* word : {"--population", "anomaly=180", "--population", "plain=800"})
        flags.push_back(word);
    const auto ran = estimate_of(
        biased_sample(false) + "t0,pass,1,plain,s,\nx,pass,,plain,s,\ny,,1,plain,s,\n", flags);
    EXPECT_THAT(ran.out, HasSubstr("! 1 rows repeat an id"));
    EXPECT_THAT(ran.out, HasSubstr("! 1 rows have no pi and are left out"));
    EXPECT_THAT(ran.out, HasSubstr("! stratum \"plain\": weights add up to 2.025"));
    EXPECT_THAT(ran.out, HasSubstr("360 scored, 1 unscored"));
}

struct Fault {
    const char* text;
    std::vector<std::string> flags;
    const char* says;
};
class EstimateFault : public ::testing::TestWithParam<Fault> {};
TEST_P(EstimateFault, is_code_3_with_place_and_mend) {
    const auto ran = estimate_of(GetParam().text, GetParam().flags);
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.error, HasSubstr(GetParam().says));
    EXPECT_EQ(ran.out, "");
}
INSTANTIATE_TEST_SUITE_P(
    all, EstimateFault,
    ::testing::Values(
        Fault{"value,inclusion\n1,.5\n1,0\n",
              {},
              "estimate.csv:3: inclusion is 0, but what can never"},
        Fault{"value,inclusion\n1,1.5\n", {}, "estimate.csv:2: inclusion is 1.5, expected"},
        Fault{"value\n7\n", {}, "estimate.csv:2: value is 7, expected a score from 0 to 1"},
        Fault{"value,human\n1,-1\n", {}, "estimate.csv:2: human is -1, expected a score"},
        Fault{"score\n1\n", {}, "no column \"value\"; there are: score"},
        Fault{"value\n1\n", {"--cluster", "user"}, "no column \"user\"; there are: value"},
        Fault{"value\n\n{\n", {}, "estimate.csv:3: column \"value\" holds \"{\""},
        Fault{"value,inclusion\n,.5\n", {}, "no row has a value and a probability"},
        Fault{"value,stratum\n1,a\n1,b\n",
              {"--population", "a=5"},
              "stratum \"b\" has no --population"},
        Fault{"value\n1\n", {"--population", "a=none"}, "--population a=none: expected stratum=N"},
        Fault{"value,n\n1,5\n1,6\n",
              {"--population", "n"},
              "estimate.csv:3: population 6 of stratum"},
        Fault{"value,human,label_inclusion\n1,1,\n", {}, "a label without its label_inclusion"}));

}  // namespace
}  // namespace plimsoll::app
