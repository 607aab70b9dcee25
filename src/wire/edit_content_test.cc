#include "wire/edit_content.h"

#include <gmock/gmock.h>

#include "wire/admit.h"
#include "wire/describe_for_test.h"
#include "wire/example_for_test.h"

namespace plimsoll::wire {
namespace {

using outgoing::Attribute;
using outgoing::Value;
using testing::HasSubstr;
using testing::Not;

/// Replaces "secret" by "***", wherever it stands; leaves out the attribute "header".
class Editor : public ContentEditor {
  public:
    KeyRule rule(std::string_view key) const override {
        using enum KeyRule::Action;
        return {key == "header" ? drop
                : key == "user" ? pseudonym
                                : redact,
                false, key == "consent"};
    }
    Consent consent(std::string_view value) const override {
        return value == "nothing"   ? Consent::nothing
               : value == "metrics" ? Consent::metrics
                                    : Consent::content;
    }
    Consent default_consent() const override { return Consent::content; }
    std::optional<std::string> text(std::string_view key, KeyRule,
                                    std::string_view text) const override {
        if (key == "user") return "someone";
        std::string changed(text);
        for (std::size_t at; (at = changed.find("secret")) != changed.npos;)
            changed.replace(at, 6, "***");
        if (text == "4111111111111111") return "card";
        if (changed == text) return std::nullopt;
        return changed;
    }
};

/// Field 99, which no span has: its tag takes two bytes (99 << 3 | 2 = 794).
std::string unknown_field(std::string_view content) {
    return std::string("\x9A\x06") + static_cast<char>(content.size()) + std::string(content);
}

TEST(EditContent, moves_through_what_holds_nothing) {
    std::string body = otlp_of({plain_span(1), plain_span(2)});
    const std::string copy = body;
    const char* const bytes = body.data();
    const Edited edited = edit_content(std::move(body), Editor());
    EXPECT_EQ(edited.otlp, copy);
    EXPECT_EQ(edited.otlp.data(), bytes);
    EXPECT_EQ(edited.changes, 0u);
}

TEST(EditContent, reaches_every_text_and_leaves_the_rest_as_it_was) {
    const auto write = [](const std::string& word) {
        outgoing::Span span = plain_span();
        span.name = "call " + word;
        const std::string long_text(300, 'x');
        span.attributes = {
            {"a", long_text + word + long_text},
            {"number", 17},
            {"list", Value(std::vector<Value>{"x", word, Value(std::vector<Value>{word})})},
            {"map", Value(std::vector<Attribute>{{"k", word}, {word, 1}})},
            {"bytes", Value(Value::Bytes{"\x01" + word})}};
        span.events = {{"event " + word, 5, {{"message", word}}}};
        return outgoing::to_otlp(
            {{{{"host", word}}, "", {{"scope", "1", {{"s", word}}, "", {span, plain_span(2)}}}}});
    };
    const Edited edited = edit_content(write("secret"), Editor());
    EXPECT_EQ(edited.otlp, write("***"));
    EXPECT_EQ(edited.changes, 11u);
    EXPECT_EQ(edit_content(edited.otlp, Editor()).changes, 0u);
    EXPECT_EQ(admit(edited.otlp, Encoding::protobuf, {}).otlp, edited.otlp);
}

TEST(EditContent, turns_numbers_that_name_or_pay_into_text) {
    outgoing::Span span = plain_span();
    span.attributes = {{"user", 17}, {"card", std::int64_t{4111111111111111}}, {"n", 17}};
    const std::string text = describe(edit_content(otlp_of({span}), Editor()).otlp);
    EXPECT_THAT(text, HasSubstr("user = \"someone\""));
    EXPECT_THAT(text, HasSubstr("card = \"card\""));
    EXPECT_THAT(text, HasSubstr("n = 17"));
}

TEST(EditContent, leaves_out_attributes_and_unknown_fields_that_may_not_stay) {
    outgoing::Span span = plain_span();
    span.attributes = {{"header", "x"}, {"a", "b"}};
    const std::string unknown =
        encoded(span) + unknown_field("some secret") + unknown_field("fine");
    const Edited edited = edit_content(around(unknown), Editor());
    EXPECT_EQ(edited.changes, 2u);
    span.attributes.erase(span.attributes.begin());
    EXPECT_EQ(edited.otlp, around(encoded(span) + unknown_field("fine")));
}

TEST(EditContent, keeps_what_consent_allows) {
    outgoing::Span all = plain_span(1), metrics = plain_span(2), nothing = plain_span(3);
    all.attributes = {{"text", "hello"}};
    metrics.attributes = {{"text", "hello"}, {"tokens", 17}, {"consent", "metrics"}};
    metrics.status_message = "it said hello";
    nothing.attributes = {{"text", "hello"}, {"consent", "nothing"}};
    const Edited edited = edit_content(otlp_of({all, metrics, nothing}), Editor());
    EXPECT_EQ(edited.spans_withheld, 1u);
    const std::string text = describe(edited.otlp);
    EXPECT_THAT(text, HasSubstr("tokens = 17"));
    EXPECT_THAT(text, Not(HasSubstr("it said")));
    EXPECT_EQ(text.find("hello"), text.rfind("hello"));
    EXPECT_THAT(text, Not(HasSubstr("a0a0a0a0a0a0a003")));

    const Edited from_resource = edit_content(
        outgoing::to_otlp(outgoing::request({{"consent", "nothing"}}, "", {plain_span()})),
        Editor());
    EXPECT_EQ(from_resource.spans_withheld, 1u);
}

TEST(EditContent, answers_for_many_spans_as_for_each_alone) {
    // Names and words that come again, more of them than are remembered.
    std::vector<outgoing::Span> spans;
    std::size_t alone = 0;
    for (unsigned i = 0; i < 2'000; ++i) {
        outgoing::Span span = plain_span(i + 1);
        const std::string word = i % 7 == 0 ? "secret" : std::to_string(i * 31 % 400);
        const std::string name = i % 5 == 0 ? "user" : "name" + std::to_string(i * 17 % 90);
        span.attributes = {{name, word}, {"text", word}};
        alone += edit_content(otlp_of({span}), Editor()).changes;
        spans.push_back(std::move(span));
    }
    const Edited edited = edit_content(otlp_of(spans), Editor());
    EXPECT_EQ(edited.changes, alone);
    EXPECT_GT(alone, 400u + 285u);  // Every fifth names a person, every seventh text is secret.
    EXPECT_THAT(edited.otlp, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace plimsoll::wire
