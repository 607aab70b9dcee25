#include <unistd.h>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/file_interactions.h"
#include "app/judge_clients.h"
#include "app/judge_files.h"
#include "base/json.h"
#include "interaction/privacy/protection.h"
#include "show/printable.h"

namespace plimsoll::app {

namespace {

std::string json_line(const Judged& judged) {
    const evaluate::Judge& judge = *judged.evaluator->judge;
    const evaluate::Judgement& made = judged.judgement;
    json::Writer w;
    w.begin_object().key("trace").value(judged.interaction->id.hex());
    w.key("dimension").value(judged.dimension->name).key("evaluator");
    w.value(judged.evaluator->name).key("score");
    if (const Score* score = made.verdict.score())
        w.value(score->value());
    else
        w.null();
    w.key("verdict").value(made.chosen).key("reason");
    w.value(made.verdict.unscored() ? to_word(made.verdict.unscored()->reason) : "");
    w.key("explanation").value(made.verdict.explanation).key("version").value(made.version);
    w.key("definition").value(evaluate::definition_hash(judge));
    w.key("rubric").value(evaluate::rubric_version(judge));
    w.key("judge_model").value(made.model_version);
    w.key("input_tokens").value(made.input_tokens).key("output_tokens").value(made.output_tokens);
    w.key("cost_usd").value(made.cost_usd).key("model").value(judged.interaction->versions.model);
    w.key("prompt").value(judged.interaction->versions.prompt).end_object();
    return w.take();
}

std::string table_line(const Judged& judged) {
    const evaluate::Judgement& made = judged.judgement;
    return fmt::format("{}  {:<14} {:<20} {:<12} {}", judged.interaction->id.hex().substr(0, 8),
                       judged.dimension->name, judged.evaluator->name,
                       made.verdict.score() ? made.chosen : "unscored",
                       show::printable(made.verdict.explanation, 120));
}

void print_prompts(const Configuration& configuration, const JudgeOptions& options,
                   const std::vector<Interaction>& interactions) {
    for (const Interaction& interaction : interactions) {
        for (const auto& [name, settings] : configuration.judges) {
            if (!options.only.empty() && name != options.only) continue;
            const auto prompt = evaluate::judge_prompt(*settings.judge, interaction);
            const std::string head = fmt::format("=== {} to {}\n", interaction.id.hex(), name);
            if (const auto* none = std::get_if<Verdict>(&prompt)) {
                print(head + "nothing: " + none->explanation);
            } else {
                const auto& asked = std::get<evaluate::JudgePrompt>(prompt);
                print(head + "--- system\n" + asked.system + "--- user\n" + asked.user);
            }
        }
    }
}

void sum_up(const std::vector<Judged>& all) {
    std::size_t scored = 0, unscored = 0, not_asked = 0;
    std::int64_t input = 0, output = 0;
    for (const Judged& one : all) {
        ++(!one.asked ? not_asked : one.judgement.verdict.score() ? scored : unscored);
        if (one.shared) continue;
        input += one.judgement.input_tokens.value_or(0);
        output += one.judgement.output_tokens.value_or(0);
    }
    fmt::print(stderr, "{} scored, {} unscored, {} not asked; {} tokens sent, {} received\n",
               scored, unscored, not_asked, input, output);
}

}  // namespace

int judge(const JudgeOptions& options) {
    if (options.config.empty() || options.files.empty())
        return complain("Say --config FILE and the traces, or `judge replay`; see judge --help.");
    const auto configuration = configured(options.config);
    if (!configuration) return 1;
    if (!options.only.empty() && !configuration->judges.contains(options.only))
        return complain(fmt::format("there is no judge {} in {}", options.only, options.config));
    if (configuration->judges.empty())
        return complain(fmt::format("{} has no `judges`", options.config));

    // What leaves this machine is what the server would have stored. The key is one of zeros, as of
    // `redact`: placeholders are told apart within the run, and match no stored ones.
    const interaction::privacy::Protection protection({}, configuration->privacy.options);
    int code = 0;
    const FileInteractions read =
        read_file_interactions(options.files, configuration->wire_limits,
                               configuration->privacy.on ? &protection : nullptr);
    for (const std::string& complaint : read.complaints) code = complain(complaint);
    if (options.show_prompts) {
        print_prompts(*configuration, options, read.interactions);
        return code;
    }

    const auto clients = open_judge_clients(*configuration, options.only);
    if (!clients) return complain(clients.error().what);
    const std::vector<Judged> judged =
        judge_interactions(configuration->scorecard, read.interactions,
                           [&](const evaluate::Judge& judge) -> evaluate::ModelApi& {
                               return *clients->at(judge.name);
                           },
                           {.only = options.only, .at_once = options.at_once});
    const bool json = options.json || isatty(STDOUT_FILENO) == 0;
    for (const Judged& one : judged) print((json ? json_line : table_line)(one));
    sum_up(judged);
    return code;
}

}  // namespace plimsoll::app
