/// Hostile bodies: whatever comes, admit() neither crashes nor lies. What it lets through it lets
/// through again, unchanged.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "wire/describe_for_test.h"
#include "wire/example_for_test.h"

namespace plimsoll::wire {
namespace {

using outgoing::Span;
using outgoing::to_otlp;

/// The promise of admit.h. Returns the result for more questions.
Admitted admit_and_check(const std::string& body, Encoding encoding, const Limits& limits = {}) {
    const Admitted first = admit(body, encoding, limits);
    if (!first.decodable) {
        EXPECT_EQ(first.otlp, "");
        EXPECT_EQ(first.span_count, 0u);
        EXPECT_NE(first.why, "");
        return first;
    }
    EXPECT_EQ(first.rejected != 0, !first.why.empty());
    EXPECT_LE(first.otlp.size(), limits.body_bytes_max);

    const Admitted second = admit(first.otlp, Encoding::protobuf, limits);
    EXPECT_TRUE(second.decodable) << second.why;
    EXPECT_EQ(second.otlp, first.otlp);
    EXPECT_EQ(second.span_count, first.span_count);
    EXPECT_EQ(second.rejected, 0u) << second.why;
    EXPECT_EQ(second.repaired, 0u);

    std::size_t spans = 0;
    std::size_t keys = 0;
    EXPECT_TRUE(for_each_span(first.otlp, [&](std::uint32_t, const SpanView& span) {
        ++spans;
        EXPECT_FALSE(span.trace.is_zero());
        EXPECT_FALSE(span.id.is_zero());
    }));
    EXPECT_TRUE(for_each_span_key(first.otlp, [&](auto, const SpanKey&) { ++keys; }));
    EXPECT_EQ(spans, first.span_count);
    EXPECT_EQ(keys, first.span_count);
    return first;
}

std::string example(Encoding encoding) {
    return encoding == Encoding::protobuf ? to_otlp(example_request())
                                          : outgoing::to_otlp_json(example_request());
}

TEST(AdmitAttack, every_prefix_of_a_good_body) {
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        const std::string good = example(encoding);
        for (std::size_t size = 0; size <= good.size(); ++size) {
            admit_and_check(good.substr(0, size), encoding);
            describe(std::string_view(good).substr(0, size));  // A disk may cut it behind the door.
        }
    }
}

TEST(AdmitAttack, every_flipped_bit_and_byte_of_a_good_body) {
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        const std::string good = example(encoding);
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (const int flip : {0x01, 0x08, 0x40, 0x80, 0xff}) {
                std::string body = good;
                body[at] = static_cast<char>(body[at] ^ flip);
                admit_and_check(body, encoding);
                describe(body);
            }
        }
    }
}

TEST(AdmitAttack, bodies_made_of_pieces_of_others) {
    // Two cuts, exchanged: lengths and contents that never belonged together. Every 13th place, for
    // time; 13 shares no factor with the lengths of the fields.
    for (const Encoding encoding : {Encoding::protobuf, Encoding::json}) {
        const std::string good = example(encoding);
        for (std::size_t from = 0; from < good.size(); from += 53) {
            for (std::size_t to = 0; to < good.size(); to += 13) {
                admit_and_check(good.substr(0, from) + good.substr(to), encoding);
            }
        }
    }
}

/// An encoded AnyValue in `depth` lists, arrays and kvlists by turns.
std::string nested_value(std::size_t depth) {
    std::vector<std::string> heads;  // From inside out, since each holds the size of what it holds.
    std::size_t size = 0;
    const auto wrap = [&](int tag) {
        heads.push_back(message_head(tag, size));
        size += heads.back().size();
    };
    for (std::size_t level = 0; level < depth; ++level) {
        if (level % 3 == 0) {
            wrap(2);  // KeyValue.value
            wrap(1);  // KeyValueList.values
            wrap(6);  // AnyValue.kvlist_value
        } else {
            wrap(1);
            wrap(5);
        }
    }
    std::string value;
    for (auto head = heads.rbegin(); head != heads.rend(); ++head) value += *head;
    return value;
}

TEST(AdmitAttack, A05_nested_100000_deep_costs_its_span_and_not_the_stack) {
    const std::string attribute =
        message(9, message(1, "deep") + message(2, nested_value(100'000)));
    const std::string deep = around(encoded(plain_span()) + attribute);
    const Admitted result = admit_and_check(deep + otlp_of({plain_span(2)}), Encoding::protobuf);
    EXPECT_EQ(result.rejected, 1u);
    EXPECT_EQ(result.span_count, 1u);
    EXPECT_THAT(result.why, testing::HasSubstr("nested too deep"));
    // A configuration without sense does not change that.
    EXPECT_EQ(admit(deep, Encoding::protobuf, {.nesting_max = ~std::size_t{0}}).rejected, 1u);
    // Nor do bytes that never passed the door.
    for_each_span(deep, [](auto, const SpanView& span) {
        EXPECT_LT(to_json(*span.attributes.find("deep")).size(), 1000u);
        EXPECT_LT(to_json(*span.attributes.find("deep"), 256).size(), 3000u);
    });
}

std::string repeated(std::string_view piece, int count) {
    std::string text;
    text.reserve(piece.size() * count);
    for (int i = 0; i < count; ++i) text += piece;
    return text;
}

TEST(AdmitAttack, A05_a_million_attributes_cost_their_span) {
    const std::string attribute = message(1, "a") + message(2, "\x18\x01");
    const std::string good = otlp_of({plain_span(2)});
    const std::string span =
        around(encoded(plain_span()) + repeated(message(9, attribute), 1'000'000));
    Admitted result = admit_and_check(span + good, Encoding::protobuf);
    EXPECT_EQ(describe(result.otlp), describe(good));
    EXPECT_EQ(result.why, "1 span: too many attributes, events and links (the first is span 0)");

    const std::string json =
        R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"0001020304050607",)"
        R"("traceId":"000102030405060708090a0b0c0d0e0f","attributes":{"a":1)" +
        repeated(R"(,"a":1)", 1'000'000) + "}}]}]}]}";
    result = admit_and_check(json, Encoding::json);
    EXPECT_EQ(result.why, "1 span: too many attributes, events and links (the first is span 0)");

    // On the resource they cost all its spans, and readers need not hold them.
    const std::string resource = message(1, repeated(message(1, attribute), 1'000'000));
    result = admit_and_check(message(1, resource + message(2, message(2, encoded(plain_span())))),
                             Encoding::protobuf);
    EXPECT_EQ(result.rejected, 1u);
    EXPECT_EQ(result.otlp, "");
}

TEST(AdmitAttack, A05_a_million_empty_spans_are_too_many) {
    const std::string spans = repeated(std::string("\x12\x00", 2), 1'000'000);
    EXPECT_TRUE(admit_and_check(message(1, message(2, spans)), Encoding::protobuf).too_large);
    const std::string json =
        R"({"resourceSpans":[{"scopeSpans":[{"spans":[{})" + repeated(",{}", 999'999) + "]}]}]}";
    EXPECT_TRUE(admit_and_check(json, Encoding::json).too_large);
    // As many as are allowed are read and rejected.
    const Admitted result = admit_and_check(
        message(1, message(2, std::string_view(spans).substr(0, 200'000))), Encoding::protobuf);
    EXPECT_EQ(result.rejected, 100'000u);
}

TEST(AdmitAttack, A05_a_million_empty_groups_are_nothing) {
    const std::string groups = repeated(std::string("\x0a\x00", 2), 1'000'000);
    EXPECT_EQ(admit_and_check(groups, Encoding::protobuf).span_count, 0u);
    EXPECT_EQ(admit_and_check(message(1, groups), Encoding::protobuf).span_count, 0u);
}

TEST(AdmitAttack, A05_overlong_varints) {
    const std::string span = encoded(plain_span());
    const auto with_length = [&](std::string_view length) {
        return message(1, message(2, "\x12" + std::string(length) + span));
    };
    ASSERT_LT(span.size(), 127u);
    const char size = static_cast<char>(span.size() | 0x80);
    // Ten bytes are the longest a varint may be.
    const std::string nine(1, size);
    const std::string padded = nine + std::string(8, '\x80') + std::string(1, '\0');
    EXPECT_EQ(admit_and_check(with_length(padded), Encoding::protobuf).span_count, 1u);
    const std::string longer = nine + std::string(9, '\x80') + std::string(1, '\0');
    EXPECT_FALSE(admit_and_check(with_length(longer), Encoding::protobuf).decodable);
    // Lengths near 2^32 and 2^64 reach behind the body, or wrap around to a small one.
    for (const std::string_view length :
         {"\xff\xff\xff\xff\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
          "\xff\xff\xff\xff\x07", "\x80\x80\x80\x80\x10"}) {
        admit_and_check(with_length(length), Encoding::protobuf);
    }
}

TEST(AdmitAttack, A06_a_body_of_bytes_that_are_no_text_is_mended_in_linear_time) {
    Span span = plain_span();
    span.name = std::string(1 << 20, '\xff');
    const Admitted result = admit_and_check(otlp_of({span}), Encoding::protobuf);
    EXPECT_EQ(result.repaired, 1u);
    EXPECT_GT(result.otlp.size(), std::size_t{3 << 20});
    // JSON may not hold more of it than protobuf.
    const std::string json = R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":")" +
                             std::string(4 << 20, '\xff') + "\"}]}]}]}";
    EXPECT_TRUE(admit(json, Encoding::json, {.body_bytes_max = 8 << 20}).too_large);
}

TEST(AdmitAttack, JSON_made_of_brackets_and_commas_needs_no_more_memory_than_its_size) {
    // A tree would take sixteen bytes for each of these; admit keeps none. What it is turned into
    // may be at most as long as a body may be.
    const std::string ones = R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":{"a":[1)" +
                             repeated(",1", 1 << 20) + "]}}]}]}]}";
    const Admitted result = admit(ones, Encoding::json, {.body_bytes_max = 3 << 20});
    EXPECT_TRUE(result.too_large);
}

}  // namespace
}  // namespace plimsoll::wire
