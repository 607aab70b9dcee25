/// json_schema.h: does a JSON value satisfy a JSON Schema, and if not, where does it first differ?
///
///   schema ──compile──▶ JsonSchema ── examine(instance) ──▶ Satisfied | Violation | TooComplex
///
/// Drafts 2020-12, 2019-09, 7, 6 and 4, as `$schema` says; 2020-12 without it. The `content…`
/// keywords are annotations and never fail, nor does `format` unless it is asked to. Nothing is
/// ever fetched: a `$ref` leads into the schema itself, to a draft's own metaschema, or to a schema
/// given at compile time.
///
/// Patterns run in linear time. Their dialect is ECMA-262's; look-around and back-references cannot
/// be had in linear time, so a schema with them does not compile. Every occurrence of a member that
/// the instance holds twice is examined.
///
/// A compiled schema owns all it needs and is immutable: any thread may ask it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>

#include "base/json.h"
#include "base/result.h"

namespace plimsoll::evaluate {

struct Satisfied {};

/// The first place where the instance differs. "First": types before values before what is inside.
struct Violation {
    std::string place;         ///< "$.items[2].price"; "$" is the whole instance.
    std::string keyword;       ///< The keyword that was not satisfied: "type".
    std::string expected;      ///< "expected number, found string".
    std::string pointer = {};  ///< The place as a JSON Pointer: "/items/2/price"; "" is the whole.

    std::string text() const { return place + ": " + expected; }
};

/// Neither satisfied nor violated: deciding would take more than SchemaLimits allows.
struct TooComplex {
    std::string why;
};

using Finding = std::variant<Satisfied, Violation, TooComplex>;

/// What a schema and one examination may take. The defaults end within about half a second.
struct SchemaLimits {
    std::size_t values_max = 100'000;     ///< Values in the schema's text, keys included.
    std::uint32_t depth_max = 1'000;      ///< Subschemas entered inside each other.
    std::uint64_t work_max = 10'000'000;  ///< Steps: a subschema, a member, a few bytes matched.
};

/// A schema that others may refer to.
struct GivenSchema {
    std::string uri;  ///< What a `$ref` calls it. Its own `$id`, if it has one, is known as well.
    json::Value schema;
};

struct SchemaOptions {
    std::span<const GivenSchema> given = {};
    SchemaLimits limits = {};
    bool assert_formats = false;  ///< `format` fails too, where it is one of formats.h.
};

class JsonSchema {
  public:
    /// The error names the place in the schema: "$.properties.age.minimum: expected a number, found
    /// a string". Nothing of the arguments need outlive the call.
    static Result<JsonSchema> compile(json::Value schema, const SchemaOptions& options = {});

    Finding examine(json::Value instance) const;

    JsonSchema(JsonSchema&&) noexcept;
    JsonSchema& operator=(JsonSchema&&) noexcept;
    ~JsonSchema();

  private:
    struct Compiled;
    explicit JsonSchema(std::unique_ptr<const Compiled> compiled);
    std::unique_ptr<const Compiled> compiled_;
};

}  // namespace plimsoll::evaluate
