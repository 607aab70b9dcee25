/// key_value.h: how the readers of wire unpack attributes. Inline, since spans consist of them.
///
/// Broken bytes throw protozero::exception, which the readers behind any_value.h and span_view.h
/// catch. Of a value sent in pieces the last piece counts: admit() has put pieces together.
#pragma once

#include <bit>
#include <string_view>

#include <protozero/pbf_reader.hpp>

#include "wire/any_value.h"
#include "wire/fields.h"

namespace plimsoll::wire {

inline std::string_view view(protozero::data_view bytes) {
    return {bytes.data(), bytes.size()};
}
inline std::string_view read_bytes(protozero::pbf_reader& reader) {
    return view(reader.get_view());
}

inline AnyValue read_any_value(std::string_view encoded) {
    AnyValue value;
    protozero::pbf_reader reader(encoded.data(), encoded.size());
    const auto hold = [&value](AnyValue::Kind kind, std::string_view text) {
        value.kind = kind;
        value.text = text;
    };
    while (reader.next()) {
        switch (reader.tag_and_type()) {
            case field::any_value::string:
                hold(AnyValue::Kind::string, read_bytes(reader));
                break;
            case field::any_value::boolean:
                hold(AnyValue::Kind::boolean, {});
                value.boolean = reader.get_uint64() != 0;
                break;
            case field::any_value::integer:
                hold(AnyValue::Kind::integer, {});
                value.integer = reader.get_int64();
                break;
            case field::any_value::real:
                hold(AnyValue::Kind::real, {});
                value.real = reader.get_double();
                break;
            case field::any_value::array:
                hold(AnyValue::Kind::array, read_bytes(reader));
                break;
            case field::any_value::kvlist:
                hold(AnyValue::Kind::kvlist, read_bytes(reader));
                break;
            case field::any_value::raw:
                hold(AnyValue::Kind::bytes, read_bytes(reader));
                break;
            default:
                reader.skip();
        }
    }
    return value;
}

/// Of a key sent in pieces the last counts, as in read_key_value().
inline std::string_view key_of(std::string_view encoded) {
    std::string_view key;
    protozero::pbf_reader reader(encoded.data(), encoded.size());
    while (reader.next()) {
        if (reader.tag_and_type() == field::key_value::key) {
            key = read_bytes(reader);
        } else {
            reader.skip();
        }
    }
    return key;
}

inline Attribute read_key_value(std::string_view encoded) {
    Attribute attribute;
    protozero::pbf_reader reader(encoded.data(), encoded.size());
    while (reader.next()) {
        switch (reader.tag_and_type()) {
            case field::key_value::key:
                attribute.key = read_bytes(reader);
                break;
            case field::key_value::value:
                attribute.value = read_any_value(read_bytes(reader));
                break;
            default:
                reader.skip();
        }
    }
    return attribute;
}

}  // namespace plimsoll::wire
