#include "store/duckdb_facts.h"

#include <fstream>

#include "record/facts_contract.h"
#include "store/clean_text.h"
#include "store/known_traces.h"
#include "store/places.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(DuckDb, FactsContract,
                         testing::Values(FactsMaker{[](const std::filesystem::path& directory) {
                             auto opened = store::open_duckdb_facts(
                                 {.data_dir = directory, .try_in_child = false});
                             EXPECT_TRUE(opened.ok() && opened->set_aside.empty());
                             return opened ? std::move(opened->facts) : nullptr;
                         }}));

}  // namespace plimsoll::record

namespace plimsoll::store {
namespace {

TEST(CleanText, leaves_clean_text_where_it_is) {
    std::string room;
    const std::string_view text = "gr\xC3\xBC\xC3\x9F dich";
    EXPECT_EQ(clean_text(text, room).data(), text.data());
}

TEST(CleanText, cuts_at_the_border_of_a_character) {
    EXPECT_EQ(clean_text("ab\xC3\xA4", std::size_t{3}), "ab");
    EXPECT_EQ(clean_text("ab\xC3\xA4", std::size_t{4}), "ab\xC3\xA4");
    EXPECT_EQ(clean_text("a\xF0\x9F\x98\x80", std::size_t{4}), "a");
}

TEST(CleanText, mends_what_is_no_character) {
    EXPECT_EQ(clean_text(std::string_view("a\0b", 3)), "a b");
    EXPECT_EQ(clean_text("\xC0\xAF"), "??");            // Overlong.
    EXPECT_EQ(clean_text("\xED\xA0\x80"), "???");       // A surrogate.
    EXPECT_EQ(clean_text("\xF4\x90\x80\x80"), "????");  // Beyond the last character.
    EXPECT_EQ(clean_text("\xE2\x82"), "??");
}

TEST(Places, come_back_whole_in_about_eleven_bytes) {
    std::vector<interaction::SpanPlace> places;
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        SpanId span;
        span.bytes[0] = static_cast<std::uint8_t>(i);
        places.push_back({span, 1'000'000 + (i % 3), static_cast<std::uint32_t>(i)});
    }
    const std::string bytes = encode_places(places);
    EXPECT_LT(bytes.size(), 11'000u);
    EXPECT_EQ(decode_places(bytes), places);
    for (std::size_t cut = 0; cut < 40; ++cut)  // Every prefix: no crash, and never too many.
        if (const auto some = decode_places(bytes.substr(0, cut))) {
            EXPECT_LE(some->size(), 4u);
        }
}

TEST(KnownTraces, never_forgets_and_seldom_errs) {
    KnownTraces known(10'000);
    const auto trace = [](std::uint32_t number) {
        TraceId id;
        std::memcpy(id.bytes.data(), &number, 4);
        return id;
    };
    for (std::uint32_t i = 0; i < 10'000; ++i) known.add(trace(i));
    for (std::uint32_t i = 0; i < 10'000; ++i) EXPECT_TRUE(known.may_contain(trace(i)));
    int wrong = 0;
    for (std::uint32_t i = 10'000; i < 110'000; ++i) wrong += known.may_contain(trace(i));
    EXPECT_LT(wrong, 100);  // One in a thousand.
}

}  // namespace
}  // namespace plimsoll::store
