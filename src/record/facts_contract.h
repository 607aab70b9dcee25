/// facts_contract.h: what every Facts must do, as tests. An implementation instantiates them:
///
///     INSTANTIATE_TEST_SUITE_P(DuckDb, FactsContract, testing::Values(FactsMaker{…}));
///
/// Include in one test file of each implementation.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "record/facts.h"

namespace plimsoll::record {

/// Opens the facts that live in a directory; called again after the last ones were closed.
struct FactsMaker {
    std::function<std::unique_ptr<Facts>(const std::filesystem::path&)> open;
};

class FactsContract : public testing::TestWithParam<FactsMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "facts-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        open();
    }
    void TearDown() override {
        facts_.reset();
        std::filesystem::remove_all(directory_);
    }
    void open() {
        facts_.reset();
        facts_ = GetParam().open(directory_);
        ASSERT_NE(facts_, nullptr);
    }

    static TraceId trace(std::uint8_t number) {
        TraceId id;
        id.bytes[0] = 0xA0;
        id.bytes[15] = number;
        return id;
    }
    static ScoreFact scored(std::string dimension, std::string evaluator, double score) {
        return {std::move(dimension), std::move(evaluator), "v1", score};
    }
    static ScoreFact unscored(std::string dimension, std::string evaluator, std::string reason) {
        return {std::move(dimension), std::move(evaluator), "v1", std::nullopt, std::move(reason)};
    }
    /// An interaction that starts `number` seconds after the epoch.
    static InteractionFact fact(std::uint8_t number) {
        InteractionFact made;
        made.trace = trace(number);
        made.start = number * nanos_per_second;
        made.duration_ms = 12.5;
        made.service = "assistant";
        made.environment = "production";
        made.session = "session-" + std::to_string(number);
        made.provider = "openai";
        made.versions.model = "small";
        made.question = "Where is my parcel?";
        made.answer = "It is on its way.";
        SpanId span;
        span.bytes[7] = number;
        made.places = {{span, number * 10ull, 3}};
        made.spans = {
            {span, "model_call", "chat", "small", "", made.start, 12.5, 10, 20, 0.5, false}};
        return made;
    }
    void apply(std::vector<InteractionFact> interactions, std::uint64_t seq = 1) {
        const auto applied = facts_->apply({std::move(interactions), seq});
        ASSERT_TRUE(applied.ok()) << applied.error().what;
    }
    std::vector<int> listed(const Filter& filter) {
        const auto rows = facts_->interactions(filter, 100, std::nullopt);
        EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
        std::vector<int> numbers;
        if (rows)
            for (const InteractionRow& row : *rows) numbers.push_back(row.trace.bytes[15]);
        const auto count = facts_->count(filter);
        EXPECT_EQ(count.ok() ? *count : 999, numbers.size());
        return numbers;
    }
    ScoreSums sums_of(const std::string& dimension, const std::string& evaluator,
                      const Filter& filter = {}) {
        const auto all = facts_->score_sums(filter);
        EXPECT_TRUE(all.ok()) << (all.ok() ? "" : all.error().what);
        if (all)
            for (const ScoreSums& sums : *all)
                if (sums.dimension == dimension && sums.evaluator == evaluator) return sums;
        return {};
    }

    std::filesystem::path directory_;
    std::unique_ptr<Facts> facts_;
};

TEST_P(FactsContract, empty_facts_answer_every_question) {
    EXPECT_EQ(*facts_->applied_seq(), 0u);
    EXPECT_TRUE(facts_->known({trace(1)})->empty());
    EXPECT_TRUE(facts_->score_sums({})->empty());
    EXPECT_TRUE(facts_->trend({}, nanos_per_second)->empty());
    EXPECT_TRUE(facts_->interactions({}, 10, std::nullopt)->empty());
    EXPECT_EQ(*facts_->count({}), 0u);
    EXPECT_FALSE(facts_->interaction(trace(1))->has_value());
    EXPECT_TRUE(facts_->facets({})->empty());
    EXPECT_FALSE(facts_->time_range()->has_value());
    EXPECT_EQ(facts_->status()->interactions, 0u);
}

TEST_P(FactsContract, an_interaction_comes_back_as_it_went_in) {
    InteractionFact sent = fact(1);
    sent.revision = 3;
    sent.incomplete = sent.failed = true;
    sent.user = "ana";
    sent.versions = {"small", "greeting@2", "judge", "dataset", "rubric"};
    sent.configuration = "c0ffee";
    sent.input_tokens = 0;
    sent.cost_usd = 0.25;
    sent.attributes = {{"app.segment", "enterprise"}, {"language", "de"}};
    sent.places.push_back({sent.places[0].span, 4, 100'000});
    sent.spans.push_back({{}, "tool_call", "look up", "", "parcels", sent.start, 1.5});
    sent.scores = {scored("format", "json", 0.5), unscored("cost", "budget", "not_applicable")};
    sent.scores[0].explanation = "$.items: missing";
    sent.scores[0].inclusion = 0.25;
    sent.context.model_requested = "small-latest";
    sent.context.flags = "tone=b";
    sent.context.price_list = "2026-08-20";
    sent.traits = Traits(Trait::escalation) | Trait::usage;
    sent.dropped = 3;
    sent.cache_read_tokens = 7;
    sent.reasoning_tokens = 0;
    sent.spans[0].priced = sent.spans[1].repeats_usage = true;
    sent.outside_scores = {{.name = "relevance",
                            .value = 0.5,
                            .label = "so so",
                            .explanation = "off topic",
                            .evaluator = "judge-v2",
                            .annotator = "llm",
                            .response_id = "r-1",
                            .error_type = "",
                            .about = OutsideScore::About::step,
                            .step = sent.spans[0].id,
                            .time = 12},
                           {.name = "thumb", .about = OutsideScore::About::interaction}};
    apply({sent}, 7);
    open();
    EXPECT_EQ(*facts_->applied_seq(), 7u);
    const auto answer = facts_->interaction(sent.trace);
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    ASSERT_TRUE(answer->has_value());
    const InteractionFact& got = **answer;
    EXPECT_EQ(got.revision, 3u);
    EXPECT_TRUE(got.incomplete && got.failed && got.recognised);
    EXPECT_EQ(got.start, sent.start);
    EXPECT_EQ(got.duration_ms, 12.5);
    EXPECT_EQ(got.user, "ana");
    EXPECT_EQ(got.versions, sent.versions);
    EXPECT_EQ(got.configuration, "c0ffee");
    EXPECT_EQ(got.question, sent.question);
    EXPECT_EQ(got.input_tokens, 0);
    EXPECT_EQ(got.output_tokens, std::nullopt);
    EXPECT_EQ(got.cost_usd, 0.25);
    EXPECT_EQ(got.attributes, sent.attributes);
    EXPECT_EQ(got.context, sent.context);
    EXPECT_EQ(got.traits, sent.traits);
    EXPECT_EQ(got.dropped, 3u);
    EXPECT_EQ(got.cache_read_tokens, 7);
    EXPECT_EQ(got.cache_write_tokens, std::nullopt);
    EXPECT_EQ(got.reasoning_tokens, 0);
    EXPECT_EQ(got.outside_scores, sent.outside_scores);
    EXPECT_EQ(got.places, sent.places);
    ASSERT_EQ(got.spans.size(), 2u);
    EXPECT_EQ(got.spans[0].output_tokens, 20);
    EXPECT_EQ(got.spans[1].tool, "parcels");
    EXPECT_TRUE(got.spans[0].priced && !got.spans[0].repeats_usage);
    EXPECT_TRUE(got.spans[1].repeats_usage && !got.spans[1].priced);
    EXPECT_EQ(got.spans[1].input_tokens, std::nullopt);
    ASSERT_EQ(got.scores.size(), 2u);
    EXPECT_EQ(got.scores[0].score, 0.5);
    EXPECT_EQ(got.scores[0].explanation, "$.items: missing");
    EXPECT_EQ(got.scores[0].inclusion, 0.25);
    EXPECT_EQ(got.scores[1].score, std::nullopt);
    EXPECT_EQ(got.scores[1].reason, "not_applicable");
}

TEST_P(FactsContract, a_new_revision_takes_the_place_of_the_old_one) {
    InteractionFact first = fact(1);
    first.scores = {scored("format", "json", 0.0)};
    first.attributes = {{"language", "de"}};
    apply({first, fact(2)}, 1);
    InteractionFact second = first;
    second.revision = 2;
    second.scores[0].score = 1.0;
    second.places.push_back({second.places[0].span, 99, 0});
    apply({second}, 2);
    EXPECT_EQ(*facts_->count({}), 2u);
    EXPECT_EQ(facts_->status()->spans, 2u);
    EXPECT_EQ(facts_->status()->scores, 1u);
    EXPECT_EQ(sums_of("format", "").weighted, 1.0);
    const auto known = facts_->known({trace(1), trace(9)});
    ASSERT_EQ(known->size(), 1u);
    EXPECT_EQ((*known)[0].revision, 2u);
    EXPECT_EQ((*known)[0].places, second.places);
    open();
    EXPECT_EQ(facts_->known({trace(1)})->at(0).revision, 2u);
    EXPECT_EQ(*facts_->count({.attributes = {{"language", "de"}}}), 1u);
}

TEST_P(FactsContract, marks_that_come_later_join_those_that_are_here) {
    InteractionFact one = fact(1);
    one.traits = Trait::usage;
    apply({one}, 3);
    ASSERT_TRUE(
        facts_
            ->apply({.applied_seq = 4,
                     .traits_later = {{trace(1), Trait::escalation}, {trace(9), Trait::error}}})
            .ok());
    const Traits both = Traits(Trait::usage) | Trait::escalation;
    EXPECT_EQ((*facts_->interaction(trace(1)))->traits, both);
    EXPECT_EQ((*facts_->known({trace(1)}))[0].traits, both);
    EXPECT_EQ(*facts_->count({.traits = both}), 1u);
    EXPECT_EQ(*facts_->count({.traits = both | Trait::error}), 0u);
}

TEST_P(FactsContract, traffic_is_counted_by_mark_service_and_time) {
    InteractionFact one = fact(1), two = fact(2), three = fact(65), other = fact(3);
    one.session = two.session = three.session = "s";
    one.traits = two.traits = Traits(Trait::session) | Trait::answer | Trait::usage;
    three.traits = Trait::session;
    three.dropped = 4;
    other.service = "search";
    apply({one, two, three, other});
    const auto counts = facts_->trait_counts({}, 60 * nanos_per_second);
    ASSERT_TRUE(counts.ok()) << counts.error().what;
    ASSERT_EQ(counts->size(), 3u);
    const TraitCounts& first = (*counts)[0];
    EXPECT_EQ(first.service, "assistant");
    EXPECT_EQ(first.interactions, 2u);
    EXPECT_EQ(first.with[static_cast<std::size_t>(Trait::usage)], 2u);
    EXPECT_EQ(first.sessions, 0u);  // The session goes on.
    EXPECT_EQ((*counts)[1].service, "search");
    const TraitCounts& last = (*counts)[2];
    EXPECT_EQ(last.time, 60 * nanos_per_second);
    EXPECT_EQ(last.dropped, 4u);
    EXPECT_EQ(last.sessions, 1u);
    EXPECT_EQ(last.sessions_without_end, 1u);
    EXPECT_EQ(facts_->trait_counts({}, 0)->size(), 2u);
}

TEST_P(FactsContract, versions_are_counted_together_and_by_time) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    one.context.tools = two.context.tools = "a1";
    three.context.tools = "b2";
    apply({one, two, three});
    open();
    const auto counts = facts_->context_counts({}, 0);
    ASSERT_TRUE(counts.ok()) << counts.error().what;
    ASSERT_EQ(counts->size(), 2u);
    EXPECT_EQ((*counts)[0].context.tools, "a1");
    EXPECT_EQ((*counts)[0].interactions, 2u);
    EXPECT_EQ((*counts)[0].first, one.start);
    EXPECT_EQ((*counts)[0].last, two.start);
    EXPECT_EQ((*counts)[0].model, "small");
    EXPECT_EQ((*counts)[1].context.tools, "b2");
}

TEST_P(FactsContract, money_is_summed_up_by_whatever_is_asked_for) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    one.user = two.user = "ana";
    one.cost_usd = 0.5;
    two.cost_usd = 0.25;
    one.input_tokens = 100;
    one.cache_read_tokens = 40;
    one.traits = Trait::cost_priced;
    three.traits = Trait::cost_unknown;
    three.attributes = {{"feature", "search"}};
    apply({one, two, three});
    const auto users = facts_->usage_sums({}, "user", 10);
    ASSERT_TRUE(users.ok()) << users.error().what;
    ASSERT_EQ(users->size(), 2u);
    EXPECT_EQ((*users)[0].group, "ana");
    EXPECT_EQ((*users)[0].interactions, 2u);
    EXPECT_EQ((*users)[0].cost_usd, 0.75);
    EXPECT_EQ((*users)[0].input_tokens, 100u);
    EXPECT_EQ((*users)[0].cache_read_tokens, 40u);
    EXPECT_EQ((*users)[0].priced, 1u);
    EXPECT_EQ((*users)[1].unknown, 1u);
    const auto features = facts_->usage_sums({}, "attributes.feature", 10);
    ASSERT_TRUE(features.ok()) << features.error().what;
    ASSERT_EQ(features->size(), 2u);
    EXPECT_EQ((*features)[1].group, "search");
    EXPECT_FALSE(facts_->usage_sums({}, "weather", 10).ok());
}

TEST_P(FactsContract, applying_nothing_still_moves_the_position) {
    apply({}, 12);
    EXPECT_EQ(*facts_->applied_seq(), 12u);
    EXPECT_EQ(facts_->status()->applied_seq, 12u);
}

TEST_P(FactsContract, a_dimension_scores_as_its_lowest_evaluator) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    one.scores = {scored("format", "json", 1.0), scored("format", "length", 0.25)};
    two.scores = {scored("format", "json", 0.5), unscored("format", "length", "not_applicable")};
    three.scores = {unscored("format", "json", "not_applicable"),
                    unscored("format", "length", "truncated")};
    apply({one, two, three});
    const ScoreSums whole = sums_of("format", "");
    EXPECT_EQ(whole.scored, 2u);
    EXPECT_EQ(whole.unscored, 1u);
    EXPECT_EQ(whole.weight, 2.0);
    EXPECT_EQ(whole.weighted, 0.75);
    EXPECT_EQ(whole.reasons, (std::map<std::string, std::uint64_t>{{"truncated", 1}}));
    const ScoreSums length = sums_of("format", "length");
    EXPECT_EQ(length.scored, 1u);
    EXPECT_EQ(length.unscored, 2u);
    EXPECT_EQ(length.reasons,
              (std::map<std::string, std::uint64_t>{{"not_applicable", 1}, {"truncated", 1}}));
    EXPECT_EQ(length.version, "v1");
    EXPECT_EQ((*facts_->interactions({}, 1, std::nullopt))[0].scores.size(), 0u);
    const auto rows = facts_->interactions({}, 10, std::nullopt);
    EXPECT_EQ((*rows)[2].scores, (std::map<std::string, double>{{"format", 0.25}}));
}

TEST_P(FactsContract, what_a_judge_says_later_takes_the_place_of_pending) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    for (InteractionFact* each : {&one, &two, &three}) {
        ScoreFact judge = unscored("tone", "kind", "pending");
        judge.inclusion = 0.5;
        judge.stratum = "plain";
        each->scores = {scored("format", "json", 1.0), judge};
        each->scores[0].explanation = "as it was";
    }
    three.scores[1].reason = not_sampled;
    apply({one, two, three}, 7);
    EXPECT_EQ(sums_of("tone", "kind").unasked, 3u);
    EXPECT_EQ(sums_of("tone", "").unasked, 3u);
    EXPECT_EQ(sums_of("tone", "kind").unscored, 0u);
    EXPECT_EQ(*facts_->count({.dimension = "tone", .unscored = true}), 0u);

    ScoreFact said = scored("tone", "kind", 0.25);
    said.version = "kind@2";
    said.inclusion = 0.5;
    said.stratum = "plain";
    said.explanation = "curt";
    FactsBatch batch{.applied_seq = 8,
                     .judged = {{trace(2), {said}}, {trace(99), {said}}},
                     .judged_changed = 41};
    ASSERT_TRUE(facts_->apply(batch).ok());
    open();
    EXPECT_EQ(*facts_->judged_changed(), 41u);
    EXPECT_EQ(*facts_->applied_seq(), 8u);
    const ScoreSums sums = sums_of("tone", "kind");
    EXPECT_EQ(sums.scored, 1u);
    EXPECT_EQ(sums.unasked, 2u);
    EXPECT_EQ(sums.weight, 2.0);
    EXPECT_EQ(sums.weighted, 0.5);
    EXPECT_EQ(sums_of("tone", "").weighted, 0.5);
    EXPECT_EQ(facts_->status()->scores, 6u);
    const auto got = facts_->interaction(trace(2));
    ASSERT_EQ((*got)->scores.size(), 2u);
    EXPECT_EQ((*got)->scores[0].explanation, "as it was");
    EXPECT_EQ((*got)->scores[1].version, "kind@2");
    EXPECT_EQ((*got)->scores[1].stratum, "plain");
    EXPECT_EQ((*got)->scores[1].explanation, "curt");
    said.score = 0.75;  // A second opinion: the same place, and its explanation goes with it.
    said.explanation = "";
    ASSERT_TRUE(facts_->apply({.applied_seq = 8, .judged = {{trace(2), {said}}}}).ok());
    EXPECT_EQ((*facts_->interaction(trace(2)))->scores[1].explanation, "");
    EXPECT_EQ(sums_of("tone", "").weighted, 1.5);
    EXPECT_EQ(*facts_->judged_changed(), 41u);
}

TEST_P(FactsContract, a_dimension_of_checks_and_a_judge_counts_where_all_were_asked) {
    InteractionFact one = fact(1), two = fact(2);
    ScoreFact judge = scored("tone", "kind", 0.5);
    judge.inclusion = 0.25;
    judge.stratum = "plain";
    one.scores = {scored("tone", "length", 0.75), judge};
    judge.score = std::nullopt;
    judge.reason = not_sampled;
    two.scores = {scored("tone", "length", 0.0), judge};
    apply({one, two});
    const ScoreSums whole = sums_of("tone", "");
    EXPECT_EQ(whole.scored, 1u);
    EXPECT_EQ(whole.unasked, 1u);
    EXPECT_EQ(whole.weight, 4.0);  // As seldom as the judge.
    EXPECT_EQ(whole.weighted, 2.0);
    EXPECT_EQ(sums_of("tone", "length").scored, 2u);
    EXPECT_EQ((*facts_->interaction(trace(1)))->scores.size(), 2u);
    const auto rows = facts_->interactions({}, 10, std::nullopt);
    EXPECT_EQ((*rows)[1].scores, (std::map<std::string, double>{{"tone", 0.5}}));
}

TEST_P(FactsContract, the_strata_of_a_judge_know_their_population) {
    InteractionFact plain = fact(1), passed_over = fact(2), anomaly = fact(3), asked_for = fact(4);
    ScoreFact judge = scored("tone", "kind", 0.5);
    judge.inclusion = 0.25;
    judge.stratum = "plain";
    plain.scores = {judge};
    passed_over.scores = {judge};
    passed_over.scores[0].score = std::nullopt;
    passed_over.scores[0].reason = not_sampled;
    anomaly.scores = {judge};
    anomaly.scores[0].inclusion = 1.0;
    anomaly.scores[0].stratum = "anomaly/error";
    anomaly.scores[0].score = std::nullopt;
    anomaly.scores[0].reason = "judge_refused";
    asked_for.scores = {judge};
    asked_for.scores[0].inclusion = std::nullopt;
    apply({plain, passed_over, anomaly, asked_for});
    const auto sums = facts_->judged_sums({});
    ASSERT_EQ(sums->size(), 2u);
    const JudgedSums& error = (*sums)[0];
    EXPECT_EQ(error.stratum, "anomaly/error");
    EXPECT_EQ(error.population, 1u);
    EXPECT_EQ(error.drawn, 1u);
    EXPECT_EQ(error.scored, 0u);
    EXPECT_EQ(error.reasons, (std::map<std::string, std::uint64_t>{{"judge_refused", 1}}));
    const JudgedSums& rest = (*sums)[1];
    EXPECT_EQ(rest.population, 3u);
    EXPECT_EQ(rest.drawn, 1u);
    EXPECT_EQ(rest.drawn_weight, 4.0);
    EXPECT_EQ(rest.scored, 1u);
    EXPECT_EQ(rest.outside, 1u);
    EXPECT_EQ(rest.w, 4.0);
    EXPECT_EQ(rest.w2, 16.0);
    EXPECT_EQ(rest.y, 0.5);
    EXPECT_EQ(rest.wy, 2.0);
    EXPECT_EQ(rest.w2y, 8.0);
    EXPECT_EQ(rest.w2y2, 4.0);
    EXPECT_EQ(rest.wy2, 1.0);
    // In no mean of the traffic either.
    EXPECT_EQ(sums_of("tone", "kind").weight, 4.0);
}

TEST_P(FactsContract, a_sampled_score_weighs_what_it_stands_for) {
    InteractionFact one = fact(1), two = fact(2);
    one.scores = {scored("faithful", "judge", 0.5)};
    one.scores[0].inclusion = 0.25;
    two.scores = {scored("faithful", "judge", 1.0)};
    apply({one, two});
    const ScoreSums sums = sums_of("faithful", "judge");
    EXPECT_EQ(sums.weight, 5.0);
    EXPECT_EQ(sums.weighted, 3.0);
    ASSERT_EQ(sums.bucket_weight.size(), 64u);
    EXPECT_EQ(sums.bucket_weight[hash64("session-1") % 64], 4.0);
    EXPECT_EQ(sums.bucket_weighted[hash64("session-1") % 64], 2.0);
    EXPECT_EQ(facts_->trend({}, 60 * nanos_per_second)->at(0).mean, 0.6);
}

TEST_P(FactsContract, the_latest_version_of_an_evaluator_is_named_and_all_are_summed) {
    InteractionFact early = fact(1), late = fact(2);
    early.scores = {scored("format", "json", 1.0)};
    late.scores = {scored("format", "json", 0.0)};
    late.scores[0].version = "v2";
    apply({late}, 1);
    apply({early}, 2);
    EXPECT_EQ(sums_of("format", "json").version, "v2");
    EXPECT_EQ(sums_of("format", "json").scored, 2u);
    // Of a judgement that is not made yet, or to which nobody answered, the version is not known.
    InteractionFact waits = fact(3), fails = fact(4);
    waits.scores = {unscored("format", "json", std::string(pending))};
    fails.scores = {unscored("format", "json", "judge_unreachable")};
    waits.scores[0].version = fails.scores[0].version = "v3?";
    apply({waits, fails}, 3);
    EXPECT_EQ(sums_of("format", "json").version, "v2");
}

TEST_P(FactsContract, a_trend_has_a_point_for_each_stretch_that_holds_something) {
    InteractionFact a = fact(1), b = fact(59), c = fact(180);
    a.scores = {scored("format", "json", 1.0), scored("cost", "budget", 1.0)};
    b.scores = {scored("format", "json", 0.0)};
    c.scores = {unscored("format", "json", "truncated")};
    apply({a, b, c});
    const auto points = facts_->trend({}, 60 * nanos_per_second);
    ASSERT_TRUE(points.ok()) << points.error().what;
    ASSERT_EQ(points->size(), 3u);
    EXPECT_EQ((*points)[0].dimension, "cost");
    EXPECT_EQ((*points)[1].dimension, "format");
    EXPECT_EQ((*points)[1].time, 0);
    EXPECT_EQ((*points)[1].scored, 2u);
    EXPECT_EQ((*points)[1].mean, 0.5);
    EXPECT_EQ((*points)[2].time, 180 * nanos_per_second);
    EXPECT_EQ((*points)[2].scored, 0u);
    EXPECT_EQ((*points)[2].unscored, 1u);
}

TEST_P(FactsContract, every_filter_finds_what_it_means) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    one.service = "search";
    one.environment = "staging";
    one.versions.model = "large";
    one.versions.prompt = "greeting@2";
    one.user = "ana";
    one.failed = true;
    one.question = "Wo ist mein PAKET?";
    one.attributes = {{"language", "de"}, {"segment", "free"}};
    one.scores = {scored("format", "json", 0.25), unscored("cost", "budget", "truncated")};
    two.attributes = {{"language", "de"}};
    two.scores = {scored("format", "length", 0.75), scored("cost", "budget", 1.0)};
    three.recognised = false;
    apply({one, two, three});
    using testing::ElementsAre;
    EXPECT_THAT(listed({}), ElementsAre(2, 1));
    EXPECT_THAT(listed({.unrecognised = true}), ElementsAre(3, 2, 1));
    EXPECT_THAT(listed({.from = 2 * nanos_per_second}), ElementsAre(2));
    EXPECT_THAT(listed({.to = 2 * nanos_per_second}), ElementsAre(1));
    EXPECT_THAT(listed({.service = "search"}), ElementsAre(1));
    EXPECT_THAT(listed({.environment = "staging"}), ElementsAre(1));
    EXPECT_THAT(listed({.model = "large"}), ElementsAre(1));
    EXPECT_THAT(listed({.prompt = "greeting@2"}), ElementsAre(1));
    EXPECT_THAT(listed({.session = "session-2"}), ElementsAre(2));
    EXPECT_THAT(listed({.user = "ana"}), ElementsAre(1));
    EXPECT_THAT(listed({.attributes = {{"language", "de"}}}), ElementsAre(2, 1));
    EXPECT_THAT(listed({.attributes = {{"language", "de"}, {"segment", "free"}}}), ElementsAre(1));
    EXPECT_THAT(listed({.text = "paket"}), ElementsAre(1));
    EXPECT_THAT(listed({.text = "ON ITS WAY"}), ElementsAre(2, 1));
    EXPECT_THAT(listed({.failed = true}), ElementsAre(1));
    EXPECT_THAT(listed({.failed = false}), ElementsAre(2));
    EXPECT_THAT(listed({.dimension = "cost"}), ElementsAre(2));
    EXPECT_THAT(listed({.evaluator = "json"}), ElementsAre(1));
    EXPECT_THAT(listed({.dimension = "format", .score_below = 0.5}), ElementsAre(1));
    EXPECT_THAT(listed({.dimension = "cost", .score_below = 0.5}), ElementsAre());
    EXPECT_THAT(listed({.dimension = "cost", .unscored = true}), ElementsAre(1));
    EXPECT_EQ(sums_of("format", "", {.service = "search"}).scored, 1u);
    EXPECT_EQ(sums_of("format", "", {.attributes = {{"language", "de"}}}).scored, 2u);
    EXPECT_EQ(sums_of("format", "", {.to = 2 * nanos_per_second}).scored, 1u);
    EXPECT_EQ(facts_->trend({.service = "search"}, nanos_per_second)->size(), 2u);
}

TEST_P(FactsContract, a_list_goes_on_where_the_last_page_ended) {
    InteractionFact twin = fact(5);
    twin.trace = trace(6);  // The same start as 5.
    apply({fact(1), fact(5), twin, fact(3)});
    const auto first = facts_->interactions({}, 2, std::nullopt);
    ASSERT_EQ(first->size(), 2u);
    EXPECT_EQ((*first)[0].trace, trace(6));
    const auto next = facts_->interactions({}, 2, std::pair((*first)[0].start, (*first)[0].trace));
    ASSERT_EQ(next->size(), 2u);
    EXPECT_EQ((*next)[0].trace, trace(5));
    EXPECT_EQ((*next)[1].trace, trace(3));
    EXPECT_EQ(*facts_->time_range(), std::pair(1 * nanos_per_second, 5 * nanos_per_second));
}

TEST_P(FactsContract, facets_name_values_with_the_most_frequent_first) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    one.versions.model = "large";
    one.attributes = {{"app.segment", "free"}};
    two.attributes = three.attributes = {{"app.segment", "enterprise"}};
    apply({one, two, three});
    const auto facets = facts_->facets({});
    ASSERT_TRUE(facets.ok()) << facets.error().what;
    std::map<std::string, std::vector<std::pair<std::string, std::uint64_t>>> by_name;
    for (const Facet& facet : *facets) by_name[facet.name] = facet.values;
    using Values = std::vector<std::pair<std::string, std::uint64_t>>;
    EXPECT_EQ(by_name["model"], (Values{{"small", 2}, {"large", 1}}));
    EXPECT_EQ(by_name["service"], (Values{{"assistant", 3}}));
    EXPECT_EQ(by_name["attributes.app.segment"], (Values{{"enterprise", 2}, {"free", 1}}));
    EXPECT_EQ(by_name.count("prompt"), 0u);
}

TEST_P(FactsContract, metacharacters_of_sql_are_text_in_every_filter_and_name) {  // A11
    const std::string evil = "x'; DROP TABLE interactions; --\" % _ \\ $1 ? ";
    InteractionFact one = fact(1);
    one.service = one.environment = one.session = one.user = one.versions.model =
        one.versions.prompt = one.question = evil;
    one.attributes = {{evil, evil}};
    one.scores = {scored(evil, evil, 0.5)};
    apply({one, fact(2)});
    const Filter filter{.service = evil,
                        .environment = evil,
                        .model = evil,
                        .prompt = evil,
                        .session = evil,
                        .user = evil,
                        .attributes = {{evil, evil}},
                        .text = evil,
                        .dimension = evil,
                        .evaluator = evil,
                        .score_below = 0.75};
    EXPECT_THAT(listed(filter), testing::ElementsAre(1));
    EXPECT_EQ(sums_of(evil, evil, filter).scored, 1u);
    EXPECT_EQ(facts_->trend(filter, 1)->size(), 1u);
    EXPECT_TRUE(facts_->facets(filter).ok());
    EXPECT_THAT(listed({.text = "%"}), testing::ElementsAre(1));
    EXPECT_EQ(*facts_->count({}), 2u);
}

TEST_P(FactsContract, text_that_is_no_text_does_not_spoil_the_facts) {  // A06
    InteractionFact one = fact(1);
    std::string cut(255, 'a');
    cut += "\xC3\xA4";  // The 256th byte is in the middle of a character.
    one.service = cut;
    one.question = std::string("\0null", 5);
    one.session = "\xFF\xFE broken \xED\xA0\x80";
    one.user = "\xF0\x9F\x98";
    one.attributes = {{"\xC3", "\x80"}};
    one.scores = {scored("format", "json", 1.0)};
    one.scores[0].explanation = std::string(2'000, '\xE2');
    apply({one});
    open();
    const auto got = facts_->interaction(trace(1));
    ASSERT_TRUE(got.ok() && got->has_value());
    EXPECT_EQ((*got)->service, std::string(255, 'a'));
    EXPECT_LE((*got)->scores[0].explanation.size(), 1'000u);
    EXPECT_EQ(*facts_->count({.service = cut}), 1u);
    EXPECT_EQ(*facts_->count({.session = one.session}), 1u);
}

TEST_P(FactsContract, many_batches_stay_consistent) {
    for (int batch = 0; batch < 20; ++batch) {
        std::vector<InteractionFact> facts;
        for (int i = 0; i < 200; ++i) {
            InteractionFact each = fact(1);
            each.trace.bytes[3] = static_cast<std::uint8_t>(batch % 10);
            each.trace.bytes[4] = static_cast<std::uint8_t>(i);
            each.revision = 1 + batch / 10;
            each.scores = {scored("format", "json", batch < 10 ? 0.0 : 1.0)};
            facts.push_back(each);
        }
        apply(facts, batch + 1);
    }
    EXPECT_EQ(*facts_->count({}), 2'000u);
    EXPECT_EQ(sums_of("format", "json").weighted, 2'000.0);
    EXPECT_EQ(facts_->status()->scores, 2'000u);
}

TEST_P(FactsContract, scores_of_given_traces_come_with_what_to_slice_by) {
    InteractionFact one = fact(1), two = fact(2);
    one.attributes = {{"language", "de"}};
    one.scores = {scored("tone", "judge", 0.25), unscored("format", "json", "truncated")};
    one.scores[0].inclusion = 0.5;
    apply({one, two});
    const auto found = facts_->scores_of({trace(1), trace(2), trace(9)});
    ASSERT_TRUE(found.ok()) << found.error().what;
    ASSERT_EQ(found->size(), 2u);
    const TraceScores& first = (*found)[(*found)[0].trace == trace(1) ? 0 : 1];
    EXPECT_EQ(first.start, one.start);
    EXPECT_EQ(first.session, one.session);
    EXPECT_EQ(first.user, one.user);
    EXPECT_EQ(first.attributes.at("language"), "de");
    EXPECT_EQ(first.attributes.at("model"), "small");
    ASSERT_EQ(first.scores.size(), 2u);
    const ScoreFact& tone = first.scores[first.scores[0].dimension == "tone" ? 0 : 1];
    const ScoreFact& format = first.scores[first.scores[0].dimension == "tone" ? 1 : 0];
    EXPECT_EQ(tone.evaluator, "judge");
    EXPECT_EQ(tone.version, "v1");
    EXPECT_EQ(tone.score, 0.25);
    EXPECT_EQ(tone.inclusion, 0.5);
    EXPECT_EQ(format.score, std::nullopt);
    EXPECT_EQ(format.reason, "truncated");
    EXPECT_TRUE(facts_->scores_of({})->empty());
}

TEST_P(FactsContract, the_verdict_of_a_dimension_is_its_lowest_score) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3);
    one.scores = {scored("tone", "judge", 1), scored("tone", "other", 0.25),
                  scored("format", "json", 0)};
    two.scores = {scored("tone", "judge", 1)};
    three.scores = {unscored("tone", "judge", "truncated")};
    apply({one, two, three});
    const auto told = [&](UnixNanos from, UnixNanos to) {
        std::map<int, double> verdicts;
        EXPECT_TRUE(facts_
                        ->for_each_verdict("tone", from, to,
                                           [&](const DimensionVerdict& one) {
                                               verdicts[one.trace.bytes[15]] = one.score;
                                               EXPECT_EQ(one.start,
                                                         one.trace.bytes[15] * nanos_per_second);
                                           })
                        .ok());
        return verdicts;
    };
    EXPECT_EQ(told(0, 9 * nanos_per_second), (std::map<int, double>{{1, 0.25}, {2, 1}}));
    EXPECT_EQ(told(0, two.start), (std::map<int, double>{{1, 0.25}}));
    EXPECT_EQ(told(two.start, two.start + 1), (std::map<int, double>{{2, 1}}));
}

TEST_P(FactsContract, what_a_judge_said_of_its_sample_is_told_row_by_row) {
    InteractionFact one = fact(1), two = fact(2), three = fact(3), four = fact(4);
    one.scores = {scored("tone", "judge", 0.25)};
    one.scores[0].inclusion = 0.5;
    one.scores[0].stratum = "plain";
    two.scores = {scored("tone", "judge", 1)};
    two.scores[0].inclusion = std::nullopt;  // Outside the sampler.
    three.scores = {unscored("tone", "judge", std::string(not_sampled))};
    four.scores = {scored("tone", "other", 1)};
    apply({one, two, three, four});
    std::vector<JudgedRow> rows;
    const auto told = [&](const Filter& filter) {
        rows.clear();
        EXPECT_TRUE(facts_
                        ->for_each_judged(filter, "tone", "judge",
                                          [&](const JudgedRow& row) { rows.push_back(row); })
                        .ok());
        return rows.size();
    };
    ASSERT_EQ(told({}), 1u);
    EXPECT_EQ(rows[0].trace, trace(1));
    EXPECT_EQ(rows[0].start, one.start);
    EXPECT_EQ(rows[0].score, 0.25);
    EXPECT_EQ(rows[0].weight, 2);
    EXPECT_EQ(rows[0].bucket, hash64(one.session) % 64);
    EXPECT_EQ(rows[0].version, "v1");
    EXPECT_EQ(rows[0].stratum, "plain");
    Filter filter;
    filter.from = one.start + 1;
    EXPECT_EQ(told(filter), 0u);
    filter.from = one.start;
    filter.session = one.session;
    EXPECT_EQ(told(filter), 1u);
}

}  // namespace plimsoll::record
