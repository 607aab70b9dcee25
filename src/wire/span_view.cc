#include "wire/span_view.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <protozero/pbf_reader.hpp>

#include "wire/fields.h"
#include "wire/key_value.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;

UnixNanos clamped(std::uint64_t nanos) {
    return static_cast<UnixNanos>(
        std::min<std::uint64_t>(nanos, std::numeric_limits<UnixNanos>::max()));
}

/// What both views say of times: a span that has not ended has end 0, the others end no sooner than
/// they start.
UnixNanos end_not_before(UnixNanos start, UnixNanos end) {
    return end == 0 ? 0 : std::max(start, end);
}

/// Zero at any other length. Admitted spans have none; links may.
template <class Id>
Id read_id(pbf_reader& reader) {
    return Id::from_bytes(read_bytes(reader)).value_or(Id{});
}

template <class Enum>
Enum known(std::int64_t number, Enum last) {
    const bool is_known = number >= 0 && number <= static_cast<std::int64_t>(last);
    return is_known ? static_cast<Enum>(number) : Enum{};
}

/// Reads the spans of one body, one after the other, into one SpanView.
class SpanReader {
  public:
    using Visit = std::function<void(std::uint32_t, const SpanView&)>;

    explicit SpanReader(const Visit& visit) : visit_(visit) {
        span_.resource = &resource_;
        span_.scope = &scope_;
    }

    void read_body(std::string_view otlp) {
        pbf_reader body(otlp.data(), otlp.size());
        while (body.next()) {
            if (body.tag_and_type() == field::request::resource_spans) {
                read_resource_spans(body.get_message());
            } else {
                body.skip();
            }
        }
    }

  private:
    /// Twice over the same bytes: a resource may stand behind the spans it describes, and in
    /// pieces.
    void read_resource_spans(pbf_reader group) {
        resource_ = {};
        for (pbf_reader reader = group; reader.next();) {
            switch (reader.tag_and_type()) {
                case field::resource_spans::resource:
                    read_resource(reader.get_message());
                    break;
                case field::resource_spans::schema_url:
                    resource_.schema_url = read_bytes(reader);
                    break;
                default:
                    reader.skip();
            }
        }
        while (group.next()) {
            if (group.tag_and_type() == field::resource_spans::scope_spans) {
                read_scope_spans(group.get_message());
            } else {
                group.skip();
            }
        }
    }

    void read_resource(pbf_reader reader) {
        while (reader.next()) {
            if (reader.tag_and_type() == field::resource::attributes) {
                resource_.attributes.add(read_key_value(read_bytes(reader)));
            } else {
                reader.skip();
            }
        }
    }

    void read_scope_spans(pbf_reader group) {
        scope_ = {};
        for (pbf_reader reader = group; reader.next();) {
            switch (reader.tag_and_type()) {
                case field::scope_spans::scope:
                    read_scope(reader.get_message());
                    break;
                case field::scope_spans::schema_url:
                    scope_.schema_url = read_bytes(reader);
                    break;
                default:
                    reader.skip();
            }
        }
        while (group.next()) {
            if (group.tag_and_type() == field::scope_spans::spans) {
                read_span(group.get_message());
                visit_(ordinal_++, span_);
            } else {
                group.skip();
            }
        }
    }

    void read_scope(pbf_reader reader) {
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::scope::name:
                    scope_.name = read_bytes(reader);
                    break;
                case field::scope::version:
                    scope_.version = read_bytes(reader);
                    break;
                case field::scope::attributes:
                    scope_.attributes.add(read_key_value(read_bytes(reader)));
                    break;
                default:
                    reader.skip();
            }
        }
    }

    void read_span(pbf_reader reader) {
        clear();
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::span::trace_id:
                    span_.trace = read_id<TraceId>(reader);
                    break;
                case field::span::span_id:
                    span_.id = read_id<SpanId>(reader);
                    break;
                case field::span::parent_span_id:
                    span_.parent = read_id<SpanId>(reader);
                    break;
                case field::span::trace_state:
                    span_.trace_state = read_bytes(reader);
                    break;
                case field::span::name:
                    span_.name = read_bytes(reader);
                    break;
                case field::span::kind:
                    span_.kind = known(reader.get_int32(), SpanKind::consumer);
                    break;
                case field::span::start:
                    span_.start = clamped(reader.get_fixed64());
                    break;
                case field::span::end:
                    span_.end = clamped(reader.get_fixed64());
                    break;
                case field::span::attributes:
                    span_.attributes.add(read_key_value(read_bytes(reader)));
                    break;
                case field::span::events:
                    read_event(reader.get_message());
                    break;
                case field::span::links:
                    read_link(reader.get_message());
                    break;
                case field::span::status:
                    read_status(reader.get_message());
                    break;
                case field::span::dropped_attributes_count:
                    span_.dropped_attributes = reader.get_uint32();
                    break;
                case field::span::dropped_events_count:
                    span_.dropped_events = reader.get_uint32();
                    break;
                case field::span::dropped_links_count:
                    span_.dropped_links = reader.get_uint32();
                    break;
                default:
                    reader.skip();
            }
        }
        span_.end = end_not_before(span_.start, span_.end);
    }

    void read_event(pbf_reader reader) {
        EventView& event = span_.events.emplace_back();
        event.attributes = spare();
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::event::time:
                    event.time = clamped(reader.get_fixed64());
                    break;
                case field::event::name:
                    event.name = read_bytes(reader);
                    break;
                case field::event::attributes:
                    event.attributes.add(read_key_value(read_bytes(reader)));
                    break;
                case field::event::dropped_attributes_count:
                    event.dropped_attributes = reader.get_uint32();
                    break;
                default:
                    reader.skip();
            }
        }
    }

    void read_link(pbf_reader reader) {
        LinkView& link = span_.links.emplace_back();
        link.attributes = spare();
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::link::trace_id:
                    link.trace = read_id<TraceId>(reader);
                    break;
                case field::link::span_id:
                    link.span = read_id<SpanId>(reader);
                    break;
                case field::link::attributes:
                    link.attributes.add(read_key_value(read_bytes(reader)));
                    break;
                default:
                    reader.skip();
            }
        }
    }

    void read_status(pbf_reader reader) {
        while (reader.next()) {
            switch (reader.tag_and_type()) {
                case field::status::message:
                    span_.status_message = read_bytes(reader);
                    break;
                case field::status::code:
                    span_.status = known(reader.get_int32(), StatusCode::error);
                    break;
                default:
                    reader.skip();
            }
        }
    }

    /// Empties the view but keeps what it has allocated: the lists of events and links are handed
    /// on to the next span's.
    void clear() {
        for (EventView& event : span_.events) keep_spare(std::move(event.attributes));
        for (LinkView& link : span_.links) keep_spare(std::move(link.attributes));
        SpanView cleared;
        cleared.resource = &resource_;
        cleared.scope = &scope_;
        cleared.attributes = std::move(span_.attributes);
        cleared.events = std::move(span_.events);
        cleared.links = std::move(span_.links);
        cleared.attributes.clear();
        cleared.events.clear();
        cleared.links.clear();
        span_ = std::move(cleared);
    }

    void keep_spare(Attributes attributes) {
        if (spare_.size() == spare_max) return;
        attributes.clear();
        spare_.push_back(std::move(attributes));
    }

    Attributes spare() {
        if (spare_.empty()) return {};
        Attributes attributes = std::move(spare_.back());
        spare_.pop_back();
        return attributes;
    }

    static constexpr std::size_t spare_max = 256;

    const Visit& visit_;
    std::uint32_t ordinal_ = 0;
    ResourceView resource_;
    ScopeView scope_;
    SpanView span_;
    std::vector<Attributes> spare_;
};

SpanKey read_key(pbf_reader reader) {
    SpanKey key;
    while (reader.next()) {
        switch (reader.tag_and_type()) {
            case field::span::trace_id:
                key.trace = read_id<TraceId>(reader);
                break;
            case field::span::span_id:
                key.id = read_id<SpanId>(reader);
                break;
            case field::span::parent_span_id:
                key.parent = read_id<SpanId>(reader);
                break;
            case field::span::start:
                key.start = clamped(reader.get_fixed64());
                break;
            case field::span::end:
                key.end = clamped(reader.get_fixed64());
                break;
            default:
                reader.skip();
        }
    }
    key.end = end_not_before(key.start, key.end);
    return key;
}

}  // namespace

bool for_each_span(std::string_view otlp,
                   const std::function<void(std::uint32_t, const SpanView&)>& visit) {
    try {
        SpanReader(visit).read_body(otlp);
        return true;
    } catch (const protozero::exception&) {
        return false;
    }
}

bool for_each_span_key(std::string_view otlp,
                       const std::function<void(std::uint32_t, const SpanKey&)>& visit) {
    constexpr auto message = protozero::pbf_wire_type::length_delimited;
    try {
        std::uint32_t ordinal = 0;
        pbf_reader body(otlp.data(), otlp.size());
        while (body.next(field::tag(field::request::resource_spans), message)) {
            pbf_reader group = body.get_message();
            while (group.next(field::tag(field::resource_spans::scope_spans), message)) {
                pbf_reader scope = group.get_message();
                while (scope.next(field::tag(field::scope_spans::spans), message)) {
                    visit(ordinal++, read_key(scope.get_message()));
                }
            }
        }
        return true;
    } catch (const protozero::exception&) {
        return false;
    }
}

}  // namespace plimsoll::wire
