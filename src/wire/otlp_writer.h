/// otlp_writer.h: builds trace requests from plain values: for tests, the demo client and the
/// bench.
///
///   Request ─▶ ResourceSpans ─▶ ScopeSpans ─▶ Span ─┬─ attributes        to_otlp()      protobuf
///                                                   └─ events, links     to_otlp_json() OTLP/JSON
///
/// Writes what it is told, right or wrong: ids of zero or of any length, text of any bytes, times
/// in any order. What is empty or zero is left out, as senders do.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "wire/span_view.h"

namespace plimsoll::wire::outgoing {

struct Attribute;

/// One AnyValue; default is the empty one.
struct Value {
    struct Bytes {
        std::string content;
    };
    std::variant<std::monostate, std::string, bool, std::int64_t, double, std::vector<Value>,
                 std::vector<Attribute>, Bytes>
        held;

    Value() = default;
    Value(const char* text) : held(std::string(text)) {}
    Value(std::string_view text) : held(std::string(text)) {}
    Value(std::string text) : held(std::move(text)) {}
    Value(bool truth) : held(truth) {}
    Value(std::integral auto number) : held(static_cast<std::int64_t>(number)) {}
    Value(double number) : held(number) {}
    Value(const std::vector<std::string>& texts);
    Value(std::vector<Value> array) : held(std::move(array)) {}
    Value(std::vector<Attribute> kvlist);
    Value(Bytes bytes) : held(std::move(bytes)) {}
};

struct Attribute {
    std::string key;
    Value value;
};

using Attributes = std::vector<Attribute>;

struct Event {
    std::string name;
    UnixNanos time = 0;
    Attributes attributes;
};

struct Link {
    TraceId trace;
    SpanId span;
    Attributes attributes;
};

struct Span {
    std::string trace;   ///< Raw bytes, 16 of them if it is to be admitted. TraceId::raw().
    std::string id;      ///< Raw bytes, 8 of them.
    std::string parent;  ///< Raw bytes, 8 of them; "" for a root.
    std::string trace_state;
    std::string name;
    SpanKind kind = SpanKind::internal;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    Attributes attributes;
    std::vector<Event> events;
    std::vector<Link> links;
    StatusCode status = StatusCode::unset;
    std::string status_message;
    std::uint32_t dropped_attributes = 0;
    std::uint32_t dropped_events = 0;
    std::uint32_t dropped_links = 0;
};

struct ScopeSpans {
    std::string name;
    std::string version;
    Attributes attributes;
    std::string schema_url;
    std::vector<Span> spans;
};

struct ResourceSpans {
    Attributes attributes;
    std::string schema_url;
    std::vector<ScopeSpans> scopes;
};

using Request = std::vector<ResourceSpans>;

/// One resource, one scope, these spans: what most senders send.
Request request(Attributes resource, std::string scope_name, std::vector<Span> spans);

/// ExportTraceServiceRequest in protobuf.
std::string to_otlp(const Request& request);

/// The same in OTLP/JSON as the specification has it: hex ids, times and integers as strings.
std::string to_otlp_json(const Request& request);

}  // namespace plimsoll::wire::outgoing
