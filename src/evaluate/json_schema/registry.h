/// registry.h: every schema that references can lead to, by its name.
///
///   document ──add──▶ resources (a root and each `$id` inside) ─┬─ anchors
///                                                               └─ everything by JSON Pointer
///
/// A schema's text is untrusted: depth costs no stack here, and every reference that leads nowhere
/// is an Error with the name it was looking for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "evaluate/json_schema/dialect.h"
#include "evaluate/json_schema/json_schema.h"

namespace plimsoll::evaluate::schema {

/// A schema with a name of its own, and the base of the references inside.
struct Resource {
    std::string uri;
    json::Value root;
    Dialect dialect;
    std::map<std::string, json::Value, std::less<>> anchors;
    std::map<std::string, json::Value, std::less<>> dynamic_anchors;  ///< These are anchors too.
    bool recursive_anchor = false;
};

/// A schema, and the resource it stands in.
struct Place {
    json::Value schema;
    std::uint32_t resource = 0;
};

class Registry {
  public:
    /// `given` and what they point at must live as long as this. What is used of them is copied to
    /// `documents`, where the root stands as well; those must live as long as what is found here.
    Registry(std::span<const GivenSchema> given, std::vector<json::Document>& documents)
        : given_(given), loaded_(given.size()), documents_(documents) {}

    /// The root of the schema to compile.
    Result<Place> add_root(json::Value schema);

    /// Where `reference`, standing in `resource`, leads.
    Result<Place> find(std::string_view reference, std::uint32_t resource);

    /// The resource that a schema found inside of `resource` belongs to: another one if it has an
    /// `$id`.
    std::uint32_t resource_of(json::Value schema, std::uint32_t resource) const;

    const Resource& resource(std::uint32_t index) const { return resources_[index]; }
    std::size_t resource_count() const { return resources_.size(); }

  private:
    Result<std::uint32_t> add(json::Value schema, std::string uri, const Dialect& fallback);
    Result<Done> scan(json::Value schema, std::uint32_t resource);
    Result<Done> load_given(std::size_t index);
    Result<std::uint32_t> find_resource(const std::string& uri);
    Result<Place> find_by_pointer(std::string_view pointer, std::uint32_t resource);
    std::optional<json::Value> child(json::Value value, const std::string& token);
    Result<Dialect> dialect_of(json::Value schema, const Dialect& fallback, int hops = 0) const;
    std::uint32_t new_resource(json::Value root, std::string uri, const Dialect& dialect);
    void collect_anchors(json::Value schema, Resource& resource);

    std::span<const GivenSchema> given_;
    std::vector<bool> loaded_;
    std::vector<json::Document>& documents_;
    std::vector<Resource> resources_;
    std::unordered_map<std::string, std::uint32_t> by_uri_;
    std::unordered_map<const void*, std::uint32_t> by_place_;  ///< Every schema that was scanned.
    std::unordered_map<const void*, std::unordered_map<std::string_view, json::Value>> indexes_;
    Dialect root_dialect_;
};

}  // namespace plimsoll::evaluate::schema
