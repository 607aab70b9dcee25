#include "wire/blank_spans.h"

#include <gtest/gtest.h>

#include "wire/admit.h"
#include "wire/describe_for_test.h"
#include "wire/example_for_test.h"

namespace plimsoll::wire {
namespace {

outgoing::Span of(unsigned char trace, unsigned char number, std::string name) {
    outgoing::Span span = plain_span(number);
    span.trace.back() = static_cast<char>(trace);
    span.name = std::move(name);
    return span;
}

TEST(BlankSpans, the_others_keep_their_places_and_all_they_say) {
    const std::string body = otlp_of({of(1, 1, "ana's"), of(2, 2, "bo's"), of(1, 3, "ana's too")});
    const TraceId ana = TraceId::from_bytes(of(1, 1, "").trace).value();
    const Blanked blanked = blank_spans(body, [&](const SpanKey& key) { return key.trace == ana; });
    EXPECT_EQ(blanked.spans, 2u);
    EXPECT_EQ(blanked.otlp.find("ana"), std::string::npos);
    std::vector<std::string> names;
    for_each_span(blanked.otlp, [&](std::uint32_t ordinal, const SpanView& span) {
        EXPECT_EQ(ordinal, names.size());
        EXPECT_EQ(span.trace.is_zero(), span.name.empty());
        names.emplace_back(span.name);
    });
    EXPECT_EQ(names, (std::vector<std::string>{"", "bo's", ""}));
}

TEST(BlankSpans, a_resource_goes_with_its_last_span) {
    std::string body =
        outgoing::to_otlp(outgoing::request({{"owner", "ana's laptop"}}, "", {of(1, 1, "x")}));
    body += outgoing::to_otlp(outgoing::request({{"owner", "bo's"}}, "", {of(2, 1, "y")}));
    const TraceId ana = TraceId::from_bytes(of(1, 1, "").trace).value();
    const auto gone = [&](const SpanKey& key) { return key.trace == ana; };
    const Blanked blanked = blank_spans(body, gone);
    EXPECT_EQ(blanked.otlp.find("laptop"), std::string::npos);
    EXPECT_NE(blanked.otlp.find("bo's"), std::string::npos);
    // Once more: nothing is left to be blanked, and not a byte changes.
    const Blanked again = blank_spans(blanked.otlp, gone);
    EXPECT_EQ(again.spans, 0u);
    EXPECT_EQ(again.otlp, blanked.otlp);
}

TEST(BlankSpans, nothing_gone_changes_not_a_byte) {
    const std::string body = otlp_of({of(1, 1, "a"), of(2, 2, "b")});
    EXPECT_EQ(blank_spans(body, [](const SpanKey&) { return false; }).otlp, body);
}

}  // namespace
}  // namespace plimsoll::wire
