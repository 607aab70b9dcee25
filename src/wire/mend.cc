#include "wire/mend.h"

#include <optional>
#include <span>
#include <string>

#include <protozero/pbf_reader.hpp>

#include "wire/fields.h"
#include "wire/key_value.h"
#include "wire/message_writer.h"
#include "wire/utf8.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;

enum class Part { text, attribute, event, link, status };

/// A field that may need mending, and what it holds.
struct MendedField {
    std::uint32_t field;
    Part part;
};

constexpr MendedField resource_fields[] = {{field::resource::attributes, Part::attribute}};
constexpr MendedField scope_fields[] = {{field::scope::name, Part::text},
                                        {field::scope::version, Part::text},
                                        {field::scope::attributes, Part::attribute}};
constexpr MendedField span_fields[] = {
    {field::span::trace_state, Part::text},     {field::span::name, Part::text},
    {field::span::attributes, Part::attribute}, {field::span::events, Part::event},
    {field::span::links, Part::link},           {field::span::status, Part::status}};
constexpr MendedField event_fields[] = {{field::event::name, Part::text},
                                        {field::event::attributes, Part::attribute}};
constexpr MendedField link_fields[] = {{field::link::trace_state, Part::text},
                                       {field::link::attributes, Part::attribute}};
constexpr MendedField status_fields[] = {{field::status::message, Part::text}};

class Mending {
  public:
    std::size_t repaired() const { return repaired_; }

    void message(std::span<const MendedField> fields, std::string_view encoded,
                 MessageWriter& out) {
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            const MendedField* found = nullptr;
            for (const MendedField& candidate : fields) {
                if (candidate.field == reader.tag_and_type()) found = &candidate;
            }
            if (found) {
                const std::uint32_t tag = reader.tag();  // Gone once the content is read.
                part(found->part, tag, read_bytes(reader), out);
            } else {
                copy_field(reader, out);
            }
        }
    }

  private:
    void part(Part kind, std::uint32_t tag, std::string_view content, MessageWriter& parent) {
        if (kind == Part::text) {
            repaired_ += mend_text(parent, tag, content);
            return;
        }
        MessageWriter out(parent, tag);
        switch (kind) {
            case Part::attribute:
                key_value(content, out);
                break;
            case Part::event:
                message(event_fields, content, out);
                break;
            case Part::link:
                message(link_fields, content, out);
                break;
            default:
                message(status_fields, content, out);
        }
    }

    void key_value(std::string_view encoded, MessageWriter& out) {
        std::string_view key;
        std::optional<std::string> value;
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            switch (reader.tag_and_type()) {
                case field::key_value::key:
                    key = read_bytes(reader);
                    break;
                case field::key_value::value:
                    // Encoded messages merge by standing one after the other.
                    value = value.value_or("").append(read_bytes(reader));
                    break;
                default:
                    copy_field(reader, out);
            }
        }
        repaired_ += mend_text(out, field::tag(field::key_value::key), key);
        if (value) {
            MessageWriter nested(out, field::tag(field::key_value::value));
            any_value(*value, nested);
        }
    }

    /// Writes the one value that counts, after whatever else the message holds.
    void any_value(std::string_view encoded, MessageWriter& out) {
        std::optional<pbf_reader> last;  // Stands at the value that counts.
        std::string list;                // Its pieces, if it is an array or kvlist.
        for (pbf_reader reader(encoded.data(), encoded.size()); reader.next();) {
            const std::uint32_t field = reader.tag_and_type();
            if (!field::any_value::is_value(field)) {
                copy_field(reader, out);
                continue;
            }
            if (last && last->tag_and_type() != field) list.clear();
            last = reader;
            if (field::any_value::is_list(field)) {
                list.append(read_bytes(reader));
            } else {
                reader.skip();
            }
        }
        if (!last) return;
        const std::uint32_t field = last->tag_and_type();
        if (field == field::any_value::string) {
            repaired_ += mend_text(out, field::tag(field), read_bytes(*last));
        } else if (field::any_value::is_list(field)) {
            MessageWriter nested(out, last->tag());
            values(list, field == field::any_value::kvlist, nested);
        } else {
            copy_field(*last, out);
        }
    }

    void values(std::string_view list, bool keyed, MessageWriter& out) {
        for (pbf_reader reader(list.data(), list.size()); reader.next();) {
            if (reader.tag_and_type() != field::list::values) {
                copy_field(reader, out);
                continue;
            }
            MessageWriter nested(out, reader.tag());
            if (keyed) {
                key_value(read_bytes(reader), nested);
            } else {
                any_value(read_bytes(reader), nested);
            }
        }
    }

    std::size_t repaired_ = 0;
};

}  // namespace

std::size_t mend(MessageKind kind, std::string_view encoded, MessageWriter& out) {
    Mending mending;
    switch (kind) {
        case MessageKind::resource:
            mending.message(resource_fields, encoded, out);
            break;
        case MessageKind::scope:
            mending.message(scope_fields, encoded, out);
            break;
        case MessageKind::span:
            mending.message(span_fields, encoded, out);
            break;
    }
    return mending.repaired();
}

std::size_t mend_text(MessageWriter& out, std::uint32_t tag, std::string_view content) {
    if (valid_utf8(content)) {
        out.add_bytes(tag, content);
        return 0;
    }
    out.add_bytes(tag, mended_utf8(content));
    return 1;
}

void copy_field(pbf_reader& reader, MessageWriter& out) {
    const std::uint32_t tag = reader.tag();
    switch (reader.wire_type()) {
        case protozero::pbf_wire_type::varint:
            out.add_varint(tag, reader.get_uint64());
            break;
        case protozero::pbf_wire_type::fixed64:
            out.add_fixed64(tag, reader.get_fixed64());
            break;
        case protozero::pbf_wire_type::fixed32:
            out.add_fixed32(tag, reader.get_fixed32());
            break;
        default:
            out.add_bytes(tag, read_bytes(reader));
    }
}

}  // namespace plimsoll::wire
