#include "interaction/privacy/check_digits.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction::privacy {
namespace {

TEST(CheckDigits, agree_with_published_examples) {
    EXPECT_TRUE(luhn_holds("49927398716"));  // The example of Luhn's article in encyclopedias.
    EXPECT_FALSE(luhn_holds("49927398717"));
    EXPECT_TRUE(mod97_holds("GB82WEST12345698765432"));  // ISO 13616's example.
    EXPECT_FALSE(mod97_holds("GB82WEST12345698765433"));
    EXPECT_TRUE(verhoeff_holds("2363"));  // Verhoeff's method, check digit of 236 is 3.
    EXPECT_FALSE(verhoeff_holds("2636"));
    EXPECT_TRUE(mod11_10_holds("07945"));  // ISO 7064, MOD 11,10: 0794 has 5.
    EXPECT_EQ(weighted("1234", {1, 2, 3, 4}), 30);
}

}  // namespace
}  // namespace plimsoll::interaction::privacy
