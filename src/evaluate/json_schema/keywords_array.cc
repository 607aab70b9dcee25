#include "evaluate/json_schema/keywords.h"

namespace plimsoll::evaluate::schema {

using json::Kind;
using json::Value;

namespace {

ArrayRules& array(Compiler& compiler) {
    auto& rules = compiler.built().array;
    if (!rules) rules = std::make_unique<ArrayRules>();
    return *rules;
}

}  // namespace

void compile_min_items(Compiler& compiler, Value value) {
    compiler.count(array(compiler).items_min, value);
}

void compile_max_items(Compiler& compiler, Value value) {
    compiler.count(array(compiler).items_max, value);
}

void compile_unique_items(Compiler& compiler, Value value) {
    if (compiler.expect(Kind::boolean, value)) array(compiler).unique = *value.as_boolean();
}

/// Until 2019-09 an array of schemas here is what prefixItems is today.
void compile_items(Compiler& compiler, Value value) {
    if (value.is_array() && !compiler.dialect().at_least(Draft::draft2020_12)) {
        array(compiler).prefix = compiler.list(value);
    } else {
        array(compiler).rest = compiler.inside(value);
    }
}

void compile_prefix_items(Compiler& compiler, Value value) {
    array(compiler).prefix = compiler.list(value);
}

/// Means something only beside an array of schemas in `items`.
void compile_additional_items(Compiler& compiler, Value value) {
    const auto items = compiler.schema().find("items");
    const SubschemaId id = compiler.inside(value);
    if (items && items->is_array()) array(compiler).rest = id;
}

void compile_contains(Compiler& compiler, Value value) {
    ArrayRules& rules = array(compiler);
    rules.contains = compiler.inside(value);
    rules.contains_counts_as_evaluated = compiler.dialect().at_least(Draft::draft2020_12);
}

void compile_min_contains(Compiler& compiler, Value value) {
    compiler.count(array(compiler).contains_min, value);
}

void compile_max_contains(Compiler& compiler, Value value) {
    compiler.count(array(compiler).contains_max, value);
}

void compile_unevaluated_items(Compiler& compiler, Value value) {
    array(compiler).unevaluated = compiler.inside(value);
}

}  // namespace plimsoll::evaluate::schema
