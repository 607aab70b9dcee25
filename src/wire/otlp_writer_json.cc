#include <cmath>
#include <string>

#include "base/json.h"
#include "wire/base64.h"
#include "wire/otlp_writer.h"

namespace plimsoll::wire::outgoing {
namespace {

using json::Writer;

std::string hex(std::string_view raw) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char c : raw) {
        text += digits[static_cast<unsigned char>(c) >> 4];
        text += digits[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

void write(Writer& out, const Value& value);

void write(Writer& out, std::string_view name, const Attributes& attributes) {
    if (attributes.empty()) return;
    out.key(name).begin_array();
    for (const Attribute& attribute : attributes) {
        out.begin_object().key("key").value(attribute.key).key("value");
        write(out, attribute.value);
        out.end_object();
    }
    out.end_array();
}

struct ValueWriter {
    Writer& out;

    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const { out.key("stringValue").value(text); }
    void operator()(bool truth) const { out.key("boolValue").value(truth); }
    void operator()(std::int64_t number) const {
        out.key("intValue").value(std::to_string(number));
    }
    void operator()(double number) const {
        out.key("doubleValue");
        if (std::isnan(number)) {
            out.value("NaN");
        } else if (std::isinf(number)) {
            out.value(number > 0 ? "Infinity" : "-Infinity");
        } else {
            out.value(number);
        }
    }
    void operator()(const std::vector<Value>& array) const {
        out.key("arrayValue").begin_object().key("values").begin_array();
        for (const Value& value : array) write(out, value);
        out.end_array().end_object();
    }
    void operator()(const Attributes& kvlist) const {
        out.key("kvlistValue").begin_object();
        write(out, "values", kvlist);
        out.end_object();
    }
    void operator()(const Value::Bytes& bytes) const {
        out.key("bytesValue").value(to_base64(bytes.content));
    }
};

void write(Writer& out, const Value& value) {
    out.begin_object();
    std::visit(ValueWriter{out}, value.held);
    out.end_object();
}

void text(Writer& out, std::string_view name, const std::string& content) {
    if (!content.empty()) out.key(name).value(content);
}

void number(Writer& out, std::string_view name, std::uint32_t count) {
    if (count != 0) out.key(name).value(count);
}

void time(Writer& out, std::string_view name, std::uint64_t nanos) {
    if (nanos != 0) out.key(name).value(std::to_string(nanos));
}

void write(Writer& out, const Span& span) {
    out.begin_object();
    text(out, "traceId", hex(span.trace));
    text(out, "spanId", hex(span.id));
    text(out, "traceState", span.trace_state);
    text(out, "parentSpanId", hex(span.parent));
    text(out, "name", span.name);
    number(out, "kind", static_cast<std::uint32_t>(span.kind));
    time(out, "startTimeUnixNano", span.start);
    time(out, "endTimeUnixNano", span.end);
    write(out, "attributes", span.attributes);
    number(out, "droppedAttributesCount", span.dropped_attributes);
    if (!span.events.empty()) {
        out.key("events").begin_array();
        for (const Event& event : span.events) {
            out.begin_object();
            time(out, "timeUnixNano", static_cast<std::uint64_t>(event.time));
            text(out, "name", event.name);
            write(out, "attributes", event.attributes);
            out.end_object();
        }
        out.end_array();
    }
    number(out, "droppedEventsCount", span.dropped_events);
    if (!span.links.empty()) {
        out.key("links").begin_array();
        for (const Link& link : span.links) {
            out.begin_object();
            out.key("traceId").value(link.trace.hex()).key("spanId").value(link.span.hex());
            write(out, "attributes", link.attributes);
            out.end_object();
        }
        out.end_array();
    }
    number(out, "droppedLinksCount", span.dropped_links);
    if (span.status != StatusCode::unset || !span.status_message.empty()) {
        out.key("status").begin_object();
        text(out, "message", span.status_message);
        number(out, "code", static_cast<std::uint32_t>(span.status));
        out.end_object();
    }
    out.end_object();
}

void write(Writer& out, const ScopeSpans& scope) {
    out.begin_object();
    if (!scope.name.empty() || !scope.version.empty() || !scope.attributes.empty()) {
        out.key("scope").begin_object();
        text(out, "name", scope.name);
        text(out, "version", scope.version);
        write(out, "attributes", scope.attributes);
        out.end_object();
    }
    out.key("spans").begin_array();
    for (const Span& span : scope.spans) write(out, span);
    out.end_array();
    text(out, "schemaUrl", scope.schema_url);
    out.end_object();
}

}  // namespace

std::string to_otlp_json(const Request& request) {
    Writer out;
    out.begin_object().key("resourceSpans").begin_array();
    for (const ResourceSpans& resource : request) {
        out.begin_object();
        if (!resource.attributes.empty()) {
            out.key("resource").begin_object();
            write(out, "attributes", resource.attributes);
            out.end_object();
        }
        out.key("scopeSpans").begin_array();
        for (const ScopeSpans& scope : resource.scopes) write(out, scope);
        out.end_array();
        text(out, "schemaUrl", resource.schema_url);
        out.end_object();
    }
    out.end_array().end_object();
    return out.take();
}

}  // namespace plimsoll::wire::outgoing
