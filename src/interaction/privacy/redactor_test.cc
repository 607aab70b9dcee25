#include "interaction/privacy/redactor.h"

#include <gmock/gmock.h>

#include "base/hash.h"
#include "wire/base64.h"

namespace plimsoll::interaction::privacy {
namespace {

constexpr PseudonymKey key{1, 2, 3};
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Redactor redactor(RedactorOptions options = {}) {
    return Redactor(key, std::move(options));
}

std::string redacted(std::string_view text) {
    return redactor().redact(text).value_or(std::string(text));
}

/// What is found, as "LABEL value" each.
std::vector<std::string> found(std::string_view text) {
    std::vector<std::string> all;
    for (const Found& one : redactor().find(text))
        all.push_back(std::string(one.label) + " " + one.value);
    return all;
}

TEST(Redactor, finds_the_example_of_every_recognizer_and_nothing_else_in_it) {
    for (const Recognizer* one : all_recognizers) {
        const auto all = redactor().find(one->example);
        ASSERT_EQ(all.size(), 1u) << one->name << ": " << one->example;
        EXPECT_EQ(all[0].label, one->label) << one->name;
    }
}

TEST(Redactor, leaves_ordinary_text_alone) {
    for (const std::string_view text :
         {"", "The order was shipped on Monday, 42 pieces for 1,299.00 EUR.",
          R"([{"role":"user","parts":[{"type":"text","content":"2024-08-06T12:34:56.789Z"}]}])",
          "gpt-4o-2024-08-06 and claude-3-5-sonnet-20241022 took 1767600000123 ms",
          "550e8400-e29b-41d4-a716-446655440000", "trace 5b8efff798038103d269b633813fc60c",
          "npm install react@18.2.0 and @decorator, logo@2x.png", "std::cout << a::b; 12:34:56",
          "v1.2.3 version 10.0.19041.1 at 127.0.0.1:8080", "sk-learn-is-a-fine-library-to-use",
          "password: please choose one", "the password is wrong; secret = get_secret(1)",
          "basic understanding of bearers", "order 123-4567, invoice 2024-000123",
          R"({"price": 4111111111111112, "count": 5000000, "ratio": 0.123456789})"}) {
        EXPECT_FALSE(redactor().redact(text)) << *redactor().redact(text);
    }
}

TEST(Redactor, names_the_same_value_alike_however_it_is_written) {
    const std::string text = redacted("Ana@Example.com, ana@example.com; bo@example.com");
    const std::string name = text.substr(0, text.find(','));
    EXPECT_THAT(name, StartsWith("<EMAIL_"));
    EXPECT_EQ(text.substr(name.size() + 2, name.size()), name);
    EXPECT_THAT(text.substr(2 * name.size() + 2), Not(HasSubstr(name)));
    EXPECT_EQ(redacted("4111111111111111"), redacted("4111-1111-1111-1111"));
    EXPECT_NE(Redactor({9}, {}).redact("bo@example.com"), redactor().redact("bo@example.com"));
}

TEST(Redactor, changes_nothing_in_what_it_redacted) {
    for (const Recognizer* one : all_recognizers) {
        const std::string once = redacted(one->example);
        EXPECT_FALSE(redactor().redact(once)) << once;
    }
}

TEST(Redactor, sees_through_escapes) {
    for (const std::string_view text :
         {R"(ana\u0040example.com)", R"(ana\\u0040example.com)", "ana%40example.com",
          "ana&#64;example.com", "ana&#x40;example.com", "ana＠example.com",
          R"(ana\uff20example.com)", "a%6Ea%40example%2Ecom"}) {
        EXPECT_EQ(redacted(text), redacted("ana@example.com")) << text;
    }
    EXPECT_THAT(redacted("card ４１１１１１１１１１１１１１１１ ok"), StartsWith("card <CARD_"));
    EXPECT_THAT(redacted("to=%2B4930901820"), StartsWith("to=<PHONE_"));
}

TEST(Redactor, stays_out_of_the_escapes_of_json_around_a_value) {
    EXPECT_EQ(found(R"({"text":"mail:\nana@example.com\nthanks"})"),
              std::vector<std::string>{"EMAIL ana@example.com"});
    EXPECT_EQ(found(R"("{\"to\":\"x\\n4111111111111111\\n\"}")"),
              std::vector<std::string>{"CARD 4111111111111111"});
}

TEST(Redactor, sees_through_base64_however_it_is_shifted) {
    const std::string encoded = wire::to_base64(R"({"to":"ana.maria@example.com","n":1})");
    for (const std::string before : {"", "data:text/plain;base64,", "path/", "x/", "ab/"}) {
        const std::string text = redacted(before + encoded + " rest");
        EXPECT_THAT(text, HasSubstr("<ENCODED_")) << before;
        EXPECT_THAT(text, Not(HasSubstr(encoded.substr(8)))) << before;
        EXPECT_THAT(text, ::testing::EndsWith(" rest")) << before;
    }
    EXPECT_EQ(redacted(wire::to_base64("nothing personal is said here")),
              wire::to_base64("nothing personal is said here"));
}

TEST(Redactor, keeps_json_readable_where_a_number_becomes_text) {
    EXPECT_THAT(redacted(R"({"card": 4111111111111111, "n": 1})"),
                testing::MatchesRegex(R"re(\{"card": "<CARD_[a-z]{7}>", "n": 1\})re"));
    EXPECT_THAT(redacted(R"("{\"card\":4111111111111111}")"),
                testing::MatchesRegex(R"re("\{\\"card\\":\\"<CARD_[a-z]{7}>\\"\}")re"));
    EXPECT_THAT(redacted(R"([1, 4111111111111111])"),
                testing::MatchesRegex(R"re(\[1, "<CARD_[a-z]{7}>"\])re"));
    EXPECT_THAT(redacted(R"({"t":"cards: 1, 4111111111111111, 2"})"),
                testing::MatchesRegex(R"re(\{"t":"cards: 1, <CARD_[a-z]{7}>, 2"\})re"));
}

TEST(Redactor, keeps_what_is_allowed_and_does_not_ask_what_is_off) {
    const Redactor some = redactor({.off = {"phone"}, .allow = {"@example.com", "203.0.113.77"}});
    EXPECT_FALSE(some.redact("bo@example.com from 203.0.113.77, +49 30 901820"));
    EXPECT_TRUE(some.redact("bo@example.org"));
    EXPECT_TRUE(some.redact("from 203.0.113.78"));
}

TEST(Redactor, takes_patterns_of_the_team) {
    const Redactor some = redactor(
        {.patterns = {
             {"CUSTOMER", [](std::string_view text) {
                  const std::size_t at = text.find("K-");
                  return at == text.npos ? std::vector<Place>{} : std::vector<Place>{{at, at + 5}};
              }}}});
    EXPECT_THAT(*some.redact("for K-123."), testing::MatchesRegex("for <CUSTOMER_[a-z]{7}>\\."));
}

/// Every place and every cut of hostile bytes: no fault, places in order, the same either way.
TEST(Redactor, finds_the_same_with_and_without_vectors_in_any_bytes) {
    const Redactor fast = redactor();
    Redactor plain = redactor();
    plain.use_plain_loops();
    constexpr std::string_view pieces[] = {"@",
                                           "ana@example.com",
                                           "4111111111111111",
                                           "+49 30 ",
                                           ":",
                                           "fe80::1",
                                           "eyJ",
                                           "-----BEGIN ",
                                           "PRIVATE KEY-----",
                                           "\\u0040",
                                           "%40",
                                           "\xEF\xBC\x91",
                                           "\xff",
                                           "\\",
                                           "\"",
                                           " ",
                                           "GB82",
                                           "AKIA",
                                           "sk-",
                                           "password=",
                                           "Bearer ",
                                           "0",
                                           "1.2.3.4",
                                           "(",
                                           ")",
                                           "/",
                                           "aGVsbG8gYW5hQGV4YW1wbGUuY29t"};
    std::uint64_t turn = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        const std::uint64_t count = hash64("count", turn++) % 40;
        for (std::uint64_t i = 0; i < count; ++i)
            text += pieces[hash64("piece", turn++) % std::size(pieces)];
        const auto one = fast.find(text), other = plain.find(text);
        ASSERT_EQ(one.size(), other.size()) << text;
        std::size_t last = 0;
        for (std::size_t i = 0; i < one.size(); ++i) {
            ASSERT_EQ(one[i].place, other[i].place) << text;
            ASSERT_LE(last, one[i].place.begin) << text;
            ASSERT_LT(one[i].place.begin, one[i].place.end) << text;
            last = one[i].place.end;
        }
        ASSERT_LE(last, text.size());
    }
}

}  // namespace
}  // namespace plimsoll::interaction::privacy
