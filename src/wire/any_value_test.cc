#include "wire/any_value.h"

#include <limits>

#include <gtest/gtest.h>

#include "wire/example_for_test.h"
#include "wire/otlp.h"

namespace plimsoll::wire {
namespace {

using outgoing::Value;

/// JSON of a value that went through the wire.
std::string through_the_wire(Value value, std::size_t depth_max = 64) {
    outgoing::Span span = plain_span();
    span.attributes = {{"v", std::move(value)}};
    std::string json;
    for_each_span(otlp_of({span}), [&](auto, const SpanView& view) {
        json = to_json(*view.attributes.find("v"), depth_max);
    });
    return json;
}

TEST(AnyValue, becomes_json) {
    EXPECT_EQ(through_the_wire({}), "null");
    EXPECT_EQ(through_the_wire(""), R"("")");
    EXPECT_EQ(through_the_wire("say \"hi\""), R"("say \"hi\"")");
    EXPECT_EQ(through_the_wire(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(through_the_wire(0.1), "0.1");
    EXPECT_EQ(through_the_wire(std::numeric_limits<double>::quiet_NaN()), R"("NaN")");
    EXPECT_EQ(through_the_wire(-std::numeric_limits<double>::infinity()), R"("-Infinity")");
    EXPECT_EQ(through_the_wire(Value::Bytes{"any carnal pleas"}), R"("YW55IGNhcm5hbCBwbGVhcw==")");
    EXPECT_EQ(through_the_wire(std::vector<Value>{}), "[]");
    EXPECT_EQ(through_the_wire(outgoing::Attributes{{"a", 1}, {"a", 2}}), R"({"a":1,"a":2})");
}

TEST(AnyValue, deeper_than_wanted_is_null) {
    const Value three = std::vector<Value>{std::vector<Value>{std::vector<Value>{}}};
    EXPECT_EQ(through_the_wire(three, 3), "[[[]]]");
    EXPECT_EQ(through_the_wire(three, 2), "[[null]]");
    EXPECT_EQ(through_the_wire(three, 0), "null");
}

TEST(AnyValue, broken_bytes_are_nothing) {
    EXPECT_EQ(any_value("\x0a\x05zz").kind, AnyValue::Kind::empty);
    EXPECT_EQ(any_value("\xff").kind, AnyValue::Kind::empty);
    EXPECT_EQ(to_json({.kind = AnyValue::Kind::array, .text = "\x0a\x05zz"}), "null");
    EXPECT_EQ(to_json({.kind = AnyValue::Kind::kvlist, .text = "\x0a\x02\x0a\x09"}),
              R"({"":null})");
}

TEST(AnyValue, a_field_of_another_wire_type_is_an_unknown_field) {
    EXPECT_EQ(any_value("\x08\x01").kind, AnyValue::Kind::empty);   // string as varint
    EXPECT_EQ(any_value("\x12\x01x").kind, AnyValue::Kind::empty);  // bool as bytes
    EXPECT_EQ(any_value("\x40\x05\x18\x07").integer, 7);            // string_value_strindex
}

TEST(Attributes, of_two_equal_keys_the_last_counts) {
    Attributes attributes;
    attributes.add({"model", any_value("\x0a\x01"
                                       "a")});
    attributes.add({"other", {}});
    attributes.add({"model", any_value("\x0a\x01"
                                       "b")});
    EXPECT_EQ(attributes.find("model")->text, "b");
    EXPECT_EQ(attributes.find("other")->kind, AnyValue::Kind::empty);
    EXPECT_EQ(attributes.find("absent"), nullptr);
}

}  // namespace
}  // namespace plimsoll::wire
