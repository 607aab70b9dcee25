// The story of a release pipeline: the version that was rolled back passes, the one that regressed
// fails, and with few inputs nobody knows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "analyse/evidence/made_deployment.h"
#include "app/evidence/bundle_folder.h"
#include "app/gate/call_command.h"
#include "app/gate/candidate_pairs.h"
#include "app/gate/gate_annotations.h"

namespace plimsoll::app {
namespace {

namespace fs = std::filesystem;
using analyse::GateOutcome;
using analyse::MadeDeployment;
using testing::HasSubstr;

constexpr const char* yaml = R"(
owners: {team: {rotation: [ana]}}
dimensions:
  tone:
    says: It is friendly.
    owner: team
    evaluators: [{check: banned_phrase, phrases: ["as an AI"]}]
)";

class GateStory : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gate-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }

    GateExamples examples(int count) {
        auto loaded = read_configuration(yaml, "p.yaml", evaluate::NoFiles());
        const Configuration& configuration = std::get<Loaded>(loaded).configuration;
        MadeDeployment made(count, configuration.scorecard);
        analyse::BundleSources sources = made.sources();
        sources.configuration = evaluation_text(configuration);
        sources.named_files = {};
        const auto files = analyse::collect_bundle(made.finding, sources);
        EXPECT_TRUE(files.ok());
        const fs::path bundle = folder_ / std::to_string(count);
        EXPECT_TRUE(write_bundle_folder(bundle, *files).ok());
        auto set = examples_of_bundle(bundle.string());
        EXPECT_TRUE(set.ok()) << (set ? "" : set.error().what);
        return std::move(*set);
    }

    /// What each version answers: 0, 1, … are asked in the order of their ids.
    static CandidateOutputs answers(const GateExamples& set, bool regressed) {
        CandidateOutputs outputs;
        for (std::size_t i = 0; i < set.examples.size(); ++i)
            outputs.by_input[set.examples[i].id] = {
                MadeDeployment::answer_of(static_cast<int>(i), regressed)};
        return outputs;
    }

    static analyse::GateReport report(const GateExamples& set, const CandidateOutputs& outputs) {
        const auto pairs = candidate_pairs(
            set, outputs, [] { return Result<ApiOf>(Error{"nobody is to be asked"}); }, 2);
        EXPECT_TRUE(pairs.ok()) << (pairs ? "" : pairs.error().what);
        return analyse::judge_gate(*pairs);
    }

    fs::path folder_;
};

TEST_F(GateStory, the_version_that_was_rolled_back_passes) {
    const GateExamples set = examples(400);
    EXPECT_EQ(report(set, answers(set, false)).outcome, GateOutcome::pass);
}

TEST_F(GateStory, the_version_that_regressed_fails) {
    const GateExamples set = examples(400);
    const auto failed = report(set, answers(set, true));
    EXPECT_EQ(failed.outcome, GateOutcome::fail);
    EXPECT_NEAR(failed.dimensions[0].candidate, 2. / 3, 0.01);
    EXPECT_THAT(github_annotations(failed), HasSubstr("::error title=Behavior of tone::fail"));
    EXPECT_THAT(gitlab_code_quality(failed, "p.yaml"), HasSubstr(R"("severity":"major")"));
}

TEST_F(GateStory, with_few_inputs_nobody_knows_and_it_is_said_how_many_would_tell) {
    const GateExamples set = examples(20);
    const auto open = report(set, answers(set, false));
    EXPECT_EQ(open.outcome, GateOutcome::not_enough_evidence);
    EXPECT_GT(open.dimensions[0].pairs_to_decide.value_or(0), 20);
    EXPECT_THAT(github_annotations(open), HasSubstr("::warning title="));
}

TEST_F(GateStory, an_input_without_an_output_is_a_failure_not_left_out) {
    const GateExamples set = examples(100);
    CandidateOutputs none_of_half = answers(set, false);
    for (std::size_t i = 0; i < 50; ++i) none_of_half.by_input.erase(set.examples[i].id);
    const auto failed = report(set, none_of_half);
    EXPECT_EQ(failed.outcome, GateOutcome::fail);
    EXPECT_EQ(failed.dimensions[0].pairs, 100u);
}

TEST_F(GateStory, of_several_runs_the_scores_are_averaged) {
    const GateExamples set = examples(10);
    CandidateOutputs runs = answers(set, false);
    for (auto& [id, outputs] : runs.by_input) outputs = {"Fine.", "as an AI, no", "Fine.", "Fine."};
    EXPECT_DOUBLE_EQ(report(set, runs).dimensions[0].candidate, 0.75);
}

TEST(GateOnADataset, scores_both_sides_of_every_dimension_that_an_answer_can_decide) {
    const std::string two = std::string(yaml) +
                            "  speed:\n    says: It is quick.\n    owner: team\n"
                            "    evaluators: [{check: latency_budget, ms_max: 1000}]\n";
    auto loaded = read_configuration(two, "p.yaml", evaluate::NoFiles());
    if (const auto* complaints = std::get_if<std::vector<Complaint>>(&loaded))
        FAIL() << to_text(complaints->front());
    std::string lines;
    CandidateOutputs outputs;
    for (int i = 0; i < 40; ++i) {
        const std::string id = fmt::format("{:032x}", i + 1);
        lines += fmt::format(
            R"({{"interaction":"{}","input":[{{"role":"user","parts":[{{"kind":"text","text":"Where?"}}]}}],)"
            R"("output":[{{"role":"assistant","parts":[{{"kind":"text","text":"Answer {}."}}]}}]}})"
            "\n",
            id, i);
        outputs.by_input[id] = {i < 30 ? "As an AI I cannot." : "Fine."};
    }
    const auto set = examples_of_dataset(
        lines,
        std::make_unique<const Configuration>(std::move(std::get<Loaded>(loaded).configuration)),
        false);
    ASSERT_TRUE(set.ok()) << set.error().what;
    EXPECT_THAT(set->examples[0].input, HasSubstr(R"("question":"Where?")"));
    const auto pairs = candidate_pairs(
        *set, outputs, [] { return Result<ApiOf>(Error{"nobody is to be asked"}); }, 2);
    ASSERT_TRUE(pairs.ok());
    ASSERT_EQ(pairs->size(), 1u) << "latency says nothing of an answer";
    const auto report = analyse::judge_gate(*pairs);
    EXPECT_EQ(report.outcome, GateOutcome::fail);
    EXPECT_DOUBLE_EQ(report.dimensions[0].candidate, 0.25);
    EXPECT_FALSE(examples_of_dataset("{}\n", std::make_unique<const Configuration>(), false).ok());
}

TEST(CandidateOutputs, say_which_line_is_wrong) {
    const auto good = parse_outputs(
        "{\"id\":\"a\",\"output\":\"x\"}\n\n{\"id\":\"b\",\"output\":"
        "null}\n{\"id\":\"a\",\"output\":\"y\"}",
        "o.jsonl");
    ASSERT_TRUE(good.ok());
    EXPECT_EQ(good->by_input.at("a"), (std::vector<std::string>{"x", "y"}));
    EXPECT_TRUE(good->by_input.at("b").empty());
    EXPECT_THAT(
        parse_outputs("{\"id\":\"a\",\"output\":\"x\"}\n{\"id\":1}", "o.jsonl").error().what,
        HasSubstr("o.jsonl:2"));
}

TEST(CallCommand, gives_each_input_to_a_process_of_its_own) {
    const std::vector<std::string> inputs{R"({"id":"a; rm -rf /"})", "$(reboot)", "`id`"};
    const auto answers = call_command({"cat"}, inputs, {});
    ASSERT_EQ(answers.size(), 3u);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        ASSERT_TRUE(answers[i].ok()) << answers[i].error().what;
        EXPECT_EQ(*answers[i], inputs[i]);
    }
    EXPECT_EQ(*call_command({"echo", "$HOME;"}, {""}, {})[0], "$HOME;") << "there is no shell";
}

TEST(CallCommand, says_why_a_call_failed) {
    const auto fault = [](std::vector<std::string> words, CallOptions options = {}) {
        return call_command(words, {"x"}, options)[0].error().what;
    };
    EXPECT_EQ(fault({"false"}), "exit code 1");
    EXPECT_THAT(fault({"/nonexistent/program"}), HasSubstr("cannot start /nonexistent/program"));
    EXPECT_THAT(fault({"sleep", "30"}, {.timeout = std::chrono::milliseconds(100)}),
                HasSubstr("no answer within 100 ms"));
    EXPECT_THAT(fault({"yes"}, {.output_bytes_max = 1'000}), HasSubstr("more than 1000 bytes"));
    EXPECT_EQ(fault({"sh", "-c", "kill -9 $$"}), "ended by signal 9");
}

TEST(CallCommand, a_program_that_does_not_read_may_still_answer) {
    const std::string large(1u << 20, 'x');
    const auto answers = call_command({"echo", "hello"}, {large}, {});
    ASSERT_TRUE(answers[0].ok()) << answers[0].error().what;
    EXPECT_EQ(*answers[0], "hello");
    EXPECT_EQ(call_command({"wc", "-c"}, {large}, {})[0].value(), "1048577");
}

}  // namespace
}  // namespace plimsoll::app
