/// compiled.h: a schema made ready to be asked: names hashed, expressions compiled, references led
/// to their ends. Built once by the compiler, read by any number of examinations.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evaluate/json_schema/ecma_pattern.h"
#include "evaluate/json_schema/formats.h"
#include "evaluate/json_schema/json_schema.h"
#include "evaluate/json_schema/name_table.h"
#include "evaluate/json_schema/number.h"
#include "evaluate/json_schema/registry.h"

namespace plimsoll::evaluate::schema {

/// Index into Graph::subschemas.
using SubschemaId = std::uint32_t;
inline constexpr SubschemaId none = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

/// The kinds of value that `type` tells apart, as bits.
enum Type : std::uint8_t {
    type_null = 1,
    type_boolean = 2,
    type_integer = 4,  ///< Written without fraction: 1.
    type_whole = 8,    ///< Written with one that is zero: 1.0. An integer since draft 6.
    type_fraction = 16,
    type_string = 32,
    type_array = 64,
    type_object = 128,
};
inline constexpr std::uint8_t type_any = 255;

struct NumberRules {
    std::optional<json::Value> minimum, maximum, exclusive_minimum, exclusive_maximum;
    std::optional<json::Value> multiple_of;
    Decimal divisor;  ///< multiple_of, taken apart.
};

struct StringRules {
    std::uint64_t length_min = 0;
    std::uint64_t length_max = unlimited;
    std::optional<std::uint32_t> pattern;  ///< Index into Graph::patterns.
    Format format = nullptr;               ///< Only where formats are asserted.
    std::string_view format_name;
};

struct ArrayRules {
    std::uint64_t items_min = 0;
    std::uint64_t items_max = unlimited;
    bool unique = false;
    std::vector<SubschemaId> prefix;  ///< One each for the first elements.
    SubschemaId rest = none;          ///< For the elements after those.
    SubschemaId contains = none;
    std::uint64_t contains_min = 1;
    std::uint64_t contains_max = unlimited;
    bool contains_counts_as_evaluated = false;  ///< Since 2020-12.
    SubschemaId unevaluated = none;
};

struct Dependency {
    std::uint32_t trigger;                ///< Position in ObjectRules::names.
    std::vector<std::uint32_t> required;  ///< Likewise.
    SubschemaId schema = none;
    std::string_view keyword;
};

struct PatternedMember {
    std::uint32_t pattern;  ///< Index into Graph::patterns.
    SubschemaId schema;
};

struct ObjectRules {
    std::uint64_t members_min = 0;
    std::uint64_t members_max = unlimited;
    NameTable names;                      ///< Every name that a rule here speaks of.
    std::vector<SubschemaId> properties;  ///< By position in `names`; none where only required.
    std::vector<std::uint32_t> required;  ///< Positions in `names`.
    std::vector<PatternedMember> patterned;
    SubschemaId additional = none;
    SubschemaId member_names = none;  ///< propertyNames
    std::vector<Dependency> dependencies;
    SubschemaId unevaluated = none;

    bool looks_at_members() const {
        return names.size() > 0 || !patterned.empty() || additional != none || member_names != none;
    }
};

/// `const` is an enum of one.
struct EnumRules {
    std::string_view keyword;
    NameTable strings;
    std::vector<json::Value> others;
    json::Value as_written;
};

/// A rule that applies other schemas to the same value.
struct Applicator {
    enum Kind : std::uint8_t { ref, dynamic_ref, all_of, any_of, one_of, none_of, conditional };
    Kind kind;
    std::vector<SubschemaId> schemas;  ///< conditional: if, then, else (each may be `none`)
    /// dynamic_ref: which name to look for on the way here; schemas[0] if no one has it.
    std::uint32_t dynamic_name = 0;
    std::string_view keyword;
};

struct Subschema {
    enum Constant : std::uint8_t { open, always, never };
    Constant constant = open;
    std::uint8_t types = type_any;
    json::Value types_as_written;
    std::uint32_t resource = 0;
    std::unique_ptr<NumberRules> number;
    std::unique_ptr<StringRules> string;
    std::unique_ptr<ArrayRules> array;
    std::unique_ptr<ObjectRules> object;
    std::vector<EnumRules> enums;  ///< At most `enum` and `const`.
    std::vector<Applicator> applicators;
};

/// The names that `$dynamicRef` looks for, per resource. `$recursiveAnchor` is the name "".
struct DynamicAnchor {
    std::uint32_t name;
    SubschemaId schema;
};

struct Graph {
    std::vector<Subschema> subschemas;  ///< The first is the root.
    std::vector<EcmaPattern> patterns;
    std::vector<std::vector<DynamicAnchor>> dynamic_anchors;  ///< By resource.
    bool has_dynamic_refs = false;
    SchemaLimits limits;
};

}  // namespace plimsoll::evaluate::schema
