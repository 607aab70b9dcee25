#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

class EmptyOutput : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [](std::string_view output) {
            if (!is_blank(output)) return Verdict::pass();
            return Verdict::fail(output.empty() ? "The output is empty."
                                                : "The output is nothing but white space.");
        });
    }
};

ConfigureResult configure_empty_output(json::Value, const Files&) {
    return std::make_unique<EmptyOutput>();
}

}  // namespace

const Check empty_output{
    .name = "empty_output",
    .version = 1,
    .dimension = "format",
    .says = "The model said something: more than white space. A tool call is not judged.",
    .takes = {},
    .example = {.params = "{}", .interaction = R"({"output":" \n"})", .score = 0.0},
    .configure = configure_empty_output};

}  // namespace plimsoll::evaluate
