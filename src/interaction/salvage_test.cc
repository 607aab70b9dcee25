#include "interaction/salvage.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace plimsoll::interaction {
namespace {

TEST(Salvage, keeps_what_came_whole) {
    EXPECT_EQ(salvage_json(R"([{"role":"user","content":"Hi"},{"role":"assi)"),
              R"([{"role":"user","content":"Hi"}])");
    EXPECT_EQ(salvage_json(R"([1,2,3)"), "[1,2]");  // Might have been 3, 30 or 3.5.
    EXPECT_EQ(salvage_json(R"({"a":1,"b)"), R"({"a":1})");
    EXPECT_EQ(salvage_json(R"({"name":"get_wea)"), std::nullopt);
}

TEST(Salvage, half_a_sentence_is_kept) {
    EXPECT_EQ(salvage_json(R"([{"content":"Hello the)"), R"([{"content":"Hello the"}])");
    EXPECT_EQ(salvage_json("[{\"content\":\"caf\xC3"), R"([{"content":"caf"}])");
    EXPECT_EQ(salvage_json(R"([{"content":"a\u00)"), R"([{"content":"a"}])");
    EXPECT_EQ(salvage_json(R"([{"content":"a\ud83d)"), R"([{"content":"a"}])");
}

TEST(Salvage, what_is_no_cut_json_is_left_alone) {
    EXPECT_EQ(salvage_json("Hello"), std::nullopt);
    EXPECT_EQ(salvage_json("[{'role': 'user'}"), std::nullopt);  // Python.
    EXPECT_EQ(salvage_json("[1]]"), std::nullopt);
    EXPECT_EQ(salvage_json("[urgent] help"), std::nullopt);
    EXPECT_EQ(salvage_json(std::string(100'000, '[')), std::nullopt);
    EXPECT_EQ(salvage_json(""), std::nullopt);
}

TEST(Salvage, every_prefix_gives_json_or_nothing) {
    const std::string whole =
        R"([{"role":"user","parts":[{"type":"text","content":"Gr\u00fc\u00dfe \ud83d\ude00 é\n"}]},)"
        R"({"role":"assistant","n":[-1.5e3,true,null,{}],"content":"\"ja\"","x":{"y":[[]]}}])";
    ASSERT_TRUE(json::Document::parse(whole).ok());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto kept = salvage_json(whole.substr(0, length));
        if (!kept) continue;
        EXPECT_TRUE(json::Document::parse(*kept).ok()) << *kept;
    }
    EXPECT_EQ(salvage_json(whole), std::nullopt);
}

}  // namespace
}  // namespace plimsoll::interaction
