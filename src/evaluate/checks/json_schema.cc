#include "evaluate/json_schema/json_schema.h"

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/json_output.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

/// An output that would take longer (about 50 ms) is not worth stopping the others for.
constexpr SchemaLimits limits{.work_max = 1'000'000};

class JsonSchemaCheck : public Configured {
  public:
    JsonSchemaCheck(JsonSchema schema, Around allowed)
        : schema_(std::move(schema)), allowed_(allowed) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            const auto parsed = parse_output(output, allowed_);
            if (const auto* not_json = std::get_if<NotJson>(&parsed)) {
                return Verdict::fail(not_json->why);
            }
            const Finding finding = schema_.examine(std::get<json::Document>(parsed).root());
            if (const auto* violation = std::get_if<Violation>(&finding)) {
                return Verdict::fail(violation->text());
            }
            if (const auto* complex = std::get_if<TooComplex>(&finding)) {
                return Verdict::unscored(Reason::too_large, complex->why);
            }
            return Verdict::pass();
        });
    }

  private:
    JsonSchema schema_;
    Around allowed_;
};

ConfigureResult configure_json_schema(json::Value params, const Files& files) {
    ParameterReader read(params);
    const Around allowed{.code_fence = read.flag("allow_code_fence", false),
                         .prose = read.flag("allow_prose", false)};
    if (read.wrong()) return *read.wrong();
    const json::Value schema = *params.find("schema");
    std::optional<json::Document> document;
    if (schema.is_string()) {
        const std::string path(schema.as_string());
        const auto content = files.read(path);
        if (!content) return BadParameter{"schema", content.error().what};
        auto parsed = json::Document::parse(*content);
        if (!parsed) {
            return BadParameter{"schema",
                                fmt::format("{} is no JSON: {}", path, parsed.error().what)};
        }
        document.emplace(std::move(*parsed));
    }
    const SchemaOptions options{.limits = limits,
                                .assert_formats = read.flag("assert_formats", false)};
    if (read.wrong()) return *read.wrong();
    auto compiled = JsonSchema::compile(document ? document->root() : schema, options);
    if (!compiled) {
        return BadParameter{"schema",
                            "is no JSON Schema that can be used: " + compiled.error().what};
    }
    return std::make_unique<JsonSchemaCheck>(std::move(*compiled), allowed);
}

}  // namespace

const Check json_schema{
    .name = "json_schema",
    .version = 1,
    .dimension = "format",
    .says = "The output is JSON and satisfies the schema.",
    .takes =
        {{"schema",
          "A JSON Schema (2020-12, or the draft that its $schema names), or the path of a file "
          "that holds one. Nothing is fetched.",
          R"({"type":"object","required":["total"]})", true},
         {"assert_formats",
          "Whether a string must be what its `format` says: date, time, email, uri, uuid and the "
          "like. Default: false, as the drafts have it.",
          "true"},
         {"allow_code_fence",
          "Whether the JSON may stand inside one Markdown code fence. Default: false.", "true"},
         {"allow_prose",
          "Whether words may stand around the JSON; the first JSON object or array in the output "
          "is "
          "then judged. Default: false.",
          "true"}},
    .example = {.params = R"({"schema":{"properties":{"total":{"type":"number"}}}})",
                .interaction = R"({"output":"{\"total\":\"three\"}"})",
                .score = 0.0},
    .configure = configure_json_schema};

}  // namespace plimsoll::evaluate
