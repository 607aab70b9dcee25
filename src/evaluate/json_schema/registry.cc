#include "evaluate/json_schema/registry.h"

#include <charconv>

#include <fmt/format.h>

#include "evaluate/json_schema/metaschemas.h"
#include "evaluate/json_schema/uri.h"

namespace plimsoll::evaluate::schema {

namespace {

/// A metaschema may name another as its own; past this they go in a circle.
constexpr int metaschema_hops_max = 8;

/// Objects with more members than this are indexed when a reference first goes through them.
constexpr std::size_t indexed_from = 64;

std::string_view text_of(json::Value schema, std::string_view keyword) {
    const auto value = schema.find(keyword);
    return value ? value->as_string() : std::string_view();
}

/// "~1" becomes "/", "~0" becomes "~".
std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool is_escape =
            token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
        out += is_escape ? (token[++i] == '0' ? '~' : '/') : token[i];
    }
    return out;
}

}  // namespace

Result<Place> Registry::add_root(json::Value schema) {
    auto dialect = dialect_of(schema, Dialect{});
    if (!dialect) return dialect.error();
    root_dialect_ = *dialect;
    auto added = add(schema, "", root_dialect_);
    if (!added) return added.error();
    return Place{schema, resource_of(schema, *added)};
}

Result<std::uint32_t> Registry::add(json::Value schema, std::string uri, const Dialect& fallback) {
    auto dialect = dialect_of(schema, fallback);
    if (!dialect) return dialect.error();
    const std::uint32_t resource = new_resource(schema, std::move(uri), *dialect);
    if (auto scanned = scan(schema, resource); !scanned) return scanned.error();
    return resource;
}

std::uint32_t Registry::new_resource(json::Value root, std::string uri, const Dialect& dialect) {
    const auto index = static_cast<std::uint32_t>(resources_.size());
    by_uri_.emplace(uri, index);  // The first of a name keeps it.
    resources_.push_back({.uri = std::move(uri), .root = root, .dialect = dialect});
    return index;
}

/// Gives every schema inside of `schema` its resource, and notes names. A value that is no schema's
/// (in `enum`, say) is never looked at, so a name in it is none.
Result<Done> Registry::scan(json::Value schema, std::uint32_t resource) {
    std::vector<Place> pending{{schema, resource}};
    while (!pending.empty()) {
        auto [here, within] = pending.back();
        pending.pop_back();
        if (!by_place_.emplace(here.place(), within).second) continue;
        if (!here.is_object()) continue;
        const Dialect outer = resources_[within].dialect;
        const std::string_view id = text_of(here, outer.id_keyword());
        const bool ref_hides_id = outer.ref_stands_alone() && here.find("$ref");
        if (!id.empty() && !ref_hides_id) {
            if (id.starts_with('#') && id.size() > 1) {
                resources_[within].anchors.emplace(id.substr(1), here);  // Up to draft 7.
            } else {
                const std::string uri(split_fragment(resolve(resources_[within].uri, id)).name);
                auto dialect = dialect_of(here, outer);
                if (!dialect) return dialect.error();
                within = new_resource(here, uri, *dialect);
                by_place_[here.place()] = within;
            }
        }
        collect_anchors(here, resources_[within]);
        for_each_subschema(here, resources_[within].dialect, [&](json::Value inside) {
            pending.push_back({inside, within});
        });
    }
    return Done{};
}

void Registry::collect_anchors(json::Value schema, Resource& resource) {
    if (!resource.dialect.at_least(Draft::draft2019_09)) return;
    if (const auto name = text_of(schema, "$anchor"); !name.empty()) {
        resource.anchors.emplace(name, schema);
    }
    if (resource.dialect.draft == Draft::draft2019_09) {
        const auto recursive = schema.find("$recursiveAnchor");
        if (recursive && recursive->as_boolean() == true &&
            schema.place() == resource.root.place()) {
            resource.recursive_anchor = true;
        }
    } else if (const auto name = text_of(schema, "$dynamicAnchor"); !name.empty()) {
        resource.anchors.emplace(name, schema);
        resource.dynamic_anchors.emplace(name, schema);
    }
}

Result<Dialect> Registry::dialect_of(json::Value schema, const Dialect& fallback, int hops) const {
    const std::string_view uri = text_of(schema, "$schema");
    if (uri.empty()) return fallback;
    if (const auto dialect = published_dialect(uri)) return *dialect;
    const std::string_view name = split_fragment(uri).name;
    for (const GivenSchema& each : given_) {
        if (each.uri != name && text_of(each.schema, "$id") != name) continue;
        if (hops == metaschema_hops_max) break;
        auto dialect = dialect_of(each.schema, Dialect{}, hops + 1);
        if (!dialect) return dialect;
        return with_vocabularies(*dialect, each.schema);
    }
    return Error{fmt::format("$schema: {} is no draft from 4 to 2020-12, nor was it given", uri)};
}

Result<Done> Registry::load_given(std::size_t index) {
    if (loaded_[index]) return Done{};
    loaded_[index] = true;
    const GivenSchema& given = given_[index];
    documents_.push_back(json::Document::copy_of(given.schema));
    if (auto added = add(documents_.back().root(), given.uri, root_dialect_); !added) {
        return Error{fmt::format("in {}: {}", given.uri, added.error().what)};
    }
    return Done{};
}

Result<std::uint32_t> Registry::find_resource(const std::string& uri) {
    const auto known = [&]() -> std::optional<std::uint32_t> {
        const auto found = by_uri_.find(uri);
        return found == by_uri_.end() ? std::nullopt : std::optional(found->second);
    };
    if (const auto found = known()) return *found;
    for (std::size_t i = 0; i < given_.size(); ++i) {
        if (given_[i].uri != uri) continue;
        if (auto loaded = load_given(i); !loaded) return loaded.error();
    }
    if (const auto found = known()) return *found;
    if (const auto published = metaschema(uri)) return add(*published, uri, Dialect{});
    for (std::size_t i = 0; i < given_.size(); ++i) {  // One of them may hold it as an `$id`.
        if (auto loaded = load_given(i); !loaded) return loaded.error();
    }
    if (const auto found = known()) return *found;
    return Error{fmt::format("there is no schema {}: it was not given, and nothing is ever fetched",
                             uri.empty() ? "\"\"" : uri)};
}

std::uint32_t Registry::resource_of(json::Value schema, std::uint32_t resource) const {
    const auto found = by_place_.find(schema.place());
    return found == by_place_.end() ? resource : found->second;
}

Result<Place> Registry::find(std::string_view reference, std::uint32_t resource) {
    const std::string uri = resolve(resources_[resource].uri, reference);
    const auto [name, fragment] = split_fragment(uri);
    auto target = name == resources_[resource].uri ? Result<std::uint32_t>(resource)
                                                   : find_resource(std::string(name));
    if (!target) return target.error();
    const json::Value root = resources_[*target].root;
    const std::uint32_t within = resource_of(root, *target);  // It may be known by two names.
    const std::string decoded = percent_decoded(fragment);
    if (decoded.empty()) return Place{root, within};
    if (decoded.starts_with('/')) return find_by_pointer(decoded, within);
    const auto& anchors = resources_[within].anchors;
    const auto anchor = anchors.find(decoded);
    if (anchor == anchors.end()) return Error{fmt::format("there is no anchor #{}", decoded)};
    return Place{anchor->second, resource_of(anchor->second, *target)};
}

/// The element or member that one token of a JSON Pointer names.
std::optional<json::Value> Registry::child(json::Value value, const std::string& token) {
    if (value.is_object()) {
        if (value.size() <= indexed_from) return value.find(token);
        auto& index = indexes_[value.place()];
        if (index.empty()) {
            for (const json::Member& member : value.members()) {
                index.insert_or_assign(member.key, member.value);
            }
        }
        const auto found = index.find(token);
        return found == index.end() ? std::nullopt : std::optional(found->second);
    }
    std::size_t position = 0;
    const char* const end = token.data() + token.size();
    const auto [stopped, error] = std::from_chars(token.data(), end, position);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    if (!value.is_array() || position >= value.size()) return std::nullopt;
    auto element = value.elements().begin();
    std::advance(element, position);
    return *element;
}

Result<Place> Registry::find_by_pointer(std::string_view pointer, std::uint32_t resource) {
    json::Value value = resources_[resource].root;
    for (std::string_view rest = pointer; !rest.empty();) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('/'), rest.size());
        const auto next = child(value, unescaped(rest.substr(0, end)));
        if (!next) return Error{fmt::format("there is nothing at #{}", pointer)};
        value = *next;
        resource = resource_of(value, resource);
        rest.remove_prefix(end);
    }
    // A place that no keyword makes a schema becomes one because it is referred to.
    if (auto scanned = scan(value, resource); !scanned) return scanned.error();
    return Place{value, resource_of(value, resource)};
}

}  // namespace plimsoll::evaluate::schema
