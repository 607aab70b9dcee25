#include "evaluate/json_schema/keywords.h"

#include <unordered_map>

namespace plimsoll::evaluate::schema {

namespace {

using enum Draft;
using enum Vocabulary;

constexpr Keyword all[] = {
    {"$dynamicRef", core, compile_dynamic_ref, draft2020_12},
    {"$recursiveRef", core, compile_recursive_ref, draft2019_09, draft2019_09},
    {"$ref", core, compile_ref},
    {"additionalItems", applicator, compile_additional_items, draft4, draft2019_09},
    {"additionalProperties", applicator, compile_additional_properties},
    {"allOf", applicator, compile_all_of},
    {"anyOf", applicator, compile_any_of},
    {"const", validation, compile_const, draft6},
    {"contains", applicator, compile_contains, draft6},
    {"dependencies", applicator, compile_dependencies},  // Later drafts keep it for old schemas.
    {"dependentRequired", validation, compile_dependent_required, draft2019_09},
    {"dependentSchemas", applicator, compile_dependent_schemas, draft2019_09},
    {"enum", validation, compile_enum},
    {"exclusiveMaximum", validation, compile_exclusive_maximum, draft6},
    {"exclusiveMinimum", validation, compile_exclusive_minimum, draft6},
    {"format", validation, compile_format},
    {"if", applicator, compile_if, draft7},
    {"items", applicator, compile_items},
    {"maxContains", validation, compile_max_contains, draft2019_09},
    {"maxItems", validation, compile_max_items},
    {"maxLength", validation, compile_max_length},
    {"maxProperties", validation, compile_max_properties},
    {"maximum", validation, compile_maximum},
    {"minContains", validation, compile_min_contains, draft2019_09},
    {"minItems", validation, compile_min_items},
    {"minLength", validation, compile_min_length},
    {"minProperties", validation, compile_min_properties},
    {"minimum", validation, compile_minimum},
    {"multipleOf", validation, compile_multiple_of},
    {"not", applicator, compile_not},
    {"oneOf", applicator, compile_one_of},
    {"pattern", validation, compile_pattern},
    {"patternProperties", applicator, compile_pattern_properties},
    {"prefixItems", applicator, compile_prefix_items, draft2020_12},
    {"properties", applicator, compile_properties},
    {"propertyNames", applicator, compile_property_names, draft6},
    {"required", validation, compile_required},
    {"type", validation, compile_type},
    {"unevaluatedItems", unevaluated, compile_unevaluated_items, draft2019_09},
    {"unevaluatedProperties", unevaluated, compile_unevaluated_properties, draft2019_09},
    {"uniqueItems", validation, compile_unique_items},
};

bool speaks(const Dialect& dialect, const Keyword& keyword) {
    if (dialect.draft < keyword.since || dialect.draft > keyword.until) return false;
    switch (keyword.vocabulary) {
        case core:
            return true;
        case applicator:
            return dialect.applies;
        case validation:
            return dialect.validates;
        case unevaluated:
            return dialect.sees_the_rest;
    }
    return true;
}

}  // namespace

const Keyword* keyword_named(std::string_view name, const Dialect& dialect) {
    static const auto by_name = [] {
        std::unordered_map<std::string_view, const Keyword*> map;
        for (const Keyword& keyword : all) map.emplace(keyword.name, &keyword);
        return map;
    }();
    const auto found = by_name.find(name);
    if (found == by_name.end() || !speaks(dialect, *found->second)) return nullptr;
    return found->second;
}

}  // namespace plimsoll::evaluate::schema
