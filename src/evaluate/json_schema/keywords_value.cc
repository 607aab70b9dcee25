#include <fmt/format.h>

#include "evaluate/json_schema/keywords.h"
#include "evaluate/json_schema/place_text.h"

namespace plimsoll::evaluate::schema {

using json::Kind;
using json::Value;

namespace {

constexpr std::pair<std::string_view, std::uint8_t> types[] = {
    {"array", type_array},
    {"boolean", type_boolean},
    {"integer", type_integer | type_whole},
    {"null", type_null},
    {"number", type_integer | type_whole | type_fraction},
    {"object", type_object},
    {"string", type_string},
};

std::uint8_t type_bits(Compiler& compiler, Value name) {
    if (!compiler.expect(Kind::string, name)) return 0;
    for (const auto& [known, bits] : types) {
        if (known == name.as_string()) return bits;
    }
    compiler.fail(fmt::format("{} is no type", shortened(name.as_string())));
    return 0;
}

void add_alternative(EnumRules& rules, Value value) {
    if (value.is_string()) {
        rules.strings.add(value.as_string());
    } else {
        rules.others.push_back(value);
    }
}

NumberRules& number(Compiler& compiler) {
    auto& rules = compiler.built().number;
    if (!rules) rules = std::make_unique<NumberRules>();
    return *rules;
}

StringRules& string(Compiler& compiler) {
    auto& rules = compiler.built().string;
    if (!rules) rules = std::make_unique<StringRules>();
    return *rules;
}

void bound(Compiler& compiler, std::optional<Value>& to, Value value) {
    if (compiler.expect_number(value)) to = value;
}

/// Draft 4 says `"minimum": 0, "exclusiveMinimum": true`.
bool is_exclusive(const Compiler& compiler, std::string_view keyword) {
    if (compiler.dialect().draft != Draft::draft4) return false;
    const auto exclusive = compiler.schema().find(keyword);
    return exclusive && exclusive->as_boolean() == true;
}

}  // namespace

void compile_type(Compiler& compiler, Value value) {
    std::uint8_t mask = 0;
    if (value.is_array()) {
        for (const Value name : value.elements()) mask |= type_bits(compiler, name);
    } else {
        mask = type_bits(compiler, value);
    }
    const bool only_integers = !(mask & type_fraction);
    if (compiler.dialect().draft == Draft::draft4 && only_integers) mask &= ~type_whole;
    compiler.built().types = mask;
    compiler.built().types_as_written = value;
}

void compile_enum(Compiler& compiler, Value values) {
    if (!compiler.expect(Kind::array, values)) return;
    EnumRules rules{"enum", NameTable(compiler.seed()), {}, values};
    for (const Value value : values.elements()) add_alternative(rules, value);
    compiler.built().enums.push_back(std::move(rules));
}

void compile_const(Compiler& compiler, Value value) {
    EnumRules rules{"const", NameTable(compiler.seed()), {}, value};
    add_alternative(rules, value);
    compiler.built().enums.push_back(std::move(rules));
}

void compile_minimum(Compiler& compiler, Value value) {
    NumberRules& rules = number(compiler);
    const bool is_open = is_exclusive(compiler, "exclusiveMinimum");
    bound(compiler, is_open ? rules.exclusive_minimum : rules.minimum, value);
}

void compile_maximum(Compiler& compiler, Value value) {
    NumberRules& rules = number(compiler);
    const bool is_open = is_exclusive(compiler, "exclusiveMaximum");
    bound(compiler, is_open ? rules.exclusive_maximum : rules.maximum, value);
}

void compile_exclusive_minimum(Compiler& compiler, Value value) {
    bound(compiler, number(compiler).exclusive_minimum, value);
}

void compile_exclusive_maximum(Compiler& compiler, Value value) {
    bound(compiler, number(compiler).exclusive_maximum, value);
}

void compile_multiple_of(Compiler& compiler, Value value) {
    if (!compiler.expect_number(value)) return;
    if (*value.as_number() <= 0) return compiler.fail("expected a number above 0");
    number(compiler).multiple_of = value;
    number(compiler).divisor = Decimal::of(value);
}

void compile_min_length(Compiler& compiler, Value value) {
    compiler.count(string(compiler).length_min, value);
}

void compile_max_length(Compiler& compiler, Value value) {
    compiler.count(string(compiler).length_max, value);
}

void compile_pattern(Compiler& compiler, Value value) {
    if (!compiler.expect(Kind::string, value)) return;
    string(compiler).pattern = compiler.pattern(value.as_string());
}

void compile_format(Compiler& compiler, Value value) {
    if (!compiler.asserts_formats() || !value.is_string()) return;
    const Format format = format_named(value.as_string());
    if (!format) return;
    string(compiler).format = format;
    string(compiler).format_name = value.as_string();
}

}  // namespace plimsoll::evaluate::schema
