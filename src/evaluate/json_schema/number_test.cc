#include "evaluate/json_schema/number.h"

#include <gtest/gtest.h>

#include "base/counter_random.h"

namespace plimsoll::evaluate::schema {
namespace {

json::Document number(std::string_view text) {
    return std::move(*json::Document::parse(text));
}

bool multiple(std::string_view text, std::string_view divisor_text) {
    const json::Document a = number(text);
    const json::Document b = number(divisor_text);
    const Decimal divisor = Decimal::of(b.root());
    const bool taken_apart = is_multiple(Decimal::of(a.root()), divisor);
    EXPECT_EQ(is_multiple(a.root(), divisor), taken_apart) << text << " of " << divisor_text;
    return taken_apart;
}

int order(std::string_view a, std::string_view b) {
    const json::Document left = number(a);
    const json::Document right = number(b);
    EXPECT_EQ(compare(left.root(), right.root()), -compare(right.root(), left.root()));
    return compare(left.root(), right.root());
}

TEST(Number, is_kept_as_the_decimal_that_was_written) {
    const auto decimal = [](std::string_view text) {
        const json::Document document = number(text);
        return Decimal::of(document.root());
    };
    EXPECT_EQ(decimal("0.0075").significand, 75u);
    EXPECT_EQ(decimal("0.0075").exponent, -4);
    EXPECT_EQ(decimal("-1200").significand, 12u);
    EXPECT_EQ(decimal("-1200").exponent, 2);
    EXPECT_EQ(decimal("-9223372036854775808").significand, 9223372036854775808u);
    EXPECT_EQ(decimal("1e300").exponent, 300);
    EXPECT_EQ(decimal("0.0").significand, 0u);
}

TEST(Number, multiples_are_those_of_the_decimals) {  // By hand; as fractions of two they all fail.
    EXPECT_TRUE(multiple("19.99", "0.01"));
    EXPECT_TRUE(multiple("4.35", "0.05"));
    EXPECT_TRUE(multiple("0.3", "0.1"));
    EXPECT_TRUE(multiple("-0.0075", "0.0001"));
    EXPECT_FALSE(multiple("0.00751", "0.0001"));
    EXPECT_TRUE(multiple("1.1", "1.1"));
    EXPECT_TRUE(multiple("0", "0.7"));
    EXPECT_FALSE(multiple("1", "0.3"));
    EXPECT_TRUE(multiple("30", "0.3"));
    EXPECT_FALSE(multiple("15", "10"));
    EXPECT_TRUE(multiple("9007199254740993", "3"));
    EXPECT_FALSE(multiple("9007199254740995", "3"));
}

TEST(Number, multiples_are_told_alike_in_both_ways) {
    CounterRandom random(7);
    std::size_t multiples = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t bits = random.bits();
        const std::uint64_t digits = bits % 1'000'000'007 >> (bits >> 40) % 24;
        const std::string text = std::to_string(digits) + "e-" + std::to_string((bits >> 50) % 12);
        multiples += multiple(text, "0.01") + multiple(text, "0.25") + multiple(text, "1e-9");
    }
    EXPECT_GT(multiples, 10'000u);
}

TEST(Number, multiples_at_the_ends_of_the_range) {
    EXPECT_TRUE(multiple("1e308", "0.5"));
    EXPECT_FALSE(multiple("1e308", "0.123456789"));
    EXPECT_TRUE(multiple("1e308", "1e-308"));
    EXPECT_FALSE(multiple("1e-308", "1e308"));
    EXPECT_TRUE(multiple("18446744073709551615", "5"));
    EXPECT_TRUE(multiple("18446744073709551615", "18446744073709551615"));
    EXPECT_FALSE(multiple("1e300", "18446744073709551557"));  // The largest prime below 2^64.
}

TEST(Number, order_is_exact_between_integers_and_reals) {
    EXPECT_EQ(order("1", "1.0"), 0);
    EXPECT_EQ(order("9007199254740993", "9007199254740992.0"), 1);
    EXPECT_EQ(order("18446744073709551615", "1.8446744073709552e19"), -1);
    EXPECT_EQ(order("-9223372036854775808", "-9.223372036854775808e18"), 0);
    EXPECT_EQ(order("-1", "18446744073709551615"), -1);
    EXPECT_EQ(order("0.1", "0.10000000000000001"), 0);
}

TEST(Number, whole_numbers_need_not_be_written_as_integers) {
    for (const char* const text : {"1", "1.0", "-0.0", "1e300", "18446744073709551615"}) {
        EXPECT_TRUE(is_whole(number(text).root())) << text;
    }
    EXPECT_FALSE(is_whole(number("1.5").root()));
    EXPECT_FALSE(is_whole(number("1e-300").root()));
}

}  // namespace
}  // namespace plimsoll::evaluate::schema
