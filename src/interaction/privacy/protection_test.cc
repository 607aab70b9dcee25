#include "interaction/privacy/protection.h"

#include <gmock/gmock.h>

namespace plimsoll::interaction::privacy {
namespace {

using wire::Consent;

std::optional<std::string> text(const Protection& protection, std::string_view key,
                                std::string_view text) {
    return protection.text(key, protection.rule(key), text);
}

TEST(Protection, gives_a_user_one_pseudonym_and_takes_it_for_one) {
    const Protection protection({1}, {});
    const auto name = text(protection, "user.id", "ana");
    ASSERT_TRUE(name);
    EXPECT_EQ(text(protection, "enduser.id", "ana"), name);
    EXPECT_FALSE(text(protection, "user.id", *name));
    EXPECT_EQ(protection.rule("user.id").action, FieldRule::Action::pseudonym);
    const Protection plain({1}, {.pseudonymise_users = false});
    EXPECT_FALSE(text(plain, "user.id", "ana"));
}

TEST(Protection, reads_a_number_by_the_name_of_its_attribute) {
    const Protection protection({1}, {});
    EXPECT_TRUE(text(protection, "customer.phone", "5550123"));
    EXPECT_FALSE(text(protection, "order.id", "5550123"));
}

TEST(Protection, follows_the_teams_rules_before_its_own) {
    using enum FieldRule::Action;
    const Protection protection(
        {1},
        {.fields = {
             {"note.public", keep}, {"note.*", drop}, {"customer", pseudonym}, {"user.id", keep}}});
    EXPECT_FALSE(text(protection, "note.public", "ana@example.com"));
    EXPECT_EQ(protection.rule("note.private").action, drop);
    EXPECT_TRUE(text(protection, "customer", "anyone"));
    EXPECT_FALSE(text(protection, "user.id", "ana"));
    EXPECT_EQ(protection.rule("ai.request.headers.authorization").action, drop);
}

TEST(Protection, knows_which_texts_are_metrics_and_which_speak_of_consent) {
    const Protection protection({1}, {});
    EXPECT_TRUE(protection.rule("plimsoll.consent").consent);
    EXPECT_FALSE(protection.rule("other").consent);
    EXPECT_EQ(protection.consent("metrics"), Consent::metrics);
    EXPECT_EQ(protection.consent("Content"), Consent::content);
    EXPECT_EQ(protection.consent("perhaps"), Consent::nothing);
    EXPECT_TRUE(protection.rule("gen_ai.request.model").metric);
    EXPECT_FALSE(protection.rule("gen_ai.input.messages").metric);
    EXPECT_FALSE(protection.rule("gen_ai.prompt.0.content").metric);
}

}  // namespace
}  // namespace plimsoll::interaction::privacy
