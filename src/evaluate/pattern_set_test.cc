#include "evaluate/pattern_set.h"

#include <gmock/gmock.h>

namespace plimsoll::evaluate {
namespace {

std::vector<std::pair<unsigned, unsigned>> ends(const PatternSet& set, std::string_view text) {
    std::vector<std::pair<unsigned, unsigned>> found;
    for (const auto [pattern, end] : set.ends(text)) found.emplace_back(pattern, end);
    return found;
}

TEST(PatternSet, tells_which_and_where) {
    const char* const expressions[] = {R"(\bcan(not|'t)\b)", "help"};
    const PatternSet set(expressions);
    EXPECT_THAT(ends(set, "we can't help, cannot helper"),
                testing::UnorderedElementsAre(std::pair(0u, 8u), std::pair(1u, 13u),
                                              std::pair(0u, 21u), std::pair(1u, 26u)));
    EXPECT_THAT(ends(set, ""), testing::IsEmpty());
}

TEST(PatternSet, refuses_what_is_no_expression) {
    const char* const broken = "(";
    EXPECT_THROW(PatternSet({&broken, 1}), std::logic_error);
}

TEST(PatternSet, counts_characters_where_each_is_a_byte) {
    std::string bytes = "a";
    append_bytewise(bytes, "é中\xFFz");
    EXPECT_EQ(bytes, "a\x80\x80\nz");
}

}  // namespace
}  // namespace plimsoll::evaluate
