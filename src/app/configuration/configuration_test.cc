#include "app/configuration/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "app/configuration/options.h"

namespace plimsoll::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TestFiles : public evaluate::Files {
  public:
    std::map<std::string, std::string> held;
    Result<std::string> read(std::string_view path) const override {
        const auto found = held.find(std::string(path));
        if (found == held.end()) return Error{"read " + std::string(path) + ": no such file"};
        return found->second;
    }
};

TestFiles files_of(std::map<std::string, std::string> held) {
    TestFiles files;
    files.held = std::move(held);
    return files;
}

LoadResult loaded(const std::string& yaml, const TestFiles& files = TestFiles()) {
    return read_configuration(yaml, "p.yaml", files);
}

/// All complaints, a line each.
std::string complaints(const std::string& yaml, const TestFiles& files = TestFiles()) {
    const LoadResult result = loaded(yaml, files);
    const auto* list = std::get_if<std::vector<Complaint>>(&result);
    if (!list) return "none";
    std::string text;
    for (const Complaint& complaint : *list) text += to_text(complaint) + "\n";
    return text;
}

Loaded good(const std::string& yaml, const TestFiles& files = TestFiles()) {
    LoadResult result = loaded(yaml, files);
    if (const auto* list = std::get_if<std::vector<Complaint>>(&result)) {
        ADD_FAILURE() << to_text(list->front());
        return {};
    }
    return std::get<Loaded>(std::move(result));
}

/// A good configuration around one dimension's evaluators.
std::string with_evaluators(const std::string& evaluators) {
    return "owners: {team: {rotation: [ana]}}\n"
           "dimensions:\n"
           "  format:\n"
           "    says: It is right.\n"
           "    owner: team\n"
           "    evaluators: " +
           evaluators + "\n";
}

TEST(Configuration, of_the_design_loads) {
    const Loaded result = good(R"(
owners:
  rag-team: {rotation: [ana, bo], every: 1w, starts: 2026-01-05, notify: [oncall-webhook]}
channels:
  oncall-webhook: {kind: webhook, url: "https://example.org/hook"}
dimensions:
  faithfulness:
    says: Every claim of the answer is supported by the retrieved documents.
    owner: rag-team
    evaluators: [{check: empty_output}, {judge: faithfulness}]
    alert: {page: default}
judges:
  faithfulness:
    model: {api: openai, base_url: "http://localhost:8000/v1", name: judge-small, key_env: JUDGE_API_KEY}
    rubric: rubrics/faithfulness.md
    scale: binary
    sample: {rate: 0.20, usd_per_day: 5}
slices: [customer.segment, query.category, language]
server: {grpc: "127.0.0.1:5317", idle_timeout: 30s}
limits: {body: 32MiB, spans: 10_000}
assembly: {quiet: 500ms, age_max: 10m}
facts: {memory: 1GiB}
)",
                               files_of({{"rubrics/faithfulness.md", "Is it so?"}}));
    const Configuration& c = result.configuration;
    ASSERT_EQ(c.scorecard.dimensions.size(), 1u);
    EXPECT_EQ(c.scorecard.dimensions[0].owner, "rag-team");
    EXPECT_EQ(c.scorecard.dimensions[0].evaluators[0].name, "empty_output");
    EXPECT_THAT(c.scorecard.dimensions[0].evaluators[0].version, HasSubstr("empty_output@1:"));
    EXPECT_TRUE(c.alerts.at("faithfulness").page);
    EXPECT_THAT(c.owners[0].rotation, ElementsAre("ana", "bo"));
    EXPECT_EQ(c.channels.at("oncall-webhook").url, "https://example.org/hook");
    EXPECT_DOUBLE_EQ(c.judges.at("faithfulness").rate, 0.2);
    EXPECT_THAT(c.slices, ElementsAre("customer.segment", "query.category", "language"));
    EXPECT_EQ(c.server.grpc, "127.0.0.1:5317");
    EXPECT_EQ(c.server.idle_timeout, std::chrono::seconds(30));
    EXPECT_EQ(c.wire_limits.body_bytes_max, 32u << 20);
    EXPECT_EQ(c.wire_limits.spans_max, 10'000u);
    EXPECT_EQ(c.gather.quiet, std::chrono::milliseconds(500));
    EXPECT_EQ(c.facts_memory_bytes, 1u << 30);
    ASSERT_EQ(result.warnings.size(), 2u);
    EXPECT_EQ(
        to_text(result.warnings[0]),
        "p.yaml:7:3: 1 dimension: 3 to 7 are usual. With fewer, different faults hide behind one "
        "number.");
    EXPECT_EQ(to_text(result.warnings[1]),
              "p.yaml:10:49: judges are not run yet: “faithfulness” gives no scores in dimension "
              "“faithfulness”.");
}

TEST(Configuration, built_in_is_without_fault) {
    const Loaded result = default_configuration();
    EXPECT_EQ(result.configuration.scorecard.dimensions.size(), 4u);
    EXPECT_TRUE(result.warnings.empty());
}

TEST(Configuration, effective_text_loads_to_the_same) {
    const TestFiles files = files_of({{"phrases.txt", "as an AI\n"}, {"r.md", "Is it?"}});
    const Configuration first = good(R"(
owners: {team: {rotation: [ana], notify: [log]}}
channels: {log: {kind: log}}
dimensions:
  format:
    says: "<Right> & \"whole\": ünï, 日本."
    owner: team
    evaluators:
      - {check: banned_phrase, file: phrases.txt, name: ours, where: {service: "1.0"}}
      - {check: forbidden_pattern, patterns: ['\d+ "x"', "yes"], ignore_case: true}
      - {check: json_schema, schema: {type: object, properties: {a: {minimum: 1.5}}}}
      - judge: j
    alert: {page: default}
judges: {j: {model: {api: openai, base_url: "https://x.org", name: m}, rubric: r.md}}
slices: [a.b]
)",
                                     files)
                                    .configuration;
    const Configuration second = good(first.effective_text, files).configuration;
    EXPECT_EQ(second.effective_text, first.effective_text);
    EXPECT_EQ(second.version, first.version);
}

TEST(Configuration, version_follows_what_changes_a_verdict_and_nothing_else) {
    const std::string yaml = with_evaluators("[{check: banned_phrase, file: b.txt}]");
    const auto version = [&](const std::string& text, const std::string& phrases) {
        return good(text, files_of({{"b.txt", phrases}})).configuration.version;
    };
    const std::string base = version(yaml, "one");
    EXPECT_EQ(version("# a remark\n" + yaml, "one"), base);
    EXPECT_EQ(version(yaml + "server: {http: \"127.0.0.1:1\"}\nfacts: {memory: 2GiB}\n", "one"),
              base);
    EXPECT_NE(version(yaml, "two"), base);
    EXPECT_NE(version(yaml + "assembly: {quiet: 3s}\n", "one"), base);
}

TEST(Configuration, evaluator_version_follows_the_content_of_its_file) {
    const std::string yaml = with_evaluators("[{check: banned_phrase, file: b.txt}]");
    const auto version = [&](const std::string& phrases) {
        return good(yaml, files_of({{"b.txt", phrases}}))
            .configuration.scorecard.dimensions[0]
            .evaluators[0]
            .version;
    };
    EXPECT_NE(version("one"), version("two"));
    EXPECT_EQ(version("one"), version("one"));
}

TEST(Configuration, paths_are_relative_to_its_folder) {
    const TestFiles files =
        files_of({{"/etc/p/p.yaml", with_evaluators("[{check: json_schema, schema: s.json}]")},
                  {"/etc/p/s.json", "{}"}});
    const LoadResult result = load_configuration("/etc/p/p.yaml", files);
    EXPECT_TRUE(std::holds_alternative<Loaded>(result));
}

TEST(Complaints, come_all_at_once_in_the_order_of_the_file) {
    EXPECT_EQ(
        complaints(R"(owners: {team: {rotation: [ana], evry: 1w}}
dimensons: {}
dimensions:
  format:
    says: It is right.
    evaluators: [{check: empty_outptu}, {check: length_bounds, words_mx: 3}]
  cost:
    says: It is cheap.
    owner: teem
    evaluators: [{check: cost_budget, usd_max: much}, {check: token_budget}]
limits: {body: 64MB}
)"),
        "p.yaml:1:34: unknown key “evry” in owner “team”. Did you mean `every`?\n"
        "p.yaml:2:1: unknown key “dimensons” in the configuration. Did you mean `dimensions`?\n"
        "p.yaml:5:5: dimension “format” has no `owner`. Without one nobody would act on it; name "
        "one of `owners`.\n"
        "p.yaml:6:26: there is no check “empty_outptu”. Did you mean `empty_output`?\n"
        "p.yaml:6:41: check `length_bounds` in dimension “format”: length_bounds needs one of "
        "characters_min, characters_max, words_min, words_max.\n"
        "p.yaml:6:64: unknown parameter “words_mx” of check `length_bounds` in dimension “format”. "
        "Did you mean `words_max`?\n"
        "p.yaml:9:12: dimension “cost” is owned by “teem”, which is none of `owners`. Did you mean "
        "`team`?\n"
        "p.yaml:10:48: `usd_max` of check `cost_budget` in dimension “cost” must be a number above "
        "0, not “\"much\"”.\n"
        "p.yaml:10:55: check `token_budget` in dimension “cost”: token_budget needs one of "
        "input_max, output_max, total_max.\n"
        "p.yaml:11:16: `limits.body` must be a size, 1KiB or more, not “64MB”. Write a number with "
        "its unit: 64KiB, 64MiB, 1GiB.\n");
}

TEST(Complaints, refuse_an_alert_that_nobody_would_hear) {
    EXPECT_EQ(
        complaints(with_evaluators("[{check: empty_output}]") + "    alert: {page: default}\n"),
        "p.yaml:7:12: `alert` of dimension “format” has no channel: owner “team” has no `notify`, "
        "so nobody would hear of it. Give the owner `notify: [a channel]`, or write `page: "
        "none`.\n");
    EXPECT_THAT(
        complaints("owners: {team: {rotation: [ana], notify: [phone]}}\n" +
                   with_evaluators("[{check: empty_output}]").substr(34)),
        HasSubstr("owner “team” is told on “phone”, which is no channel. Add it: `channels: "
                  "{phone: {kind: log}}`."));
}

TEST(Complaints, refuse_a_key_that_stands_twice) {
    EXPECT_THAT(
        complaints(with_evaluators("[{check: length_bounds, words_max: 3, words_max: 4}]")),
        HasSubstr("p.yaml:6:55: the key “words_max” stands here a second time. The first is in "
                  "line 6."));
}

TEST(Complaints, refuse_a_judge_that_can_never_judge) {
    const std::string judge =
        "judges: {j: {model: {api: openai, base_url: \"https://x:y@h/\", name: m}, rubric: r.md, "
        "sample: {rate: 0}}}\n";
    const std::string text = complaints(with_evaluators("[{judge: k}]") + judge);
    EXPECT_THAT(text, HasSubstr("there is no judge “k”"));
    EXPECT_THAT(text, HasSubstr("`base_url` of judge “j” must not hold a name or password"));
    EXPECT_THAT(text,
                HasSubstr("`rubric` of judge “j”: read r.md: no such file. Paths are relative"));
    EXPECT_THAT(
        text, HasSubstr("`rate` of judge “j” is 0: what can never be judged cannot be estimated"));
}

TEST(Complaints, say_what_is_wrong_with_an_expression_and_where_it_stands) {
    EXPECT_EQ(
        complaints(with_evaluators("\n      - check: forbidden_pattern\n        patterns:\n"
                                   "          - fine\n          - \"(unclosed\"")),
        "p.yaml:10:13: `patterns[1]` of check `forbidden_pattern` in dimension “format” is no "
        "regular expression: missing ): (unclosed.\n");
}

TEST(Complaints, name_a_schema_that_cannot_be_read_or_used) {
    EXPECT_THAT(
        complaints(with_evaluators("[{check: json_schema, schema: gone.json}]")),
        HasSubstr("`schema` of check `json_schema` in dimension “format” read gone.json: no such "
                  "file"));
    EXPECT_THAT(complaints(with_evaluators("[{check: json_schema, schema: {type: nubmer}}]")),
                HasSubstr("is no JSON Schema that can be used"));
}

TEST(Complaints, tell_two_evaluators_of_one_name_apart) {
    EXPECT_THAT(
        complaints(with_evaluators("[{check: empty_output}, {check: empty_output}]")),
        HasSubstr("dimension “format” has two evaluators called “empty_output”. Give one of them "
                  "a `name`."));
    EXPECT_EQ(
        complaints(with_evaluators("[{check: empty_output}, {check: empty_output, name: b}]")),
        "none");
}

TEST(Complaints, refuse_a_budget_that_the_largest_body_would_pass) {
    EXPECT_THAT(
        complaints(with_evaluators("[{check: empty_output}]") + "limits: {byte_budget: 1MiB}\n"),
        HasSubstr("`limits.byte_budget` (1MiB) is below `limits.body` (64MiB)"));
}

TEST(Complaints, meet_yaml_of_the_wrong_shape) {
    EXPECT_THAT(complaints(""),
                HasSubstr("a configuration is a group of `key: value`, not nothing"));
    EXPECT_THAT(complaints("- a\n"), HasSubstr("not a list"));
    EXPECT_THAT(complaints("owners: {}"), HasSubstr("there are no `dimensions`"));
    EXPECT_THAT(complaints("owners: [a]\ndimensions: 3\n"),
                HasSubstr("`owners` must be a group of `key: value`, not a list"));
    EXPECT_THAT(complaints(with_evaluators("empty_output")), HasSubstr("must be a list"));
    EXPECT_THAT(complaints(with_evaluators("[empty_output]")),
                HasSubstr("Write `{check: empty_output}`."));
    EXPECT_THAT(complaints(with_evaluators("[{where: {a: b}}]")),
                HasSubstr("neither a check nor a judge"));
}

TEST(Configuration, cut_anywhere_is_complained_of_or_loads) {  // A21: every prefix of a good file.
    const std::string yaml = std::string(default_configuration_text());
    for (std::size_t size = 0; size < yaml.size(); size += 3) {
        const LoadResult result = loaded(yaml.substr(0, size));
        if (const auto* list = std::get_if<std::vector<Complaint>>(&result)) {
            EXPECT_FALSE(list->empty());
        }
    }
}

TEST(OnCall, turns_change_at_the_hour_they_began) {
    const Configuration c = good(
                                "owners: {team: {rotation: [ana, bo, cy], every: 1w, starts: "
                                "2026-01-05T09:00:00Z}}\n" +
                                with_evaluators("[{check: empty_output}]").substr(34))
                                .configuration;
    const auto at = [&](const char* time) { return on_call(c, "team", *from_iso8601(time)); };
    EXPECT_EQ(at("2025-12-31"), "ana");  // Before the first turn somebody must be there, too.
    EXPECT_EQ(at("2026-01-05T09:00:00Z"), "ana");
    EXPECT_EQ(at("2026-01-12T08:59:59Z"), "ana");
    EXPECT_EQ(at("2026-01-12T09:00:00Z"), "bo");
    EXPECT_EQ(at("2026-01-19T09:00:00Z"), "cy");
    EXPECT_EQ(at("2026-01-26T09:00:00Z"), "ana");
    EXPECT_EQ(on_call(c, "nobody", 0), "");
}

TEST(Options, are_described_with_the_defaults_that_hold) {
    const std::string text = explain_options();
    EXPECT_THAT(text, HasSubstr("limits.body  <size>  default: 64MiB\n"));
    EXPECT_THAT(text, HasSubstr("assembly.quiet  <duration>  default: 2s\n"));
    EXPECT_THAT(text, HasSubstr("dimensions.*.owner  <owner>  required\n"));
    EXPECT_THAT(text, HasSubstr("banned_phrase\n"));
    for (const OptionDescription& option : describe_options()) {
        EXPECT_TRUE(option.says.ends_with(".")) << option.key;
    }
}

}  // namespace
}  // namespace plimsoll::app
