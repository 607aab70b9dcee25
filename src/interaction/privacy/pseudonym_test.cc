#include "interaction/privacy/pseudonym.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction::privacy {
namespace {

TEST(Siphash, agrees_with_the_vectors_of_its_authors) {
    // Aumasson, Bernstein: SipHash: a fast short-input PRF, 2012, appendix A; key and input count
    // up.
    PseudonymKey key;
    std::string input;
    for (std::size_t i = 0; i < 16; ++i) {
        key[i] = static_cast<std::uint8_t>(i);
        if (i < 15) input += static_cast<char>(i);
    }
    EXPECT_EQ(siphash(key, input), 0xa129ca6149be45e5u);
    EXPECT_EQ(siphash(key, ""), 0x726fdb47dd0e0e31u);  // vectors_sip64[0] of the reference code.
}

TEST(Pseudonyms, are_alike_for_what_people_write_differently) {
    const Pseudonyms names({7});
    EXPECT_EQ(names.of("PHONE", "555-123-4567"), names.of("PHONE", "(555) 123.4567"));
    EXPECT_EQ(names.of("EMAIL", "A@b.de"), names.of("EMAIL", "a@b.de"));
    EXPECT_NE(names.of("EMAIL", "a.c@b.de"), names.of("EMAIL", "ac@b.de"));
    EXPECT_NE(names.of("IP", "1.23.4.5"), names.of("IP", "12.3.4.5"));
    EXPECT_NE(names.of("USER", "1"), names.of("CARD", "1"));
}

}  // namespace
}  // namespace plimsoll::interaction::privacy
