#include "wire/any_value.h"

#include <cmath>
#include <ranges>

#include "base/json.h"
#include "wire/base64.h"
#include "wire/key_value.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;

void write(json::Writer& out, const AnyValue& value, std::size_t depth_left);

/// Whether a reader can reach the end of a list: a container is written whole or as null.
bool whole(std::string_view list) {
    try {
        pbf_reader reader(list.data(), list.size());
        while (reader.next()) reader.skip();
        return true;
    } catch (const protozero::exception&) {
        return false;
    }
}

void write_array(json::Writer& out, std::string_view list, std::size_t depth_left) {
    out.begin_array();
    pbf_reader reader(list.data(), list.size());
    while (
        reader.next(field::tag(field::list::values), protozero::pbf_wire_type::length_delimited)) {
        write(out, any_value(read_bytes(reader)), depth_left);
    }
    out.end_array();
}

void write_object(json::Writer& out, std::string_view list, std::size_t depth_left) {
    out.begin_object();
    pbf_reader reader(list.data(), list.size());
    while (
        reader.next(field::tag(field::list::values), protozero::pbf_wire_type::length_delimited)) {
        Attribute member;
        try {
            member = read_key_value(read_bytes(reader));
        } catch (const protozero::exception&) {
            member = {};
        }
        out.key(member.key);
        write(out, member.value, depth_left);
    }
    out.end_object();
}

void write(json::Writer& out, const AnyValue& value, std::size_t depth_left) {
    switch (value.kind) {
        case AnyValue::Kind::empty:
            out.null();
            return;
        case AnyValue::Kind::string:
            out.value(value.text);
            return;
        case AnyValue::Kind::boolean:
            out.value(value.boolean);
            return;
        case AnyValue::Kind::integer:
            out.value(value.integer);
            return;
        case AnyValue::Kind::real:
            if (std::isfinite(value.real)) {
                out.value(value.real);
            } else if (std::isnan(value.real)) {
                out.value("NaN");
            } else {
                out.value(value.real > 0 ? "Infinity" : "-Infinity");
            }
            return;
        case AnyValue::Kind::bytes:
            out.value(to_base64(value.text));
            return;
        case AnyValue::Kind::array:
        case AnyValue::Kind::kvlist:
            if (depth_left == 0 || !whole(value.text)) {
                out.null();
            } else if (value.kind == AnyValue::Kind::array) {
                write_array(out, value.text, depth_left - 1);
            } else {
                write_object(out, value.text, depth_left - 1);
            }
            return;
    }
}

}  // namespace

AnyValue any_value(std::string_view encoded) {
    try {
        return read_any_value(encoded);
    } catch (const protozero::exception&) {
        return {};
    }
}

Attributes members_of(const AnyValue& value) {
    Attributes members;
    if (value.kind != AnyValue::Kind::kvlist) return members;
    try {
        pbf_reader reader(value.text.data(), value.text.size());
        while (reader.next(field::tag(field::list::values),
                           protozero::pbf_wire_type::length_delimited))
            members.add(read_key_value(read_bytes(reader)));
    } catch (const protozero::exception&) {
    }
    return members;
}

std::string to_json(const AnyValue& value, std::size_t depth_max) {
    json::Writer out;
    write(out, value, depth_max);
    return out.take();
}

const AnyValue* Attributes::find(std::string_view key) const {
    for (const Attribute& attribute : std::views::reverse(list_)) {
        if (attribute.key == key) return &attribute.value;
    }
    return nullptr;
}

}  // namespace plimsoll::wire
