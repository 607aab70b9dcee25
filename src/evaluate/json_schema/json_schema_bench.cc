/// A tool's arguments, as they come with every call, against the schema that was offered for it.
#include <benchmark/benchmark.h>

#include "evaluate/json_schema/json_schema.h"

namespace {

using plimsoll::evaluate::Finding;
using plimsoll::evaluate::JsonSchema;
using plimsoll::json::Document;

constexpr std::string_view schema_text = R"({
  "type":"object",
  "properties":{
    "order_id":{"type":"string","pattern":"^[A-Z]{2}-[0-9]{4,8}$"},
    "reason":{"type":"string","enum":["damaged","late","wrong_item","other"]},
    "items":{"type":"array","minItems":1,"items":{"type":"object",
      "properties":{"sku":{"type":"string","minLength":3},"quantity":{"type":"integer","minimum":1},
                    "price":{"type":"number","multipleOf":0.01}},
      "required":["sku","quantity"],"additionalProperties":false}},
    "address":{"$ref":"#/$defs/address"},
    "notify":{"anyOf":[{"type":"string","format":"email"},{"type":"null"}]}
  },
  "required":["order_id","reason","items"],
  "additionalProperties":false,
  "$defs":{"address":{"type":"object","properties":{"street":{"type":"string"},
    "city":{"type":"string"},"zip":{"type":"string","pattern":"^\\d{5}$"}},"required":["city"]}}
})";

constexpr std::string_view arguments_text = R"({"order_id":"PL-44119","reason":"damaged",
  "items":[{"sku":"mug-01","quantity":2,"price":12.95},{"sku":"cup-07","quantity":1,"price":4.35},
           {"sku":"jar-11","quantity":6,"price":19.99}],
  "address":{"street":"Hafenstr. 4","city":"Kiel","zip":"24103"},"notify":null})";

Document read(std::string_view text) {
    return std::move(*Document::parse(text));
}

void compile(benchmark::State& state) {
    const Document schema = read(schema_text);
    for (auto _ : state) benchmark::DoNotOptimize(JsonSchema::compile(schema.root()));
}
BENCHMARK(compile);

void examine(benchmark::State& state) {
    const Document schema = read(schema_text);
    const Document arguments = read(arguments_text);
    const JsonSchema compiled = std::move(*JsonSchema::compile(schema.root()));
    for (auto _ : state) {
        const Finding finding = compiled.examine(arguments.root());
        if (finding.index() != 0) state.SkipWithError("the arguments should satisfy the schema");
        benchmark::DoNotOptimize(finding);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(examine);

void read_and_examine(benchmark::State& state) {
    const Document schema = read(schema_text);
    const JsonSchema compiled = std::move(*JsonSchema::compile(schema.root()));
    for (auto _ : state) {
        const Document arguments = read(arguments_text);
        benchmark::DoNotOptimize(compiled.examine(arguments.root()));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_and_examine);

/// A quantity that is a string: found halfway, and a sentence made of it.
void tell_a_difference(benchmark::State& state) {
    const Document schema = read(schema_text);
    const Document arguments = read(R"({"order_id":"PL-44119","reason":"damaged",
        "items":[{"sku":"mug-01","quantity":"2"}]})");
    const JsonSchema compiled = std::move(*JsonSchema::compile(schema.root()));
    for (auto _ : state) benchmark::DoNotOptimize(compiled.examine(arguments.root()));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tell_a_difference);

}  // namespace
