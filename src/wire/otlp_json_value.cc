#include "wire/otlp_json_value.h"

#include <optional>
#include <string_view>
#include <variant>

#include "wire/base64.h"
#include "wire/fields.h"
#include "wire/otlp_json_names.h"
#include "wire/otlp_json_scalar.h"

namespace plimsoll::wire {
namespace {

/// Each function reads one JSON value and writes what it stands for.
class ValueConversion {
  public:
    explicit ValueConversion(JsonReader& in) : in_(in) {}

    void attributes(MessageWriter& parent, std::uint32_t field, std::size_t depth_left) {
        if (in_.kind() == JsonKind::object) {
            in_.object([&](std::string_view key) {
                MessageWriter out(parent, field::tag(field));
                plain_member(out, key, depth_left);
            });
            return;
        }
        for_each_element(in_, [&] {
            MessageWriter out(parent, field::tag(field));
            for_each_member(in_, [&](const CamelName& name) {
                if (name == "key") {
                    convert_text(in_, out, field::key_value::key);
                } else if (name == "value") {
                    MessageWriter value(out, field::tag(field::key_value::value));
                    any_value(value, depth_left);
                } else {
                    in_.skip();
                }
            });
        });
    }

    void value(MessageWriter& out, std::size_t depth_left) { any_value(out, depth_left); }

  private:
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
            convert_text(in_, out, field::any_value::string);
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
        for_each_member(in_, [&](const CamelName& name) {
            if (!(name == "values")) {
                in_.skip();
            } else if (field == field::any_value::kvlist) {
                attributes(out, field::list::values, depth_left - 1);
            } else {
                for_each_element(in_, [&] { element(out, depth_left - 1); });
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

    void bytes(MessageWriter& out) {
        if (in_.kind() != JsonKind::string) {
            in_.skip();
            return;
        }
        if (const auto content = from_base64(in_.string())) {
            out.add_bytes(field::tag(field::any_value::raw), *content);
        }
    }

    JsonReader& in_;
};

}  // namespace

void convert_attributes(JsonReader& in, MessageWriter& out, std::uint32_t field,
                        std::size_t depth_left) {
    ValueConversion(in).attributes(out, field, depth_left);
}

void convert_value(JsonReader& in, MessageWriter& out, std::size_t depth_left) {
    ValueConversion(in).value(out, depth_left);
}

void convert_text(JsonReader& in, MessageWriter& out, std::uint32_t field) {
    if (in.kind() == JsonKind::string) {
        out.add_bytes(field::tag(field), in.string());
    } else {
        in.skip();
    }
}

}  // namespace plimsoll::wire
