#include "evaluate/json_schema/ecma_pattern.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "evaluate/json_schema/plain_pattern.h"

namespace plimsoll::evaluate::schema {
namespace {

bool matches(std::string_view expression, std::string_view text) {
    const auto pattern = EcmaPattern::compile(expression);
    EXPECT_TRUE(pattern.ok()) << (pattern.ok() ? "" : pattern.error().what);
    return pattern.ok() && pattern->matches(text);
}

std::string fault(std::string_view expression) {
    const auto pattern = EcmaPattern::compile(expression);
    return pattern.ok() ? "compiled" : pattern.error().what;
}

TEST(EcmaPattern, finds_a_match_anywhere_unless_anchored) {
    EXPECT_TRUE(matches("b+", "abbc"));
    EXPECT_FALSE(matches("^b+$", "abbc"));
    EXPECT_FALSE(matches("^a$", "a\n"));  // $ is the end, not the end of a line.
    EXPECT_FALSE(matches("^b", "a\nb"));
}

TEST(EcmaPattern, classes_mean_what_ECMA_262_says) {
    EXPECT_TRUE(matches("^\\s$", "\xC2\xA0"));
    EXPECT_TRUE(matches("^[\\s-x]+$", "\xEF\xBB\xBF-x"));
    EXPECT_FALSE(matches("^\\S$", "\xE2\x80\x83"));
    EXPECT_TRUE(matches("^[^\\s]$", "a"));
    EXPECT_TRUE(matches("^[\\S]$", "\xE2\x80\x93"));
    EXPECT_FALSE(matches("^\\d$", "\xDF\x80"));  // NKO digit zero
    EXPECT_FALSE(matches("^\\w$", "\xC3\xA9"));
    EXPECT_FALSE(matches("^.$", "\xE2\x80\xA8"));  // U+2028 ends a line.
    EXPECT_TRUE(matches("^.$", "\xF0\x9F\x98\x80"));
    EXPECT_TRUE(matches("^[^]$", "\n"));
    EXPECT_FALSE(matches("[]", "x"));
    EXPECT_TRUE(matches("^[[:a]+$", "[:a"));
    EXPECT_TRUE(matches("^[\\]\\-\\\\]+$", "]-\\"));
    EXPECT_TRUE(matches("^\\p{Letter}\\p{Lu}\\P{L}\\p{Script=Greek}\\p{ASCII}$", "aB1\xCE\xB1~"));
}

TEST(EcmaPattern, escapes_mean_what_ECMA_262_says) {
    EXPECT_TRUE(matches("^\\t\\n\\v\\f\\r\\0\\cC\\cc$", std::string_view("\t\n\v\f\r\0\3\3", 8)));
    EXPECT_TRUE(
        matches("^\\x41\\u0042\\u{1F600}\\ud83d\\ude00$", "AB\xF0\x9F\x98\x80\xF0\x9F\x98\x80"));
    EXPECT_TRUE(matches("^[\\b]$", "\b"));
    EXPECT_TRUE(matches("\\bab\\b", "x ab y"));
    EXPECT_TRUE(matches("^\\/\\.\\@\\-\\_$", "/.@-_"));
    EXPECT_TRUE(matches("^(?<year>\\d{4})-(\\d\\d)$", "2026-01"));
}

TEST(EcmaPattern, what_linear_time_cannot_give_is_refused_by_name) {
    EXPECT_EQ(fault("^(?!a)b"),
              "the expression ^(?!a)b cannot be used: look-ahead cannot be had in linear time");
    EXPECT_EQ(fault("(?<=a)b"),
              "the expression (?<=a)b cannot be used: look-behind cannot be had in linear time");
    EXPECT_EQ(
        fault("(a)\\1"),
        "the expression (a)\\1 cannot be used: a back-reference cannot be had in linear time");
}

TEST(EcmaPattern, what_is_no_expression_is_refused) {
    for (const char* const expression :
         {"(",   ")",    "[a",    "a**",         "\\",     "\\a",        "\\A",
          "\\Z", "\\x4", "\\u12", "\\u{110000}", "\\c1",   "[z-a]",      "\\p{Nonsense}",
          "\\p", "(?P",  "(?s)a", "\\ud800",     "x{2,1}", "\\-\\u-123", "[\\1]"}) {
        EXPECT_NE(fault(expression), "compiled") << expression;
    }
}

TEST(EcmaPattern, bounds_beyond_RE2s_own_are_counted) {
    const std::string long_text(1'500, 'a');
    EXPECT_TRUE(matches("^.{1,2048}$", long_text));
    EXPECT_FALSE(matches("^.{1,1499}$", long_text));
    EXPECT_TRUE(matches("^[\\s\\S]{1500,}$", long_text));
    EXPECT_FALSE(matches("^[b-z]{1,2048}$", long_text));
    EXPECT_TRUE(matches("^\\u00e9{0,2000}$", "\xC3\xA9"));
    EXPECT_FALSE(matches("^\\w{1001}$", std::string(1'002, 'w')));
    EXPECT_TRUE(matches("^\\w{1001}$", std::string(1'001, 'w')));
    EXPECT_TRUE(matches("^\\p{L}{20,30}$", std::string(20, 'a')));
    EXPECT_FALSE(matches("^\\p{L}{20,30}$", std::string(31, 'a')));
    EXPECT_NE(fault("^(ab){1,2048}$"), "compiled");
    EXPECT_NE(fault("^a{2048,1}$"), "compiled");
}

TEST(EcmaPattern, A16_expressions_that_explode_elsewhere_take_linear_time) {
    EXPECT_FALSE(matches("^(a+)+$", std::string(100'000, 'a') + "!"));
    EXPECT_FALSE(matches("^(a|a)*$", std::string(100'000, 'a') + "!"));
    EXPECT_NE(fault("((a{1,100}){1,100}){1,100}"), "compiled");
}

TEST(PlainPattern, says_what_RE2_says) {
    const std::string_view expressions[] = {
        "^[A-Z]{2}-[0-9]{4,8}$",   "^\\d{3}$",  "^a?b?c$", "^a*b+$",
        "^[a-c.-]+@[ab]{2,}\\.c$", "^\\$\\w+$", "^$",      "^[ab\\]]{0,2}c{1}$"};
    const std::string_view alphabet = "AZab0c-1.@$_]9\n";
    for (const std::string_view expression : expressions) {
        const auto plain = PlainPattern::of(expression);
        ASSERT_TRUE(plain) << expression;
        const RE2 re2(std::string(expression), RE2::Quiet);
        ASSERT_TRUE(re2.ok()) << expression;
        std::size_t matched = 0;
        // Every text of up to four letters, and some longer ones of the right kind.
        std::vector<std::string> texts = {"AZ-0190", "AZ-0190190", "AZ-019019019", "a.b@ab.c"};
        for (std::size_t from = 0, length = 0; length <= 4; ++length) {
            if (length == 0) texts.push_back("");
            const std::size_t to = texts.size();
            for (std::size_t i = length < 2 ? to - 1 : from; length > 0 && i < to; ++i) {
                for (const char c : alphabet) texts.push_back(texts[i] + c);
            }
            from = length == 0 ? to - 1 : to;
        }
        for (const std::string& text : texts) {
            const bool ours = plain->matches(text);
            matched += ours;
            ASSERT_EQ(ours, RE2::PartialMatch(text, re2)) << expression << " on " << text;
        }
        EXPECT_GT(matched, 0u) << expression;
    }
}

TEST(PlainPattern, leaves_the_rest_to_RE2) {
    for (const std::string_view expression :
         {"a", "^a", "a$", "^a\\$", "^.$", "^[^a]$", "^(a)$", "^a|b$", "^a+ab$", "^a?b?a$", "^\\s$",
          "^[\\d-x]$", "^é$", "^a+?$", "^[a$", "^a{2,1}$", "^a{,2}$", "^\\bx$"}) {
        EXPECT_FALSE(PlainPattern::of(expression)) << expression;
    }
}

}  // namespace
}  // namespace plimsoll::evaluate::schema
