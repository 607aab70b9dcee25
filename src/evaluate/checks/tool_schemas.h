/// tool_schemas.h: the schemas that tools are offered with, compiled once for all the calls they
/// see.
///
/// A deployment offers the same few tools with every call, while a sender may invent any number:
/// past `schemas_max` all are forgotten, and the memory stays bounded (A09).
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "evaluate/json_schema/json_schema.h"

namespace plimsoll::evaluate {

/// Any thread may ask.
class ToolSchemas {
  public:
    static constexpr std::size_t schemas_max = 512;
    static constexpr std::size_t schema_bytes_max = 256 << 10;

    /// The schema a tool's `parameters_json` states; the error says why it cannot be used. The same
    /// text gives the same answer, whatever was asked before.
    std::shared_ptr<const Result<JsonSchema>> compiled(const std::string& parameters_json) const;

  private:
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, std::shared_ptr<const Result<JsonSchema>>> known_;
};

}  // namespace plimsoll::evaluate
