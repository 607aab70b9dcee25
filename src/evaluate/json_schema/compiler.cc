#include "evaluate/json_schema/compiler.h"

#include <fmt/format.h>

#include "evaluate/json_schema/in_place_cycle.h"
#include "evaluate/json_schema/keywords.h"
#include "evaluate/json_schema/place_text.h"

namespace plimsoll::evaluate::schema {

using json::Kind;
using json::Value;

namespace {

/// All expressions of a schema together: how many, and their instructions (200,000 take some tens
/// of megabytes and half a second).
constexpr std::size_t patterns_max = 1'000;
constexpr std::uint64_t pattern_programs_max = 200'000;

/// A place in a schema is shown up to about this many bytes.
constexpr std::size_t origin_text_max = 1'000;

std::string_view with_article(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "a boolean";
        case Kind::integer:
        case Kind::real:
            return "a number";
        case Kind::string:
            return "a string";
        case Kind::array:
            return "an array";
        case Kind::object:
            return "an object";
    }
    return "";
}

bool has_no_rules(const Subschema& schema) {
    return schema.constant == Subschema::open && schema.types == type_any && !schema.number &&
           !schema.string && !schema.array && !schema.object && schema.enums.empty() &&
           schema.applicators.empty();
}

}  // namespace

Compiler::Compiler(Registry& registry, const SchemaLimits& limits, std::uint64_t seed,
                   bool assert_formats)
    : registry_(registry), seed_(seed), assert_formats_(assert_formats) {
    graph_.limits = limits;
}

Result<Graph> Compiler::compile(Place root) {
    subschema(root, {});
    for (std::size_t done = 0; done < places_.size() || add_dynamic_anchors();) {
        for (; done < places_.size(); ++done) compile_one(static_cast<SubschemaId>(done));
        if (error_) return *error_;
    }
    if (const auto start = in_place_cycle(graph_)) {
        return Error{origin_text(*start) + ": leads back to itself without end"};
    }
    return std::move(graph_);
}

void Compiler::compile_one(SubschemaId id) {
    const auto [schema, resource] = places_[id];
    id_ = id;
    resource_ = resource;
    dialect_ = registry_.resource(resource).dialect;
    schema_ = schema;
    keyword_ = {};
    built_ = {};
    built_.resource = resource;
    if (const auto boolean = schema.as_boolean()) {
        built_.constant = *boolean ? Subschema::always : Subschema::never;
    } else if (schema.is_object()) {
        compile_keywords();
        if (has_no_rules(built_)) built_.constant = Subschema::always;
    } else {
        expect_found("a schema (an object or a boolean)", schema);
    }
    graph_.subschemas[id] = std::move(built_);
}

void Compiler::compile_keywords() {
    const bool ref_hides_the_rest = dialect_.ref_stands_alone() && schema_.find("$ref");
    for (const json::Member& member : schema_.members()) {
        if (ref_hides_the_rest && member.key != "$ref") continue;
        const Keyword* const keyword = keyword_named(member.key, dialect_);
        if (!keyword || error_) continue;
        keyword_ = keyword->name;
        keyword->compile(*this, member.value);
    }
}

std::string Compiler::origin_text(SubschemaId id) const {
    std::vector<const Origin*> steps;
    for (; origins_[id].parent != none; id = origins_[id].parent) steps.push_back(&origins_[id]);
    std::string text = "$";
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        append_member(text, (*step)->keyword);
        if ((*step)->member) append_member(text, *(*step)->member);
        if ((*step)->element) append_element(text, *(*step)->element);
        if (text.size() > origin_text_max) return text + "\xE2\x80\xA6";
    }
    return text;
}

void Compiler::fail(std::string_view what) {
    if (error_) return;
    std::string place = origin_text(id_);
    if (!keyword_.empty()) append_member(place, keyword_);
    error_ = Error{fmt::format("{}: {}", place, what)};
}

bool Compiler::expect_found(std::string_view expected, Value found) {
    fail(fmt::format("expected {}, found {}", expected, with_article(found.kind())));
    return false;
}

bool Compiler::expect(Kind kind, Value value) {
    return value.kind() == kind || expect_found(with_article(kind), value);
}

bool Compiler::expect_number(Value value) {
    return value.is_number() || expect_found("a number", value);
}

void Compiler::count(std::uint64_t& to, Value value) {
    if (!expect_number(value)) return;
    if (!is_whole(value) || *value.as_number() < 0)
        return fail("expected a whole number from 0 on");
    to = value.as_unsigned().value_or(unlimited);
}

SubschemaId Compiler::subschema(const Place& place, Origin origin) {
    const auto [found, is_new] =
        by_place_.emplace(place.schema.place(), static_cast<SubschemaId>(places_.size()));
    if (is_new) {
        places_.push_back(place);
        origins_.push_back(origin);
        graph_.subschemas.emplace_back();
    }
    return found->second;
}

SubschemaId Compiler::inside(Value schema, Origin origin) {
    origin.parent = id_;
    origin.keyword = keyword_;
    return subschema({schema, registry_.resource_of(schema, resource_)}, origin);
}

SubschemaId Compiler::inside(std::string_view keyword, Value schema) {
    keyword_ = keyword;
    return inside(schema);
}

std::vector<SubschemaId> Compiler::list(Value schemas) {
    std::vector<SubschemaId> ids;
    if (!expect(Kind::array, schemas)) return ids;
    for (const Value schema : schemas.elements()) {
        ids.push_back(inside(schema, {.element = ids.size()}));
    }
    return ids;
}

std::optional<Place> Compiler::find(Value reference) {
    if (!expect(Kind::string, reference)) return std::nullopt;
    auto found = registry_.find(reference.as_string(), resource_);
    if (found) return *found;
    fail(fmt::format("{}: {}", shortened(reference.as_string()), found.error().what));
    return std::nullopt;
}

SubschemaId Compiler::end_of_reference(const Place& place) {
    return subschema(place, {.parent = id_, .keyword = keyword_});
}

void Compiler::apply(Applicator::Kind kind, std::vector<SubschemaId> schemas) {
    built_.applicators.push_back(
        {.kind = kind, .schemas = std::move(schemas), .keyword = keyword_});
}

void Compiler::apply_reference(const Place& place) {
    apply(Applicator::ref, {end_of_reference(place)});
}

void Compiler::apply_dynamic_reference(const Place& place, const std::string& name) {
    apply(Applicator::dynamic_ref, {end_of_reference(place)});
    built_.applicators.back().dynamic_name = dynamic_name(name);
    graph_.has_dynamic_refs = true;
}

std::uint32_t Compiler::dynamic_name(const std::string& name) {
    const auto next = static_cast<std::uint32_t>(dynamic_names_.size());
    return dynamic_names_.emplace(name, next).first->second;
}

/// Whatever a `$dynamicRef` may find on its way must be compiled. False if nothing was new.
bool Compiler::add_dynamic_anchors() {
    if (!graph_.has_dynamic_refs) return false;
    const std::size_t before = graph_.dynamic_anchors.size();
    const std::size_t resources = registry_.resource_count();
    graph_.dynamic_anchors.resize(resources);
    for (std::size_t i = before; i < resources; ++i) {
        const auto resource = static_cast<std::uint32_t>(i);
        const Resource& each = registry_.resource(resource);
        const auto add = [&](const std::string& name, Value schema) {
            const Place place{schema, registry_.resource_of(schema, resource)};
            const SubschemaId id = subschema(place, {.parent = 0, .keyword = "$dynamicAnchor"});
            graph_.dynamic_anchors[i].push_back({dynamic_name(name), id});
        };
        for (const auto& [name, schema] : each.dynamic_anchors) add(name, schema);
        if (each.recursive_anchor) add("", each.root);
    }
    return resources > before;
}

std::optional<std::uint32_t> Compiler::pattern(std::string_view expression) {
    const auto known = by_expression_.find(expression);
    if (known != by_expression_.end()) return known->second;
    if (graph_.patterns.size() == patterns_max) {
        fail(fmt::format("more than {} different expressions", patterns_max));
        return std::nullopt;
    }
    auto compiled = EcmaPattern::compile(expression);
    if (!compiled) {
        fail(compiled.error().what);
        return std::nullopt;
    }
    pattern_programs_ += compiled->program_size();
    if (pattern_programs_ > pattern_programs_max) {
        fail("the expressions are too large together");
        return std::nullopt;
    }
    const auto index = static_cast<std::uint32_t>(graph_.patterns.size());
    graph_.patterns.push_back(std::move(*compiled));
    by_expression_.emplace(expression, index);
    return index;
}

ObjectRules& Compiler::object() {
    if (!built_.object) {
        built_.object = std::make_unique<ObjectRules>();
        built_.object->names = NameTable(seed_);
    }
    return *built_.object;
}

std::uint32_t Compiler::name(std::string_view name) {
    const std::uint32_t position = object().names.add(name);
    object().properties.resize(object().names.size(), none);
    return position;
}

std::vector<std::uint32_t> Compiler::names(Value list) {
    std::vector<std::uint32_t> positions;
    if (!expect(Kind::array, list)) return positions;
    for (const Value each : list.elements()) {
        if (!expect(Kind::string, each)) break;
        positions.push_back(name(each.as_string()));
    }
    return positions;
}

}  // namespace plimsoll::evaluate::schema
