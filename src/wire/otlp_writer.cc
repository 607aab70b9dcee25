#include "wire/otlp_writer.h"

#include "wire/fields.h"
#include "wire/message_writer.h"

namespace plimsoll::wire::outgoing {
namespace {

void write(MessageWriter& out, const Value& value);

void write(MessageWriter& parent, std::uint32_t tag, const Attributes& attributes) {
    for (const Attribute& attribute : attributes) {
        MessageWriter out(parent, tag);
        out.add_bytes(field::tag(field::key_value::key), attribute.key);
        MessageWriter value(out, field::tag(field::key_value::value));
        write(value, attribute.value);
    }
}

struct ValueWriter {
    MessageWriter& out;

    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const {
        out.add_bytes(field::tag(field::any_value::string), text);
    }
    void operator()(bool truth) const {
        out.add_varint(field::tag(field::any_value::boolean), truth);
    }
    void operator()(std::int64_t number) const {
        out.add_varint(field::tag(field::any_value::integer), static_cast<std::uint64_t>(number));
    }
    void operator()(double number) const {
        out.add_double(field::tag(field::any_value::real), number);
    }
    void operator()(const std::vector<Value>& array) const {
        MessageWriter list(out, field::tag(field::any_value::array));
        for (const Value& value : array) {
            MessageWriter element(list, field::tag(field::list::values));
            write(element, value);
        }
    }
    void operator()(const Attributes& kvlist) const {
        MessageWriter list(out, field::tag(field::any_value::kvlist));
        write(list, field::tag(field::list::values), kvlist);
    }
    void operator()(const Value::Bytes& bytes) const {
        out.add_bytes(field::tag(field::any_value::raw), bytes.content);
    }
};

void write(MessageWriter& out, const Value& value) {
    std::visit(ValueWriter{out}, value.held);
}

void text(MessageWriter& out, std::uint32_t field, const std::string& content) {
    if (!content.empty()) out.add_bytes(field::tag(field), content);
}

void number(MessageWriter& out, std::uint32_t field, std::uint32_t count) {
    if (count != 0) out.add_varint(field::tag(field), count);
}

void time(MessageWriter& out, std::uint32_t field, std::uint64_t nanos) {
    if (nanos != 0) out.add_fixed64(field::tag(field), nanos);
}

void write(MessageWriter& parent, const Event& event) {
    MessageWriter out(parent, field::tag(field::span::events));
    time(out, field::event::time, static_cast<std::uint64_t>(event.time));
    text(out, field::event::name, event.name);
    write(out, field::tag(field::event::attributes), event.attributes);
}

void write(MessageWriter& parent, const Link& link) {
    MessageWriter out(parent, field::tag(field::span::links));
    out.add_bytes(field::tag(field::link::trace_id), link.trace.raw());
    out.add_bytes(field::tag(field::link::span_id), link.span.raw());
    write(out, field::tag(field::link::attributes), link.attributes);
}

void write(MessageWriter& parent, const Span& span) {
    MessageWriter out(parent, field::tag(field::scope_spans::spans), 2);
    text(out, field::span::trace_id, span.trace);
    text(out, field::span::span_id, span.id);
    text(out, field::span::trace_state, span.trace_state);
    text(out, field::span::parent_span_id, span.parent);
    text(out, field::span::name, span.name);
    number(out, field::span::kind, static_cast<std::uint32_t>(span.kind));
    time(out, field::span::start, span.start);
    time(out, field::span::end, span.end);
    write(out, field::tag(field::span::attributes), span.attributes);
    number(out, field::span::dropped_attributes_count, span.dropped_attributes);
    for (const Event& event : span.events) write(out, event);
    number(out, field::span::dropped_events_count, span.dropped_events);
    for (const Link& link : span.links) write(out, link);
    number(out, field::span::dropped_links_count, span.dropped_links);
    if (span.status != StatusCode::unset || !span.status_message.empty()) {
        MessageWriter status(out, field::tag(field::span::status));
        text(status, field::status::message, span.status_message);
        number(status, field::status::code, static_cast<std::uint32_t>(span.status));
    }
}

void write(MessageWriter& parent, const ScopeSpans& scope) {
    MessageWriter out(parent, field::tag(field::resource_spans::scope_spans), 3);
    if (!scope.name.empty() || !scope.version.empty() || !scope.attributes.empty()) {
        MessageWriter library(out, field::tag(field::scope_spans::scope));
        text(library, field::scope::name, scope.name);
        text(library, field::scope::version, scope.version);
        write(library, field::tag(field::scope::attributes), scope.attributes);
    }
    for (const Span& span : scope.spans) write(out, span);
    text(out, field::scope_spans::schema_url, scope.schema_url);
}

}  // namespace

Value::Value(const std::vector<std::string>& texts)
    : held(std::vector<Value>(texts.begin(), texts.end())) {}

Value::Value(std::vector<Attribute> kvlist) : held(std::move(kvlist)) {}

Request request(Attributes resource, std::string scope_name, std::vector<Span> spans) {
    Request request(1);
    request[0].attributes = std::move(resource);
    request[0].scopes.resize(1);
    request[0].scopes[0].name = std::move(scope_name);
    request[0].scopes[0].spans = std::move(spans);
    return request;
}

std::string to_otlp(const Request& request) {
    std::string body;
    MessageWriter out(body);
    for (const ResourceSpans& resource : request) {
        MessageWriter group(out, field::tag(field::request::resource_spans), 3);
        if (!resource.attributes.empty()) {
            MessageWriter message(group, field::tag(field::resource_spans::resource));
            write(message, field::tag(field::resource::attributes), resource.attributes);
        }
        for (const ScopeSpans& scope : resource.scopes) write(group, scope);
        text(group, field::resource_spans::schema_url, resource.schema_url);
    }
    return body;
}

}  // namespace plimsoll::wire::outgoing
