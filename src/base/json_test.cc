#include "base/json.h"

#include <cfloat>
#include <random>

#include <gmock/gmock.h>

#include "base/json_strict.h"

namespace plimsoll::json {
namespace {

Document read(std::string_view text) {
    auto document = Document::parse(text);
    EXPECT_TRUE(document.ok()) << text << ": " << (document.ok() ? "" : document.error().what);
    return document.ok() ? std::move(*document) : std::move(*Document::parse("null"));
}

std::string fault(std::string_view text, const ParseLimits& limits = {}) {
    const auto document = Document::parse(text, limits);
    return document.ok() ? "was read" : document.error().what;
}

std::string rewritten(std::string_view text) {
    return to_text(read(text).root());
}

TEST(Json, a_message_is_read_and_walked) {
    const Document document =
        read(R"({"role":"user","parts":[{"type":"text","content":"Hi \u00fc"},7,-2.5,true,null]})");
    const Value root = document.root();
    ASSERT_TRUE(root.is_object());
    EXPECT_EQ(root.size(), 2u);
    EXPECT_EQ(root.find("role")->as_string(), "user");
    EXPECT_FALSE(root.find("content"));
    std::vector<Kind> kinds;
    for (const Value part : root.find("parts")->elements()) kinds.push_back(part.kind());
    EXPECT_THAT(kinds, testing::ElementsAre(Kind::object, Kind::integer, Kind::real, Kind::boolean,
                                            Kind::null));
    const Value text = *root.find("parts")->elements().begin();
    EXPECT_EQ(text.find("content")->as_string(), "Hi \xC3\xBC");
    std::vector<std::string_view> keys;
    for (const Member& member : text.members()) keys.push_back(member.key);
    EXPECT_THAT(keys, testing::ElementsAre("type", "content"));
}

TEST(Json, asking_the_wrong_kind_answers_nothing) {
    const Document document = read(R"(["text", 1])");
    EXPECT_EQ(document.root().as_string(), "");
    EXPECT_FALSE(document.root().as_number());
    EXPECT_FALSE(document.root().find("x"));
    const auto members = document.root().members();
    EXPECT_TRUE(members.begin() == members.end());
    const auto elements = document.root().elements().begin();
    EXPECT_EQ((*elements).as_integer(), std::nullopt);
    EXPECT_TRUE(Value().is_null());
    EXPECT_TRUE(Value().elements().begin() == Value().elements().end());
}

TEST(Json, values_survive_a_move_of_their_document) {
    Document first = read(R"({"a":"b"})");
    const Value root = first.root();
    const Document second = std::move(first);
    EXPECT_EQ(root.find("a")->as_string(), "b");
}

TEST(Json, a_copy_stands_on_its_own) {
    std::optional<Document> source = read(R"({"a":["x",{"y":"z"}],"b":1})");
    const Document copy = Document::copy_of(*source->root().find("a"));
    const Document word = Document::copy_of(*copy.root().elements().begin());
    source.reset();
    EXPECT_EQ(to_text(copy.root()), R"(["x",{"y":"z"}])");
    EXPECT_EQ(word.root().as_string(), "x");
    EXPECT_EQ(copy.root().count(), 5u);
}

TEST(Json, numbers_keep_their_exact_value_where_they_can) {
    EXPECT_EQ(read("9223372036854775807").root().as_integer(), INT64_MAX);
    EXPECT_EQ(read("-9223372036854775808").root().as_integer(), INT64_MIN);
    EXPECT_EQ(read("18446744073709551615").root().as_unsigned(), UINT64_MAX);
    EXPECT_FALSE(read("18446744073709551615").root().as_integer());
    EXPECT_EQ(read("1.0").root().as_integer(), 1);
    EXPECT_FALSE(read("1.5").root().as_integer());
    EXPECT_FALSE(read("-1").root().as_unsigned());
    EXPECT_EQ(rewritten("18446744073709551615"), "18446744073709551615");
    EXPECT_EQ(rewritten("0.1"), "0.1");
}

TEST(Json, numbers_that_no_machine_type_holds_become_the_nearest_real) {
    EXPECT_EQ(read("18446744073709551616").root().kind(), Kind::real);
    EXPECT_EQ(read("18446744073709551616").root().as_number(), 0x1p64);
    EXPECT_EQ(read("[-9223372036854775809, \"x\"]").root().size(), 2u);
    EXPECT_EQ(read("1e400").root().as_number(), DBL_MAX);
    EXPECT_EQ(read("-1e99999999999999999999").root().as_number(), -DBL_MAX);
    EXPECT_EQ(read(std::string(400, '9')).root().as_number(), DBL_MAX);
    EXPECT_EQ(read("1e-400").root().as_number(), 0.0);
    EXPECT_EQ(read("0.000e99999999999999999999").root().as_number(), 0.0);
    EXPECT_EQ(read("0." + std::string(400, '0') + "1e10").root().as_number(), 0.0);
}

TEST(Json, the_last_of_two_equal_keys_is_found_and_both_are_kept) {  // A10
    const Document document = read(R"({"a":1,"b":2,"a":3,"__proto__":4})");
    EXPECT_EQ(document.root().find("a")->as_integer(), 3);
    EXPECT_EQ(document.root().size(), 4u);
    EXPECT_EQ(document.root().find("__proto__")->as_integer(), 4);
}

TEST(Json, A06_lone_surrogates_become_the_replacement_character) {
    EXPECT_EQ(read(R"("\ud83d\ude00")").root().as_string(), "\xF0\x9F\x98\x80");
    for (const char* const text : {R"("\ud800")", R"("\udc00")"}) {
        EXPECT_EQ(read(text).root().as_string(), "\xEF\xBF\xBD") << text;
    }
    EXPECT_EQ(read(R"("\ud800\u0041")").root().as_string(),
              "\xEF\xBF\xBD"
              "A");
    EXPECT_EQ(read(R"("\ud800\ud83d\ude00")").root().as_string(), "\xEF\xBF\xBD\xF0\x9F\x98\x80");
    EXPECT_EQ(read(R"("\ud800\n")").root().as_string(), "\xEF\xBF\xBD\n");
}

TEST(Json, A06_a_string_may_hold_nul_but_not_raw) {
    EXPECT_EQ(read(R"("a\u0000b")").root().as_string(), std::string_view("a\0b", 3));
    EXPECT_EQ(fault(std::string_view("\"a\0b\"", 5)),
              "byte 2: a control character in a string must be escaped");
}

TEST(Json, A06_a_byte_order_mark_is_skipped_once) {
    EXPECT_EQ(read("\xEF\xBB\xBF[1]").root().size(), 1u);
    EXPECT_EQ(fault("\xEF\xBB\xBF\xEF\xBB\xBF[1]"), "byte 3: expected a value");
}

TEST(Json, A06_invalid_utf8_is_refused_where_it_stands) {
    EXPECT_EQ(fault("[\"\xC3\x28\"]"), "byte 2: not valid UTF-8");
    EXPECT_EQ(fault("\"\xED\xA0\x80\""), "byte 1: not valid UTF-8");
    EXPECT_EQ(fault("\"\xC0\x80\""), "byte 1: not valid UTF-8");
    EXPECT_EQ(fault("\"\xF4\x90\x80\x80\""), "byte 1: not valid UTF-8");
    EXPECT_EQ(fault("\"\xE2\x82"), "byte 1: not valid UTF-8");
}

TEST(Json, an_error_names_the_byte_and_what_was_expected) {
    EXPECT_EQ(fault(""), "byte 0: expected a value, found the end");
    EXPECT_EQ(fault(" { "), "byte 3: expected a key or '}', found the end");
    EXPECT_EQ(fault("[1 2]"), "byte 3: expected ',' or ']'");
    EXPECT_EQ(fault("[1,]"), "byte 3: expected a value");
    EXPECT_EQ(fault(R"({"a" 1})"), "byte 5: expected ':'");
    EXPECT_EQ(fault(R"({"a":1,})"), "byte 7: expected a key");
    EXPECT_EQ(fault("{'a':1}"), "byte 1: expected a key or '}'");
    EXPECT_EQ(fault("[1]]"), "byte 3: expected the end after the value");
    EXPECT_EQ(fault("01"), "byte 1: a number may not start with 0");
    EXPECT_EQ(fault("1."), "byte 2: expected a digit, found the end");
    EXPECT_EQ(fault("nul"), "byte 0: expected a value");
    EXPECT_EQ(fault("NaN"), "byte 0: expected a value");
    EXPECT_EQ(fault(R"("\x")"), "byte 2: no such escape");
    EXPECT_EQ(fault(R"("\u12")"), "byte 2: expected four hex digits after \\u");
    EXPECT_EQ(fault(R"("\u-123")"), "byte 2: expected four hex digits after \\u");
    EXPECT_EQ(fault(R"("abc)"), "byte 4: expected '\"': the string does not end");
    EXPECT_EQ(fault("// no\n1"), "byte 0: expected a value");
}

TEST(Json, A05_depth_and_length_are_limited) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_EQ(fault(nested(256)), "was read");
    EXPECT_EQ(fault(nested(257)), "byte 256: nested deeper than 256");
    EXPECT_EQ(fault(nested(1024), {.depth_max = 1'000'000}), "was read");
    EXPECT_EQ(fault(nested(1025), {.depth_max = 1'000'000}), "byte 1024: nested deeper than 1024");
    EXPECT_EQ(fault(std::string(1'000'000, '[')), "byte 256: nested deeper than 256");
    EXPECT_EQ(fault("[1,2,3]", {.bytes_max = 6}), "7 bytes of JSON; at most 6 are read");
    const Document deep = std::move(*Document::parse(nested(1024), {.depth_max = 1024}));
    EXPECT_TRUE(equal(deep.root(), deep.root()));
    EXPECT_EQ(to_text(deep.root()), nested(1024));
}

TEST(Json, large_arrays_are_counted_and_skipped) {
    std::string text = "[[0";
    for (int i = 1; i < 100'000; ++i) text += ",0";
    text += "],7]";
    const Document document = read(text);
    EXPECT_EQ(document.root().size(), 2u);
    auto element = document.root().elements().begin();
    EXPECT_EQ((*element).size(), 100'000u);
    EXPECT_EQ((*++element).as_integer(), 7);
}

TEST(Json, equality_is_that_of_json_schema) {
    const auto same = [](std::string_view a, std::string_view b) {
        const Document left = read(a);
        const Document right = read(b);
        EXPECT_EQ(equal(left.root(), right.root()), equal(right.root(), left.root()));
        return equal(left.root(), right.root());
    };
    EXPECT_TRUE(same("1", "1.0"));
    EXPECT_TRUE(same("-0.0", "0"));
    EXPECT_FALSE(same("0", "false"));
    EXPECT_FALSE(same("\"\"", "null"));
    EXPECT_TRUE(same("9007199254740993", "9007199254740993"));
    EXPECT_FALSE(same("9007199254740993", "9007199254740992.0"));
    EXPECT_FALSE(same("9223372036854775807", "9223372036854775808"));
    EXPECT_TRUE(same("9223372036854775808", "9.223372036854775808e18"));
    EXPECT_TRUE(same("1e300", "10e299"));
    EXPECT_TRUE(same(R"({"a":[1,{}],"b":null})", R"({"b":null,"a":[1.0,{}]})"));
    EXPECT_FALSE(same(R"({"a":1})", R"({"a":1,"b":2})"));
    EXPECT_FALSE(same("[1,2]", "[2,1]"));
    EXPECT_FALSE(same("[1]", "[1,1]"));
    EXPECT_TRUE(same(R"({"a":1,"a":2})", R"({"a":2})"));
}

TEST(Json, what_is_written_reads_back_the_same) {
    const std::string text = R"({"a":[1,-2,3.25,1e+300,true,false,null,""],"b":{"c":{}},"d":[]})";
    EXPECT_EQ(rewritten(text), text);
    EXPECT_EQ(rewritten(" [ 1 , \"\\ud83d\\ude00\\u00e9\\/\" ] "),
              "[1,\"\xF0\x9F\x98\x80\xC3\xA9/\"]");
}

/// Every prefix of a good text, and the text with each byte replaced, is refused or read the same
/// by the fast and the strict reader.
TEST(Json, both_readers_agree_on_damaged_texts) {
    const std::string good =
        "{\"a\\n\\u00e9\":[1,-0.5e-3,18446744073709551615,\"\xE2\x82\xAC\\ud83d\\ude00\",true,"
        "false,null,{}],\"\":\t\"x\"}";
    const auto agree = [](std::string_view text) {
        const auto fast = Document::parse(text);
        const auto strict = read_strictly(text, {}, 0);
        ASSERT_EQ(fast.ok(), strict.ok()) << text;
        if (fast.ok()) {
            EXPECT_EQ(to_text(fast->root()), to_text(strict->root()));
        }
    };
    agree(good);
    for (std::size_t cut = 0; cut < good.size(); ++cut) {
        agree(std::string_view(good).substr(0, cut));
        EXPECT_NE(fault(std::string_view(good).substr(0, cut)), "was read");
    }
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) {
        std::string text = good;
        for (unsigned edits = 1 + random() % 3; edits > 0; --edits) {
            constexpr std::string_view likely = "{}[],:\"\\u0 1-+.eE\x80\xC3\xEDtfn\n";
            const bool any = random() % 4 == 0;
            text[random() % text.size()] =
                any ? static_cast<char>(random()) : likely[random() % likely.size()];
        }
        agree(text);
    }
}

TEST(JsonWriter, commas_and_nesting) {
    Writer writer;
    writer.begin_object().key("scored").value(12).key("mean").value(0.93).key("by").begin_array();
    writer.begin_object().end_object().value("a").value(std::uint64_t{18446744073709551615u});
    writer.end_array().key("none").value(std::optional<int>()).key("yes").value(true).end_object();
    EXPECT_EQ(
        writer.text(),
        R"({"scored":12,"mean":0.93,"by":[{},"a",18446744073709551615],"none":null,"yes":true})");
}

TEST(JsonWriter, strings_that_end_like_syntax_do_not_confuse_the_commas) {
    EXPECT_EQ(Writer().begin_array().value("[").value("{").value(":").end_array().take(),
              R"(["[","{",":"])");
}

TEST(JsonWriter, A12_text_may_stand_inside_a_page) {
    EXPECT_EQ(quoted("</script>&\"\\"), R"("\u003c/script\u003e\u0026\"\\")");
    EXPECT_EQ(quoted(std::string_view("\0\n\x7F", 3)), R"("\u0000\n\u007f")");
    EXPECT_EQ(quoted("\xC3\xA9\xFFz\xE2\x82"), "\"\xC3\xA9\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonWriter, numbers_read_back_to_the_same_bits) {
    for (const double number : {0.1, 1e21, -5e-324, DBL_MAX, 1.0, 123456789.125}) {
        EXPECT_EQ(read(Writer().value(number).text()).root().as_number(), number);
    }
    EXPECT_EQ(Writer().value(NAN).text(), "null");
    EXPECT_EQ(Writer().value(INFINITY).text(), "null");
}

}  // namespace
}  // namespace plimsoll::json
