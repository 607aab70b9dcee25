/// told.h: for tests, a schema and an instance as text, and what is told of them.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "evaluate/json_schema/json_schema.h"

namespace plimsoll::evaluate {

inline json::Document read(std::string_view text) {
    auto document = json::Document::parse(text, {.depth_max = json::depth_cap});
    EXPECT_TRUE(document.ok()) << text << (document.ok() ? "" : document.error().what);
    return document.ok() ? std::move(*document) : std::move(*json::Document::parse("null"));
}

/// "" if satisfied, otherwise "keyword at place: expected …" or "too complex: …".
inline std::string said(const JsonSchema& schema, std::string_view instance) {
    const json::Document document = read(instance);
    const Finding finding = schema.examine(document.root());
    if (const auto* complex = std::get_if<TooComplex>(&finding))
        return "too complex: " + complex->why;
    const auto* violation = std::get_if<Violation>(&finding);
    return violation ? violation->keyword + " at " + violation->text() : "";
}

inline std::string said(std::string_view schema, std::string_view instance,
                        const SchemaOptions& options = {}) {
    const json::Document document = read(schema);
    const auto compiled = JsonSchema::compile(document.root(), options);
    return compiled ? said(*compiled, instance) : "does not compile: " + compiled.error().what;
}

inline bool satisfies(std::string_view schema, std::string_view instance) {
    const std::string difference = said(schema, instance);
    EXPECT_FALSE(difference.starts_with("does not compile")) << difference;
    EXPECT_FALSE(difference.starts_with("too complex")) << difference;
    return difference.empty();
}

inline std::string compile_fault(std::string_view schema, const SchemaOptions& options = {}) {
    const json::Document document = read(schema);
    const auto compiled = JsonSchema::compile(document.root(), options);
    return compiled ? "compiles" : compiled.error().what;
}

}  // namespace plimsoll::evaluate
