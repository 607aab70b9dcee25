#include "wire/log_spans.h"

#include <algorithm>
#include <cstring>

#include <protozero/pbf_reader.hpp>

#include "base/hash.h"
#include "wire/any_value.h"
#include "wire/fields.h"
#include "wire/key_value.h"
#include "wire/message_writer.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;

namespace log = field::log_record;

/// Of a record, what decides where it goes.
struct Record {
    std::uint64_t time = 0, observed = 0;
    std::string_view event_name, trace, span, body;
    std::string_view name_attribute, old_name_attribute;
    std::uint64_t dropped = 0, severity = 0;
    bool of_a_model = false;
};

bool is_of_a_model(std::string_view key) {
    return key.starts_with("gen_ai.") || key.starts_with("llm.") || key.starts_with("feature_flag");
}

/// {"input": {…}, "output": {…}}, or one of them.
bool holds_a_call(std::string_view encoded) {
    const AnyValue body = any_value(encoded);
    if (body.kind != AnyValue::Kind::kvlist) return false;
    const Attributes members = members_of(body);
    return std::ranges::any_of(members.list(), [](const Attribute& member) {
        return (member.key == "input" || member.key == "output") &&
               member.value.kind == AnyValue::Kind::kvlist;
    });
}

void read_attribute(std::string_view encoded, Record& record) {
    const Attribute attribute = read_key_value(encoded);
    record.of_a_model |= is_of_a_model(attribute.key);
    if (attribute.value.kind != AnyValue::Kind::string) return;
    if (attribute.key == "event.name") record.name_attribute = attribute.value.text;
    if (attribute.key == "event_name") record.old_name_attribute = attribute.value.text;
}

Record read_record(std::string_view encoded) {
    Record record;
    for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
        switch (reader.tag_and_type()) {
            case log::time:
                record.time = reader.get_fixed64();
                break;
            case log::observed_time:
                record.observed = reader.get_fixed64();
                break;
            case log::body:
                record.body = read_bytes(reader);
                break;
            case log::attributes:
                read_attribute(read_bytes(reader), record);
                break;
            case log::dropped_attributes_count:
                record.dropped = reader.get_uint32();
                break;
            case log::trace_id:
                record.trace = read_bytes(reader);
                break;
            case log::span_id:
                record.span = read_bytes(reader);
                break;
            case log::event_name:
                record.event_name = read_bytes(reader);
                break;
            default:
                reader.skip();
        }
    }
    return record;
}

bool is_id(std::string_view bytes, std::size_t size) {
    return bytes.size() == size &&
           std::ranges::any_of(bytes, [](char byte) { return byte != '\0'; });
}

std::string id_of(std::uint64_t hash) {
    hash |= hash == 0;
    std::string bytes(sizeof hash, '\0');
    std::memcpy(bytes.data(), &hash, sizeof hash);
    return bytes;
}

class Conversion {
  public:
    Conversion(std::string_view logs, std::size_t records_max) : records_max_(records_max) {
        made_.otlp.reserve(logs.size() + logs.size() / 8);
    }

    void request(std::string_view logs) {
        MessageWriter out(made_.otlp);
        for (pbf_reader reader(logs.data(), logs.size()); reader.next();) {
            if (reader.tag_and_type() == field::request::resource_spans) {
                group(read_bytes(reader), out);
            } else {
                reader.skip();
            }
        }
    }

    LogSpans take() { return std::move(made_); }
    LogSpans& made() { return made_; }

  private:
    void group(std::string_view encoded, MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::request::resource_spans), 3);
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            const auto kind = reader.tag_and_type();
            const std::uint32_t tag = reader.tag();
            if (kind == field::resource_spans::scope_spans) {
                scope(read_bytes(reader), out);
            } else if (kind == field::resource_spans::resource ||
                       kind == field::resource_spans::schema_url) {
                out.add_bytes(tag, read_bytes(reader));
            } else {
                reader.skip();
            }
        }
    }

    void scope(std::string_view encoded, MessageWriter& parent) {
        MessageWriter out(parent, field::tag(field::resource_spans::scope_spans), 3);
        std::string_view scope_name;
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            const auto kind = reader.tag_and_type();
            const std::uint32_t tag = reader.tag();
            if (kind == field::scope_spans::spans) {
                record(read_bytes(reader), scope_name, out);
            } else if (kind == field::scope_spans::scope ||
                       kind == field::scope_spans::schema_url) {
                const std::string_view bytes = read_bytes(reader);
                if (kind == field::scope_spans::scope) scope_name = name_of(bytes);
                out.add_bytes(tag, bytes);
            } else {
                reader.skip();
            }
        }
    }

    static std::string_view name_of(std::string_view scope) {
        std::string_view name;
        for (pbf_reader reader(scope.data(), scope.size()); reader.next();) {
            if (reader.tag_and_type() == field::scope::name) {
                name = read_bytes(reader);
            } else {
                reader.skip();
            }
        }
        return name;
    }

    void record(std::string_view encoded, std::string_view scope_name, MessageWriter& parent) {
        if (made_.seen == records_max_) {
            made_.too_many = true;
            return;
        }
        const Record record = read_record(encoded);
        ++made_.seen;
        std::string_view name = record.event_name;
        for (const std::string_view other :
             {record.name_attribute, record.old_name_attribute, scope_name})
            if (name.empty()) name = other;
        if (!record.of_a_model && !is_of_a_model(name) && !holds_a_call(record.body)) {
            ++made_.ignored;
            return;
        }

        MessageWriter out(parent, field::tag(field::scope_spans::spans), 2);
        const std::uint64_t hash = hash64(encoded, 0x106);
        const bool in_a_trace = is_id(record.trace, 16);
        out.add_bytes(field::tag(field::span::trace_id),
                      in_a_trace ? std::string(record.trace) : id_of(hash) + id_of(~hash));
        out.add_bytes(field::tag(field::span::span_id), id_of(hash));
        if (in_a_trace) {
            const SpanId none = log_of_trace();
            const std::string_view of_trace(reinterpret_cast<const char*>(none.bytes.data()),
                                            none.bytes.size());
            out.add_bytes(field::tag(field::span::parent_span_id),
                          is_id(record.span, 8) ? record.span : of_trace);
        }
        out.add_bytes(field::tag(field::span::name), name);
        // Without any time it is as old as anything; 0 would say that it has not ended.
        const std::uint64_t time =
            std::max<std::uint64_t>(record.time != 0 ? record.time : record.observed, 1);
        out.add_fixed64(field::tag(field::span::start), time);
        out.add_fixed64(field::tag(field::span::end), time);
        {
            MessageWriter marker(out, field::tag(field::span::attributes));
            marker.add_bytes(field::tag(field::key_value::key), log_marker);
            MessageWriter value(marker, field::tag(field::key_value::value));
            value.add_varint(field::tag(field::any_value::boolean), 1);
        }
        if (!record.body.empty()) {
            MessageWriter body(out, field::tag(field::span::attributes), 2);
            body.add_bytes(field::tag(field::key_value::key), log_body);
            body.add_bytes(field::tag(field::key_value::value), record.body);
        }
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            if (reader.tag_and_type() == log::attributes) {
                out.add_bytes(field::tag(field::span::attributes), read_bytes(reader));
            } else {
                reader.skip();
            }
        }
        if (record.dropped != 0)
            out.add_varint(field::tag(field::span::dropped_attributes_count), record.dropped);
    }

    const std::size_t records_max_;
    LogSpans made_;
};

}  // namespace

SpanId log_of_trace() {
    SpanId id;
    id.bytes = {'l', 'o', 'g', 's', 0, 0, 0, 1};
    return id;
}

LogSpans spans_of_logs(std::string_view logs, std::size_t records_max) {
    Conversion conversion(logs, records_max);
    try {
        conversion.request(logs);
    } catch (const protozero::exception&) {
        conversion.made().broken = true;
    }
    return conversion.take();
}

}  // namespace plimsoll::wire
