#include "evaluate/json_schema/json_schema.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/hash.h"
#include "evaluate/json_schema/compiler.h"
#include "evaluate/json_schema/examination.h"

namespace plimsoll::evaluate {

struct JsonSchema::Compiled {
    std::vector<json::Document> documents;  ///< The graph's names and values stand in these.
    schema::Graph graph;
};

Result<JsonSchema> JsonSchema::compile(json::Value schema, const SchemaOptions& options) {
    std::size_t values = schema.count();
    for (const GivenSchema& given : options.given) values += given.schema.count();
    if (values > options.limits.values_max) {
        return Error{fmt::format("the schema holds {} values; at most {} are read", values,
                                 options.limits.values_max)};
    }
    auto compiled = std::make_unique<Compiled>();
    compiled->documents.push_back(json::Document::copy_of(schema));
    schema::Registry registry(options.given, compiled->documents);
    const auto root = registry.add_root(compiled->documents.front().root());
    if (!root) return root.error();
    const std::uint64_t seed = hash64(json::to_text(schema));
    auto graph = schema::Compiler(registry, options.limits, seed, options.assert_formats).compile(*root);
    if (!graph) return graph.error();
    compiled->graph = std::move(*graph);
    return JsonSchema(std::move(compiled));
}

Finding JsonSchema::examine(json::Value instance) const {
    return schema::Examination(compiled_->graph).of(instance);
}

JsonSchema::JsonSchema(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;
JsonSchema::~JsonSchema() = default;

}  // namespace plimsoll::evaluate
