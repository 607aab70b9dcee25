#include "wire/json_reader.h"

#include <optional>

#include <gtest/gtest.h>

#include "base/json.h"
#include "wire/example_for_test.h"
#include "wire/otlp_writer.h"
#include "wire/utf8.h"

namespace plimsoll::wire {
namespace {

/// nullopt if the text is one JSON value; else where it stops to be one.
std::optional<std::size_t> broken_at(std::string_view text) {
    JsonReader in(text);
    try {
        in.skip();
        if (in.kind() != JsonKind::end) in.fail("more than one value");
        return std::nullopt;
    } catch (const BrokenJson& broken) {
        return broken.at;
    }
}

std::string string_of(std::string_view text) {
    return std::string(JsonReader(text).string());
}

TEST(JsonReader, reads_members_and_elements_in_their_order) {
    JsonReader in(" {\"a\" : [1, -2.5e+3 ,0] , \"b\":{}, \"c\":[ ], \"d\":true,\"e\":null} ");
    std::string seen;
    in.object([&](std::string_view key) {
        seen += key;
        if (key == "a") {
            in.array([&] { seen += std::string("<").append(in.number()) + ">"; });
        } else if (key == "d") {
            seen += in.boolean() ? "yes" : "no";
        } else {
            in.skip();
        }
    });
    EXPECT_EQ(seen, "a<1><-2.5e+3><0>bcdyese");
    EXPECT_EQ(in.kind(), JsonKind::end);
}

TEST(JsonReader, unescapes) {
    EXPECT_EQ(string_of(R"("plain")"), "plain");
    EXPECT_EQ(string_of(R"("")"), "");
    EXPECT_EQ(string_of(R"("\"\\\/\b\f\n\r\tA\u00e9\u20AC\ud83c\udf0a")"), "\"\\/\b\f\n\r\tAé€🌊");
    EXPECT_EQ(string_of(R"("a\u0000b")"), std::string("a\0b", 3));
    for (std::size_t size = 0; size < 70; ++size) {  // Escapes at every place of a block of 16.
        const std::string plain(size, 'x');
        EXPECT_EQ(string_of('"' + plain + "\\n" + plain + "é\""), plain + "\n" + plain + "é");
    }
}

TEST(JsonReader, A06_mends_halves_of_surrogate_pairs_and_bytes_that_are_no_text) {
    const auto mended = [](std::string_view text) {
        JsonReader in(text);
        const std::string content(in.string());
        EXPECT_EQ(in.repaired(), 1u) << text;
        return content;
    };
    EXPECT_EQ(mended(R"("cut \ud83c")"), "cut �");
    EXPECT_EQ(mended(R"("\udf0a\ud83c\ud83c\udf0a\ud83cA")"), "��🌊�A");
    EXPECT_EQ(mended("\"\xff\xfe\""), "��");
    EXPECT_EQ(mended("\"\xe2\x82\\n\""), "�\n");
    EXPECT_EQ(string_of("\xEF\xBB\xBF \"behind a byte order mark\""), "behind a byte order mark");
}

/// Every text that base's strict reader takes, and no other, is JSON here too.
TEST(JsonReader, agrees_with_the_strict_reader) {
    std::vector<std::string> texts = {
        "",
        " ",
        "nul",
        "nulll",
        "tru",
        "[",
        "]",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "[1 2]",
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "1.5E-3",
        "-0",
        "1e400",
        "123456789012345678901234567890",
        "NaN",
        "'a'",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123\"",
        "\"a\tb\"",
        "[[[[]]]]",
        "[]]",
        "{}{}",
        "1 1",
        "\"a\" \"b\"",
        "true",
        "false",
        "null",
        "[null,true,false]",
        "{\"a\":{\"b\":[{}]}}",
        "/*a*/1",
        "\x00",
        "[\"a\",\n\t\r \"b\"]",
        "\"\x1f\"",
        "\"\x7f\"",
        "[1]x",
        "\xEF\xBB\xBF[1]",
    };
    const std::string body = outgoing::to_otlp_json(example_request()).substr(0, 700);
    for (std::size_t at = 0; at < body.size(); ++at) {
        texts.push_back(body.substr(0, at));
        for (const char c : {'"', '\\', '{', ']', ',', ':', '0', ' ', 'e', '-'}) {
            texts.push_back(body);
            texts.back()[at] = c;
        }
    }
    const std::string whole = outgoing::to_otlp_json(example_request());
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        for (const char c : {'"', '\\', '}', '[', ',', ':', '1', '\n', 'u', '.'}) {
            texts.push_back(whole);
            texts.back()[at] = c;
        }
    }
    std::size_t good = 0;
    for (const std::string& text : texts) {
        if (!valid_utf8(text)) continue;  // Mended here, refused there.
        const bool strict = json::Document::parse(text).ok();
        EXPECT_EQ(!broken_at(text), strict) << text;
        good += strict;
    }
    EXPECT_GT(good, 100u);  // Or the comparison says nothing.
}

TEST(JsonReader, says_where_it_broke) {
    EXPECT_EQ(broken_at("[1,x]"), 3u);
    EXPECT_EQ(broken_at("{\"a\" 1}"), 5u);
    EXPECT_EQ(broken_at("\"a\nb\""), 2u);
    EXPECT_EQ(broken_at("[1, 2"), 5u);
}

TEST(JsonReader, A05_skips_any_depth_without_recursion) {
    const std::size_t depth = 1'000'000;
    EXPECT_EQ(broken_at(std::string(depth, '[') + std::string(depth, ']')), std::nullopt);
    EXPECT_EQ(broken_at(std::string(depth, '[')), depth);
    std::string objects;
    for (std::size_t i = 0; i < 100'000; ++i) objects += "{\"a\":";
    EXPECT_EQ(broken_at(objects + "1" + std::string(100'000, '}')), std::nullopt);
}

}  // namespace
}  // namespace plimsoll::wire
