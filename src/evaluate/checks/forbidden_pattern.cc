#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/patterns.h"
#include "evaluate/output_text.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

class ForbiddenPattern : public Configured {
  public:
    explicit ForbiddenPattern(std::vector<Pattern> patterns) : patterns_(std::move(patterns)) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            for (const Pattern& pattern : patterns_) {
                const auto found = pattern.find(output);
                if (!found) continue;
                return Verdict::fail(fmt::format("Matches {} at {}: {}",
                                                 quote(pattern.expression()),
                                                 character_at(output, found->begin),
                                                 quote_around(output, found->begin, found->end)));
            }
            return Verdict::pass();
        });
    }

  private:
    std::vector<Pattern> patterns_;
};

ConfigureResult configure_forbidden_pattern(json::Value params, const Files&) {
    auto patterns = read_patterns(params);
    if (const auto* bad = std::get_if<BadParameter>(&patterns)) return *bad;
    return std::make_unique<ForbiddenPattern>(std::get<std::vector<Pattern>>(std::move(patterns)));
}

}  // namespace

const Check forbidden_pattern{
    .name = "forbidden_pattern",
    .version = 1,
    .dimension = "format",
    .says = "The output matches none of the patterns.",
    .takes =
        pattern_parameters("Regular expressions (RE2), each looked for anywhere in the output.",
                           R"(["(?i)internal use only"])"),
    .example = {.params = R"({"patterns":["\\bTODO\\b"]})",
                .interaction = R"({"output":"The price is TODO euros."})",
                .score = 0.0},
    .configure = configure_forbidden_pattern};

}  // namespace plimsoll::evaluate
