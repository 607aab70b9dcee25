#include <fmt/format.h>

#include "base/utf8.h"
#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/phrases.h"
#include "evaluate/quote.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

class BannedPhrase : public Configured {
  public:
    explicit BannedPhrase(PhraseSet phrases) : phrases_(std::move(phrases)) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            const auto match = phrases_.find(output);
            if (!match) return Verdict::pass();
            return Verdict::fail(fmt::format("Holds {} at {}: {}",
                                             quote(phrases_.phrase(match->phrase)),
                                             character_at(output, match->begin),
                                             quote_around(output, match->begin, match->end)));
        });
    }

  private:
    PhraseSet phrases_;
};

/// One phrase a line. Blank lines and lines that start with # are comments.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == line.npos || line[first] == '#') continue;
        line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
        lines.emplace_back(line);
    }
    return lines;
}

ConfigureResult configure_banned_phrase(json::Value params, const Files& files) {
    ParameterReader read(params);
    std::vector<std::string> phrases = read.texts("phrases");
    const auto file = read.text("file");
    const bool whole_words = read.flag("whole_words", true);
    if (read.wrong()) return *read.wrong();
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        if (is_blank(phrases[i])) return BadParameter{fmt::format("phrases[{}]", i), "is blank"};
    }
    if (file) {
        const auto content = files.read(*file);
        if (!content) return BadParameter{"file", content.error().what};
        for (std::string& line : lines_of(*content)) phrases.push_back(std::move(line));
    }
    if (phrases.empty()) {
        return BadParameter{file ? "file" : "",
                            "holds no phrase: list some under `phrases`, or one "
                            "per line in a `file`"};
    }
    return std::make_unique<BannedPhrase>(
        PhraseSet(std::move(phrases), {.whole_words = whole_words}));
}

}  // namespace

const Check banned_phrase{
    .name = "banned_phrase",
    .version = 1,
    .dimension = "format",
    .says = "The output holds none of the phrases the team listed.",
    .takes = {{"phrases",
               "What to look for. Case, kinds of white space and of quotation marks are ignored.",
               R"(["as an AI language model"])"},
              {"file", "A file with one phrase per line; # starts a comment.",
               R"("phrases/banned.txt")"},
              {"whole_words",
               "Whether a phrase must begin and end where a word does. Default: true.", "true"}},
    .example = {.params = R"({"phrases":["as an AI"]})",
                .interaction = R"({"output":"As an AI, I cannot."})",
                .score = 0.0},
    .configure = configure_banned_phrase};

}  // namespace plimsoll::evaluate
