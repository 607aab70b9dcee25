#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "analyse/evidence/made_deployment.h"
#include "analyse/evidence/replay_bundle.h"
#include "app/evidence/bundle_folder.h"
#include "app/evidence/live_scores.h"
#include "app/evidence/opened_bundle.h"
#include "record/judging.h"

namespace plimsoll::app {
namespace {

namespace fs = std::filesystem;
using analyse::BundleFiles;
using analyse::MadeDeployment;
using testing::HasSubstr;

/// A check that names a file, and a judge with a rubric.
constexpr const char* yaml = R"(
owners: {team: {rotation: [ana], notify: [hook]}}
channels: {hook: {kind: webhook, url: "https://hooks.example/secret"}}
dimensions:
  tone:
    says: It is friendly.
    owner: team
    evaluators: [{check: banned_phrase, file: lists/words.txt}, {judge: kind}]
judges:
  kind:
    model: {api: openai, base_url: "http://localhost:9/v1", name: judge-small}
    rubric: rubrics/kind.md
)";

class TwoFiles : public evaluate::Files {
  public:
    Result<std::string> read(std::string_view path) const override {
        if (path == "lists/words.txt") return std::string("as an AI\n");
        if (path == "rubrics/kind.md") return std::string("Pass if the answer is kind.\n");
        return Error{"no such file"};
    }
};

Configuration configuration() {
    auto loaded = read_configuration(yaml, "plimsoll.yaml", TwoFiles());
    const auto* complaints = std::get_if<std::vector<Complaint>>(&loaded);
    if (complaints) ADD_FAILURE() << to_text(complaints->front());
    return std::move(std::get<Loaded>(loaded).configuration);
}

std::string reply_of(bool pass) {
    return fmt::format(R"({{"model":"judge-small-7","choices":[{{"finish_reason":"stop","message":)"
                       R"({{"content":"{{\"reason\":\"r\",\"verdict\":\"{}\"}}"}}}}]}})",
                       pass ? "pass" : "fail");
}

/// Knows what the judge answered about each interaction, and nothing else.
class AnsweredLedger : public record::JudgeLedger {
  public:
    std::string definition;
    std::function<bool(TraceId)> passes;

    Result<std::vector<record::KnownJudgement>> of(std::span<const TraceId> traces) override {
        std::vector<record::KnownJudgement> known;
        for (const TraceId& trace : traces) {
            order_.push_back(trace);
            known.push_back({.id = order_.size(),
                             .judgement = {.interaction = trace, .judge = definition},
                             .state = record::JudgementState::settled});
        }
        return known;
    }
    Result<std::optional<record::Exchange>> exchange(std::uint64_t id) override {
        return std::optional(record::Exchange{.reply = reply_of(passes(order_[id - 1]))});
    }
    // Not asked here.
    Result<Done> want(std::span<const record::Judgement>) override { return no(); }
    Result<std::vector<record::KnownJudgement>> due(const std::string&, std::size_t) override {
        return no();
    }
    Result<std::vector<record::KnownJudgement>> asked_on(const std::string&, const std::string&,
                                                         const std::string&) override {
        return no();
    }
    Result<std::vector<record::KnownJudgement>> latest(const std::string&, std::size_t) override {
        return no();
    }
    Result<std::vector<record::Claimed>> claim(std::span<const record::Claim>) override {
        return no();
    }
    Result<Done> settle(std::span<const record::Settlement>) override { return no(); }
    Result<Done> release(std::span<const std::uint64_t>) override { return no(); }
    Result<Done> leave_out(std::span<const std::uint64_t>, std::string_view) override {
        return no();
    }
    Result<std::uint64_t> leave_out_older(const std::string&, UnixNanos,
                                          std::string_view) override {
        return no();
    }
    Result<record::Reconciled> reconcile(UnixNanos,
                                         const std::function<bool(const std::string&)>&) override {
        return no();
    }
    Result<std::vector<record::KnownJudgement>> changed_since(std::uint64_t, std::size_t) override {
        return no();
    }
    Result<Done> for_each_exchange(const std::function<void(const record::Exchange&)>&) override {
        return no();
    }
    Result<std::map<std::string, record::Spending>> spending(UnixNanos, UnixNanos) override {
        return no();
    }
    Result<std::map<std::string, record::JudgementCounts>> counts() override { return no(); }

  private:
    static Error no() { return {"not asked here"}; }
    std::vector<TraceId> order_;
};

/// A deployment whose judge fails every fifth interaction and was asked about half of them.
struct JudgedDeployment {
    Configuration configured = configuration();
    MadeDeployment made{20, configured.scorecard};
    AnsweredLedger ledger;

    JudgedDeployment() {
        const evaluate::JudgeEvaluator& judge = configured.scorecard.dimensions[0].judges[0];
        ledger.definition = evaluate::definition_hash(*judge.judge);
        ledger.passes = [](TraceId trace) { return trace.bytes[15] % 5 != 0; };
        const std::string version =
            record::judge_score_version("kind", ledger.definition, "judge-small-7");
        for (auto& [trace, fact] : made.facts.interactions_by_trace)
            fact.scores.push_back({.dimension = "tone",
                                   .evaluator = "kind",
                                   .version = version,
                                   .score = ledger.passes(trace) ? 1 : 0,
                                   .inclusion = 0.5});
        made.finding.evaluator = "kind";
        made.finding.version = version;
    }
    BundleFiles bundle() {
        analyse::BundleSources sources = made.sources();
        sources.ledger = &ledger;
        sources.configuration = evaluation_text(configured);
        sources.named_files = configured.files;
        auto files = analyse::collect_bundle(made.finding, sources, {});
        EXPECT_TRUE(files.ok()) << (files ? "" : files.error().what);
        return files ? std::move(*files) : BundleFiles{};
    }
};

analyse::Replayed replayed(const BundleFiles& files) {
    const auto bundle = open_bundle(files);
    EXPECT_TRUE(bundle.ok()) << (bundle ? "" : bundle.error().what);
    return *analyse::replay_bundle(bundle->evidence, bundle->configuration->scorecard);
}

struct TemporaryFolder {
    fs::path path;
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "bundle-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        path = name;
    }
    ~TemporaryFolder() { fs::remove_all(path); }
};

TEST(BundleOfAJudge, is_read_again_from_its_replies_to_the_same_bits) {
    JudgedDeployment deployment;
    const BundleFiles files = deployment.bundle();
    const analyse::Replayed again = replayed(files);
    EXPECT_TRUE(again.equal()) << again.differences.front();
    EXPECT_EQ(again.judged, 40u);
    EXPECT_DOUBLE_EQ(again.figure.before.weight, 40);  // 20 at one half.
    EXPECT_DOUBLE_EQ(again.figure.after.mean, 0.8);
}

TEST(BundleOfAJudge, another_reply_is_another_figure) {
    JudgedDeployment deployment;
    const BundleFiles honest = deployment.bundle();
    deployment.ledger.passes = [](TraceId trace) { return trace.bytes[15] % 5 != 1; };
    BundleFiles files = honest;
    files["replies.jsonl"] = deployment.bundle()["replies.jsonl"];
    EXPECT_THAT(open_bundle(files).error().what, HasSubstr("replies.jsonl was changed"));
    analyse::seal_bundle(files, "a forger");
    EXPECT_EQ(replayed(files).differ, 16u);
}

TEST(BundleOfAJudge, holds_no_name_channel_or_address_of_ours) {
    JudgedDeployment deployment;
    for (const auto& [name, bytes] : deployment.bundle()) {
        EXPECT_THAT(bytes, testing::Not(HasSubstr("ana"))) << name;
        EXPECT_THAT(bytes, testing::Not(HasSubstr("hooks.example"))) << name;
    }
}

TEST(BundleOfAJudge, live_verdicts_that_moved_are_told) {
    JudgedDeployment deployment;
    const auto bundle = open_bundle(deployment.bundle());
    const auto who = analyse::concerned(bundle->configuration->scorecard, bundle->evidence.finding);
    std::vector<Interaction> interactions;
    for (const auto& line : bundle->evidence.lines)
        interactions.push_back(analyse::interaction_of(line));
    /// Fails everything today.
    struct Strict : evaluate::ModelApi {
        evaluate::ModelResponse post(const evaluate::ModelRequest&,
                                     std::chrono::milliseconds) override {
            return {.status = 200, .body = reply_of(false)};
        }
    } strict;
    const auto live = live_scores(
        *who, interactions, [&](const auto&) -> evaluate::ModelApi& { return strict; }, 2);
    const auto compared = analyse::compare_live(bundle->evidence, live);
    ASSERT_TRUE(compared.ok());
    EXPECT_EQ(compared->to_fail, 32u);
    EXPECT_EQ(compared->to_pass, 0u);
    EXPECT_LT(*compared->p, 1e-6);
    EXPECT_EQ(compared->figure.after.mean, 0);
}

TEST(BundleFolder, is_written_and_read_back_the_same) {
    JudgedDeployment deployment;
    const BundleFiles files = deployment.bundle();
    TemporaryFolder folder;
    ASSERT_TRUE(write_bundle_folder(folder.path / "b", files).ok());
    EXPECT_EQ(*read_bundle_folder(folder.path / "b"), files);
    EXPECT_FALSE(write_bundle_folder(folder.path / "b", files).ok()) << "it holds something";
    EXPECT_FALSE(write_bundle_folder(folder.path / "c", {{"../x", ""}}).ok());
    EXPECT_FALSE(read_bundle_folder(folder.path / "none").ok());
    fs::create_symlink("/etc/hostname", folder.path / "b" / "link");
    EXPECT_FALSE(read_bundle_folder(folder.path / "b").ok());
}

/// Made by this test with PLIMSOLL_ACCEPT set, on another machine, in another folder and time zone.
TEST(CommittedBundle, replays_here_and_has_the_digest_it_had_there) {
    const fs::path folder = fs::path(PLIMSOLL_ROOT) / "test/bundles/tone";
    if (std::getenv("PLIMSOLL_ACCEPT")) {
        fs::remove_all(folder);
        ASSERT_TRUE(write_bundle_folder(folder, JudgedDeployment().bundle()).ok());
    }
    const auto bundle = open_bundle(folder.string());
    ASSERT_TRUE(bundle.ok()) << bundle.error().what;
    EXPECT_EQ(bundle->digest, "42c3639420786a7f431ea09d84b970186f07577c9323fcbaa329249efe2fc51e");
    const auto again = analyse::replay_bundle(bundle->evidence, bundle->configuration->scorecard);
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->equal()) << again->differences.front();
}

}  // namespace
}  // namespace plimsoll::app
