#include "interaction/privacy/protection.h"

#include <gmock/gmock.h>

namespace plimsoll::interaction::privacy {
namespace {

using wire::Consent;

TEST(Protection, gives_a_user_one_pseudonym_and_takes_it_for_one) {
    const Protection protection({1}, {});
    const auto name = protection.text("user.id", "ana");
    ASSERT_TRUE(name);
    EXPECT_EQ(protection.text("enduser.id", "ana"), name);
    EXPECT_FALSE(protection.text("user.id", *name));
    EXPECT_TRUE(protection.names_person("user.id"));
    const Protection plain({1}, {.pseudonymise_users = false});
    EXPECT_FALSE(plain.text("user.id", "ana"));
}

TEST(Protection, reads_a_number_by_the_name_of_its_attribute) {
    const Protection protection({1}, {});
    EXPECT_TRUE(protection.text("customer.phone", "5550123"));
    EXPECT_FALSE(protection.text("order.id", "5550123"));
}

TEST(Protection, follows_the_teams_rules_before_its_own) {
    const Protection protection({1}, {.fields = {{"note.public", FieldRule::Action::keep},
                                                 {"note.*", FieldRule::Action::drop},
                                                 {"customer", FieldRule::Action::pseudonym},
                                                 {"user.id", FieldRule::Action::keep}}});
    EXPECT_FALSE(protection.text("note.public", "ana@example.com"));
    EXPECT_FALSE(protection.may_stay("note.private", false, Consent::content));
    EXPECT_TRUE(protection.text("customer", "anyone"));
    EXPECT_FALSE(protection.text("user.id", "ana"));
    EXPECT_FALSE(protection.may_stay("ai.request.headers.authorization", false, Consent::content));
}

TEST(Protection, keeps_only_metrics_where_no_more_was_agreed_to) {
    const Protection protection({1}, {});
    EXPECT_EQ(protection.consent("plimsoll.consent", "metrics"), Consent::metrics);
    EXPECT_EQ(protection.consent("plimsoll.consent", "Content"), Consent::content);
    EXPECT_EQ(protection.consent("plimsoll.consent", "perhaps"), Consent::nothing);
    EXPECT_FALSE(protection.consent("other", "metrics"));
    EXPECT_TRUE(protection.may_stay("gen_ai.usage.input_tokens", true, Consent::metrics));
    EXPECT_TRUE(protection.may_stay("gen_ai.request.model", false, Consent::metrics));
    EXPECT_FALSE(protection.may_stay("gen_ai.input.messages", false, Consent::metrics));
    EXPECT_FALSE(protection.may_stay("gen_ai.prompt.0.content", false, Consent::metrics));
}

}  // namespace
}  // namespace plimsoll::interaction::privacy
