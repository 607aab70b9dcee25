#include "wire/otlp_json.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "wire/base64.h"
#include "wire/fields.h"
#include "wire/json_reader.h"
#include "wire/message_writer.h"
#include "wire/otlp_json_scalar.h"

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

/// A member's name in lowerCamelCase, also if it was sent in snake_case. Lives as long as `name`
/// and this do.
class CamelName {
  public:
    explicit CamelName(std::string_view name) : name_(name) {
        if (name.size() > sizeof folded_ || std::memchr(name.data(), '_', name.size()) == nullptr) {
            return;
        }
        std::size_t size = 0;
        bool upper = false;
        for (const char c : name) {
            if (c == '_') {
                upper = true;
                continue;
            }
            folded_[size++] = upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            upper = false;
        }
        name_ = {folded_, size};
    }
    CamelName(const CamelName&) = delete;
    bool operator==(std::string_view other) const { return name_ == other; }

  private:
    char folded_[32];
    std::string_view name_;
};

/// One pass over the text; each function reads one JSON value and writes what it stands for.
class Conversion {
  public:
    Conversion(std::string_view text, const Limits& limits)
        : limits_(limits), nesting_max_(std::min(limits.nesting_max, nesting_hard_max)), in_(text) {
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
        each([&] {
            MessageWriter out(parent, field::tag(field::request::resource_spans), 3);
            members([&](const CamelName& name) {
                if (name == "resource") {
                    resource(out);
                } else if (name == "scopeSpans" || name == "scopeLogs" || name == "scopeMetrics" ||
                           name == "instrumentationLibrarySpans") {
                    scopes(out, signal);
                } else if (name == "schemaUrl") {
                    text(out, field::resource_spans::schema_url);
                } else {
                    in_.skip();
                }
            });
        });
    }

    void resource(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::resource_spans::resource));
        members([&](const CamelName& name) {
            if (name == "attributes") {
                attributes(out, field::resource::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::resource::dropped_attributes_count);
            } else {
                in_.skip();
            }
        });
    }

    void scopes(MessageWriter& parent, Signal signal) {
        each([&] {
            MessageWriter out(parent, field::tag(field::resource_spans::scope_spans), 3);
            members([&](const CamelName& name) {
                if (name == "scope" || name == "instrumentationLibrary") {
                    scope(out);
                } else if (name == "spans" || name == "logRecords" || name == "metrics") {
                    records(out, signal);
                } else if (name == "schemaUrl") {
                    text(out, field::scope_spans::schema_url);
                } else {
                    in_.skip();
                }
            });
        });
    }

    void scope(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::scope_spans::scope));
        members([&](const CamelName& name) {
            if (name == "name") {
                text(out, field::scope::name);
            } else if (name == "version") {
                text(out, field::scope::version);
            } else if (name == "attributes") {
                attributes(out, field::scope::attributes, nesting_max_);
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
        each([&] {
            MessageWriter out(parent, field::tag(field::scope_spans::spans), 2);
            if (signal == Signal::traces) {
                span(out);
            } else {
                if (signal == Signal::logs) out.add_fixed64(field::tag(field::log_record::time), 0);
                in_.skip();
            }
            if (out_.size() > limits_.body_bytes_max) throw TooMuchProtobuf{};
        });
    }

    void span(MessageWriter& out) {
        members([&](const CamelName& name) {
            if (name == "attributes") {
                attributes(out, field::span::attributes, nesting_max_);
            } else if (name == "traceId") {
                id(out, field::span::trace_id, 16);
            } else if (name == "spanId") {
                id(out, field::span::span_id, 8);
            } else if (name == "parentSpanId") {
                id(out, field::span::parent_span_id, 8);
            } else if (name == "name") {
                text(out, field::span::name);
            } else if (name == "kind") {
                enumeration(out, field::span::kind, span_kinds);
            } else if (name == "startTimeUnixNano") {
                time(out, field::span::start);
            } else if (name == "endTimeUnixNano") {
                time(out, field::span::end);
            } else if (name == "status") {
                status(out);
            } else if (name == "events") {
                each([&] { event(out); });
            } else if (name == "links") {
                each([&] { link(out); });
            } else if (name == "traceState") {
                text(out, field::span::trace_state);
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

    void event(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::span::events));
        members([&](const CamelName& name) {
            if (name == "timeUnixNano") {
                time(out, field::event::time);
            } else if (name == "name") {
                text(out, field::event::name);
            } else if (name == "attributes") {
                attributes(out, field::event::attributes, nesting_max_);
            } else if (name == "droppedAttributesCount") {
                count(out, field::event::dropped_attributes_count);
            } else {
                in_.skip();
            }
        });
    }

    void link(MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::span::links));
        members([&](const CamelName& name) {
            if (name == "traceId") {
                id(out, field::link::trace_id, 16);
            } else if (name == "spanId") {
                id(out, field::link::span_id, 8);
            } else if (name == "traceState") {
                text(out, field::link::trace_state);
            } else if (name == "attributes") {
                attributes(out, field::link::attributes, nesting_max_);
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
        members([&](const CamelName& name) {
            if (name == "message") {
                text(out, field::status::message);
            } else if (name == "code") {
                enumeration(out, field::status::code, status_codes);
            } else {
                in_.skip();
            }
        });
    }

    // -- attributes ---------------------------------------------------------------------------

    void attributes(MessageWriter& parent, std::uint32_t field, std::size_t depth_left) {
        if (in_.kind() == JsonKind::object) {
            in_.object([&](std::string_view key) {
                MessageWriter out(parent, field::tag(field));
                plain_member(out, key, depth_left);
            });
            return;
        }
        each([&] {
            MessageWriter out(parent, field::tag(field));
            members([&](const CamelName& name) {
                if (name == "key") {
                    text(out, field::key_value::key);
                } else if (name == "value") {
                    MessageWriter value(out, field::tag(field::key_value::value));
                    any_value(value, depth_left);
                } else {
                    in_.skip();
                }
            });
        });
    }

    /// A member of a plain object, as the KeyValue it stands for.
    void plain_member(MessageWriter& out, std::string_view key, std::size_t depth_left) {
        out.add_bytes(field::tag(field::key_value::key), key);
        MessageWriter value(out, field::tag(field::key_value::value));
        plain(value, depth_left);
    }

    void any_value(MessageWriter& out, std::size_t depth_left) {
        if (in_.kind() != JsonKind::object) {
            plain(out, depth_left);
            return;
        }
        in_.object([&](std::string_view key) {
            if (!any_value_member(out, CamelName(key), depth_left)) in_.skip();
        });
    }

    /// False, and nothing read, if an AnyValue has no such member.
    bool any_value_member(MessageWriter& out, const CamelName& name, std::size_t depth_left) {
        if (name == "stringValue") {
            text(out, field::any_value::string);
        } else if (name == "intValue") {
            if (const auto number = read_integer(in_)) add_number(out, *number);
        } else if (name == "boolValue") {
            if (const auto truth = read_boolean(in_)) {
                out.add_varint(field::tag(field::any_value::boolean), *truth);
            }
        } else if (name == "doubleValue") {
            if (const auto real = read_real(in_)) {
                out.add_double(field::tag(field::any_value::real), *real);
            }
        } else if (name == "arrayValue") {
            list(out, field::any_value::array, depth_left);
        } else if (name == "kvlistValue") {
            list(out, field::any_value::kvlist, depth_left);
        } else if (name == "bytesValue") {
            bytes(out);
        } else {
            return false;
        }
        return true;
    }

    /// {"values":[…]}. Below the deepest level allowed an empty list says that there was one:
    /// inspect_span() finds it.
    void list(MessageWriter& parent, std::uint32_t field, std::size_t depth_left) {
        if (in_.kind() == JsonKind::null) {
            in_.null();
            return;
        }
        MessageWriter out(parent, field::tag(field));
        if (depth_left == 0) {
            in_.skip();
            return;
        }
        members([&](const CamelName& name) {
            if (!(name == "values")) {
                in_.skip();
            } else if (field == field::any_value::kvlist) {
                attributes(out, field::list::values, depth_left - 1);
            } else {
                each([&] { element(out, depth_left - 1); });
            }
        });
    }

    void element(MessageWriter& parent, std::size_t depth_left) {
        MessageWriter out(parent, field::tag(field::list::values));
        any_value(out, depth_left);
    }

    /// A JSON value that stands for itself. An object whose first member is one of AnyValue's is
    /// read as an AnyValue after all.
    void plain(MessageWriter& out, std::size_t depth_left) {
        switch (in_.kind()) {
            case JsonKind::string: {
                const std::string_view content = in_.string();
                out.add_bytes(field::tag(field::any_value::string), content);
                return;
            }
            case JsonKind::number:
                add_number(out, to_number(in_.number()));
                return;
            case JsonKind::boolean:
                out.add_varint(field::tag(field::any_value::boolean), in_.boolean());
                return;
            case JsonKind::array: {
                MessageWriter list(out, field::tag(field::any_value::array));
                if (depth_left == 0) {
                    in_.skip();
                } else {
                    in_.array([&] {
                        MessageWriter value(list, field::tag(field::list::values));
                        plain(value, depth_left - 1);
                    });
                }
                return;
            }
            case JsonKind::object:
                plain_object(out, depth_left);
                return;
            default:
                in_.null();
        }
    }

    void plain_object(MessageWriter& out, std::size_t depth_left) {
        enum { unknown, any_value, kvlist } meaning = unknown;
        std::optional<MessageWriter> list;
        in_.object([&](std::string_view key) {
            if (meaning != kvlist && any_value_member(out, CamelName(key), depth_left)) {
                meaning = any_value;
                return;
            }
            if (meaning == any_value) {
                in_.skip();
                return;
            }
            meaning = kvlist;
            if (!list) list.emplace(out, field::tag(field::any_value::kvlist));
            if (depth_left == 0) {
                in_.skip();
            } else {
                MessageWriter member(*list, field::tag(field::list::values));
                plain_member(member, key, depth_left - 1);
            }
        });
        if (meaning == unknown) list.emplace(out, field::tag(field::any_value::kvlist));
    }

    static void add_number(MessageWriter& out, std::variant<std::int64_t, double> number) {
        if (const auto* whole = std::get_if<std::int64_t>(&number)) {
            out.add_varint(field::tag(field::any_value::integer),
                           static_cast<std::uint64_t>(*whole));
        } else {
            out.add_double(field::tag(field::any_value::real), std::get<double>(number));
        }
    }

    // -- single fields ------------------------------------------------------------------------

    void text(MessageWriter& out, std::uint32_t field) {
        if (in_.kind() != JsonKind::string) {
            in_.skip();
            return;
        }
        const std::string_view content = in_.string();
        out.add_bytes(field::tag(field), content);
    }

    void bytes(MessageWriter& out) {
        if (in_.kind() != JsonKind::string) {
            in_.skip();
            return;
        }
        if (const auto content = from_base64(in_.string())) {
            out.add_bytes(field::tag(field::any_value::raw), *content);
        }
    }

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

    // -- containers of another type than expected are passed over --------------------------------

    template <class Element>
    void each(Element&& element) {
        if (in_.kind() == JsonKind::array) {
            in_.array(element);
        } else {
            in_.skip();
        }
    }

    template <class Member>
    void members(Member&& member) {
        if (in_.kind() == JsonKind::object) {
            in_.object([&](std::string_view key) { member(CamelName(key)); });
        } else {
            in_.skip();
        }
    }

    const Limits& limits_;
    const std::size_t nesting_max_;
    JsonReader in_;
    std::string out_;
};

}  // namespace

OtlpJson read_otlp_json(std::string_view text, const Limits& limits) {
    Conversion conversion(text, limits);
    try {
        conversion.requests();
        OtlpJson read{.otlp = conversion.take(), .repaired = conversion.repaired()};
        if (read.otlp.size() > limits.body_bytes_max) throw TooMuchProtobuf{};
        return read;
    } catch (const BrokenJson& broken) {
        return {.error = fmt::format("not an OTLP trace request in JSON: {} at byte {}",
                                     broken.what, broken.at)};
    } catch (const TooMuchProtobuf&) {
        return {.too_large = true,
                .error = fmt::format("more than {} bytes as protobuf", limits.body_bytes_max)};
    }
}

}  // namespace plimsoll::wire
