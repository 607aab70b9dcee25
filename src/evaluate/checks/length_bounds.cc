#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

struct Bounds {
    std::optional<std::int64_t> min, max;
    bool any() const { return min || max; }
    bool reversed() const { return min && max && *min > *max; }
};

class LengthBounds : public Configured {
  public:
    LengthBounds(Bounds characters, Bounds words) : characters_(characters), words_(words) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            if (characters_.any()) {
                const Verdict verdict = judge(count_characters(output), characters_, "characters");
                if (!(*verdict.score() == Score::pass())) return verdict;
            }
            return words_.any() ? judge(count_words(output), words_, "words") : Verdict::pass();
        });
    }

  private:
    static Verdict judge(std::size_t length, const Bounds& bounds, std::string_view unit) {
        const auto count = static_cast<std::int64_t>(length);
        if (bounds.min && count < *bounds.min) {
            return Verdict::fail(
                fmt::format("Has {} {}; at least {} are due.", count, unit, *bounds.min));
        }
        if (bounds.max && count > *bounds.max) {
            return Verdict::fail(
                fmt::format("Has {} {}; at most {} are allowed.", count, unit, *bounds.max));
        }
        return Verdict::pass();
    }

    Bounds characters_;
    Bounds words_;
};

ConfigureResult configure_length_bounds(json::Value params, const Files&) {
    ParameterReader read(params);
    const Bounds characters{read.count("characters_min"), read.count("characters_max")};
    const Bounds words{read.count("words_min"), read.count("words_max")};
    if (read.wrong()) return *read.wrong();
    if (!characters.any() && !words.any()) {
        return BadParameter{"",
                            "length_bounds needs one of characters_min, characters_max, words_min, "
                            "words_max"};
    }
    if (characters.reversed()) return BadParameter{"characters_min", "is above characters_max"};
    if (words.reversed()) return BadParameter{"words_min", "is above words_max"};
    return std::make_unique<LengthBounds>(characters, words);
}

}  // namespace

const Check length_bounds{
    .name = "length_bounds",
    .version = 1,
    .dimension = "format",
    .says = "The output is as long as it should be.",
    .takes = {{"characters_min", "At least so many characters.", "20"},
              {"characters_max", "At most so many characters.", "4000"},
              {"words_min", "At least so many words, as white space parts them.", "3"},
              {"words_max", "At most so many words, as white space parts them.", "600"}},
    .example = {.params = R"({"words_max":3})",
                .interaction = R"({"output":"one two  three four"})",
                .score = 0.0},
    .configure = configure_length_bounds};

}  // namespace plimsoll::evaluate
