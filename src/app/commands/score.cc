#include <unistd.h>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/file_interactions.h"
#include "base/json.h"
#include "show/printable.h"

namespace plimsoll::app {

namespace {

std::string json_line(const Interaction& interaction, const evaluate::Dimension& dimension,
                      const evaluate::Evaluator& evaluator, const Verdict& verdict) {
    json::Writer w;
    w.begin_object().key("trace").value(interaction.id.hex()).key("dimension");
    w.value(dimension.name).key("evaluator").value(evaluator.name);
    w.key("version").value(evaluator.version).key("score");
    if (const Score* score = verdict.score())
        w.value(score->value());
    else
        w.null();
    w.key("reason").value(verdict.unscored() ? to_word(verdict.unscored()->reason) : "");
    w.key("explanation").value(verdict.explanation);
    w.key("model").value(interaction.versions.model).key("prompt");
    w.value(interaction.versions.prompt).end_object();
    return w.take();
}

std::string table_line(const Interaction& interaction, const evaluate::Dimension& dimension,
                       const evaluate::Evaluator& evaluator, const Verdict& verdict) {
    return fmt::format(
        "{}  {:<14} {:<24} {:<9} {}", interaction.id.hex().substr(0, 8), dimension.name,
        evaluator.name,
        verdict.score() ? fmt::format("{:.3g}", verdict.score()->value()) : "unscored",
        show::printable(verdict.explanation.empty() && verdict.unscored()
                            ? std::string(to_word(verdict.unscored()->reason))
                            : verdict.explanation,
                        120));
}

}  // namespace

int score(const ScoreOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;

    int code = 0;
    const FileInteractions read = read_file_interactions(options.files, configuration->wire_limits);
    for (const std::string& complaint : read.complaints) code = complain(complaint);

    const bool json = options.json || isatty(STDOUT_FILENO) == 0;
    for (const Interaction& interaction : read.interactions) {
        for (const evaluate::Scored& scored : configuration->scorecard.score(interaction)) {
            const auto& dimension = configuration->scorecard.dimensions[scored.dimension];
            const auto& evaluator = dimension.evaluators[scored.evaluator];
            print((json ? json_line : table_line)(interaction, dimension, evaluator,
                                                  scored.verdict));
        }
    }
    return code;
}

}  // namespace plimsoll::app
