#include "app/judge_files.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <fmt/format.h>

namespace plimsoll::app {

namespace {

using evaluate::Judge;
using evaluate::Judgement;
using evaluate::JudgePrompt;

struct Question {
    const Judge* judge;
    JudgePrompt prompt;
    evaluate::ModelRequest request;
    std::vector<std::size_t> askers;  ///< Indices into what was judged.
};

/// Why this judge need not be asked; else the prompt.
std::variant<JudgePrompt, Verdict> question(const evaluate::Dimension& dimension,
                                            const evaluate::JudgeEvaluator& evaluator,
                                            const Interaction& interaction) {
    if (!interaction.recognised())
        return Verdict::unscored(Reason::not_applicable, "Nothing here is work of a model.");
    if (auto out = evaluate::left_out(evaluator.where, interaction)) return *out;
    if (dimension.judges_only_what_passes)
        if (auto failed = failed_check(dimension, interaction)) return *failed;
    return evaluate::judge_prompt(*evaluator.judge, interaction);
}

Judgement ask(const Question& question, evaluate::ModelApi& api, const JudgeFilesOptions& options) {
    std::chrono::milliseconds wait = options.wait_first;
    for (unsigned tries = 1;; ++tries) {
        Judgement made = judgement_of(*question.judge, question.prompt,
                                      api.post(question.request, question.judge->deadline));
        if (!made.may_retry || tries == options.tries_max) return made;
        std::this_thread::sleep_for(std::min(made.retry_after.value_or(wait), options.wait_max));
        wait *= 2;
    }
}

}  // namespace

std::optional<Verdict> failed_check(const evaluate::Dimension& dimension,
                                    const Interaction& interaction) {
    evaluate::Scorecard alone;
    alone.dimensions.push_back({.evaluators = dimension.evaluators});
    for (const evaluate::Scored& scored : alone.score(interaction)) {
        const Score* score = scored.verdict.score();
        if (score && score->value() < 1)
            return Verdict::unscored(Reason::not_applicable,
                                     fmt::format("A check of the dimension failed: {}.",
                                                 dimension.evaluators[scored.evaluator].name));
    }
    return std::nullopt;
}

std::vector<Judged> judge_interactions(const evaluate::Scorecard& scorecard,
                                       const std::vector<Interaction>& interactions,
                                       const ApiOf& api_of, const JudgeFilesOptions& options) {
    std::vector<Judged> judged;
    std::vector<Question> questions;
    std::map<std::string, std::size_t> by_content;  // Definition and request → question.
    for (const Interaction& interaction : interactions) {
        for (const evaluate::Dimension& dimension : scorecard.dimensions) {
            for (const evaluate::JudgeEvaluator& evaluator : dimension.judges) {
                const Judge& judge = *evaluator.judge;
                if (!options.only.empty() && judge.name != options.only) continue;
                Judged one{&interaction, &dimension, &evaluator, {.verdict = Verdict::pass()}};
                auto made = question(dimension, evaluator, interaction);
                if (auto* none = std::get_if<Verdict>(&made)) {
                    one.judgement.verdict = std::move(*none);
                } else {
                    auto& prompt = std::get<JudgePrompt>(made);
                    auto request = request_of(judge, prompt);
                    const auto [at, fresh] =
                        by_content.try_emplace(judge.name + "\n" + request.body, questions.size());
                    if (fresh)
                        questions.push_back({&judge, std::move(prompt), std::move(request), {}});
                    questions[at->second].askers.push_back(judged.size());
                    one.asked = true;
                    one.shared = !fresh;
                }
                judged.push_back(std::move(one));
            }
        }
    }

    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next++) < questions.size();) {
            const Judgement made = ask(questions[i], api_of(*questions[i].judge), options);
            for (const std::size_t asker : questions[i].askers) judged[asker].judgement = made;
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min<std::size_t>(options.at_once, questions.size()); ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    return judged;
}

}  // namespace plimsoll::app
