/// compiler.h: schema text in, Graph out.
///
///   root ──▶ places ──▶ one Subschema each, keyword by keyword (keywords.h) ──▶ Graph
///              ▲                                   │
///              └── subschemas and ends of references, each once ──┘
///
/// The schema is untrusted: depth costs no stack here, and what it says wrongly is an Error that
/// names the place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "evaluate/json_schema/compiled.h"
#include "evaluate/json_schema/registry.h"

namespace plimsoll::evaluate::schema {

/// How a subschema was first come upon, for messages: a keyword, and what of it.
struct Origin {
    SubschemaId parent = none;
    std::string_view keyword = {};
    std::optional<std::string_view> member = std::nullopt;
    std::optional<std::size_t> element = std::nullopt;
};

class Compiler {
  public:
    /// `registry` must outlive the call of compile(), and the documents behind it the Graph. `seed`
    /// is for the tables of names (name_table.h).
    Compiler(Registry& registry, const SchemaLimits& limits, std::uint64_t seed,
             bool assert_formats);

    Result<Graph> compile(Place root);

    // What follows is for the keywords.

    Subschema& built() { return built_; }                ///< The subschema being compiled.
    json::Value schema() const { return schema_; }       ///< Its text, an object.
    const Dialect& dialect() const { return dialect_; }  ///< Its dialect.
    std::uint64_t seed() const { return seed_; }
    bool asserts_formats() const { return assert_formats_; }

    /// Notes the first error: what is wrong with the keyword at hand.
    void fail(std::string_view what);
    /// These are false, and note an error, if `value` is something else. `expected`: "a number".
    bool expect_found(std::string_view expected, json::Value found);
    bool expect(json::Kind kind, json::Value value);
    bool expect_number(json::Value value);
    /// Reads a whole number from 0 on.
    void count(std::uint64_t& to, json::Value value);

    /// The schema in the keyword's value (or one of several there).
    SubschemaId inside(json::Value schema, Origin origin = {});
    std::vector<SubschemaId> list(json::Value schemas);
    /// `keyword` is its name from now on: `if` looks at `then` and `else`, too.
    SubschemaId inside(std::string_view keyword, json::Value schema);

    /// Where a reference leads; nullopt, and an error noted, if nowhere.
    std::optional<Place> find(json::Value reference);
    const Resource& resource_at(const Place& place) const {
        return registry_.resource(place.resource);
    }
    void apply(Applicator::Kind kind, std::vector<SubschemaId> schemas);
    void apply_reference(const Place& place);
    void apply_dynamic_reference(const Place& place, const std::string& name);

    /// Index of the compiled expression; nullopt, and an error noted, if it cannot be had.
    std::optional<std::uint32_t> pattern(std::string_view expression);

    /// The rules for objects, made when first asked for.
    ObjectRules& object();
    /// The position of `name` in their names.
    std::uint32_t name(std::string_view name);
    std::vector<std::uint32_t> names(json::Value list);

  private:
    void compile_one(SubschemaId id);
    void compile_keywords();
    bool add_dynamic_anchors();
    SubschemaId subschema(const Place& place, Origin origin);
    SubschemaId end_of_reference(const Place& place);
    std::uint32_t dynamic_name(const std::string& name);
    std::string origin_text(SubschemaId id) const;

    Registry& registry_;
    const std::uint64_t seed_;
    const bool assert_formats_;
    Graph graph_;
    std::vector<Place> places_;  ///< By SubschemaId, as are the origins.
    std::vector<Origin> origins_;
    std::unordered_map<const void*, SubschemaId> by_place_;
    std::unordered_map<std::string_view, std::uint32_t> by_expression_;
    std::unordered_map<std::string, std::uint32_t> dynamic_names_;
    std::uint64_t pattern_programs_ = 0;
    std::optional<Error> error_;

    // The subschema being compiled.
    SubschemaId id_ = 0;
    std::uint32_t resource_ = 0;
    Dialect dialect_;
    json::Value schema_;
    std::string_view keyword_;
    Subschema built_;
};

}  // namespace plimsoll::evaluate::schema
