#include "wire/inspect.h"

#include <algorithm>

#include "wire/fields.h"
#include "wire/key_value.h"
#include "wire/utf8.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;

/// Recursion is bounded whatever the configuration says.
constexpr std::size_t nesting_hard_max = 256;

bool all_zero(std::string_view id) {
    return id.find_first_not_of('\0') == std::string_view::npos;
}

/// One message under inspection, with what has been found and counted so far.
class Inspection {
  public:
    explicit Inspection(const Limits& limits)
        : limits_(limits), nesting_max_(std::min(limits.nesting_max, nesting_hard_max)) {}

    Findings span(std::string_view encoded) {
        pbf_reader reader(encoded.data(), encoded.size());
        std::string_view trace_id, span_id, parent_span_id;
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::span::attributes:
                    attribute(read_bytes(reader));
                    break;
                case field::span::trace_id:
                    trace_id = read_bytes(reader);
                    break;
                case field::span::span_id:
                    span_id = read_bytes(reader);
                    break;
                case field::span::parent_span_id:
                    parent_span_id = read_bytes(reader);
                    break;
                case field::span::trace_state:
                case field::span::name:
                    text(read_bytes(reader));
                    break;
                case field::span::events:
                    event(reader.get_message());
                    break;
                case field::span::links:
                    link(reader.get_message());
                    break;
                case field::span::status:
                    status(reader.get_message());
                    break;
                case field::log_record::time:
                case field::log_record::severity_number:
                case field::log_record::attributes:
                case field::log_record::flags:
                case field::log_record::observed_time:
                    return {.fault = Fault::log_record};
                default:
                    reader.skip();
            }
        }
        if (trace_id.size() != 16 || all_zero(trace_id)) fault(Fault::trace_id);
        if (span_id.size() != 8 || all_zero(span_id)) fault(Fault::span_id);
        if (!parent_span_id.empty() && parent_span_id.size() != 8) fault(Fault::parent_span_id);
        return findings_;
    }

    Findings resource_spans(std::string_view encoded) {
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            switch (reader.tag_and_type()) {
                case field::resource_spans::resource:
                    resource(reader.get_message());
                    break;
                case field::resource_spans::schema_url:
                    text(read_bytes(reader));
                    break;
                default:
                    reader.skip();
            }
        }
        return findings_;
    }

    Findings scope_spans(std::string_view encoded) {
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            switch (reader.tag_and_type()) {
                case field::scope_spans::scope:
                    scope(reader.get_message());
                    break;
                case field::scope_spans::schema_url:
                    text(read_bytes(reader));
                    break;
                default:
                    reader.skip();
            }
        }
        return findings_;
    }

  private:
    /// The worst is reported: a log record's other faults are no news.
    void fault(Fault found) {
        if (findings_.fault == Fault::none || found < findings_.fault) findings_.fault = found;
    }

    void text(std::string_view content) { findings_.mend |= !valid_utf8(content); }

    void count() {
        if (++count_ > limits_.attributes_max) fault(Fault::attribute_count);
    }

    void attribute(std::string_view encoded) {
        count();
        key_value(encoded, nesting_max_);
    }

    void key_value(std::string_view encoded, std::size_t depth_left) {
        pbf_reader reader(encoded.data(), encoded.size());
        bool has_value = false;
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::key_value::key:
                    key(read_bytes(reader));
                    break;
                case field::key_value::value:
                    findings_.mend |= has_value;
                    has_value = true;
                    any_value(read_bytes(reader), depth_left);
                    break;
                default:
                    reader.skip();
            }
        }
    }

    void key(std::string_view content) {
        std::size_t size = content.size();
        if (!valid_utf8(content)) {
            findings_.mend = true;
            size = mended_utf8(content).size();
        }
        if (size > limits_.attribute_key_bytes_max) fault(Fault::key_length);
    }

    void any_value(std::string_view encoded, std::size_t depth_left) {
        pbf_reader reader(encoded.data(), encoded.size());
        bool has_value = false;
        while (reader.next()) {
            const std::uint32_t field = reader.tag_and_type();
            if (field == field::any_value::string) {
                text(read_bytes(reader));
            } else if (field::any_value::is_list(field)) {
                findings_.mend |= has_value;
                const std::string_view list = read_bytes(reader);
                if (depth_left == 0) {
                    fault(Fault::nesting);
                } else {
                    values(list, field == field::any_value::kvlist, depth_left - 1);
                }
            } else {
                reader.skip();
            }
            has_value |= field::any_value::is_value(field);
        }
    }

    void values(std::string_view list, bool keyed, std::size_t depth_left) {
        for (pbf_reader reader(list.data(), list.size()); reader.next();) {
            if (reader.tag_and_type() != field::list::values) {
                reader.skip();
            } else if (keyed) {
                key_value(read_bytes(reader), depth_left);
            } else {
                any_value(read_bytes(reader), depth_left);
            }
        }
    }

    void event(pbf_reader reader) {
        count();
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::event::name:
                    text(read_bytes(reader));
                    break;
                case field::event::attributes:
                    attribute(read_bytes(reader));
                    break;
                default:
                    reader.skip();
            }
        }
    }

    void link(pbf_reader reader) {
        count();
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::link::trace_state:
                    text(read_bytes(reader));
                    break;
                case field::link::attributes:
                    attribute(read_bytes(reader));
                    break;
                default:
                    reader.skip();
            }
        }
    }

    void status(pbf_reader reader) {
        while (reader.next()) {
            if (reader.tag_and_type() == field::status::message) {
                text(read_bytes(reader));
            } else {
                reader.skip();
            }
        }
    }

    void resource(pbf_reader reader) {
        while (reader.next()) {
            if (reader.tag_and_type() == field::resource::attributes) {
                attribute(read_bytes(reader));
            } else {
                reader.skip();
            }
        }
    }

    void scope(pbf_reader reader) {
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::scope::name:
                case field::scope::version:
                    text(read_bytes(reader));
                    break;
                case field::scope::attributes:
                    attribute(read_bytes(reader));
                    break;
                default:
                    reader.skip();
            }
        }
    }

    const Limits& limits_;
    const std::size_t nesting_max_;
    std::size_t count_ = 0;
    Findings findings_;
};

/// For bytes that are broken when read as a span: whether the fields that could be read are those
/// of a log record, whose trace id stands where a span has its attributes.
bool looks_like_log_record(std::string_view encoded) {
    try {
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next(); reader.skip()) {
            switch (reader.tag_and_type()) {
                case field::log_record::time:
                case field::log_record::severity_number:
                case field::log_record::attributes:
                case field::log_record::flags:
                case field::log_record::observed_time:
                    return true;
                default:
                    break;
            }
        }
    } catch (const protozero::exception&) {
    }
    return false;
}

}  // namespace

std::string_view fault_text(Fault fault) {
    switch (fault) {
        case Fault::none:
            return "";
        case Fault::log_record:
            return "this is a log record: send logs to /v1/logs";
        case Fault::trace_id:
            return "the trace id is not 16 bytes (32 hex digits in JSON), or all zero";
        case Fault::span_id:
            return "the span id is not 8 bytes (16 hex digits in JSON), or all zero";
        case Fault::parent_span_id:
            return "the parent span id is neither empty nor 8 bytes (16 hex digits in JSON)";
        case Fault::nesting:
            return "an attribute is nested too deep";
        case Fault::attribute_count:
            return "too many attributes, events and links";
        case Fault::key_length:
            return "an attribute key is too long";
    }
    return "";
}

Findings inspect_span(std::string_view span, const Limits& limits) {
    try {
        return Inspection(limits).span(span);
    } catch (const protozero::exception&) {
        if (looks_like_log_record(span)) return {.fault = Fault::log_record};
        throw;
    }
}

Findings inspect_resource(std::string_view resource_spans, const Limits& limits) {
    return Inspection(limits).resource_spans(resource_spans);
}

Findings inspect_scope(std::string_view scope_spans, const Limits& limits) {
    return Inspection(limits).scope_spans(scope_spans);
}

}  // namespace plimsoll::wire
