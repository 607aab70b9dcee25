#include "interaction/vocabulary.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction {
namespace {

TEST(Vocabulary, finish_reasons_of_every_library_become_ours) {
    EXPECT_EQ(finish_reason_named("STOP"), "stop");
    EXPECT_EQ(finish_reason_named("end_turn"), "stop");
    EXPECT_EQ(finish_reason_named("MAX_TOKENS"), "length");
    EXPECT_EQ(finish_reason_named("tool-calls"), "tool_call");
    EXPECT_EQ(finish_reason_named("tool_use"), "tool_call");
    EXPECT_EQ(finish_reason_named("content-filter"), "content_filter");
    EXPECT_EQ(finish_reason_named("N/A"), "");
    EXPECT_EQ(finish_reason_named("pause_turn"), "pause_turn");  // Unknown: as sent.
}

TEST(Vocabulary, roles_of_every_library_become_ours) {
    EXPECT_EQ(role_named("user"), Role::user);
    EXPECT_EQ(role_named("HumanMessage"), Role::user);
    EXPECT_EQ(role_named("model"), Role::assistant);
    EXPECT_EQ(role_named("developer"), Role::system);
    EXPECT_EQ(role_named("function"), Role::tool);
    EXPECT_EQ(role_named("narrator"), Role::other);
    EXPECT_EQ(role_named(std::string(100'000, 'x')), Role::other);
}

TEST(Vocabulary, providers_of_every_library_become_ours) {
    EXPECT_EQ(provider_named("OpenAI"), "openai");
    EXPECT_EQ(provider_named("openai.responses"), "openai");
    EXPECT_EQ(provider_named("anthropic.messages"), "anthropic");
    EXPECT_EQ(provider_named("AWS"), "aws.bedrock");
    EXPECT_EQ(provider_named("amazon-bedrock"), "aws.bedrock");
    EXPECT_EQ(provider_named("az.ai.inference"), "azure.ai.inference");
    EXPECT_EQ(provider_named("some-new-one"), "some-new-one");
    EXPECT_TRUE(is_framework("strands-agents"));
    EXPECT_FALSE(is_framework("anthropic"));
}

}  // namespace
}  // namespace plimsoll::interaction
