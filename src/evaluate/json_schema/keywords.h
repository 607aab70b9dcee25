/// keywords.h: every keyword that can make an instance fail, in one list: since which draft, of
/// which vocabulary, and what compiles it. Those not listed (title, default, …) are annotations,
/// and so is `format` unless it is asserted.
///
/// To add one: a function in the keywords_*.cc it belongs to, its line in keywords.cc, and, if its
/// value holds schemas, its line in dialect.cc.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/json.h"
#include "evaluate/json_schema/compiler.h"
#include "evaluate/json_schema/dialect.h"

namespace plimsoll::evaluate::schema {

enum class Vocabulary : std::uint8_t { core, applicator, validation, unevaluated };

struct Keyword {
    std::string_view name;
    Vocabulary vocabulary;
    void (*compile)(Compiler& compiler, json::Value value);
    Draft since = Draft::draft4;
    Draft until = Draft::draft2020_12;
};

/// nullptr if `name` is no keyword in `dialect`.
const Keyword* keyword_named(std::string_view name, const Dialect& dialect);

// keywords_reference.cc
void compile_ref(Compiler& compiler, json::Value reference);
void compile_dynamic_ref(Compiler& compiler, json::Value reference);
void compile_recursive_ref(Compiler& compiler, json::Value reference);

// keywords_applicator.cc
void compile_all_of(Compiler& compiler, json::Value schemas);
void compile_any_of(Compiler& compiler, json::Value schemas);
void compile_one_of(Compiler& compiler, json::Value schemas);
void compile_not(Compiler& compiler, json::Value schema);
void compile_if(Compiler& compiler, json::Value schema);

// keywords_value.cc
void compile_type(Compiler& compiler, json::Value value);
void compile_enum(Compiler& compiler, json::Value values);
void compile_const(Compiler& compiler, json::Value value);
void compile_minimum(Compiler& compiler, json::Value value);
void compile_maximum(Compiler& compiler, json::Value value);
void compile_exclusive_minimum(Compiler& compiler, json::Value value);
void compile_exclusive_maximum(Compiler& compiler, json::Value value);
void compile_multiple_of(Compiler& compiler, json::Value value);
void compile_min_length(Compiler& compiler, json::Value value);
void compile_max_length(Compiler& compiler, json::Value value);
void compile_pattern(Compiler& compiler, json::Value value);
void compile_format(Compiler& compiler, json::Value value);

// keywords_array.cc
void compile_min_items(Compiler& compiler, json::Value value);
void compile_max_items(Compiler& compiler, json::Value value);
void compile_unique_items(Compiler& compiler, json::Value value);
void compile_items(Compiler& compiler, json::Value value);
void compile_prefix_items(Compiler& compiler, json::Value value);
void compile_additional_items(Compiler& compiler, json::Value value);
void compile_contains(Compiler& compiler, json::Value value);
void compile_min_contains(Compiler& compiler, json::Value value);
void compile_max_contains(Compiler& compiler, json::Value value);
void compile_unevaluated_items(Compiler& compiler, json::Value value);

// keywords_object.cc
void compile_min_properties(Compiler& compiler, json::Value value);
void compile_max_properties(Compiler& compiler, json::Value value);
void compile_required(Compiler& compiler, json::Value value);
void compile_properties(Compiler& compiler, json::Value value);
void compile_pattern_properties(Compiler& compiler, json::Value value);
void compile_additional_properties(Compiler& compiler, json::Value value);
void compile_property_names(Compiler& compiler, json::Value value);
void compile_unevaluated_properties(Compiler& compiler, json::Value value);
void compile_dependencies(Compiler& compiler, json::Value value);
void compile_dependent_required(Compiler& compiler, json::Value value);
void compile_dependent_schemas(Compiler& compiler, json::Value value);

}  // namespace plimsoll::evaluate::schema
