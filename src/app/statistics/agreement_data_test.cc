// The path of `plimsoll agreement` over public data with human labels. The figures come from a
// second program without shared code (all pairs counted, coincidence matrices written out); SciPy
// 1.10.1 and scikit-learn 1.2.1 give the same on all 104 tables (bench/peers/peer_data.py). The
// read-me files beside the data print record counts, which are compared too, and no correlations;
// what the publishers print of the sets that these are parts of is compared by interval.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "app/statistics/agreement_rows.h"
#include "base/json.h"

namespace plimsoll::app {
namespace {

const std::filesystem::path data = std::filesystem::path(PLIMSOLL_ROOT) / "../shared/data";

class AgreementData : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(data)) {
            GTEST_SKIP() << "no " << data << ": agreement on public data is not tested";
        }
    }
    static Rows rows_of(const std::string& file) {
        auto rows = read_rows(data / file);
        EXPECT_TRUE(rows.ok()) << rows.error().what;
        return std::move(*rows);
    }
    static analyse::Agreement agreement(const Rows& rows, const AgreementAsk& ask) {
        auto slices = agreement_of(rows, ask);
        EXPECT_TRUE(slices.ok()) << slices.error().what;
        return slices->front().agreement;
    }
    static void expect_ranks(const analyse::Agreement& found, std::size_t compared, double spearman,
                             double tau_b, double pearson) {
        EXPECT_EQ(found.scale, analyse::Scale::graded);
        EXPECT_EQ(found.compared, compared);
        EXPECT_NEAR(*found.judge[0].value, spearman, 1e-9);
        EXPECT_NEAR(*found.judge[1].value, tau_b, 1e-9);
        EXPECT_NEAR(*found.judge[2].value, pearson, 1e-9);
        for (const auto& line : found.judge) EXPECT_TRUE(line.interval->contains(*line.value));
    }
};

struct Ranks {
    const char *file, *judge, *human;
    std::size_t compared;
    double spearman, tau_b, pearson;
};

TEST_F(AgreementData, of_model_judges_of_dialogue_and_text) {
    const Ranks all[] = {
        {"unieval_meta/topical_chat.jsonl", "predict_scores.understandability",
         "scores.understandability", 138, 0.5847635921, 0.4520427753, 0.4643875504},
        {"unieval_meta/topical_chat.jsonl", "predict_scores.naturalness", "scores.naturalness", 138,
         0.6040246954, 0.4532820786, 0.5186682516},
        {"unieval_meta/topical_chat.jsonl", "predict_scores.coherence", "scores.coherence", 138,
         0.6497863999, 0.4884458508, 0.5892218233},
        {"unieval_meta/topical_chat.jsonl", "predict_scores.engagingness", "scores.engagingness",
         138, 0.6184270411, 0.4728608701, 0.5645384201},
        {"unieval_meta/topical_chat.jsonl", "predict_scores.groundedness", "scores.groundedness",
         138, 0.7509760234, 0.5952336633, 0.5966817829},
        {"unieval_meta/topical_chat.jsonl", "predict_scores.overall", "scores.overall", 138,
         0.6655031370, 0.4842598404, 0.6342477558},
        {"unieval_meta/sfres.jsonl", "predict_scores.informativeness", "scores.informativeness",
         601, 0.2248503317, 0.1706930208, 0.3023637616},
        {"unieval_meta/sfres.jsonl", "predict_scores.naturalness", "scores.naturalness", 601,
         0.3242919023, 0.2410412754, 0.4053419819},
        {"unieval_meta/sfres.jsonl", "predict_scores.overall", "scores.overall", 601, 0.2599614403,
         0.1908354916, 0.3596111734},
        {"unieval_meta/sfhot.jsonl", "predict_scores.informativeness", "scores.informativeness",
         434, 0.2024348645, 0.1539659357, 0.2733123696},
        {"unieval_meta/sfhot.jsonl", "predict_scores.naturalness", "scores.naturalness", 434,
         0.3573222892, 0.2662190899, 0.4525461708},
        {"unieval_meta/sfhot.jsonl", "predict_scores.overall", "scores.overall", 434, 0.3430205326,
         0.2551617815, 0.4514204175},
    };
    for (const Ranks& one : all) {
        SCOPED_TRACE(fmt::format("{} {}", one.file, one.judge));
        expect_ranks(agreement(rows_of(one.file), {.judge = one.judge, .people = {one.human}}),
                     one.compared, one.spearman, one.tau_b, one.pearson);
    }
}

// Pearson, Spearman and Kendall on all 360, 1181 and 875 records, as maszhongming/UniEval prints
// them (reproduce/README.md, commit 9d9b51d). Here are 138, 601 and 434 of them.
TEST_F(AgreementData, of_a_part_covers_what_is_published_of_the_whole) {
    struct Published {
        const char *file, *dimension;
        double pearson, spearman, tau_b;
    };
    const Published all[] = {
        {"topical_chat", "naturalness", 0.443666, 0.513986, 0.373973},
        {"topical_chat", "coherence", 0.595143, 0.612942, 0.465915},
        {"topical_chat", "engagingness", 0.55651, 0.604739, 0.455941},
        {"topical_chat", "groundedness", 0.536209, 0.574954, 0.451533},
        {"topical_chat", "understandability", 0.380038, 0.467807, 0.360741},
        {"topical_chat", "overall", 0.632796, 0.662583, 0.487272},
        {"sfres", "naturalness", 0.367252, 0.333399, 0.247094},
        {"sfres", "informativeness", 0.282079, 0.224918, 0.169297},
        {"sfres", "overall", 0.370815, 0.291593, 0.214708},
        {"sfhot", "naturalness", 0.397428, 0.319813, 0.237635},
        {"sfhot", "informativeness", 0.357353, 0.249329, 0.191217},
        {"sfhot", "overall", 0.406425, 0.320721, 0.236024},
    };
    std::vector<std::string> outside;
    for (const Published& one : all) {
        const auto found = agreement(rows_of(fmt::format("unieval_meta/{}.jsonl", one.file)),
                                     {.judge = fmt::format("predict_scores.{}", one.dimension),
                                      .people = {fmt::format("scores.{}", one.dimension)}});
        const double published[] = {one.spearman, one.tau_b, one.pearson};
        for (std::size_t i = 0; i < 3; ++i) {
            if (found.judge[i].interval->contains(published[i])) continue;
            outside.push_back(fmt::format("{} {}", one.dimension, found.judge[i].name));
        }
    }
    // 34 of 36. On groundedness this part is easier than the whole (.751 against .575), for SciPy
    // too.
    EXPECT_THAT(outside,
                ::testing::ElementsAre("groundedness Spearman", "groundedness Kendall tau-b"));
}

TEST_F(AgreementData, of_automatic_metrics_of_factuality) {
    const Rows rows = rows_of("frank/frank_validation.jsonl");
    EXPECT_EQ(rows.size(), 671u);
    const Ranks all[] = {
        {"frank/frank_validation.jsonl", "metrics.BertScore F1", "human.Factuality", 671,
         0.0305316545, 0.0248555644, 0.0376447518},
        {"frank/frank_validation.jsonl", "metrics.BertScore F1 Art", "human.Factuality", 671,
         0.6026174309, 0.4655956517, 0.5914277616},
        {"frank/frank_validation.jsonl", "metrics.BertScore P", "human.Factuality", 671,
         -0.0549579843, -0.0412989785, -0.0303076208},
        {"frank/frank_validation.jsonl", "metrics.BertScore P Art", "human.Factuality", 671,
         0.5921278003, 0.4596429399, 0.5814955748},
        {"frank/frank_validation.jsonl", "metrics.BertScore R", "human.Factuality", 671,
         0.1118064114, 0.0862653499, 0.1009284085},
        {"frank/frank_validation.jsonl", "metrics.BertScore R Art", "human.Factuality", 671,
         0.5092119080, 0.3895162949, 0.4996259446},
        {"frank/frank_validation.jsonl", "metrics.Bleu", "human.Factuality", 671, 0.2555513439,
         0.1969035609, 0.2380469488},
        {"frank/frank_validation.jsonl", "metrics.Dep Entail", "human.Factuality", 629,
         0.1007820721, 0.0814638476, 0.1236303494},
        {"frank/frank_validation.jsonl", "metrics.FEQA", "human.Factuality", 671, 0.5596561383,
         0.4311140998, 0.5527898146},
        {"frank/frank_validation.jsonl", "metrics.FactCC", "human.Factuality", 671, 0.5516615493,
         0.4928544606, 0.5643204175},
        {"frank/frank_validation.jsonl", "metrics.Meteor", "human.Factuality", 671, 0.3406405557,
         0.2644658173, 0.3284707892},
        {"frank/frank_validation.jsonl", "metrics.QAGS", "human.Factuality", 671, 0.5199911900,
         0.4073147631, 0.5295846864},
        {"frank/frank_validation.jsonl", "metrics.Rouge 1", "human.Factuality", 671, 0.3119151247,
         0.2424794620, 0.3136048833},
        {"frank/frank_validation.jsonl", "metrics.Rouge 2", "human.Factuality", 671, 0.2978641035,
         0.2324478277, 0.2803353033},
        {"frank/frank_validation.jsonl", "metrics.Rouge L", "human.Factuality", 671, 0.1357839971,
         0.1050701042, 0.1375124476},
    };
    for (const Ranks& one : all) {
        SCOPED_TRACE(one.judge);
        const auto found = agreement(rows, {.judge = one.judge, .people = {one.human}});
        expect_ranks(found, one.compared, one.spearman, one.tau_b, one.pearson);
        EXPECT_EQ(found.without_judge, 671 - one.compared);
    }
}

TEST_F(AgreementData, of_model_judges_that_choose_one_of_two) {
    std::map<std::pair<std::string, std::string>, std::string> label;
    const Rows items = rows_of("llmbar/items.jsonl");
    const auto subset = *items.texts("subset"), idx = *items.texts("idx"),
               best = *items.texts("label");
    EXPECT_EQ(items.size(), 207u);
    for (std::size_t row = 0; row < items.size(); ++row) label[{subset[row], idx[row]}] = best[row];
    const Rows verdicts = rows_of("llmbar/verdicts.jsonl");
    EXPECT_EQ(verdicts.size(), 13455u);
    const auto of = *verdicts.texts("subset"), number = *verdicts.texts("idx"),
               model = *verdicts.texts("judge_model"), prompt = *verdicts.texts("judge_prompt"),
               winner = *verdicts.texts("winner");
    std::string csv = "item,judge,human,version\n";
    for (std::size_t row = 0; row < verdicts.size(); ++row) {
        csv += fmt::format("{} {},{},{},{}/{}\n", of[row], number[row], winner[row],
                           label.at({of[row], number[row]}), model[row], prompt[row]);
    }
    const auto slices = agreement_of(*Rows::parse(csv, "llmbar.csv"), {.by = "version"});
    ASSERT_TRUE(slices.ok()) << slices.error().what;
    EXPECT_EQ(slices->size(), 65u);
    struct Chosen {
        const char *model, *prompt;
        std::size_t compared;
        double mcc, kappa;
    };
    const Chosen all[] = {
        {"ChatGPT", "CoT", 206, -0.1798161440, -0.1666198633},
        {"ChatGPT", "Vanilla", 207, -0.1390172436, -0.1323011311},
        {"ChatGPT-0301", "CoT", 207, -0.0580074027, -0.0535813437},
        {"ChatGPT-0301", "Vanilla", 207, 0.0229387160, 0.0216847373},
        {"Falcon", "CoT", 205, 0.1313035453, 0.0621100790},
        {"Falcon", "Vanilla", 207, 0.1963070763, 0.1610169492},
        {"GPT-4", "CoT", 207, 0.6545730697, 0.6526198023},
        {"GPT-4", "Vanilla", 207, 0.6814828916, 0.6811966211},
        {"LLaMA2", "CoT", 206, 0.0533662365, 0.0490534365},
        {"LLaMA2", "Vanilla", 207, -0.0904754277, -0.0901337559},
        {"PaLM2", "CoT", 207, 0.1419919277, 0.1216677428},
        {"PaLM2", "Vanilla", 206, 0.3797528677, 0.3791089762},
    };
    for (const Chosen& one : all) {
        const std::string name = fmt::format("{}/{}", one.model, one.prompt);
        SCOPED_TRACE(name);
        const auto at = std::ranges::find(*slices, name, &SliceAgreement::slice);
        ASSERT_NE(at, slices->end());
        EXPECT_EQ(at->agreement.compared, one.compared);
        EXPECT_NEAR(*at->agreement.judge[0].value, one.mcc, 1e-9);
        EXPECT_NEAR(*at->agreement.judge[1].value, one.kappa, 1e-9);
    }
    // Before and after its update this judge is worse than dice; the best one would open a gate.
    const auto gpt4 = std::ranges::find(*slices, "GPT-4/Vanilla", &SliceAgreement::slice);
    EXPECT_GT(*gpt4->agreement.gate.probability, 0.8);
    const auto updated = std::ranges::find(*slices, "ChatGPT/Vanilla", &SliceAgreement::slice);
    EXPECT_LT(*updated->agreement.gate.probability, 0.01);
}

/// Each member of each object in `column`: `path` inside it, as columns human_1, human_2 …
std::string people_csv(const Rows& rows, const std::string& people, const std::string& path,
                       const std::string& judge) {
    std::string csv = "judge,human_1,human_2,human_3\n";
    const auto texts = *rows.texts(people), scores = *rows.texts(judge);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::vector<std::string> labels;
        const auto document = json::Document::parse(texts[row]);
        for (const auto& [who, vote] : document->root().members()) {
            labels.emplace_back(vote.find(path)->as_string());
        }
        for (const json::Value vote : document->root().elements()) {
            labels.push_back(json::to_text(vote));
        }
        labels.resize(3);
        csv += fmt::format("{},{},{},{}\n", scores[row], labels[0], labels[1], labels[2]);
    }
    return csv;
}

TEST_F(AgreementData, of_judges_of_retrieval_with_three_people) {
    const Rows rows = rows_of("mtrag_human/evaluations.jsonl");
    EXPECT_EQ(rows.size(), 210u);
    struct People {
        const char* dimension;
        double ordinal, interval;
        struct {
            const char* judge;
            double spearman, tau_b, pearson;
        } judges[3];
    };
    const People all[] = {{"faithfulness",
                           0.4166998552,
                           0.4877186892,
                           {{"rl_f", 0.5073962782, 0.4230386353, 0.6474374640},
                            {"rb_llm", 0.2636916690, 0.2062291491, 0.3821252895},
                            {"rb_agg", 0.3858949782, 0.2964419014, 0.3902578786}}},
                          {"appropriateness",
                           0.0558276157,
                           0.0470820412,
                           {{"rl_f", 0.2092708665, 0.1710720352, 0.2004700402},
                            {"rb_llm", 0.0551516256, 0.0432035607, 0.1305470119},
                            {"rb_agg", 0.0647905266, 0.0508029944, 0.0507845038}}},
                          {"naturalness",
                           0.3043138586,
                           0.2872223098,
                           {{"rl_f", 0.0761878137, 0.0640569394, 0.0089666977},
                            {"rb_llm", 0.1433373017, 0.1184804354, 0.1052862605},
                            {"rb_agg", 0.2309027661, 0.1815916175, 0.1449334896}}},
                          {"completeness",
                           0.2441462737,
                           0.3806077299,
                           {{"rl_f", 0.3163693123, 0.2657587977, 0.5759892074},
                            {"rb_llm", 0.1714968446, 0.1389986025, 0.4684496301},
                            {"rb_agg", 0.2097660819, 0.1570644625, 0.3198716013}}}};
    for (const People& people : all) {
        for (const auto& one : people.judges) {
            SCOPED_TRACE(fmt::format("{} {}", people.dimension, one.judge));
            const std::string csv =
                people_csv(rows, fmt::format("annotations.{}", people.dimension), "value",
                           fmt::format("annotations.{}.composite.value", one.judge));
            const auto found = agreement(*Rows::parse(csv, "mtrag.csv"), {});
            expect_ranks(found, 210, one.spearman, one.tau_b, one.pearson);
            EXPECT_NEAR(*found.people[1].value, people.ordinal, 1e-9);
            EXPECT_NEAR(*found.people[2].value, people.interval, 1e-9);
            EXPECT_TRUE(found.blocked);  // Alpha is far below 0.667 on every dimension.
        }
    }
}

TEST_F(AgreementData, of_a_judge_with_itself) {
    struct Repeats {
        const char* file;
        double ordinal, interval, spearman;
    };
    for (const Repeats& one : {Repeats{"mt_bench_eval.jsonl", 0.8145227586401336,
                                       0.8509894384825737, 0.8143293517148364},
                               Repeats{"vicuna_eval.jsonl", 0.7234421508159365, 0.8075435594275047,
                                       0.7231537693256508}}) {
        SCOPED_TRACE(one.file);
        const Rows rows = rows_of(std::string("judge_repeat/") + one.file);
        EXPECT_EQ(rows.size(), 320u);
        const auto found =
            agreement(*Rows::parse(people_csv(rows, "gpt4_score", "", "idx"), "repeat.csv"),
                      {.scale = analyse::Scale::graded});
        EXPECT_NEAR(*found.people[0].value, one.spearman, 1e-9);
        EXPECT_NEAR(*found.people[1].value, one.ordinal, 1e-9);
        EXPECT_NEAR(*found.people[2].value, one.interval, 1e-9);
    }
}

}  // namespace
}  // namespace plimsoll::app
