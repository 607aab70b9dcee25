#include "wire/otlp_json.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "wire/fields.h"
#include "wire/json_reader.h"
#include "wire/message_writer.h"
#include "wire/otlp_json_names.h"
#include "wire/otlp_json_scalar.h"
#include "wire/otlp_json_value.h"

namespace plimsoll::wire {
namespace {

/// Recursion is bounded whatever the configuration says; see inspect.cc.
constexpr std::size_t nesting_hard_max = 256;

constexpr std::string_view span_kinds[] = {"SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL",
                                           "SPAN_KIND_SERVER",      "SPAN_KIND_CLIENT",
                                           "SPAN_KIND_PRODUCER",    "SPAN_KIND_CONSUMER"};
constexpr std::string_view status_codes[] = {"STATUS_CODE_UNSET", "STATUS_CODE_OK",
                                             "STATUS_CODE_ERROR"};

struct TooMuchProtobuf {};

/// One pass over the text; each function reads one JSON value and writes what it stands for.
class Conversion {
  public:
    Conversion(std::string_view text, const Limits& limits, wire::Signal expected)
        : limits_(limits),
          expected_(expected),
          nesting_max_(std::min(limits.nesting_max, nesting_hard_max)),
          in_(text) {
        out_.reserve(text.size());
    }

    void requests() {
        MessageWriter out(out_);
        while (in_.kind() != JsonKind::end) request(out);
    }

    std::string take() { return std::move(out_); }
    std::size_t repaired() const { return in_.repaired(); }
    std::size_t at() const { return in_.at(); }

  private:
    /// What a list of records holds: senders mix up the addresses of the three signals.
    enum class Signal { traces, logs, metrics };

    void request(MessageWriter& out) {
        in_.object([&](std::string_view key) {
            const CamelName name(key);
            if (name == "resourceSpans") {
                groups(out, Signal::traces);
            } else if (name == "resourceLogs") {
                groups(out, Signal::logs);
            } else if (name == "resourceMetrics") {
                groups(out, Signal::metrics);
            } else {
                in_.skip();
            }
        });
    }

    void groups(MessageWriter& parent, Signal signal) {
        for_each_element(in_, [&] {
            MessageWriter out(parent, field::tag(field::request::resource_spans), 3);
            for_each_member(in_, [&](const CamelName& name) {
                if (name == "resource") {
                    resource(out);
                } else if (name == "scopeSpans" || name == "scopeLogs" || name == "scopeMetrics" ||
                           name == "instrumentationLibrarySpans") {
                    scopes(out, signal);
                } else if (name == "schemaUrl") {
                    convert_text(in_, out, field::resource_spans::schema_url);
                } else {
                    in_.skip();
                }
            });
        });
    }

    void resource(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::resource_spans::resource));
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "attributes") {
                convert_attributes(in_, out, field::resource::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::resource::dropped_attributes_count);
            } else {
                in_.skip();
            }
        });
    }

    void scopes(MessageWriter& parent, Signal signal) {
        for_each_element(in_, [&] {
            MessageWriter out(parent, field::tag(field::resource_spans::scope_spans), 3);
            for_each_member(in_, [&](const CamelName& name) {
                if (name == "scope" || name == "instrumentationLibrary") {
                    scope(out);
                } else if (name == "spans" || name == "logRecords" || name == "metrics") {
                    records(out, signal);
                } else if (name == "schemaUrl") {
                    convert_text(in_, out, field::scope_spans::schema_url);
                } else {
                    in_.skip();
                }
            });
        });
    }

    void scope(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::scope_spans::scope));
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "name") {
                convert_text(in_, out, field::scope::name);
            } else if (name == "version") {
                convert_text(in_, out, field::scope::version);
            } else if (name == "attributes") {
                convert_attributes(in_, out, field::scope::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::scope::dropped_attributes_count);
            } else {
                in_.skip();
            }
        });
    }

    /// Logs and metrics become what their protobuf would look like to a reader of spans, so that
    /// they are rejected and counted there.
    void records(MessageWriter& parent, Signal signal) {
        for_each_element(in_, [&] {
            if (expected_ == wire::Signal::logs && signal != Signal::logs) return in_.skip();
            MessageWriter out(parent, field::tag(field::scope_spans::spans), 2);
            if (signal == Signal::traces) {
                span(out);
            } else if (expected_ == wire::Signal::logs) {
                log_record(out);
            } else {
                if (signal == Signal::logs) out.add_fixed64(field::tag(field::log_record::time), 0);
                in_.skip();
            }
            if (out_.size() > limits_.body_bytes_max) throw TooMuchProtobuf{};
        });
    }

    void span(MessageWriter& out) {
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "attributes") {
                convert_attributes(in_, out, field::span::attributes, nesting_max_);
            } else if (name == "traceId") {
                id(out, field::span::trace_id, 16);
            } else if (name == "spanId") {
                id(out, field::span::span_id, 8);
            } else if (name == "parentSpanId") {
                id(out, field::span::parent_span_id, 8);
            } else if (name == "name") {
                convert_text(in_, out, field::span::name);
            } else if (name == "kind") {
                enumeration(out, field::span::kind, span_kinds);
            } else if (name == "startTimeUnixNano") {
                time(out, field::span::start);
            } else if (name == "endTimeUnixNano") {
                time(out, field::span::end);
            } else if (name == "status") {
                status(out);
            } else if (name == "events") {
                for_each_element(in_, [&] { event(out); });
            } else if (name == "links") {
                for_each_element(in_, [&] { link(out); });
            } else if (name == "traceState") {
                convert_text(in_, out, field::span::trace_state);
            } else if (name == "droppedAttributesCount") {
                count(out, field::span::dropped_attributes_count);
            } else if (name == "droppedEventsCount") {
                count(out, field::span::dropped_events_count);
            } else if (name == "droppedLinksCount") {
                count(out, field::span::dropped_links_count);
            } else if (name == "flags") {
                flags(out, field::span::flags);
            } else {
                in_.skip();
            }
        });
    }

    void log_record(MessageWriter& out) {
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "timeUnixNano") {
                time(out, field::log_record::time);
            } else if (name == "observedTimeUnixNano") {
                time(out, field::log_record::observed_time);
            } else if (name == "eventName") {
                convert_text(in_, out, field::log_record::event_name);
            } else if (name == "body") {
                MessageWriter body(out, field::tag(field::log_record::body), 2);
                convert_value(in_, body, nesting_max_);
            } else if (name == "attributes") {
                convert_attributes(in_, out, field::log_record::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::log_record::dropped_attributes_count);
            } else if (name == "traceId") {
                id(out, field::log_record::trace_id, 16);
            } else if (name == "spanId") {
                id(out, field::log_record::span_id, 8);
            } else {
                in_.skip();
            }
        });
    }

    void event(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::span::events));
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "timeUnixNano") {
                time(out, field::event::time);
            } else if (name == "name") {
                convert_text(in_, out, field::event::name);
            } else if (name == "attributes") {
                convert_attributes(in_, out, field::event::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::event::dropped_attributes_count);
            } else {
                in_.skip();
            }
        });
    }

    void link(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::span::links));
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "traceId") {
                id(out, field::link::trace_id, 16);
            } else if (name == "spanId") {
                id(out, field::link::span_id, 8);
            } else if (name == "traceState") {
                convert_text(in_, out, field::link::trace_state);
            } else if (name == "attributes") {
                convert_attributes(in_, out, field::link::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::link::dropped_attributes_count);
            } else if (name == "flags") {
                flags(out, field::link::flags);
            } else {
                in_.skip();
            }
        });
    }

    void status(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::span::status));
        for_each_member(in_, [&](const CamelName& name) {
            if (name == "message") {
                convert_text(in_, out, field::status::message);
            } else if (name == "code") {
                enumeration(out, field::status::code, status_codes);
            } else {
                in_.skip();
            }
        });
    }

    // -- single fields ------------------------------------------------------------------------

    void id(MessageWriter& out, std::uint32_t field, std::size_t size) {
        const std::string content = read_id(in_, size);
        if (!content.empty()) out.add_bytes(field::tag(field), content);
    }

    void time(MessageWriter& out, std::uint32_t field) {
        if (const auto nanos = read_unsigned(in_)) out.add_fixed64(field::tag(field), *nanos);
    }

    void count(MessageWriter& out, std::uint32_t field) {
        if (const auto number = read_unsigned(in_)) {
            out.add_varint(field::tag(field), clamped32(*number));
        }
    }

    void flags(MessageWriter& out, std::uint32_t field) {
        if (const auto number = read_unsigned(in_)) {
            out.add_fixed32(field::tag(field), clamped32(*number));
        }
    }

    static std::uint32_t clamped32(std::uint64_t number) {
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, 0xffffffffu));
    }

    void enumeration(MessageWriter& out, std::uint32_t field,
                     std::span<const std::string_view> names) {
        if (const auto number = read_enum(in_, names)) {
            out.add_varint(field::tag(field), static_cast<std::int32_t>(*number));
        }
    }

    const Limits& limits_;
    const wire::Signal expected_;
    const std::size_t nesting_max_;
    JsonReader in_;
    std::string out_;
};

}  // namespace

OtlpJson read_otlp_json(std::string_view text, const Limits& limits, Signal expected) {
    Conversion conversion(text, limits, expected);
    try {
        conversion.requests();
        OtlpJson read{.otlp = conversion.take(), .repaired = conversion.repaired()};
        if (read.otlp.size() > limits.body_bytes_max) throw TooMuchProtobuf{};
        return read;
    } catch (const BrokenJson& broken) {
        return {.error = fmt::format("not an OTLP {} request in JSON: {} at byte {}",
                                     expected == Signal::logs ? "logs" : "trace", broken.what,
                                     broken.at)};
    } catch (const TooMuchProtobuf&) {
        return {.too_large = true,
                .error = fmt::format("more than {} bytes as protobuf", limits.body_bytes_max)};
    }
}

}  // namespace plimsoll::wire
