#include "wire/otlp_json.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "wire/describe_for_test.h"
#include "wire/example_for_test.h"

namespace plimsoll::wire {
namespace {

using testing::HasSubstr;

/// A request with one span, whose members besides its ids are `members`.
std::string span_json(std::string_view members) {
    return fmt::format(R"({{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{
        "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174"{}{}}}]}}]}}]}})",
                       members.empty() ? "" : ",", members);
}

/// What admit() makes of it, as text.
std::string admitted(std::string_view json) {
    const Admitted result = admit(std::string(json), Encoding::json, {});
    EXPECT_TRUE(result.decodable) << result.why;
    EXPECT_EQ(result.rejected, 0u) << result.why;
    return describe(result.otlp);
}

/// JSON of the attribute "v".
std::string value(std::string_view json) {
    const Admitted result =
        admit(span_json(fmt::format(R"("attributes":[{{"key":"v","value":{}}}])", json)),
              Encoding::json, {});
    std::string text = "not admitted: " + result.why;
    for_each_span(result.otlp,
                  [&](auto, const SpanView& span) { text = to_json(*span.attributes.find("v")); });
    return text;
}

TEST(OtlpJson, says_the_same_as_protobuf) {
    const auto request = example_request();
    EXPECT_EQ(admitted(outgoing::to_otlp_json(request)), describe(outgoing::to_otlp(request)));
}

TEST(OtlpJson, reads_the_specification_s_own_example) {
    // conventions.md, example E1 (opentelemetry-proto, examples/trace.json).
    const std::string text = admitted(R"({"resourceSpans":[{"resource":{"attributes":[
        {"key":"service.name","value":{"stringValue":"my.service"}}]},"scopeSpans":[{
        "scope":{"name":"my.library","version":"1.0.0"},"spans":[
        {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
        "parentSpanId":"EEE19B7EC3C1B173","name":"I'm a server span",
        "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","kind":2,
        "attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]})");
    EXPECT_EQ(
        text,
        R"(0 5b8efff798038103d269b633813fc60c eee19b7ec3c1b174 parent eee19b7ec3c1b173 "I'm a server span" kind 2 from 1544712660000000000 to 1544712661000000000
  resource 
    service.name = "my.service"
  scope my.library 1.0.0 
  status 0 "" state "" dropped 0 0 0
  my.span.attr = "some value"
)");
}

TEST(OtlpJson, takes_snake_case_names) {
    const std::string text = admitted(R"({"resource_spans":[{"schema_url":"r","scope_spans":[{
        "schema_url":"s","spans":[{"trace_id":"5b8efff798038103d269b633813fc60c",
        "span_id":"eee19b7ec3c1b174","parent_span_id":"","trace_state":"t",
        "start_time_unix_nano":"5","end_time_unix_nano":"7","dropped_attributes_count":3,
        "attributes":[{"key":"a","value":{"int_value":"1"}},
                      {"key":"b","value":{"array_value":{"values":[{"bool_value":true}]}}},
                      {"key":"c","value":{"kvlist_value":{"values":[
                          {"key":"d","value":{"double_value":0.5}}]}}}],
        "events":[{"time_unix_nano":6,"name":"e"}]}]}]}]})");
    EXPECT_THAT(text, HasSubstr("from 5 to 7"));
    EXPECT_THAT(text, HasSubstr("resource r"));
    EXPECT_THAT(text, HasSubstr("scope   s"));
    EXPECT_THAT(text, HasSubstr("state \"t\" dropped 3 0 0"));
    EXPECT_THAT(text, HasSubstr("  a = 1\n  b = [true]\n  c = {\"d\":0.5}\n  event e at 6\n"));
}

TEST(OtlpJson, takes_times_in_every_form_that_was_seen) {
    const auto start = [](std::string_view json) {
        std::optional<UnixNanos> start;
        const Admitted result =
            admit(span_json(fmt::format(R"("startTimeUnixNano":{})", json)), Encoding::json, {});
        for_each_span(result.otlp, [&](auto, const SpanView& span) { start = span.start; });
        return start;
    };
    constexpr UnixNanos latest = std::numeric_limits<UnixNanos>::max();
    EXPECT_EQ(start(R"("1544712660000000001")"), 1544712660000000001);
    EXPECT_EQ(start("1544712660000000001"), 1544712660000000001);
    EXPECT_EQ(start("1.5e18"), 1'500'000'000'000'000'000);
    // 1544712660000000001 = 359654442 * 2^32 + 2014162945; JavaScript's halves are signed.
    EXPECT_EQ(start(R"({"low":2014162945,"high":359654442,"unsigned":true})"),
              (359654442LL << 32) + 2014162945);
    EXPECT_EQ(start(R"({"low":-1,"high":0})"), 0xffffffffLL);
    EXPECT_EQ(start("null"), 0);
    EXPECT_EQ(start(R"("")"), 0);
    EXPECT_EQ(start("true"), 0);
    EXPECT_EQ(start("[]"), 0);
    // A08
    EXPECT_EQ(start("-5"), 0);
    EXPECT_EQ(start(R"("9223372036854775808")"), latest);
    EXPECT_EQ(start(R"("99999999999999999999999")"), latest);
    EXPECT_EQ(start("1e300"), latest);
}

TEST(OtlpJson, takes_numbers_in_every_form_that_was_seen) {
    EXPECT_EQ(value(R"({"intValue":"52"})"), "52");
    EXPECT_EQ(value(R"({"intValue":52})"), "52");
    EXPECT_EQ(value(R"({"intValue":52.0})"), "52");
    EXPECT_EQ(value(R"({"intValue":0})"), "0");
    EXPECT_EQ(value(R"({"intValue":"-9223372036854775808"})"), "-9223372036854775808");
    EXPECT_EQ(value(R"({"intValue":{"low":-1,"high":-1}})"), "-1");
    EXPECT_EQ(value(R"({"intValue":0.5})"), "0.5");
    EXPECT_EQ(value(R"({"intValue":"9223372036854775808"})"), "9223372036854775808");
    EXPECT_EQ(value(R"({"doubleValue":0.1})"), "0.1");
    EXPECT_EQ(value(R"({"doubleValue":"0.1"})"), "0.1");
    EXPECT_EQ(value(R"({"doubleValue":"NaN"})"), R"("NaN")");
    EXPECT_EQ(value(R"({"doubleValue":"-Infinity"})"), R"("-Infinity")");
    EXPECT_EQ(value(R"({"doubleValue":1e999})"), R"("Infinity")");
    EXPECT_EQ(value(R"({"doubleValue":"inf"})"), "null");
    EXPECT_EQ(value(R"({"boolValue":"true"})"), "true");
    EXPECT_EQ(value(R"({"bytesValue":"AP8Q"})"), R"("AP8Q")");
    EXPECT_EQ(value(R"({"bytesValue":"AP-_"})"), R"("AP+/")");
    EXPECT_EQ(value(R"({"bytesValue":"%"})"), "null");
    EXPECT_EQ(value("{}"), "null");
    EXPECT_EQ(value("null"), "null");
    EXPECT_EQ(value(R"({"newValue":7})"), "null");
    EXPECT_EQ(value(R"({"stringValue":null})"), "null");
}

TEST(OtlpJson, takes_names_of_enums) {
    EXPECT_THAT(admitted(span_json(R"("kind":"SPAN_KIND_CLIENT")")), HasSubstr("kind 3"));
    EXPECT_THAT(admitted(span_json(R"("kind":3)")), HasSubstr("kind 3"));
    EXPECT_THAT(admitted(span_json(R"("kind":"3")")), HasSubstr("kind 3"));
    EXPECT_THAT(admitted(span_json(R"("kind":"SPAN_KIND_NEW")")), HasSubstr("kind 0"));
    EXPECT_THAT(admitted(span_json(R"("status":{"code":"STATUS_CODE_ERROR","message":"no"})")),
                HasSubstr("status 2 \"no\""));
}

TEST(OtlpJson, takes_attributes_as_a_plain_object) {
    const std::string text = admitted(span_json(R"("attributes":{
        "model":"m","tokens":52,"temperature":0.7,"stream":true,"none":null,"stop":["a",1],
        "tool":{"name":"t","args":{}},"typed":{"stringValue":"s"},"list":{"arrayValue":{"values":[
        {"intValue":1}]}}})"));
    EXPECT_THAT(text, HasSubstr(R"(  model = "m"
  tokens = 52
  temperature = 0.7
  stream = true
  none = null
  stop = ["a",1]
  tool = {"name":"t","args":{}}
  typed = "s"
  list = [1]
)"));
    EXPECT_EQ(value(R"("bare")"), R"("bare")");
    EXPECT_EQ(value("[1,[2]]"), "[1,[2]]");
}

TEST(OtlpJson, takes_ids_as_plain_proto3_json_writes_them) {
    const std::string text = admitted(R"({"resourceSpans":[{"scopeSpans":[{"spans":[{
        "traceId":"W47/95gDgQPSabYzgT/GDA==","spanId":"7uGbfsPBsXQ="}]}]}]})");
    EXPECT_THAT(text, HasSubstr("5b8efff798038103d269b633813fc60c eee19b7ec3c1b174"));
}

TEST(OtlpJson, passes_over_what_it_does_not_know) {
    EXPECT_THAT(admitted(span_json(R"("new":{"deep":[[[{"x":[]}]]]},"name":7,"events":{},"links":3,
        "attributes":[1,"x",null,{"key":"a","new":1,"value":{"stringValue":"b"}}],
        "status":[],"flags":257)")),
                HasSubstr("\"\" kind 0"));
    EXPECT_EQ(admitted(R"({"resourceSpans":null})"), "");
    EXPECT_EQ(admitted(R"({"resourceSpans":[null,{},{"scopeSpans":[{}]}]})"), "");
    EXPECT_EQ(admitted("{}"), "");
    EXPECT_EQ(admitted(""), "");
}

TEST(OtlpJson, several_requests_may_follow_each_other) {
    const std::string line = span_json("") + "\n";
    const Admitted result = admit(line + line + line, Encoding::json, {});
    EXPECT_EQ(result.span_count, 3u);
}

TEST(OtlpJson, text_that_is_no_request_is_refused_with_its_place) {
    const auto why = [](std::string text) {
        const Admitted result = admit(std::move(text), Encoding::json, {});
        EXPECT_FALSE(result.decodable);
        EXPECT_FALSE(result.too_large);
        return result.why;
    };
    EXPECT_THAT(why("<html>"), HasSubstr("at byte 0"));
    EXPECT_THAT(why("[]"), HasSubstr("no object where one is due at byte 0"));
    EXPECT_THAT(why(R"({"resourceSpans":[})"), HasSubstr("at byte 18"));
    EXPECT_THAT(why(span_json("\"name\":\"a\nb\"")), HasSubstr("a control character in a string"));
}

TEST(OtlpJson, logs_and_metrics_are_rejected_one_by_one) {
    const Admitted logs = admit(R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[
        {"timeUnixNano":"1","body":{"stringValue":"a"}},{"body":{}}]}]}]})",
                                Encoding::json, {});
    EXPECT_TRUE(logs.decodable);
    EXPECT_EQ(logs.rejected, 2u);
    EXPECT_THAT(logs.why, HasSubstr("/v1/logs"));
    const Admitted metrics =
        admit(R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m"}]}]}]})",
              Encoding::json, {});
    EXPECT_EQ(metrics.rejected, 1u);
}

TEST(OtlpJson, A05_nesting_costs_the_span_and_not_the_stack) {
    const std::size_t depth = 100'000;
    std::string nested, closing;
    for (std::size_t i = 0; i < depth; ++i) {
        nested += R"({"arrayValue":{"values":[)";
        closing += "]}}";
    }
    const std::string deep =
        span_json(R"("attributes":[{"key":"v","value":)" + nested + closing + "}]");
    const std::string deep_plain = span_json(R"("attributes":{"v":)" + std::string(depth, '[') +
                                             std::string(depth, ']') + "}");
    for (const std::string& text : {deep, deep_plain}) {
        const Admitted result = admit(text + span_json(""), Encoding::json, {});
        EXPECT_TRUE(result.decodable) << result.why;
        EXPECT_EQ(result.rejected, 1u);
        EXPECT_EQ(result.span_count, 1u);
        EXPECT_THAT(result.why, HasSubstr("nested too deep"));
    }
}

TEST(OtlpJson, A05_as_deep_as_allowed_is_as_deep_as_in_protobuf) {
    for (const std::size_t depth : {1, 31, 32, 33, 34}) {
        outgoing::Value deep = "bottom";
        for (std::size_t i = 0; i < depth; ++i) {
            deep = i % 2 ? outgoing::Value(std::vector<outgoing::Value>{deep})
                         : outgoing::Value(outgoing::Attributes{{"k", deep}});
        }
        outgoing::Span span = plain_span();
        span.attributes = {{"v", deep}};
        const auto request = outgoing::request({}, "", {span});
        const std::size_t good = depth <= 32;
        EXPECT_EQ(admit(outgoing::to_otlp(request), Encoding::protobuf, {}).span_count, good);
        EXPECT_EQ(admit(outgoing::to_otlp_json(request), Encoding::json, {}).span_count, good);
    }
}

TEST(OtlpJson, A06_halves_of_surrogate_pairs_and_bad_bytes_are_mended_and_counted) {
    const Admitted result =
        admit(span_json("\"name\":\"cut \\ud83c\",\"attributes\":[{\"key\":\"a\",\"value\":"
                        "{\"stringValue\":\"\xff\"}}]"),
              Encoding::json, {});
    EXPECT_EQ(result.span_count, 1u);
    EXPECT_EQ(result.repaired, 2u);
    EXPECT_THAT(describe(result.otlp), HasSubstr("\"cut �\""));
    EXPECT_THAT(describe(result.otlp), HasSubstr("a = \"�\""));
}

TEST(OtlpJson, A07_ids_that_are_none_cost_their_span) {
    for (const std::string_view id :
         {R"("")", "null", "7", R"("00000000000000000000000000000000")", R"("5B8E")",
          R"("ZZ8EFFF798038103D269B633813FC60C")", R"("5B8EFFF798038103D269B633813FC60C00")",
          R"("sixteen chars ok")"}) {
        const Admitted result = admit(fmt::format(R"({{"resourceSpans":[{{"scopeSpans":[{{"spans":[
                {{"traceId":{},"spanId":"eee19b7ec3c1b174"}}]}}]}}]}})",
                                                  id),
                                      Encoding::json, {});
        EXPECT_EQ(result.rejected, 1u) << id;
        EXPECT_THAT(result.why, HasSubstr("the trace id"));
    }
    EXPECT_THAT(admitted(span_json(R"("parentSpanId":"0000000000000000")")),
                HasSubstr("parent 0000000000000000"));
    EXPECT_EQ(admit(span_json(R"("parentSpanId":"undefined")"), Encoding::json, {}).rejected, 1u);
}

/// The specification's own examples, where they are at hand.
TEST(OtlpJson, reads_the_public_examples) {
    const std::filesystem::path folder = PLIMSOLL_ROOT "/../shared/data/framework_traces/otlp";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no public traces at " << folder;
    const auto admit_file = [&](const char* name) {
        std::ifstream file(folder / name);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        return admit(text, Encoding::json, {});
    };
    const Admitted traces = admit_file("trace.json");
    EXPECT_EQ(traces.span_count, 1u);
    EXPECT_EQ(traces.rejected, 0u) << traces.why;
    EXPECT_THAT(describe(traces.otlp), HasSubstr("I'm a server span"));
    for (const char* other : {"logs.json", "events.json", "metrics.json"}) {
        const Admitted result = admit_file(other);
        EXPECT_TRUE(result.decodable) << other;
        EXPECT_EQ(result.span_count, 0u) << other;
        EXPECT_GT(result.rejected, 0u) << other;
    }
}

}  // namespace
}  // namespace plimsoll::wire
