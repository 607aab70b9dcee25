#include "evaluate/checks/tool_schemas.h"

namespace plimsoll::evaluate {

namespace {

/// Arguments are short; a call that takes more work than this (about 5 ms) was made to.
constexpr SchemaLimits limits{.work_max = 100'000};

Result<JsonSchema> compile(const std::string& text) {
    if (text.size() > ToolSchemas::schema_bytes_max) return Error{"the schema is too long"};
    auto document = json::Document::parse(text);
    if (!document) return Error{document.error().what};
    return JsonSchema::compile(document->root(), SchemaOptions{.limits = limits});
}

}  // namespace

std::shared_ptr<const Result<JsonSchema>> ToolSchemas::compiled(
    const std::string& parameters_json) const {
    {
        const std::scoped_lock lock(mutex_);
        if (const auto found = known_.find(parameters_json); found != known_.end()) {
            return found->second;
        }
    }
    auto schema = std::make_shared<const Result<JsonSchema>>(compile(parameters_json));
    if (parameters_json.size() > schema_bytes_max) return schema;
    const std::scoped_lock lock(mutex_);
    if (known_.size() >= schemas_max) known_.clear();
    return known_.emplace(parameters_json, std::move(schema)).first->second;
}

}  // namespace plimsoll::evaluate
