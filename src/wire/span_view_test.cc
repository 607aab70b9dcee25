#include "wire/span_view.h"

#include <limits>

#include <gmock/gmock.h>

#include "wire/describe_for_test.h"
#include "wire/example_for_test.h"

namespace plimsoll::wire {
namespace {

using outgoing::to_otlp;

TEST(SpanView, shows_all_that_was_sent) {
    EXPECT_EQ(
        describe(to_otlp(example_request())),
        R"(0 5b8efff798038103d269b633813fc60c a0a0a0a0a0a0a001 parent 0000000000000000 "invoke_agent support" kind 2 from 1544712660000000000 to 1544712661000000000
  resource https://opentelemetry.io/schemas/1.37.0
    service.name = "support"
    service.version = "1.2"
  scope agent 3 
  status 0 "" state "" dropped 0 0 0
1 5b8efff798038103d269b633813fc60c a0a0a0a0a0a0a002 parent a0a0a0a0a0a0a001 "chat" kind 3 from 1544712660000000000 to 1544712661000000000
  resource https://opentelemetry.io/schemas/1.37.0
    service.name = "support"
    service.version = "1.2"
  scope openai 2.1 https://opentelemetry.io/schemas/gen-ai/1.42.0
    language = "python"
  status 2 "rate limited" state "vendor=1" dropped 3 2 1
  gen_ai.request.model = "model-small"
  gen_ai.usage.input_tokens = 52
  gen_ai.request.temperature = 0.5
  gen_ai.request.stream = true
  gen_ai.response.finish_reasons = ["stop","length"]
  gen_ai.input.messages = "[{\"role\":\"user\",\"parts\":[{\"content\":\"Grüße 🌊\\n\"}]}]"
  nested = {"list":[1,"two",3.5,false,null],"empty":{}}
  blob = "AP8Q"
  nothing = null
  negative = -1
  event gen_ai.choice at 1544712660500000000
    index = 0
    finish_reason = "stop"
  event done at 1544712660600000000
  link 000102030405060708090a0b0c0d0e0f 0001020304050607
    why = "retry"
2 5b8efff798038103d269b633813fc60c a0a0a0a0a0a0a003 parent 0000000000000000 "chat" kind 1 from 1544712660000000000 to 0
  resource https://opentelemetry.io/schemas/1.37.0
    service.name = "support"
    service.version = "1.2"
  scope openai 2.1 https://opentelemetry.io/schemas/gen-ai/1.42.0
    language = "python"
  status 0 "" state "" dropped 0 0 0
3 5b8efff798038103d269b633813fc60c a0a0a0a0a0a0a004 parent 0000000000000000 "chat" kind 1 from 1544712660000000000 to 1544712661000000000
  resource 
    service.name = "worker"
  scope   
  status 0 "" state "" dropped 0 0 0
)");
}

TEST(SpanView, keys_agree_with_spans) {
    const std::string otlp = to_otlp(example_request());
    std::vector<SpanKey> keys;
    EXPECT_TRUE(for_each_span_key(otlp, [&](std::uint32_t ordinal, const SpanKey& key) {
        EXPECT_EQ(ordinal, keys.size());
        keys.push_back(key);
    }));
    for_each_span(otlp, [&](std::uint32_t ordinal, const SpanView& span) {
        ASSERT_LT(ordinal, keys.size());
        EXPECT_EQ(keys[ordinal].trace, span.trace);
        EXPECT_EQ(keys[ordinal].id, span.id);
        EXPECT_EQ(keys[ordinal].parent, span.parent);
        EXPECT_EQ(keys[ordinal].start, span.start);
        EXPECT_EQ(keys[ordinal].end, span.end);
    });
    EXPECT_EQ(keys.size(), 4u);
}

TEST(SpanView, two_bodies_in_a_row_are_one_body) {
    const std::string otlp = to_otlp(example_request());
    std::size_t count = 0;
    EXPECT_TRUE(for_each_span(
        otlp + otlp, [&](std::uint32_t ordinal, const SpanView&) { EXPECT_EQ(ordinal, count++); }));
    EXPECT_EQ(count, 8u);
}

TEST(SpanView, resource_and_scope_may_stand_behind_their_spans_and_in_pieces) {
    const std::string span = otlp_of({plain_span()});  // 0a N 12 M 12 K …
    const std::string group = span.substr(2);
    // Two resources of one attribute each, "a" = 1 and "b" = 2, by hand.
    const std::string resource = std::string("\x0a\x09\x0a\x07\x0a\x01") + "a\x12\x02\x18\x01" +
                                 "\x0a\x09\x0a\x07\x0a\x01" + "b\x12\x02\x18\x02";
    const std::string body =
        std::string("\x0a") + static_cast<char>(group.size() + resource.size()) + group + resource;
    EXPECT_THAT(describe(body), testing::HasSubstr("    a = 1\n    b = 2\n"));
}

TEST(SpanView, A08_times_are_clamped_and_no_span_ends_before_it_starts) {
    outgoing::Span span = plain_span();
    const auto times = [&](std::uint64_t start, std::uint64_t end) {
        span.start = start;
        span.end = end;
        std::pair<UnixNanos, UnixNanos> read;
        const std::string otlp = otlp_of({span});
        for_each_span_key(otlp, [&](auto, const SpanKey& key) { read = {key.start, key.end}; });
        for_each_span(otlp, [&](auto, const SpanView& view) {
            EXPECT_EQ(read, std::pair(view.start, view.end));
        });
        return read;
    };
    constexpr UnixNanos latest = std::numeric_limits<UnixNanos>::max();
    EXPECT_EQ(times(0, 0), std::pair(UnixNanos{0}, UnixNanos{0}));
    EXPECT_EQ(times(5, 0), std::pair(UnixNanos{5}, UnixNanos{0}));  // pending
    EXPECT_EQ(times(5, 4), std::pair(UnixNanos{5}, UnixNanos{5}));
    EXPECT_EQ(times(1ull << 63, 7), std::pair(latest, latest));
    EXPECT_EQ(times(7, ~0ull), std::pair(UnixNanos{7}, latest));
}

TEST(SpanView, numbers_that_OTLP_does_not_know_yet_read_as_unspecified) {
    outgoing::Span span = plain_span();
    span.kind = static_cast<SpanKind>(77);
    span.status = static_cast<StatusCode>(9);
    for_each_span(otlp_of({span}), [](auto, const SpanView& view) {
        EXPECT_EQ(view.kind, SpanKind::unspecified);
        EXPECT_EQ(view.status, StatusCode::unset);
    });
}

TEST(SpanView, reuses_nothing_of_the_span_before) {
    outgoing::Request request = example_request();
    std::string alone;
    for (outgoing::ResourceSpans& resource : request) {
        for (outgoing::ScopeSpans& scope : resource.scopes) {
            for (const outgoing::Span& span : scope.spans) alone += describe(otlp_of({span}));
        }
    }
    std::vector<outgoing::Span> spans;
    for (const auto& resource : request) {
        for (const auto& scope : resource.scopes) {
            spans.insert(spans.end(), scope.spans.begin(), scope.spans.end());
        }
    }
    std::string together = describe(otlp_of(spans));
    for (std::size_t i = 1; i < spans.size(); ++i) {  // Ordinals differ, nothing else.
        together.replace(together.find(fmt::format("\n{} 5b", i)) + 1, 1, "0");
    }
    EXPECT_EQ(together, alone);
}

}  // namespace
}  // namespace plimsoll::wire
