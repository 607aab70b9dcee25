#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/patterns.h"
#include "evaluate/output_text.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

class RequiredPattern : public Configured {
  public:
    explicit RequiredPattern(std::vector<Pattern> patterns) : patterns_(std::move(patterns)) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            for (const Pattern& pattern : patterns_) {
                if (pattern.find(output)) continue;
                return Verdict::fail(fmt::format("Nothing matches {} in {}",
                                                 quote(pattern.expression()), quote(output)));
            }
            return Verdict::pass();
        });
    }

  private:
    std::vector<Pattern> patterns_;
};

ConfigureResult configure_required_pattern(json::Value params, const Files&) {
    auto patterns = read_patterns(params);
    if (const auto* bad = std::get_if<BadParameter>(&patterns)) return *bad;
    return std::make_unique<RequiredPattern>(std::get<std::vector<Pattern>>(std::move(patterns)));
}

}  // namespace

const Check required_pattern{
    .name = "required_pattern",
    .version = 1,
    .dimension = "format",
    .says = "The output matches every one of the patterns.",
    .takes = pattern_parameters(
        "Regular expressions (RE2); each must match somewhere. ^ and $ bind to the whole output.",
        R"(["\\[\\d+\\]"])"),
    .example = {.params = R"({"patterns":["\\[\\d+\\]"]})",
                .interaction = R"({"output":"Refunds take 14 days [2]."})",
                .score = 1.0},
    .configure = configure_required_pattern};

}  // namespace plimsoll::evaluate
