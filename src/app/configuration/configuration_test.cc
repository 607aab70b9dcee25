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
    const evaluate::Judge& judge = *c.judges.at("faithfulness").judge;
    EXPECT_DOUBLE_EQ(judge.sample.rate, 0.2);
    EXPECT_EQ(judge.rubric, "Is it so?");
    ASSERT_EQ(c.scorecard.dimensions[0].judges.size(), 1u);
    EXPECT_EQ(c.scorecard.dimensions[0].judges[0].judge.get(), &judge);
    EXPECT_THAT(c.slices, ElementsAre("customer.segment", "query.category", "language"));
    EXPECT_EQ(c.server.grpc, "127.0.0.1:5317");
    EXPECT_EQ(c.server.idle_timeout, std::chrono::seconds(30));
    EXPECT_EQ(c.wire_limits.body_bytes_max, 32u << 20);
    EXPECT_EQ(c.wire_limits.spans_max, 10'000u);
    EXPECT_EQ(c.gather.quiet, std::chrono::milliseconds(500));
    EXPECT_EQ(c.facts_memory_bytes, 1u << 30);
    ASSERT_EQ(result.warnings.size(), 3u);
    EXPECT_EQ(to_text(result.warnings[0]),
              "p.yaml:5:19: channel “oncall-webhook” is not signed: its receiver cannot know who "
              "sent. Name an environment variable in `secret_env`.");
    EXPECT_EQ(
        to_text(result.warnings[1]),
        "p.yaml:7:3: 1 dimension: 3 to 7 are usual. With fewer, different faults hide behind one "
        "number.");
    EXPECT_EQ(
        to_text(result.warnings[2]),
        "p.yaml:17:39: judge “faithfulness” has a budget and no `price`: what it costs is not "
        "known. Write `price: {input: …, output: …}` beside its model's name.");
}

TEST(Configuration, built_in_is_without_fault) {
    const Loaded result = default_configuration();
    EXPECT_EQ(result.configuration.scorecard.dimensions.size(), 4u);
    EXPECT_TRUE(result.warnings.empty());
}

TEST(Configuration, effective_text_loads_to_the_same) {
    const TestFiles files = files_of({{"phrases.txt", "as an AI\n"},
                                      {"r.md", "Is it?"},
                                      {"p.md", "Judge {{documents?}} {{answer}}"}});
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
      - {judge: k, name: graded, where: {service: "1.0"}}
      - {judge: l}
    judged: passing
    alert: {page: default}
judges:
  j: {model: {api: openai, base_url: "https://x.org", name: m}, rubric: r.md}
  k:
    model: {api: anthropic, base_url: "https://y.org", name: n, key_env: KEY, idempotent: true, price: {input: 1.5, output: 7}}
    rubric: r.md
    prompt: p.md
    scale: {graded: [0, 10]}
    deadline: 5s
    parameters: {temperature: none, max_tokens: 64, seed: 7, structured: false, content_characters: 999, extra: {top_p: 0.5, stop: [a]}}
    sample: {rate: 0.25, floor: 0.05, reasons: {escalation: 1, error: 0.5}, usd_per_day: 5, requests_per_minute: 60, tokens_per_minute: 1000}
    sentinels: {items: 40, scorings: 5, every: 6h}
  l: {model: {api: openai, base_url: "https://x.org", name: m}, rubric: r.md, scale: {classes: {good: 1, "n.o": 0.125}}}
judging: {usd_per_day: 20}
slices: [a.b]
watch: {false_pages_per_90_days: 3, reference_weeks: 4, slice_values: 7}
)",
                                     files)
                                    .configuration;
    const Configuration second = good(first.effective_text, files).configuration;
    EXPECT_EQ(second.effective_text, first.effective_text);
    EXPECT_EQ(second.version, first.version);
    EXPECT_EQ(second.watch.false_pages_per_90_days, 3u);
    EXPECT_EQ(second.watch.reference_weeks, 4u);
    EXPECT_EQ(second.watch.slice_values, 7u);
    for (const auto& [name, settings] : first.judges)
        EXPECT_EQ(evaluate::definition_hash(*second.judges.at(name).judge),
                  evaluate::definition_hash(*settings.judge));
    const evaluate::Judge& k = *first.judges.at("k").judge;
    EXPECT_EQ(k.scale, evaluate::JudgeScale::graded(0, 10));
    EXPECT_EQ(k.parameters.extra_json, R"({"top_p":0.5,"stop":["a"]})");
    EXPECT_EQ(k.deadline, std::chrono::seconds(5));
    EXPECT_TRUE(second.judges.at("k").judge->model.idempotent);
    EXPECT_EQ(first.judges.at("l").judge->scale.find("n.o")->score, 0.125);
    EXPECT_EQ(second.judges_usd_per_day, 20);
    const evaluate::Judge& again = *second.judges.at("k").judge;
    EXPECT_EQ(again.sample.floor, 0.05);
    EXPECT_EQ(again.sample.by_reason[0], 1.0);           // escalation
    EXPECT_EQ(again.sample.by_reason[1], std::nullopt);  // negative_feedback: as the rate says
    EXPECT_EQ(again.sample.by_reason[3], 0.5);           // error
    EXPECT_EQ(again.sentinels.items, 40u);
    EXPECT_EQ(again.sentinels.scorings, 5u);
    EXPECT_EQ(again.sentinels.every, std::chrono::hours(6));
}

TEST(Complaints, of_samples_and_sentinels) {
    EXPECT_EQ(complaints(with_evaluators("[{judge: j}]") + R"(judges:
  j:
    model: {api: openai, base_url: "https://x.org", name: m}
    rubric: r.md
    sample: {floor: 0, reasons: {escalated: 1, error: 1.5}}
    sentinels: {items: 10, scorings: 4, every: 10ms}
judging: {usd_per_day: 0}
)",
                         files_of({{"r.md", "Is it?"}})),
              "p.yaml:11:21: `floor` of judge “j” must be above 0 and at most 1.\n"
              "p.yaml:11:34: `reasons` of judge “j” knows no “escalated”. Did you mean "
              "`escalation`?\n"
              "p.yaml:11:55: `error` of judge “j” must be above 0 and at most 1.\n"
              "p.yaml:12:24: `items` of the sentinels of judge “j” must be 20 or more, or 0 for "
              "none. With fewer nothing could ever be noticed.\n"
              "p.yaml:12:38: `scorings` of the sentinels of judge “j” must be odd. Of an even "
              "number there may be no majority.\n"
              "p.yaml:12:48: `every` of the sentinels of judge “j” must be one second or more.\n"
              "p.yaml:13:24: `judging.usd_per_day` must be above 0.\n");
}

TEST(Configuration, a_judges_definition_follows_the_content_of_its_files) {
    const std::string yaml = with_evaluators("[{judge: j}]") +
                             "judges: {j: {model: {api: openai, base_url: \"https://x.org\", name: "
                             "m}, rubric: r.md, prompt: p.md}}\n";
    const auto hash = [&](const std::string& rubric, const std::string& prompt) {
        const Loaded read = good(yaml, files_of({{"r.md", rubric}, {"p.md", prompt}}));
        return evaluate::definition_hash(*read.configuration.judges.at("j").judge);
    };
    EXPECT_EQ(hash("a", "{{answer}}"), hash("a", "{{answer}}"));
    EXPECT_NE(hash("a", "{{answer}}"), hash("b", "{{answer}}"));
    EXPECT_NE(hash("a", "{{answer}}"), hash("a", "x {{answer}}"));
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
    EXPECT_NE(version(yaml + "watch: {reference_weeks: 4}\n", "one"), base);
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

TEST(Complaints, of_judges_say_where_why_and_the_mend) {
    const TestFiles files =
        files_of({{"r.md", "Is it?"}, {"e.md", " \n"}, {"p.md", "a\n{{anser}}"}});
    EXPECT_EQ(
        complaints(with_evaluators("[{judge: a}, {judge: a}]") + R"(judges:
  a:
    model: {api: gopher, base_url: "https://x.org", name: m, key_env: sk-proj-secret}
    rubric: e.md
    prompt: p.md
    scale: {graded: [5, 1]}
    parameters: {temperature: hot, max_tokens: 1.5, extra: {stream: true}, top: 1}
    sample: {usd_per_day: 0}
  b:
    model: {api: openai, base_url: "ftp://x", name: m, price: {input: 1}}
    rubric: r.md
    scale: {classes: {good: 1, GOOD: 2, Good: 0.5}}
  c: {model: {api: openai, base_url: "https://x.org", name: m}, rubric: r.md, scale: ternary}
)",
                   files),
        "p.yaml:6:30: dimension “format” has two evaluators called “a”. Give one of them a "
        "`name`.\n"
        "p.yaml:9:18: `api` of judge “a” cannot be “gopher”. It may be openai or anthropic.\n"
        "p.yaml:9:71: `key_env` of judge “a” is no variable's name. Write the name of an "
        "environment variable that holds the key, not the key.\n"
        "p.yaml:10:13: `rubric` of judge “a”: e.md is empty.\n"
        "p.yaml:11:13: `prompt` of judge “a”: p.md:2: there is nothing called “anser” to put "
        "in. There is {{question}}, {{conversation}}, {{system_prompt}}, {{documents}}, "
        "{{tool_calls}}, {{answer}}.\n"
        "p.yaml:12:21: `graded` of judge “a” must begin with the lowest grade and have at most "
        "100 more.\n"
        "p.yaml:13:31: `temperature` of judge “a” must be a number, not “hot”.\n"
        "p.yaml:13:48: `max_tokens` of judge “a” must be a whole number from 1 to 1000000.\n"
        "p.yaml:13:61: `extra` of judge “a” must not hold `stream`, which is written by "
        "Plimsoll.\n"
        "p.yaml:13:76: unknown key “top” in `parameters` of judge “a”. There is temperature, "
        "max_tokens, seed, structured, content_characters, extra.\n"
        "p.yaml:14:27: `usd_per_day` of judge “a” must be above 0.\n"
        "p.yaml:16:36: `base_url` of judge “b” must begin with https:// or http://. A key stands "
        "in the variable that `key_env` names.\n"
        "p.yaml:16:63: `price` of judge “b” has no `output`. Both are needed.\n"
        "p.yaml:18:38: the score of “GOOD” in `classes` of judge “b” must be from 0 to 1.\n"
        "p.yaml:18:41: `classes` of judge “b” has “Good” twice but for its case.\n"
        "p.yaml:19:86: `scale` of judge “c” is none that is known. Write `binary`, `{graded: "
        "[1, 5]}` or `{classes: {good: 1, poor: 0}}`.\n");
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

constexpr const char* told = R"(
owners:
  rag-team:
    rotation: [ana, bo]
    notify: [hook, chat, pager, prom, mail]
    fallback: [log]
    acknowledge_within: 15m
    escalate: [next, next, fallback]
    quiet: {from: "22:00", to: "07:00", offset: "-05:30", critical: waits}
  solo: {rotation: [dana]}
channels:
  log: {kind: log}
  hook: {kind: webhook, url: "https://example.org/hook", secret_env: HOOK_SECRET}
  chat: {kind: slack, url_env: CHAT_URL}
  pager: {kind: pagerduty, secret_env: PAGER_KEY}
  prom: {kind: alertmanager, url: "http://127.0.0.1:9093", repeat: 30s}
  mail: {kind: email, url: "smtp://mail.example.org:587", user: plimsoll, secret_env: MAIL_PASSWORD,
         from: plimsoll@example.org, to: [oncall@example.org]}
alerts: {page_url: "https://plimsoll.example.org/", owner: solo}
dimensions:
  format:
    says: It is right.
    owner: rag-team
    evaluators: [{check: empty_output}]
    alert: {page: default, critical: 0.2}
)";

TEST(Alerting, who_is_told_when_and_how_is_read_and_written_back) {
    using namespace std::chrono_literals;
    const Configuration c = good(told).configuration;
    const Owner& team = c.owners[0];
    EXPECT_THAT(team.fallback, ElementsAre("log"));
    EXPECT_EQ(team.acknowledge_within, 15min);
    EXPECT_THAT(team.escalate, ElementsAre(alert::Escalation::next, alert::Escalation::next,
                                           alert::Escalation::fallback));
    EXPECT_EQ(team.quiet, (alert::QuietHours{.from = 22h, .to = 7h, .offset = -330min,
                                             .critical_breaks_through = false}));
    EXPECT_TRUE(c.owners[1].escalate.empty()) << "there is nobody else";
    EXPECT_EQ(c.channels.at("hook").secret_env, "HOOK_SECRET");
    EXPECT_EQ(c.channels.at("chat").url_env, "CHAT_URL");
    EXPECT_EQ(c.channels.at("pager").url, "https://events.pagerduty.com/v2/enqueue");
    EXPECT_EQ(c.channels.at("prom").repeat, 30s);
    EXPECT_THAT(c.channels.at("mail").to, ElementsAre("oncall@example.org"));
    EXPECT_EQ(c.alerting.page_url, "https://plimsoll.example.org");
    EXPECT_EQ(c.alerting.owner, "solo");
    EXPECT_DOUBLE_EQ(c.alerts.at("format").critical, 0.2);
    const Configuration again = good(c.effective_text).configuration;
    EXPECT_EQ(again.effective_text, c.effective_text);
    EXPECT_EQ(again.version, c.version);
    EXPECT_EQ(again.owners[0].quiet, team.quiet);
    EXPECT_EQ(again.owners[0].escalate, team.escalate);
    EXPECT_TRUE(again.owners[1].escalate.empty());
}

TEST(Alerting, says_precisely_what_cannot_be) {
    EXPECT_EQ(complaints(R"(owners:
  team:
    rotation: [ana]
    escalate: [next, fallback, phone]
    quiet: {from: 22h, to: "07:00", offset: "1"}
channels:
  hook: {kind: webhook, url: "https://u:p@example.org/"}
  chat: {kind: slack, secret_env: X}
  pager: {kind: pagerduty}
  prom: {kind: alertmanager, url: "http://a", url_env: B}
  mail: {kind: email, url: "https://example.org", from: "a b@c", to: [], user: me}
  loud: {kind: webhook, url: "https://example.org/", secret_env: "s3cr3t-value", repeat: 1m}
alerts: {owner: teem}
)" + with_evaluators("[{check: empty_output}]").substr(34)),
              "p.yaml:4:22: owner “team” escalates to its `fallback`, and has none. Add `fallback: "
              "[a channel]`.\n"
              "p.yaml:4:32: a step of `escalate` of owner “team” cannot be “phone”. It may be next "
              "or fallback.\n"
              "p.yaml:5:19: `from` of `quiet` of owner “team” must be a time of day, not “22h”. "
              "Write it as \"22:00\".\n"
              "p.yaml:5:45: `offset` of `quiet` of owner “team” must be an offset from UTC, not "
              "“1”. Write it as \"+01:00\".\n"
              "p.yaml:7:30: `url` of channel “hook” must not hold a name or password.\n"
              "p.yaml:8:9: channel “chat” has no `url`. A slack needs to know where to send.\n"
              "p.yaml:8:35: channel “chat” is a slack and has no `secret_env`.\n"
              "p.yaml:9:10: channel “pager” has no `secret_env`. Name the environment variable that "
              "holds its integration key.\n"
              "p.yaml:10:35: channel “prom” has both `url` and `url_env`.\n"
              "p.yaml:11:28: `url` of channel “mail” must begin with smtp:// or smtps://.\n"
              "p.yaml:11:57: `from` of channel “mail” holds “a b@c”, which is no mail address.\n"
              "p.yaml:11:70: `to` of channel “mail” is empty.\n"
              "p.yaml:11:80: channel “mail” has a `user` and no `secret_env`. Name the environment "
              "variable that holds the password.\n"
              "p.yaml:12:66: `secret_env` of channel “loud” must be the name of an environment "
              "variable. A secret itself does not belong into this file.\n"
              "p.yaml:12:90: channel “loud” is a webhook and has no `repeat`.\n"
              "p.yaml:13:17: `alerts.owner` is “teem”, which is none of `owners`. Did you mean "
              "`team`?\n");
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
