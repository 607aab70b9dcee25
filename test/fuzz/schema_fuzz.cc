/// A JSON Schema and what is to satisfy it, a NUL between them: senders send both.
#include "base/json.h"
#include "evaluate/json_schema/json_schema.h"
#include "fuzz.h"

using namespace plimsoll;

void fuzz_one(std::string_view bytes) {
    const std::size_t nul = std::min(bytes.find('\0'), bytes.size());
    const auto schema = json::Document::parse(bytes.substr(0, nul));
    const auto instance = json::Document::parse(bytes.substr(std::min(nul + 1, bytes.size())));
    if (!schema || !instance) return;
    const evaluate::SchemaLimits limits{.values_max = 2'000, .depth_max = 200, .work_max = 100'000};
    const auto compiled =
        evaluate::JsonSchema::compile(schema->root(), {.limits = limits, .assert_formats = true});
    if (!compiled) return promise(!compiled.error().what.empty(), "an error says why");
    const evaluate::Finding finding = compiled->examine(instance->root());
    if (const auto* violation = std::get_if<evaluate::Violation>(&finding))
        promise(!violation->text().empty(), "a violation names its place");
}
