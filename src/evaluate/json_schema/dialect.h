/// dialect.h: which words a schema speaks: its draft, and the vocabularies its metaschema asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

enum class Draft : std::uint8_t { draft4, draft6, draft7, draft2019_09, draft2020_12 };

struct Dialect {
    Draft draft = Draft::draft2020_12;
    // A metaschema of one's own may leave vocabularies out; their keywords then mean nothing.
    bool applies = true;        ///< allOf, properties, items, …
    bool validates = true;      ///< type, minimum, required, …
    bool sees_the_rest = true;  ///< unevaluatedItems, unevaluatedProperties.

    bool at_least(Draft other) const { return draft >= other; }
    /// Up to draft 7, whatever stands beside a `$ref` means nothing.
    bool ref_stands_alone() const { return draft <= Draft::draft7; }
    std::string_view id_keyword() const { return draft == Draft::draft4 ? "id" : "$id"; }
};

/// The dialect whose `$schema` is `uri`; nullopt if no draft publishes it. Forgives "https" for
/// "http" and a missing or added '#' at the end.
std::optional<Dialect> published_dialect(std::string_view uri);

/// The draft's dialect, with the vocabularies that `metaschema` lists under `$vocabulary`.
Dialect with_vocabularies(Dialect dialect, json::Value metaschema);

/// How schemas stand inside a keyword's value.
enum class Holds : std::uint8_t { one, list, by_name, one_or_list };

struct SchemaKeyword {
    std::string_view name;
    Holds holds;
    Draft since;
    Draft until = Draft::draft2020_12;
};

/// Every keyword whose value holds schemas, alphabetically.
std::span<const SchemaKeyword> schema_keywords();

/// The entry of schema_keywords() that `name` has in `draft`; nullptr if it has none.
const SchemaKeyword* schema_keyword(std::string_view name, Draft draft);

/// Calls `visit(subschema)` for each schema directly inside of `schema`, an object. What does not
/// have the shape of a schema is passed over: the compiler complains of it.
template <class Visit>
void for_each_subschema(json::Value schema, const Dialect& dialect, Visit visit) {
    const auto consider = [&](json::Value candidate) {
        if (candidate.is_object() || candidate.kind() == json::Kind::boolean) visit(candidate);
    };
    for (const json::Member& member : schema.members()) {
        const SchemaKeyword* const keyword = schema_keyword(member.key, dialect.draft);
        if (!keyword) continue;
        if (keyword->holds == Holds::one || keyword->holds == Holds::one_or_list) {
            consider(member.value);
        }
        if (keyword->holds == Holds::list || keyword->holds == Holds::one_or_list) {
            for (const json::Value element : member.value.elements()) consider(element);
        }
        if (keyword->holds == Holds::by_name) {
            for (const json::Member& named : member.value.members()) consider(named.value);
        }
    }
}

}  // namespace plimsoll::evaluate::schema
