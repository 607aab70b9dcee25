#include "interaction/understand.h"

#include <gmock/gmock.h>

#include <deque>
#include <set>

#include "interaction/conventions/conventions.h"
#include "interaction/family.h"

namespace plimsoll::interaction {
namespace {

/// A span told in the test itself. Owns what its view points at.
class Told {
  public:
    explicit Told(std::uint8_t id = 1, std::uint8_t parent = 0) {
        view_.id.bytes[7] = id;
        view_.parent.bytes[7] = parent;
        view_.start = 1'000'000'000;
        view_.end = 2'000'000'000;
        view_.resource = &resource_;
        view_.scope = &scope_;
    }
    Told& says(std::string_view key, std::string_view text) {
        wire::AnyValue value;
        value.kind = wire::AnyValue::Kind::string;
        value.text = texts_.emplace_back(text);
        view_.attributes.add({key, value});
        return *this;
    }
    Told& says(std::string_view key, const char* text) { return says(key, std::string_view(text)); }
    Told& says(std::string_view key, std::int64_t number) {
        wire::AnyValue value;
        value.kind = wire::AnyValue::Kind::integer;
        value.integer = number;
        view_.attributes.add({key, value});
        return *this;
    }
    Told& says(std::string_view key, int number) { return says(key, std::int64_t{number}); }
    Told& says(std::string_view key, double number) {
        wire::AnyValue value;
        value.kind = wire::AnyValue::Kind::real;
        value.real = number;
        view_.attributes.add({key, value});
        return *this;
    }
    Step understood() const { return understand_span(view_); }
    wire::SpanView& view() { return view_; }

  private:
    std::deque<std::string> texts_;
    wire::ResourceView resource_;
    wire::ScopeView scope_;
    wire::SpanView view_;
};

Step call(std::uint8_t id, std::uint8_t parent, UnixNanos start, UnixNanos end) {
    Step step;
    step.id.bytes[7] = id;
    step.parent.bytes[7] = parent;
    step.kind = StepKind::model_call;
    step.start = start;
    step.end = end;
    return step;
}

Message said(Role role, std::string text) {
    Message message;
    message.role = role;
    message.parts.emplace_back().text = std::move(text);
    return message;
}

TEST(Understand, the_first_convention_that_has_a_field_gives_it_and_is_named) {
    const Step step = Told()
                          .says("llm.model_name", "from openinference")
                          .says("gen_ai.response.model", "from otel")
                          .says("gen_ai.usage.prompt_tokens", 5)
                          .says("llm.token_count.prompt", 7)
                          .says("llm.token_count.completion", 9)
                          .understood();
    EXPECT_EQ(step.model_answered, "from otel");
    EXPECT_EQ(step.tokens.input, 7);
    EXPECT_EQ(step.tokens.output, 9);
    EXPECT_EQ(step.kind, StepKind::model_call);  // A model and tokens: nothing named it.
    EXPECT_THAT(step.sources, testing::Contains(FieldSource{
                                  "model_answered", "gen_ai.response.model", "otel_genai"}));
    EXPECT_THAT(step.sources, testing::Contains(FieldSource{
                                  "tokens.input", "llm.token_count.prompt", "openinference"}));
}

TEST(Understand, a_value_that_says_nothing_leaves_the_field_to_the_next) {
    const Step step = Told()
                          .says("gen_ai.operation.name", "chat")
                          .says("gen_ai.response.model", "N/A")
                          .says("llm.model_name", "m")
                          .says("gen_ai.provider.name", "microsoft.agent_framework")
                          .says("gen_ai.system", "Anthropic")
                          .says("gen_ai.usage.input_tokens", "many")
                          .says("gen_ai.usage.prompt_tokens", "12")
                          .understood();
    EXPECT_EQ(step.model_answered, "m");
    EXPECT_EQ(step.provider, "anthropic");
    EXPECT_EQ(step.tokens.input, 12);
}

TEST(Understand, a_richer_source_of_messages_replaces_a_better_placed_one) {
    const Step step = Told()
                          .says("gen_ai.operation.name", "chat")
                          .says("gen_ai.input.messages", R"([{"role":"user","content":"Hi"}])")
                          .says("gen_ai.prompt.0.role", "system")
                          .says("gen_ai.prompt.0.content", "Be brief.")
                          .says("gen_ai.prompt.1.role", "user")
                          .says("gen_ai.prompt.1.content", "Hi")
                          .understood();
    ASSERT_EQ(step.input.size(), 2u);
    EXPECT_EQ(step.input[0].role, Role::system);
    EXPECT_THAT(step.sources,
                testing::Contains(FieldSource{"input", "gen_ai.prompt", "otel_genai_old"}));
}

TEST(Understand, input_that_leaves_the_cache_out_is_mended_when_it_cannot_be_otherwise) {
    EXPECT_EQ(Told()
                  .says("gen_ai.usage.input_tokens", 12)
                  .says("gen_ai.usage.cache_read.input_tokens", 900)
                  .says("gen_ai.usage.cache_creation.input_tokens", 100)
                  .understood()
                  .tokens.input,
              1012);
    EXPECT_EQ(Told()
                  .says("gen_ai.usage.input_tokens", 1000)
                  .says("gen_ai.usage.cache_read.input_tokens", 900)
                  .understood()
                  .tokens.input,
              1000);
}

TEST(Understand, openinference_names_the_kind_before_opentelemetry_does) {
    const Step step = Told()
                          .says("gen_ai.operation.name", "chat")
                          .says("openinference.span.kind", "RETRIEVER")
                          .says("input.value", "sharpen shears")
                          .understood();
    EXPECT_EQ(step.kind, StepKind::retrieval);
    EXPECT_EQ(step.query, "sharpen shears");
}

TEST(Understand, errors_come_from_the_status_or_an_exception_but_not_against_an_ok) {
    Told told;
    told.view().status = wire::StatusCode::error;
    told.view().status_message = "timed out";
    EXPECT_TRUE(told.understood().failed);
    EXPECT_EQ(told.understood().error_message, "timed out");

    Told handled;
    handled.view().events.push_back({.name = "exception"});
    EXPECT_TRUE(handled.understood().failed);
    handled.view().status = wire::StatusCode::ok;
    EXPECT_FALSE(handled.understood().failed);
}

TEST(Understand, attributes_of_the_team_can_be_sliced_by_and_content_cannot) {
    const Step step = Told()
                          .says("gen_ai.operation.name", "chat")
                          .says("app.customer.segment", "smb")
                          .says("app.score", 0.5)
                          .says("gen_ai.response.id", "r")
                          .says("gen_ai.prompt.0.content", "secret words")
                          .says("app.long", std::string(257, 'x'))
                          .understood();
    EXPECT_THAT(step.slices, testing::ElementsAre(testing::Pair("gen_ai.operation.name", "chat"),
                                                  testing::Pair("app.customer.segment", "smb"),
                                                  testing::Pair("app.score", "0.5")));
}

TEST(Understand, A10_of_an_attribute_sent_twice_the_last_counts) {
    const Step step = Told()
                          .says("gen_ai.request.model", "first")
                          .says("gen_ai.request.model", "last")
                          .understood();
    EXPECT_EQ(step.model_requested, "last");
}

TEST(Conventions, every_row_is_said_once_and_every_kind_can_be_reached) {
    std::set<std::string_view> names;
    for (const Convention* convention : all_conventions) {
        EXPECT_TRUE(names.insert(convention->name).second) << convention->name;
        EXPECT_FALSE(convention->says.empty());
        std::set<std::pair<std::string_view, Field>> rows;
        bool names_kinds = false;
        for (const auto& table : {convention->table, convention->last_resort}) {
            for (const Row& row : table) {
                EXPECT_TRUE(rows.insert({row.key, row.field}).second) << row.key;
                EXPECT_EQ(row.field == Field::parameter, !row.detail.empty()) << row.key;
                names_kinds |= row.field == Field::kind;
            }
        }
        EXPECT_EQ(names_kinds, !convention->kinds.empty()) << convention->name;
    }
}

TEST(Assemble, steps_that_start_at_once_stand_as_they_arrived_below_their_parent) {
    // The JavaScript SDK starts spans by a clock of milliseconds and exports them as they end.
    const auto made =
        assemble({}, {call(3, 1, 0, 9), call(2, 1, 0, 8), call(1, 0, 0, 10)}, {}, false);
    ASSERT_EQ(made.steps.size(), 3u);
    EXPECT_EQ(made.steps[0].id.bytes[7], 1);
    EXPECT_EQ(made.steps[1].id.bytes[7], 3);
    EXPECT_EQ(made.start, 0);
    EXPECT_EQ(made.end, 10);
}

TEST(Assemble, agents_that_add_up_their_calls_do_not_count_again) {
    Step agent = call(1, 0, 0, 100);
    agent.kind = StepKind::agent;
    agent.tokens = {.input = 30, .output = 12};
    Step first = call(2, 1, 1, 40), second = call(3, 1, 50, 90);
    first.tokens = {.input = 10, .output = 5};
    second.tokens = {.input = 20, .output = 7};
    const auto made = assemble({}, {agent, first, second}, {}, false);
    EXPECT_EQ(made.tokens.input, 30);
    EXPECT_EQ(made.tokens.output, 12);
    EXPECT_FALSE(made.steps[0].counts_tokens);
}

TEST(Assemble, an_agent_counts_where_nobody_else_has_tokens) {
    Step outer = call(1, 0, 0, 100), inner = call(2, 1, 1, 90);
    outer.kind = inner.kind = StepKind::agent;
    outer.tokens.input = inner.tokens.input = 30;
    const auto made = assemble({}, {outer, inner, call(3, 2, 2, 80)}, {}, false);
    EXPECT_EQ(made.tokens.input, 30);
    EXPECT_TRUE(made.steps[0].counts_tokens);
    EXPECT_FALSE(made.steps[1].counts_tokens);
}

TEST(Assemble, of_two_instrumentations_around_one_call_the_inner_counts) {
    Step outer = call(1, 0, 0, 100), inner = call(2, 1, 1, 90);
    outer.model_answered = "gpt-4o";
    outer.cost_usd = 0.25;
    inner.model_requested = "openai/gpt-4o";
    outer.tokens.input = 11;  // Rounded another way.
    inner.tokens.input = 10;
    const auto made = assemble({}, {outer, inner}, {}, false);
    EXPECT_EQ(made.tokens.input, 10);
    EXPECT_EQ(made.cost_usd, 0.25);  // Only the wrapper knows the price.
}

TEST(Assemble, calls_inside_a_call_with_other_responses_are_calls_of_their_own) {
    Step outer = call(1, 0, 0, 100), inner = call(2, 1, 1, 90);
    outer.response_id = "r1";
    inner.response_id = "r2";
    outer.model_answered = inner.model_answered = "m";
    outer.tokens.input = 50;
    inner.tokens.input = 10;
    EXPECT_EQ(assemble({}, {outer, inner}, {}, false).tokens.input, 60);
}

TEST(Assemble, a_response_told_twice_counts_once_wherever_it_stands) {
    Step one = call(1, 0, 0, 100), other = call(2, 0, 0, 100);
    one.response_id = other.response_id = "r1";
    one.tokens.input = other.tokens.input = 50;
    other.content = ContentStatus::full;
    const auto made = assemble({}, {one, other}, {}, false);
    EXPECT_EQ(made.tokens.input, 50);
    EXPECT_TRUE(made.steps[1].counts_tokens);
}

TEST(Assemble, what_a_judge_says_is_no_part_of_the_answer) {
    Step answer = call(1, 0, 0, 50), evaluator = call(2, 0, 60, 100), judge = call(3, 2, 61, 99);
    evaluator.kind = StepKind::evaluator;
    answer.output = {said(Role::assistant, "Hello")};
    judge.output = {said(Role::assistant, "Score: 4")};
    answer.tokens.input = 5;
    judge.tokens.input = 500;
    const auto made = assemble({}, {answer, evaluator, judge}, {}, false);
    EXPECT_EQ(made.answer, "Hello");
    EXPECT_EQ(made.tokens.input, 5);
}

TEST(Assemble, a_turn_that_ended_in_a_tool_call_has_no_answer_of_an_earlier_one) {
    Step first = call(1, 0, 0, 10), second = call(2, 0, 20, 30);
    first.output = {said(Role::assistant, "Let me see.")};
    first.content = second.content = ContentStatus::full;
    second.input = {said(Role::user, "Where is it?")};
    second.output.emplace_back().role = Role::assistant;
    second.output[0].parts.emplace_back().kind = PartKind::tool_call;
    const auto made = assemble({}, {first, second}, {}, false);
    EXPECT_EQ(made.question, "Where is it?");
    EXPECT_EQ(made.answer, "");
}

TEST(Assemble, without_content_on_the_call_the_agents_words_are_taken) {
    Step agent = call(1, 0, 0, 100);
    agent.kind = StepKind::agent;
    agent.input = {said(Role::user, "Q")};
    agent.output = {said(Role::assistant, "A")};
    const auto made = assemble({}, {agent, call(2, 1, 1, 99)}, {}, false);
    EXPECT_EQ(made.question, "Q");
    EXPECT_EQ(made.answer, "A");
}

TEST(Assemble, the_outermost_word_on_an_attribute_is_the_last_one) {
    Step outer = call(1, 0, 0, 100), inner = call(2, 1, 1, 99);
    outer.slices = {{"app.tier", "gold"}};
    inner.slices = {{"app.tier", "silver"}, {"app.feature", "search"}};
    for (int i = 0; i < 200; ++i) inner.slices.emplace_back("k" + std::to_string(i), "v");
    Origin origin;
    origin.resource = {{"cloud.region", "\"eu-1\""}, {"process.pid", "7"}};
    const auto made = assemble({}, {inner, outer}, origin, false);
    EXPECT_EQ(made.attributes.at("app.tier"), "gold");
    EXPECT_EQ(made.attributes.size(), 64u);

    const auto few = assemble({}, {outer}, origin, false);
    EXPECT_THAT(few.attributes, testing::ElementsAre(testing::Pair("app.tier", "gold"),
                                                     testing::Pair("cloud.region", "eu-1")));
}

TEST(Understand, input_without_the_cache_is_completed_where_the_sender_is_known_to_leave_it_out) {
    const auto strands = [](const char* model) {
        return Told()
            .says("gen_ai.operation.name", "chat")
            .says("gen_ai.system", "strands-agents")
            .says("gen_ai.request.model", model)
            .says("gen_ai.usage.input_tokens", 100)
            .says("gen_ai.usage.cache_read_input_tokens", 60)
            .understood();
    };
    EXPECT_EQ(strands("anthropic.claude-3-5-haiku").tokens.input, 160);
    EXPECT_THAT(strands("anthropic.claude-3-5-haiku").remarks,
                testing::ElementsAre(Remark{Flaw::cache_left_out, ""}));
    EXPECT_EQ(strands("gpt-4o").tokens.input, 100);

    const auto ai_sdk = [](const char* details) {
        return Told()
            .says("ai.operationId", "ai.generateText.doGenerate")
            .says("ai.model.provider", "anthropic.messages")
            .says("ai.usage.inputTokens", 100)
            .says("ai.usage.cachedInputTokens", 60)
            .says(details, 40)
            .understood();
    };
    EXPECT_EQ(ai_sdk("ai.usage.totalTokens").tokens.input, 160);                      // Version 5
    EXPECT_EQ(ai_sdk("ai.usage.inputTokenDetails.noCacheTokens").tokens.input, 100);  // 6
}

TEST(Understand, what_a_sender_got_wrong_is_read_and_remarked) {
    const Step step =
        Told()
            .says("gen_ai.operation.name", "\"chat\"")
            .says("gen_ai.usage.input_tokens", "12")
            .says("gen_ai.input.messages",
                  R"("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]")")
            .says("gen_ai.output.messages",
                  R"([{"role":"user","parts":[{"type":"text","content":"Hello"}]}])")
            .understood();
    EXPECT_EQ(step.kind, StepKind::model_call);
    EXPECT_EQ(step.tokens.input, 12);
    EXPECT_EQ(step.input.at(0).text(), "Hi");
    EXPECT_EQ(step.output.at(0).role, Role::assistant);
    EXPECT_THAT(step.remarks, testing::UnorderedElementsAre(
                                  Remark{Flaw::number_as_text, "gen_ai.usage.input_tokens"},
                                  Remark{Flaw::encoded_twice, "gen_ai.input.messages"},
                                  Remark{Flaw::role_corrected, "gen_ai.output.messages"}));
}

TEST(Understand, what_nobody_reads_is_listed_and_the_teams_own_words_are_not) {
    Told told;
    told.says("gen_ai.operation.name", "chat")
        .says("gen_ai.request.shiny_new_thing", "on")
        .says("app.customer.segment", "smb")
        .says("shop.order", std::string(1000, 'x'))
        .says("llm.input_messages.0.message.role", "user");
    wire::EventView event;
    event.name = "weather.changed";
    told.view().events.push_back(event);
    EXPECT_THAT(told.understood().unmapped,
                testing::ElementsAre("gen_ai.request.shiny_new_thing", "shop.order",
                                     "event weather.changed"));
}

TEST(Assemble, without_a_session_the_trace_is_one) {
    TraceId id;
    id.bytes[15] = 9;
    EXPECT_EQ(assemble(id, {call(1, 0, 0, 1)}, {}, false).session, id.hex());
}

TEST(Family, A07_cycles_own_parents_and_long_chains_are_trees_in_the_end) {
    std::vector<Step> steps(100'000);
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        const auto put = [](SpanId& id, std::uint32_t number) {
            for (int b = 0; b < 4; ++b)
                id.bytes[7 - b] = static_cast<std::uint8_t>(number >> 8 * b);
        };
        put(steps[i].id, i + 1);
        put(steps[i].parent, i);  // A chain …
        steps[i].kind = StepKind::model_call;
        steps[i].tokens.input = 1;
        steps[i].start = i;
        steps[i].end = 1'000'000 - i;
    }
    steps[0].parent = steps.back().id;  // … whose head is the child of its tail.
    steps[500].parent = steps[500].id;
    const Family family = family_of(steps);
    EXPECT_EQ(family.outermost_first.size(), steps.size());
    EXPECT_EQ(std::set(family.outermost_first.begin(), family.outermost_first.end()).size(),
              steps.size());
    EXPECT_EQ(assemble({}, std::move(steps), {}, true).steps.size(), 100'000u);
}

}  // namespace
}  // namespace plimsoll::interaction
