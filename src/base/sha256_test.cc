#include "base/sha256.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(Sha256, agrees_with_the_examples_of_the_standard) {  // FIPS 180-4, NIST example values
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 sum;
    sum.add("a");
    sum.add("bc");
    EXPECT_EQ(sum.hex(), sha256_hex("abc"));
}

TEST(Sha256, fields_cannot_run_into_each_other) {
    Sha256 one, other, plain;
    one.add_field("ab");
    one.add_field("c");
    other.add_field("a");
    other.add_field("bc");
    plain.add("2:ab,1:c,");
    const std::string hash = one.hex();
    EXPECT_NE(hash, other.hex());
    EXPECT_EQ(hash, plain.hex());
}

TEST(Hmac, agrees_with_the_test_cases_of_rfc_4231) {
    EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_sha256_hex(std::string(20, '\x0b'), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

}  // namespace
}  // namespace plimsoll
