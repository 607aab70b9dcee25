#include "evaluate/json_schema/dialect.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace plimsoll::evaluate::schema {

namespace {

using enum Draft;

constexpr std::pair<std::string_view, Draft> published[] = {
    {"://json-schema.org/draft-04/schema", draft4},
    {"://json-schema.org/draft-06/schema", draft6},
    {"://json-schema.org/draft-07/schema", draft7},
    {"://json-schema.org/draft/2019-09/schema", draft2019_09},
    {"://json-schema.org/draft/2020-12/schema", draft2020_12},
    {"://json-schema.org/schema", draft2020_12},  // Once meant "the latest".
};

constexpr SchemaKeyword keywords[] = {
    {"$defs", Holds::by_name, draft4},  // Since 2019-09; earlier it is no word, so anything goes.
    {"additionalItems", Holds::one, draft4, draft2019_09},
    {"additionalProperties", Holds::one, draft4},
    {"allOf", Holds::list, draft4},
    {"anyOf", Holds::list, draft4},
    {"contains", Holds::one, draft6},
    {"contentSchema", Holds::one, draft2019_09},
    {"definitions", Holds::by_name, draft4},
    {"dependencies", Holds::by_name, draft4},
    {"dependentSchemas", Holds::by_name, draft2019_09},
    {"else", Holds::one, draft7},
    {"if", Holds::one, draft7},
    {"items", Holds::one_or_list, draft4, draft2019_09},
    {"items", Holds::one, draft2020_12},
    {"not", Holds::one, draft4},
    {"oneOf", Holds::list, draft4},
    {"patternProperties", Holds::by_name, draft4},
    {"prefixItems", Holds::list, draft2020_12},
    {"properties", Holds::by_name, draft4},
    {"propertyNames", Holds::one, draft6},
    {"then", Holds::one, draft7},
    {"unevaluatedItems", Holds::one, draft2019_09},
    {"unevaluatedProperties", Holds::one, draft2019_09},
};

}  // namespace

std::optional<Dialect> published_dialect(std::string_view uri) {
    if (uri.ends_with('#')) uri.remove_suffix(1);
    if (uri.starts_with("https")) {
        uri.remove_prefix(5);
    } else if (uri.starts_with("http")) {
        uri.remove_prefix(4);
    }
    for (const auto& [behind_scheme, draft] : published) {
        if (uri == behind_scheme) return Dialect{.draft = draft};
    }
    return std::nullopt;
}

Dialect with_vocabularies(Dialect dialect, json::Value metaschema) {
    const auto vocabularies = metaschema.find("$vocabulary");
    if (!vocabularies || !vocabularies->is_object() || !dialect.at_least(draft2019_09)) {
        return dialect;
    }
    const auto lists = [&](std::string_view name) {
        return std::ranges::any_of(vocabularies->members(), [&](const json::Member& vocabulary) {
            return vocabulary.key.ends_with(name);
        });
    };
    dialect.applies = lists("/vocab/applicator");
    dialect.validates = lists("/vocab/validation");
    dialect.sees_the_rest =
        lists(dialect.draft == draft2019_09 ? "/vocab/applicator" : "/vocab/unevaluated");
    return dialect;
}

std::span<const SchemaKeyword> schema_keywords() {
    return keywords;
}

const SchemaKeyword* schema_keyword(std::string_view name, Draft draft) {
    static const auto by_name = [] {
        std::unordered_multimap<std::string_view, const SchemaKeyword*> map;
        for (const SchemaKeyword& keyword : keywords) map.emplace(keyword.name, &keyword);
        return map;
    }();
    const auto [first, last] = by_name.equal_range(name);
    for (auto it = first; it != last; ++it) {
        if (draft >= it->second->since && draft <= it->second->until) return it->second;
    }
    return nullptr;
}

}  // namespace plimsoll::evaluate::schema
