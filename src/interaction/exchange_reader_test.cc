#include "interaction/exchange_reader.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction {
namespace {

Tokens usage(std::string_view text) {
    return read_usage(json::Document::parse(text)->root());
}

Exchange reply(std::string_view text) {
    return read_reply(json::Document::parse(text)->root());
}

TEST(ExchangeReader, openai_counts_the_cache_in_and_reasoning_too) {
    EXPECT_EQ(usage(R"({"prompt_tokens":90,"completion_tokens":40,"total_tokens":130,
                        "prompt_tokens_details":{"cached_tokens":64},
                        "completion_tokens_details":{"reasoning_tokens":16}})"),
              (Tokens{90, 40, 64, std::nullopt, 16}));
    EXPECT_EQ(usage(R"({"input_tokens":90,"output_tokens":40,
                        "input_tokens_details":{"cached_tokens":64}})"),
              (Tokens{90, 40, 64, std::nullopt, std::nullopt}));
}

TEST(ExchangeReader, anthropic_bedrock_and_langfuse_leave_the_cache_out) {
    EXPECT_EQ(usage(R"({"input_tokens":10,"cache_creation_input_tokens":100,
                        "cache_read_input_tokens":1000,"output_tokens":7})"),
              (Tokens{1110, 7, 1000, 100, std::nullopt}));
    EXPECT_EQ(usage(R"({"inputTokens":10,"outputTokens":7,"cacheReadInputTokens":5})"),
              (Tokens{15, 7, 5, std::nullopt, std::nullopt}));
    EXPECT_EQ(usage(R"({"input":10,"input_cached_tokens":90,"output":4,
                        "output_reasoning_tokens":6,"total":110})"),
              (Tokens{100, 10, 90, std::nullopt, 6}));
}

TEST(ExchangeReader, gemini_thinks_beside_its_candidates) {
    EXPECT_EQ(usage(R"({"promptTokenCount":11,"candidatesTokenCount":5,"thoughtsTokenCount":20,
                        "cachedContentTokenCount":3,"totalTokenCount":36})"),
              (Tokens{11, 25, 3, std::nullopt, 20}));
}

TEST(ExchangeReader, digits_and_totals_of_parts_are_counts_and_the_rest_is_none) {
    EXPECT_EQ(usage(R"({"prompt_tokens":"12","completion_tokens":{"total":3}})"),
              (Tokens{12, 3, {}, {}, {}}));
    EXPECT_EQ(usage(R"({"prompt_tokens":-1,"completion_tokens":"many","x":[]})"), Tokens{});
    EXPECT_EQ(usage("[1,2]"), Tokens{});
    EXPECT_EQ(usage(R"({"input_tokens":9223372036854775807,
                        "cache_read_input_tokens":9223372036854775807})"),
              Tokens{});
}

TEST(ExchangeReader, each_choice_says_why_it_ended) {
    const Exchange two = reply(R"({"id":"r1","model":"m-0105","choices":[
        {"finish_reason":"stop","message":{}},{"finish_reason":"tool_calls","message":{}}],
        "usage":{"prompt_tokens":1,"completion_tokens":2}})");
    EXPECT_EQ(two.finish_reasons, (std::vector<std::string>{"stop", "tool_call"}));
    EXPECT_EQ(two.model, "m-0105");
    EXPECT_EQ(two.response_id, "r1");
    EXPECT_EQ(two.tokens.output, 2);
    EXPECT_EQ(reply(R"({"stop_reason":"max_tokens","content":[]})").finish_reasons.at(0), "length");
    EXPECT_EQ(
        reply(R"({"status":"completed","output":[{"type":"function_call"}]})").finish_reasons.at(0),
        "tool_call");
    EXPECT_EQ(reply(R"({"status":"incomplete","output":[],
                        "incomplete_details":{"reason":"max_output_tokens"}})")
                  .finish_reasons.at(0),
              "length");
    EXPECT_TRUE(reply(R"({"error":{"message":"no"}})").finish_reasons.empty());
}

TEST(ExchangeReader, a_cost_is_its_total_or_the_sum_of_its_parts) {
    const auto cost = [](std::string_view text) {
        return read_cost(json::Document::parse(text)->root());
    };
    EXPECT_DOUBLE_EQ(*cost(R"({"input":0.5,"output":0.25,"total":0.75})"), 0.75);
    EXPECT_DOUBLE_EQ(*cost(R"({"input_cost":0.5,"output_cost":0.25})"), 0.75);
    EXPECT_EQ(cost("{}"), std::nullopt);
}

}  // namespace
}  // namespace plimsoll::interaction
