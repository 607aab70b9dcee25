/// example_for_test.h: one small trace that uses every part of OTLP we read; for tests of wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/otlp_writer.h"

namespace plimsoll::wire {

inline const std::string example_trace_id =
    "\x5B\x8E\xFF\xF7\x98\x03\x81\x03\xD2\x69\xB6\x33\x81\x3F\xC6\x0C";

/// A raw span id: seven bytes of 0xA0 and the number.
inline std::string example_span_id(unsigned char number) {
    return std::string(7, '\xA0') + static_cast<char>(number);
}

/// A span that nothing is wrong with, and that has nothing it need not have.
inline outgoing::Span plain_span(unsigned char number = 1) {
    return {.trace = example_trace_id,
            .id = example_span_id(number),
            .name = "chat",
            .start = 1'544'712'660'000'000'000,
            .end = 1'544'712'661'000'000'000};
}

inline std::string otlp_of(std::vector<outgoing::Span> spans) {
    return outgoing::to_otlp(outgoing::request({}, "", std::move(spans)));
}

/// Tag and length of a message of `size` bytes, by hand.
inline std::string message_head(int tag, std::size_t size) {
    std::string head(1, static_cast<char>(tag << 3 | 2));
    for (; size >= 128; size >>= 7) head += static_cast<char>(size | 128);
    head += static_cast<char>(size);
    return head;
}

/// One length-delimited field, by hand.
inline std::string message(int tag, std::string_view content) {
    return message_head(tag, content.size()).append(content);
}

/// A request around one encoded span.
inline std::string around(std::string_view span) {
    return message(1, message(2, message(2, span)));
}

/// What around() would be put around.
inline std::string encoded(const outgoing::Span& span) {
    const std::string body = otlp_of({span});
    std::string_view inner = body;
    for (int level = 0; level < 3; ++level) {
        inner.remove_prefix(1);
        while (inner.front() & 0x80) inner.remove_prefix(1);
        inner.remove_prefix(1);
    }
    return std::string(inner);
}

/// Two resources, three scopes, four spans.
inline outgoing::Request example_request() {
    using outgoing::Request, outgoing::Span, outgoing::Value;
    Span agent = plain_span(1);
    agent.name = "invoke_agent support";
    agent.kind = SpanKind::server;
    Span chat = plain_span(2);
    chat.parent = example_span_id(1);
    chat.trace_state = "vendor=1";
    chat.kind = SpanKind::client;
    chat.attributes = {
        {"gen_ai.request.model", "model-small"},
        {"gen_ai.usage.input_tokens", 52},
        {"gen_ai.request.temperature", 0.5},
        {"gen_ai.request.stream", true},
        {"gen_ai.response.finish_reasons", Value(std::vector<std::string>{"stop", "length"})},
        {"gen_ai.input.messages", R"([{"role":"user","parts":[{"content":"Grüße 🌊\n"}]}])"},
        {"nested",
         Value(outgoing::Attributes{{"list", Value(std::vector<Value>{1, "two", 3.5, false, {}})},
                                    {"empty", Value(outgoing::Attributes{})}})},
        {"blob", Value(Value::Bytes{std::string("\0\xff\x10", 3)})},
        {"nothing", {}},
        {"negative", -1},
    };
    chat.events = {{.name = "gen_ai.choice",
                    .time = 1'544'712'660'500'000'000,
                    .attributes = {{"index", 0}, {"finish_reason", "stop"}}},
                   {.name = "done", .time = 1'544'712'660'600'000'000}};
    chat.links = {{.trace = *TraceId::from_hex("000102030405060708090a0b0c0d0e0f"),
                   .span = *SpanId::from_hex("0001020304050607"),
                   .attributes = {{"why", "retry"}}}};
    chat.status = StatusCode::error;
    chat.status_message = "rate limited";
    chat.dropped_attributes = 3;
    chat.dropped_events = 2;
    chat.dropped_links = 1;
    Span pending = plain_span(3);
    pending.end = 0;

    Request request(2);
    request[0].attributes = {{"service.name", "support"}, {"service.version", "1.2"}};
    request[0].schema_url = "https://opentelemetry.io/schemas/1.37.0";
    request[0].scopes = {{.name = "agent", .version = "3", .spans = {agent}},
                         {.name = "openai",
                          .version = "2.1",
                          .attributes = {{"language", "python"}},
                          .schema_url = "https://opentelemetry.io/schemas/gen-ai/1.42.0",
                          .spans = {chat, pending}}};
    request[1].attributes = {{"service.name", "worker"}};
    request[1].scopes = {{.spans = {plain_span(4)}}};
    return request;
}

}  // namespace plimsoll::wire
