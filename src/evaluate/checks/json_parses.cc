#include "evaluate/checks/checks.h"
#include "evaluate/checks/json_output.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"

namespace plimsoll::evaluate {

namespace {

class JsonParses : public Configured {
  public:
    explicit JsonParses(Around allowed) : allowed_(allowed) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            const auto parsed = parse_output(output, allowed_);
            if (const auto* not_json = std::get_if<NotJson>(&parsed)) {
                return Verdict::fail(not_json->why);
            }
            return Verdict::pass();
        });
    }

  private:
    Around allowed_;
};

ConfigureResult configure_json_parses(json::Value params, const Files&) {
    ParameterReader read(params);
    const Around allowed{.code_fence = read.flag("allow_code_fence", false),
                         .prose = read.flag("allow_prose", false)};
    if (read.wrong()) return *read.wrong();
    return std::make_unique<JsonParses>(allowed);
}

}  // namespace

const Check json_parses{
    .name = "json_parses",
    .version = 1,
    .dimension = "format",
    .says = "The output is one JSON value (RFC 8259) with nothing but white space around it.",
    .takes = {{"allow_code_fence",
               "Whether the JSON may stand inside one Markdown code fence. Default: false.",
               "true"},
              {"allow_prose",
               "Whether words may stand around the JSON; the first JSON object or array is then "
               "taken. Default: false.",
               "true"}},
    .example = {.params = "{}",
                .interaction = R"({"output":"Sure! Here it is: {\"total\": 3}"})",
                .score = 0.0},
    .configure = configure_json_parses};

}  // namespace plimsoll::evaluate
