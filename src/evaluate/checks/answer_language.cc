#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/language/language.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

/// Names and codes of an object are in the language of whoever reads it, a program.
bool is_json(std::string_view output) {
    const std::size_t first = output.find_first_not_of(" \t\r\n");
    return first != output.npos && (output[first] == '{' || output[first] == '[') &&
           json::Document::parse(output).ok();
}

class AnswerLanguage : public Configured {
  public:
    explicit AnswerLanguage(std::string language) : language_(std::move(language)) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            std::string_view due = language_;
            if (due.empty()) {
                if (interaction.question.empty()) {
                    return Verdict::unscored(Reason::missing_content, "The question was not sent.");
                }
                if (const auto named = named_language(interaction.question); !named.empty()) {
                    return Verdict::unscored(
                        Reason::not_applicable,
                        fmt::format("The question names a language, {}.", name_of_language(named)));
                }
                due = language_of_text(interaction.question);
                if (due.empty()) {
                    return Verdict::unscored(Reason::not_applicable,
                                             "The language of the question cannot be told.");
                }
            }
            if (is_json(output)) {
                return Verdict::unscored(Reason::not_applicable,
                                         "The answer is JSON, which speaks to a program.");
            }
            const std::string_view seen = language_of_text(output);
            if (seen.empty()) {
                return Verdict::unscored(Reason::not_applicable,
                                         "The language of the answer cannot be told.");
            }
            if (same_language(seen, due)) return Verdict::pass();
            return Verdict::fail(fmt::format("{} where {} was due: {}", name_of_language(seen),
                                             name_of_language(due), quote(output, 60)));
        });
    }

  private:
    std::string language_;  ///< "": the question's.
};

ConfigureResult configure_answer_language(json::Value params, const Files&) {
    ParameterReader read(params);
    auto language = read.text("language").value_or("");
    if (!language.empty() && name_of_language(language).empty()) {
        read.refuse("language", "is none of the languages known here; write it as ISO 639-1: `de`");
    }
    if (read.wrong()) return *read.wrong();
    return std::make_unique<AnswerLanguage>(std::move(language));
}

}  // namespace

const Check answer_language{
    .name = "answer_language",
    .version = 2,
    .dimension = "format",
    .says =
        "The answer is in the language of the question, or in the one that is set. An answer in "
        "JSON is not judged.",
    .takes = {{"language",
               "The language every answer must be in, ISO 639-1. Without it: the question's, where "
               "it can be told and the question names no language.",
               R"("de")"}},
    .example = {.params = "{}",
                .interaction =
                    R"({"input":"Wie kann ich mein Passwort für das Konto ändern?","output":)"
                    R"("You can change it on the page of your account, under the settings."})",
                .score = 0.0},
    .configure = configure_answer_language};

}  // namespace plimsoll::evaluate
