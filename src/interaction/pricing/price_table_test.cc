#include "interaction/pricing/price_table.h"

#include <gtest/gtest.h>

#include "interaction/understand.h"

namespace plimsoll::interaction {
namespace {

Step call(std::string model, std::int64_t input, std::int64_t output) {
    Step step{.kind = StepKind::model_call, .model_answered = std::move(model)};
    step.tokens.input = input;
    step.tokens.output = output;
    return step;
}

PriceTable small() {
    return *PriceTable::parse(
        "# version: 7\nmodel,input,cache_read,cache_write,output,up_to\n"
        "small,2,0.5,2.5,10,\nbig-2026-01-05,4,,,20,1000\n");
}

TEST(PriceTable, every_token_is_paid_for_once) {
    Step step = call("small", 1'000'000, 100'000);
    step.tokens.cache_read = 400'000;
    step.tokens.cache_write = 100'000;
    step.tokens.reasoning = 50'000;  // Part of the output.
    // By hand: 0.5 M at 2, 0.4 M at 0.5, 0.1 M at 2.5, 0.1 M at 10.
    EXPECT_DOUBLE_EQ(*small().cost_of(step), 1.0 + 0.2 + 0.25 + 1.0);
    EXPECT_EQ(small().version(), "7");
}

TEST(PriceTable, models_are_known_by_the_names_that_senders_use) {
    const PriceTable prices = small();
    EXPECT_TRUE(prices.cost_of(call("openai/Small", 1, 1)));
    EXPECT_TRUE(prices.cost_of(call("small-2026-08-06", 1, 1)));
    EXPECT_TRUE(prices.cost_of(call("big", 1, 1)));
    EXPECT_TRUE(prices.cost_of(call("big-latest", 1, 1)));
    EXPECT_FALSE(prices.cost_of(call("smaller", 1, 1)));
    EXPECT_EQ(bare_model("us.anthropic.claude-3-5-sonnet-20240620-v1:0"),
              bare_model("claude-3.5-sonnet@20240620"));
}

TEST(PriceTable, nothing_is_guessed) {
    const PriceTable prices = small();
    EXPECT_FALSE(prices.cost_of(call("big", 1001, 1)));
    Step flex = call("small", 1, 1);
    flex.parameters["service_tier"] = "flex";
    EXPECT_FALSE(prices.cost_of(flex));
    EXPECT_FALSE(prices.cost_of(Step{.kind = StepKind::model_call, .model_answered = "small"}));
    EXPECT_FALSE(PriceTable::parse("model,input\n"));
    EXPECT_FALSE(PriceTable::parse("model,input,cache_read,cache_write,output,up_to\nm,1,,,2,\n"));
    EXPECT_FALSE(PriceTable::parse(
        "# version: 1\nmodel,input,cache_read,cache_write,output,up_to\nm,x,,,2,\n"));
}

/// Published price of gpt-4o on 2026-08-20: 2.50 USD in, 1.25 cached, 10 out, per million.
TEST(PriceTable, the_shipped_list_is_whole) {
    EXPECT_EQ(shipped_prices().version(), "2026-08-20");
    EXPECT_GT(shipped_prices().size(), 150u);
    Step step = call("gpt-4o-2024-08-06", 1000, 100);
    step.tokens.cache_read = 600;
    EXPECT_NEAR(*shipped_prices().cost_of(step), (400 * 2.5 + 600 * 1.25 + 100 * 10) / 1e6, 1e-12);
}

TEST(PriceTable, a_parent_that_repeats_usage_is_not_paid_for) {
    SpanId agent, first, second;
    agent.bytes[7] = 1;
    first.bytes[7] = 2;
    second.bytes[7] = 3;
    Step outer = call("gpt-4o", 2000, 200);
    outer.kind = StepKind::agent;
    outer.id = agent;
    Step one = call("gpt-4o", 1000, 100), two = call("gpt-4o", 1000, 100);
    one.id = first;
    two.id = second;
    one.parent = two.parent = agent;
    const Interaction made = assemble({}, {outer, one, two}, {}, false);
    EXPECT_EQ(made.tokens.input, 2000);
    EXPECT_NEAR(*made.cost_usd, 2 * (1000 * 2.5 + 100 * 10) / 1e6, 1e-12);
    EXPECT_TRUE(made.traits.has(Trait::usage_repeated));
    EXPECT_TRUE(made.traits.has(Trait::cost_priced));
    EXPECT_FALSE(made.traits.has(Trait::cost_unknown));
    EXPECT_EQ(made.context.price_list, "2026-08-20");

    outer.cost_usd = 0.5;  // What the sender says of the whole is the cost.
    EXPECT_EQ(assemble({}, {outer, one, two}, {}, false).cost_usd, 0.5);
    one.cost_usd = 0.25;  // Calls that say are better than their sum; the other is priced.
    EXPECT_NEAR(*assemble({}, {outer, one, two}, {}, false).cost_usd, 0.25 + 0.0035, 1e-12);
}

}  // namespace
}  // namespace plimsoll::interaction
