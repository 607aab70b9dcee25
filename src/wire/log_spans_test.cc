#include "wire/log_spans.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "wire/otlp.h"
#include "wire/otlp_json.h"

namespace plimsoll::wire {
namespace {

/// An ExportLogsServiceRequest in JSON with these records.
std::string logs(const std::string& records) {
    return R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"shop"}}]},"scopeLogs":[{"scope":{"name":"instrumentation"},"logRecords":[)" +
           records + "]}]}]}";
}

constexpr const char* choice = R"({"timeUnixNano":"1700000000000000000","eventName":"gen_ai.choice",
    "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
    "body":{"kvlistValue":{"values":[{"key":"finish_reason","value":{"stringValue":"stop"}}]}},
    "attributes":[{"key":"gen_ai.system","value":{"stringValue":"openai"}}],
    "droppedAttributesCount":2})";

/// Every span that comes of the body, as "trace parent name attributes…".
std::vector<std::string> spans(const Admitted& admitted) {
    EXPECT_TRUE(admitted.decodable) << admitted.why;
    std::vector<std::string> all;
    for_each_span(admitted.otlp, [&](std::uint32_t, const SpanView& span) {
        std::string text =
            fmt::format("{} {} {} {} {}", span.trace.hex(), span.parent.hex(), span.name,
                        span.start == span.end ? span.start : -1, span.dropped_attributes);
        for (const Attribute& attribute : span.attributes.list())
            text += fmt::format(" {}={}", attribute.key, to_json(attribute.value));
        all.push_back(text);
    });
    return all;
}

Admitted admitted(const std::string& json) {
    return admit(json, Encoding::json, Limits{}, Signal::logs);
}

TEST(LogSpans, a_record_becomes_a_span_under_the_one_it_speaks_of) {
    const Admitted from_json = admitted(logs(choice));
    const std::vector<std::string> wanted{
        "5b8efff798038103d269b633813fc60c eee19b7ec3c1b174 gen_ai.choice 1700000000000000000 2 "
        R"(plimsoll.log_record=true gen_ai.event.content={"finish_reason":"stop"} )"
        R"(gen_ai.system="openai")"};
    EXPECT_EQ(spans(from_json), wanted);
    const OtlpJson protobuf = read_otlp_json(logs(choice), Limits{}, Signal::logs);
    EXPECT_EQ(spans(admit(protobuf.otlp, Encoding::protobuf, Limits{}, Signal::logs)), wanted);
    EXPECT_EQ(admitted(logs(choice)).otlp, from_json.otlp) << "a resent record has the same id";
}

TEST(LogSpans, names_are_looked_for_in_the_order_of_their_age) {
    const auto named = [](const std::string& fields) {
        return spans(admitted(logs("{\"timeUnixNano\":\"5\"," + fields + "}"))).at(0);
    };
    using testing::HasSubstr;
    EXPECT_THAT(named(R"("attributes":{"event.name":"gen_ai.choice"})"),
                HasSubstr(" gen_ai.choice 5"));
    EXPECT_THAT(named(R"("attributes":{"event_name":"gen_ai.content.prompt"})"),
                HasSubstr(" gen_ai.content.prompt 5"));
    EXPECT_THAT(named(R"("body":{"kvlistValue":{"values":[{"key":"input","value":{"kvlistValue":
                      {"values":[]}}}]}})"),
                HasSubstr(" instrumentation 5"));
}

TEST(LogSpans, log_lines_of_the_application_are_counted_and_left_out) {
    const Admitted mixed =
        admitted(logs(std::string(R"({"body":{"stringValue":"listening on 8080"}},)") + choice));
    EXPECT_EQ(mixed.ignored, 1u);
    EXPECT_EQ(mixed.span_count, 1u);
    EXPECT_EQ(mixed.rejected, 0u);
}

TEST(LogSpans, records_without_ids_are_accepted) {
    const Admitted alone = admitted(logs(R"({"eventName":"gen_ai.choice","traceId":"00"},
        {"eventName":"gen_ai.choice","traceId":"5B8EFFF798038103D269B633813FC60C"})"));
    EXPECT_EQ(alone.span_count, 2u);
    std::vector<SpanId> parents;
    for_each_span(alone.otlp,
                  [&](std::uint32_t, const SpanView& span) { parents.push_back(span.parent); });
    EXPECT_TRUE(parents.at(0).is_zero());  // A trace of its own.
    EXPECT_EQ(parents.at(1), log_of_trace());
}

TEST(LogSpans, what_is_no_logs_request_is_refused_and_limits_hold) {
    EXPECT_FALSE(
        admit("\x0a\xff\xff\xff\xff\x7f", Encoding::protobuf, Limits{}, Signal::logs).decodable);
    EXPECT_THAT(admit("{nonsense", Encoding::json, Limits{}, Signal::logs).why,
                testing::HasSubstr("logs request"));
    Limits few;
    few.spans_max = 1;
    EXPECT_TRUE(admit(logs(std::string(choice) + "," + choice), Encoding::json, few, Signal::logs)
                    .too_large);
    few = {};
    few.attributes_max = 2;
    const Admitted partial = admit(logs(choice), Encoding::json, few, Signal::logs);
    EXPECT_EQ(partial.rejected, 1u);
    EXPECT_THAT(partial.why, testing::HasSubstr("1 log record:"));
    EXPECT_EQ(admitted(R"({"resourceSpans":[]})").span_count, 0u);
}

TEST(LogSpans, no_prefix_of_a_good_body_does_harm) {
    const std::string body = read_otlp_json(logs(choice), Limits{}, Signal::logs).otlp;
    for (std::size_t size = 0; size < body.size(); ++size) {
        const Admitted cut =
            admit(body.substr(0, size), Encoding::protobuf, Limits{}, Signal::logs);
        EXPECT_LE(cut.span_count, 1u);
    }
}

}  // namespace
}  // namespace plimsoll::wire
