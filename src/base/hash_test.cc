#include "base/hash.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

// XXH3 of nothing: the first vectors in xxHash's own documentation (`xxhsum -H3`, `-H2` on an empty
// file). A change here would change every stored version.
TEST(Hash, is_the_published_XXH3) {
    EXPECT_EQ(hash64(""), 0x2D06800538D394C2ull);
    EXPECT_EQ(content_version(""), "99aa06d3014798d86001c324468d497f");
}

TEST(Hash, tells_bytes_and_seeds_apart) {
    EXPECT_NE(hash64("a"), hash64("b"));
    EXPECT_NE(hash64("a"), hash64("a", 1));
    EXPECT_NE(hash64(std::string_view("\0", 1)), hash64(""));
    EXPECT_EQ(content_version("prompt").size(), 32u);
}

}  // namespace
}  // namespace plimsoll
