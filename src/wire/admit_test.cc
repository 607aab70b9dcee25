#include "wire/admit.h"

#include <gmock/gmock.h>

#include "wire/describe_for_test.h"
#include "wire/example_for_test.h"

namespace plimsoll::wire {
namespace {

using outgoing::Span;
using outgoing::to_otlp;
using testing::HasSubstr;

Admitted admit_protobuf(std::string body, const Limits& limits = {}) {
    return admit(std::move(body), Encoding::protobuf, limits);
}

TEST(Admit, a_clean_body_is_moved_through) {
    std::string body = to_otlp(example_request());
    const std::string copy = body;
    const char* const bytes = body.data();
    const Admitted result = admit_protobuf(std::move(body));
    EXPECT_TRUE(result.decodable);
    EXPECT_EQ(result.otlp.data(), bytes);
    EXPECT_EQ(result.otlp, copy);
    EXPECT_EQ(result.span_count, 4u);
    EXPECT_EQ(result.rejected, 0u);
    EXPECT_EQ(result.repaired, 0u);
    EXPECT_EQ(result.why, "");
}

TEST(Admit, an_empty_request_is_no_fault) {
    EXPECT_TRUE(admit_protobuf("").decodable);
    EXPECT_EQ(admit_protobuf("").span_count, 0u);
}

TEST(Admit, bad_spans_are_left_out_and_the_rest_stays_as_it_was) {
    auto request = example_request();
    const std::string good = to_otlp(request);
    Span bad = plain_span(9);
    bad.id = "";
    auto& spans = request[0].scopes[1].spans;
    spans.insert(spans.begin() + 1, {bad, bad});
    const Admitted result = admit_protobuf(to_otlp(request));
    EXPECT_EQ(result.otlp, good);
    EXPECT_EQ(result.span_count, 4u);
    EXPECT_EQ(result.rejected, 2u);
    EXPECT_EQ(result.why,
              "2 spans: the span id is not 8 bytes (16 hex digits in JSON), or all zero "
              "(the first is span 2)");
}

TEST(Admit, A06_text_that_is_not_utf8_is_mended_wherever_it_stands) {
    const std::string bad =
        "a\xff"
        "b\xe2\x82";
    const std::string good = "a�b�";
    const auto with = [](const std::string& text) {
        auto request = example_request();
        request[0].attributes[0] = {text, text};
        request[0].schema_url = text;
        auto& scope = request[0].scopes[1];
        scope.name = scope.version = scope.schema_url = text;
        scope.attributes[0].value = text;
        Span& span = scope.spans[0];
        span.name = span.trace_state = span.status_message = text;
        span.attributes[0].value = text;
        span.attributes[4].value = std::vector<std::string>{"ok", text};
        span.attributes[6].value =
            outgoing::Attributes{{text, std::vector<std::string>{text}}, {"k", 1}};
        span.events[0].name = text;
        span.events[0].attributes[0].value = text;
        span.links[0].attributes[0].key = text;
        return to_otlp(request);
    };
    const Admitted result = admit_protobuf(with(bad));
    EXPECT_EQ(result.otlp, with(good));
    EXPECT_EQ(result.span_count, 4u);
    EXPECT_EQ(result.rejected, 0u);
    EXPECT_EQ(result.repaired, 17u);
    EXPECT_EQ(result.why, "");
}

TEST(Admit, A06_nul_and_byte_order_marks_are_text_like_any_other) {
    Span span = plain_span();
    span.attributes = {{"a", std::string("x\0y", 3)}, {"\xEF\xBB\xBF", "\xEF\xBB\xBFz"}};
    const Admitted result = admit_protobuf(otlp_of({span}));
    EXPECT_EQ(result.repaired, 0u);
    EXPECT_THAT(describe(result.otlp), HasSubstr(R"(a = "x\u0000y")"));
}

TEST(Admit, A07_ids_of_zero_or_of_another_length_cost_their_span) {
    const auto rejected = [](auto change) {
        Span span = plain_span();
        change(span);
        const Admitted result = admit_protobuf(otlp_of({span, plain_span(2)}));
        EXPECT_EQ(result.span_count + result.rejected, 2u);
        EXPECT_EQ(describe(result.otlp), result.rejected
                                             ? describe(otlp_of({plain_span(2)}))
                                             : describe(otlp_of({span, plain_span(2)})));
        return result.why;
    };
    for (const std::size_t size : {0, 1, 8, 15, 17, 32}) {
        EXPECT_THAT(rejected([&](Span& span) { span.trace = std::string(size, 'x'); }),
                    HasSubstr("trace id"));
    }
    EXPECT_THAT(rejected([](Span& span) { span.trace = std::string(16, '\0'); }),
                HasSubstr("trace id"));
    EXPECT_THAT(rejected([](Span& span) { span.id = std::string(8, '\0'); }), HasSubstr("span id"));
    EXPECT_THAT(rejected([](Span& span) { span.id = std::string(16, 'x'); }), HasSubstr("span id"));
    EXPECT_THAT(rejected([](Span& span) { span.parent = "short"; }), HasSubstr("parent span id"));
    EXPECT_EQ(rejected([](Span& span) { span.parent = std::string(8, '\0'); }), "");
}

TEST(Admit, A07_a_span_that_is_its_own_parent_is_admitted) {
    Span span = plain_span();
    span.parent = span.id;
    EXPECT_EQ(admit_protobuf(otlp_of({span})).span_count, 1u);
}

TEST(Admit, A08_any_time_is_admitted) {
    for (const std::uint64_t start : {0ull, 1ull << 63, ~0ull}) {
        for (const std::uint64_t end : {0ull, 1ull, 1ull << 63, ~0ull}) {
            Span span = plain_span();
            span.start = start;
            span.end = end;
            EXPECT_EQ(admit_protobuf(otlp_of({span})).span_count, 1u);
        }
    }
}

TEST(Admit, A10_odd_keys_are_keys_like_any_other) {
    Span span = plain_span();
    const std::vector<std::string> keys = {
        "__proto__", "constructor",         "a", "a", "\"'`", "../../etc", "line\nbreak",
        "",          std::string(1024, 'k')};
    for (const std::string& key : keys) span.attributes.push_back({key, 1});
    const Admitted result = admit_protobuf(otlp_of({span}));
    EXPECT_EQ(result.span_count, 1u);
    for_each_span(result.otlp, [&](auto, const SpanView& view) {
        ASSERT_EQ(view.attributes.size(), keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            EXPECT_EQ(view.attributes.list()[i].key, keys[i]);
        }
    });
    span.attributes.push_back({std::string(1025, 'k'), 1});
    EXPECT_THAT(admit_protobuf(otlp_of({span})).why, HasSubstr("key is too long"));
    // Mending makes it longer than it may be.
    span.attributes.back().key = std::string(400, '\xff');
    EXPECT_THAT(admit_protobuf(otlp_of({span})).why, HasSubstr("key is too long"));
}

TEST(Admit, attributes_events_and_links_count_together) {
    Span span = plain_span();
    for (int i = 0; i < 5; ++i) span.attributes.push_back({"a", i});
    for (int i = 0; i < 3; ++i) span.events.push_back({.name = "e", .attributes = {{"b", 1}}});
    span.links.resize(2);
    EXPECT_EQ(admit_protobuf(otlp_of({span}), {.attributes_max = 13}).span_count, 1u);
    EXPECT_EQ(admit_protobuf(otlp_of({span}), {.attributes_max = 12}).rejected, 1u);
}

TEST(Admit, a_bad_resource_or_scope_costs_all_its_spans) {
    auto request = example_request();
    request[0].scopes[1].attributes = {{std::string(2000, 'k'), 1}};
    Admitted result = admit_protobuf(to_otlp(request));
    EXPECT_EQ(result.span_count, 2u);
    EXPECT_EQ(result.rejected, 2u);
    request[0].attributes = {{std::string(2000, 'k'), 1}};
    result = admit_protobuf(to_otlp(request));
    EXPECT_EQ(result.span_count, 1u);
    EXPECT_EQ(result.rejected, 3u);
    EXPECT_EQ(result.why, "3 spans: an attribute key is too long (the first is span 0)");
}

TEST(Admit, more_than_a_request_may_hold_refuses_it) {
    const std::vector<Span> spans(11, plain_span());
    Admitted result = admit_protobuf(otlp_of(spans), {.spans_max = 10});
    EXPECT_FALSE(result.decodable);
    EXPECT_TRUE(result.too_large);
    EXPECT_EQ(result.why, "more than 10 spans in one request");
    EXPECT_TRUE(admit_protobuf(otlp_of(spans), {.spans_max = 11}).decodable);

    const std::string body = otlp_of(spans);
    result = admit_protobuf(body, {.body_bytes_max = body.size() - 1});
    EXPECT_TRUE(result.too_large);
    EXPECT_EQ(result.otlp, "");

    // As text is mended it grows.
    Span span = plain_span();
    span.name = std::string(1000, '\xff');
    EXPECT_TRUE(admit_protobuf(otlp_of({span}), {.body_bytes_max = 2000}).too_large);
    EXPECT_EQ(admit_protobuf(otlp_of({span}), {.body_bytes_max = 4000}).repaired, 1u);
}

TEST(Admit, bytes_that_are_no_request_are_refused) {
    EXPECT_THAT(admit_protobuf("{\"resourceSpans\":[]}").why, HasSubstr("it looks like JSON"));
    EXPECT_FALSE(admit_protobuf("hello").decodable);
    const std::string good = otlp_of({plain_span(1), plain_span(2)});
    EXPECT_THAT(admit_protobuf(good + "\x0a").why, HasSubstr("after 2 whole spans"));
}

TEST(Admit, logs_sent_as_traces_are_noticed) {
    // A LogRecord: 1 time, 2 severity, 5 body, 9 trace id, 10 span id (conventions.md, 1.1).
    const std::string time("\x09\x01\x02\x03\x04\x05\x06\x07\x08", 9);
    const std::string body = message(5, "\x0a\x02hi");
    const std::string ids = message(9, std::string(16, '\x7f')) + message(10, "12345678");
    for (const std::string& record :
         {time + body + ids, "\x10\x09" + body + ids, body + ids + "\x59" + time.substr(1)}) {
        const Admitted result = admit_protobuf(around(record) + otlp_of({plain_span()}));
        EXPECT_TRUE(result.decodable);
        EXPECT_EQ(result.rejected, 1u);
        EXPECT_EQ(result.span_count, 1u);
        EXPECT_THAT(result.why, HasSubstr("/v1/logs"));
    }
}

TEST(Admit, unknown_fields_and_enums_are_kept) {
    const std::string unknown = "\x98\x06\x05" + message(12, "\xff\xfe") + "\xa5\x06zzzz";
    Span odd = plain_span();
    odd.kind = static_cast<SpanKind>(77);
    const std::string clean = around(encoded(odd) + unknown);
    EXPECT_EQ(admit_protobuf(clean).otlp, clean);
    // Also where the span is rewritten.
    odd.name = "\xff";
    const std::string mended = admit_protobuf(around(encoded(odd) + unknown)).otlp;
    EXPECT_THAT(mended, HasSubstr(unknown));
    EXPECT_THAT(mended, HasSubstr("\x30\x4d"));  // kind: 77
}

TEST(Admit, values_in_pieces_are_put_together) {
    const auto attribute = [](std::string_view pieces) {
        return message(9, message(1, "v") + std::string(pieces));
    };
    const auto value = [&](std::string_view pieces) {
        const std::string body = around(encoded(plain_span()) + attribute(pieces));
        const Admitted result = admit_protobuf(body);
        EXPECT_EQ(result.span_count, 1u) << result.why;
        EXPECT_EQ(result.repaired, 0u);
        EXPECT_EQ(admit_protobuf(result.otlp).otlp, result.otlp);
        std::string json;
        for_each_span(result.otlp, [&](auto, const SpanView& span) {
            json = to_json(*span.attributes.find("v"));
        });
        return json;
    };
    const std::string one = message(5, message(1, "\x18\x01"));
    const std::string two = message(5, message(1, "\x18\x02"));
    const std::string text = message(1, "t");
    EXPECT_EQ(value(message(2, one) + message(2, two)), "[1,2]");
    EXPECT_EQ(value(message(2, one + two)), "[1,2]");
    EXPECT_EQ(value(message(2, one + text + two)), "[2]");
    EXPECT_EQ(value(message(2, one) + message(2, text)), R"("t")");
    EXPECT_EQ(value(message(2, text) + message(2, "")), R"("t")");
    EXPECT_EQ(value(message(2, one + text)), R"("t")");
    EXPECT_EQ(value(message(2, message(6, message(1, message(1, "a"))) +
                                   message(6, message(1, message(1, "b"))))),
              R"({"a":null,"b":null})");
}

TEST(Admit, fields_in_any_order_and_twice_mean_the_last) {
    const std::string span = message(2, "wrong") + message(1, "wrong") + message(5, "first") +
                             message(15, message(2, "why")) + encoded(plain_span()) +
                             message(15, "\x18\x02") + message(5, "last");
    const Admitted result = admit_protobuf(around(span));
    EXPECT_EQ(result.span_count, 1u) << result.why;
    EXPECT_THAT(describe(result.otlp), HasSubstr("\"last\""));
    EXPECT_THAT(describe(result.otlp), HasSubstr("status 2 \"why\""));
}

}  // namespace
}  // namespace plimsoll::wire
