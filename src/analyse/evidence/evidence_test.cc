#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyse/evidence/input_text.h"
#include "analyse/evidence/made_deployment.h"
#include "analyse/evidence/replay_bundle.h"
#include "evaluate/checks/checks.h"

namespace plimsoll::analyse {
namespace {

using testing::HasSubstr;

BundleFiles bundle_of(MadeDeployment& made, std::size_t most = 1'000) {
    auto files = collect_bundle(made.finding, made.sources(), {.most = most});
    EXPECT_TRUE(files.ok()) << (files ? "" : files.error().what);
    return files ? std::move(*files) : BundleFiles{};
}

TEST(Bundle, holds_the_figure_and_replays_to_the_same_bits) {
    MadeDeployment made(60);
    const BundleFiles files = bundle_of(made);
    ASSERT_TRUE(check_bundle(files).ok()) << check_bundle(files).error().what;
    const auto evidence = read_evidence(files);
    ASSERT_TRUE(evidence.ok()) << evidence.error().what;
    ASSERT_EQ(evidence->lines.size(), 120u);
    const auto replayed = replay_bundle(*evidence, made.scorecard);
    ASSERT_TRUE(replayed.ok());
    EXPECT_TRUE(replayed->equal()) << replayed->differences.front();
    EXPECT_DOUBLE_EQ(replayed->figure.before.mean, 57. / 60);  // Numbers 0, 20, 40 fail.
    EXPECT_DOUBLE_EQ(replayed->figure.after.mean, 40. / 60);   // Every third one.
    EXPECT_EQ(replayed->figure.before.sessions, 30u);
    EXPECT_LT(replayed->figure.interval.high, 0);
    EXPECT_THAT(files.at("tuple.json"), HasSubstr(R"("changed":[{"element":"prompt")"));
    EXPECT_THAT(files.at("record.json"), HasSubstr(made.records.links_[0].hash));
}

TEST(Bundle, the_same_data_give_the_same_bytes) {
    MadeDeployment one(40), other(40);
    EXPECT_EQ(bundle_of(one), bundle_of(other));
}

TEST(Bundle, a_changed_byte_in_any_file_is_noticed) {
    MadeDeployment made(10);
    const BundleFiles files = bundle_of(made);
    for (const auto& [name, bytes] : files) {
        for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
            if (bytes.empty()) continue;
            BundleFiles spoiled = files;
            spoiled[name][at] ^= 1;
            EXPECT_FALSE(check_bundle(spoiled).ok() && spoiled[name] != bytes)
                << name << " at " << at;
        }
        BundleFiles fewer = files;
        fewer.erase(name);
        EXPECT_FALSE(check_bundle(fewer).ok()) << name;
    }
    BundleFiles more = files;
    more["notes.txt"] = "";
    EXPECT_THAT(check_bundle(more).error().what, HasSubstr("notes.txt does not belong"));
}

TEST(Bundle, a_cut_side_keeps_its_mean_and_says_with_what_probability_it_was_cut) {
    MadeDeployment made(300);
    const auto evidence = read_evidence(bundle_of(made, 100));
    ASSERT_TRUE(evidence.ok());
    ASSERT_EQ(evidence->lines.size(), 200u);
    const auto replayed = replay_bundle(*evidence, made.scorecard);
    EXPECT_TRUE(replayed->equal());
    // Each was kept with a probability near 1/3, so the weights add up to about 300.
    EXPECT_NEAR(replayed->figure.before.weight, 300, 60);
    EXPECT_NEAR(replayed->figure.after.mean, 2. / 3, 0.12);  // Three standard errors.
}

TEST(Bundle, another_evaluator_does_not_replay) {
    MadeDeployment made(30);
    const auto evidence = read_evidence(bundle_of(made));
    const auto other = replay_bundle(*evidence, MadeDeployment::scorecard_of(R"(["Tuesday"])"));
    ASSERT_TRUE(other.ok());
    EXPECT_GT(other->differ, 0u);
    EXPECT_THAT(other->differences.back(), HasSubstr("the figure: expected"));
    evaluate::Scorecard newer = MadeDeployment::scorecard_of(MadeDeployment::configuration);
    newer.dimensions[0].evaluators[0].version = "banned_phrase@2:abc";
    EXPECT_FALSE(replay_bundle(*evidence, newer)->equal()) << "its version is another one";
    EXPECT_FALSE(replay_bundle(*evidence, evaluate::Scorecard{}).ok());
}

TEST(Bundle, is_of_one_slice) {
    MadeDeployment made(30);
    int count = 0;
    for (auto& [trace, fact] : made.facts.interactions_by_trace)
        fact.attributes["language"] = ++count % 3 == 0 ? "de" : "en";
    made.finding.slice = {{"language", "de"}};
    EXPECT_EQ(read_evidence(bundle_of(made))->lines.size(), 20u);
    made.finding.slice = {{"language", "fr"}};
    EXPECT_THAT(collect_bundle(made.finding, made.sources()).error().what,
                HasSubstr("hold no scores of tone before"));
}

TEST(Bundle, of_a_finding_without_scores_there_is_none) {
    MadeDeployment made(2);
    made.finding.kind = record::FindingKind::coverage_gap;
    EXPECT_THAT(collect_bundle(made.finding, made.sources()).error().what,
                HasSubstr("coverage_gap rests on no scores"));
}

TEST(InputText, is_what_the_model_was_given_and_an_answer_takes_the_place_of_the_recorded_one) {
    MadeDeployment made(10);
    const auto evidence = read_evidence(bundle_of(made));
    const Interaction interaction = interaction_of(evidence->lines[1]);
    EXPECT_THAT(input_text(interaction), HasSubstr(R"("question":"Where is my parcel?")"));
    EXPECT_THAT(input_text(interaction),
                HasSubstr(R"("messages":[{"role":"user","content":"Where is my parcel?"}])"));
    const auto who = concerned(made.scorecard, made.finding);
    const auto score = [&](const Interaction& one) {
        return lowest(evaluate_again(*who, one, recorded_answers({}, one.id)));
    };
    EXPECT_EQ(score(interaction), 1);
    EXPECT_EQ(score(with_answer(interaction, "as an AI, no")), 0);
    EXPECT_EQ(score(with_answer(with_answer(interaction, "as an AI, no"), "Fine.")), 1);
}

}  // namespace
}  // namespace plimsoll::analyse
