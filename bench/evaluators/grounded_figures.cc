#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/json.h"
#include "evaluate/checks/checks.h"
#include "evaluate/word_hashes.h"
#include "evaluators/figures.h"
#include "evaluators/measures.h"
#include "show/text_table.h"

namespace plimsoll::bench {

namespace {

/// People called it unfaithful: the mean of their votes of 1 to 4 is below this.
constexpr double human_threshold = 3.0;

struct Answer {
    std::string task, model, slice;
    double human = 0;
    std::string interaction;  ///< For example_interaction().
    double score = 0;         ///< Of the check; meaningless where not scored.
    bool scored = false;
    std::map<std::string, double> peers;
};

std::vector<json::Document> lines_of(const std::string& file) {
    std::ifstream in(data_folder + file);
    std::vector<json::Document> lines;
    for (std::string line; std::getline(in, line);) {
        auto parsed = json::Document::parse(line);
        if (!parsed) throw std::runtime_error(file + ": " + parsed.error().what);
        lines.push_back(std::move(*parsed));
    }
    return lines;
}

std::string text_at(json::Value value, std::string_view key) {
    const auto found = value.find(key);
    return found && found->is_string() ? std::string(found->as_string()) : "";
}

/// {"<person>": {"value": "4"}, …}: the mean.
double mean_vote(json::Value votes) {
    double sum = 0, count = 0;
    for (const json::Member vote : votes.members()) {
        sum += std::stod(text_at(vote.value, "value"));
        ++count;
    }
    return sum / count;
}

/// {"system": {"value": 0.4}} or {"composite": …}.
void add_peer(Answer& answer, json::Value scores, const char* key, const char* name) {
    const auto peer = scores.find(key);
    if (!peer) return;
    for (const json::Member by : peer->members()) {
        if (const auto value = by.value.find("value")) {
            answer.peers[name] = value->as_number().value_or(0);
        }
    }
}

/// The share of an answer's words that some document has too: the simplest peer.
double share_of_supported_words(const std::vector<std::string>& documents,
                                const std::string& answer) {
    std::set<std::uint64_t> known;
    for (const std::string& document : documents) {
        for (const auto& word : evaluate::hashed_words(document)) known.insert(word.hash);
    }
    const auto words = evaluate::hashed_words(answer);
    const auto supported =
        std::ranges::count_if(words, [&](const auto& word) { return known.contains(word.hash); });
    return words.empty() ? 1.0 : static_cast<double>(supported) / static_cast<double>(words.size());
}

std::string interaction_of(const std::vector<std::string>& documents, const std::string& output) {
    json::Writer w;
    w.begin_object();
    if (!documents.empty()) {
        w.key("documents").begin_array();
        for (const std::string& document : documents) w.value(document);
        w.end_array();
    }
    return w.key("output").value(output).end_object().take();
}

std::vector<Answer> mtrag() {
    std::map<std::string, std::string> texts;
    for (const json::Document& line : lines_of("mtrag_human/documents.jsonl")) {
        texts[text_at(line.root(), "document_id")] = text_at(line.root(), "text");
    }
    std::map<std::string, std::vector<std::string>> documents;
    std::map<std::string, std::string> slices;
    for (const json::Document& line : lines_of("mtrag_human/tasks.jsonl")) {
        const std::string task = text_at(line.root(), "task_id");
        for (const json::Value context : line.root().find("contexts")->elements()) {
            const auto text = texts.find(text_at(context, "document_id"));
            if (text != texts.end()) documents[task].push_back(text->second);
        }
        for (const json::Value kind : line.root().find("Answerability")->elements()) {
            slices[task] = kind.as_string();
        }
    }
    std::vector<Answer> answers;
    for (const json::Document& line : lines_of("mtrag_human/evaluations.jsonl")) {
        const json::Value root = line.root(), notes = *root.find("annotations");
        const std::string task = text_at(root, "task_id");
        Answer answer{task, text_at(root, "model_id"), slices[task],
                      mean_vote(*notes.find("faithfulness")),
                      interaction_of(documents[task], text_at(root, "model_response"))};
        answer.peers["share of supported words"] =
            share_of_supported_words(documents[task], text_at(root, "model_response"));
        add_peer(answer, notes, "rl_f", "RAGAS-style judge");
        add_peer(answer, notes, "Bert-KPrec", "BERTScore precision");
        add_peer(answer, notes, "rb_llm", "RAD-Bench judge");
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::vector<Answer> clapnq() {
    std::map<std::string, std::vector<std::string>> documents;
    std::map<std::string, std::string> slices;
    for (const json::Document& line : lines_of("clapnq_rag_human/tasks.jsonl")) {
        const std::string task = text_at(line.root(), "task_id");
        slices[task] = text_at(line.root(), "answerability");
        for (const json::Value context : line.root().find("contexts")->elements()) {
            documents[task].push_back(text_at(context, "title") + "\n" + text_at(context, "text"));
        }
    }
    std::vector<Answer> answers;
    for (const json::Document& line : lines_of("clapnq_rag_human/results.jsonl")) {
        const json::Value root = line.root(), scores = *root.find("scores");
        const std::string task = text_at(root, "task_id");
        std::string output;
        for (const json::Value message : root.find("output")->elements()) {
            output = text_at(message, "content");
        }
        Answer answer{task, text_at(root, "model_id"), slices[task],
                      mean_vote(*scores.find("faithfulness")),
                      interaction_of(documents[task], output)};
        answer.peers["share of supported words"] =
            share_of_supported_words(documents[task], output);
        add_peer(answer, scores, "Bert-KPrec", "BERTScore precision");
        answers.push_back(std::move(answer));
    }
    return answers;
}

double matthews_below(const std::vector<double>& human, const std::vector<double>& score,
                      double threshold) {
    std::vector<int> people, verdict;
    for (std::size_t i = 0; i < human.size(); ++i) {
        people.push_back(human[i] < human_threshold);
        verdict.push_back(score[i] < threshold);
    }
    return matthews_of_classes(people, verdict);
}

/// Verdicts "unfaithful", each with the threshold that is best on the other models' answers.
std::vector<int> held_out_verdicts(const std::vector<Answer>& answers,
                                   const std::vector<double>& score) {
    std::map<std::string, double> thresholds;
    for (const Answer& tried : answers) {
        if (thresholds.contains(tried.model)) continue;
        std::vector<double> human, other;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (answers[i].model == tried.model) continue;
            human.push_back(answers[i].human);
            other.push_back(score[i]);
        }
        double best = -1;
        for (const double threshold : other) {
            const double agreement = matthews_below(human, other, threshold);
            if (agreement <= best) continue;
            best = agreement;
            thresholds[tried.model] = threshold;
        }
    }
    std::vector<int> verdicts;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        verdicts.push_back(score[i] < thresholds[answers[i].model]);
    }
    return verdicts;
}

void add_rows(show::TextTable& table, const std::string& set, const std::string& slice,
              const std::vector<Answer>& all, const std::vector<Answer>& chosen) {
    const auto row = [&](const std::string& name, auto score_of) {
        std::vector<double> everywhere, score, human;
        std::vector<int> people, verdicts;
        std::vector<std::string> tasks;
        for (const Answer& answer : all) everywhere.push_back(score_of(answer));
        const std::vector<int> by_others = held_out_verdicts(all, everywhere);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool in = std::ranges::any_of(chosen, [&](const Answer& answer) {
                return answer.task == all[i].task && answer.model == all[i].model;
            });
            if (!in) continue;
            score.push_back(everywhere[i]);
            human.push_back(all[i].human);
            people.push_back(all[i].human < human_threshold);
            verdicts.push_back(by_others[i]);
            tasks.push_back(all[i].task);
        }
        const auto ranks = clustered_bootstrap(tasks, [&](const auto& rows) {
            return spearman(pick(human, rows), pick(score, rows));
        });
        const auto classes = clustered_bootstrap(tasks, [&](const auto& rows) {
            return matthews_of_classes(pick(people, rows), pick(verdicts, rows));
        });
        table.add(
            {set, slice, std::to_string(score.size()), name, to_text(ranks), to_text(classes)});
    };
    row("grounded", [](const Answer& answer) { return answer.score; });
    for (const auto& [name, score] : all.front().peers) {
        row(name, [&](const Answer& answer) {
            const auto found = answer.peers.find(name);
            return found == answer.peers.end() ? 0.0 : found->second;
        });
    }
}

}  // namespace

void print_grounded() {
    fmt::print("## Grounded\n\n");
    show::TextTable table(
        {"set", "answers", "n", "score", "Spearman with people", "MCC: people below 3 of 4"});
    auto parsed = json::Document::parse("{}");
    const evaluate::NoFiles no_files;
    auto configured = evaluate::configure(evaluate::grounded, parsed->root(), no_files);
    const auto& check = *std::get<std::unique_ptr<const evaluate::Configured>>(configured);
    double seconds = 0;
    std::size_t judged = 0;
    for (const auto& [set, all] :
         {std::pair{"mtrag_human", mtrag()}, std::pair{"clapnq_rag_human", clapnq()}}) {
        std::vector<Answer> answers;
        std::vector<Interaction> interactions;
        std::map<std::string, int> unscored;
        for (Answer answer : all) {
            interactions.push_back(evaluate::example_interaction(answer.interaction));
            const Verdict verdict = check.verdict(interactions.back());
            if (verdict.score()) {
                answer.score = verdict.score()->value();
                answers.push_back(std::move(answer));
            } else {
                ++unscored[verdict.explanation];
            }
        }
        add_rows(table, set, "all scored", answers, answers);
        std::map<std::string, std::vector<Answer>> slices;
        for (const Answer& answer : answers) slices["model " + answer.model].push_back(answer);
        for (const auto& [slice, chosen] : slices) add_rows(table, set, slice, answers, chosen);
        for (const auto& [why, count] : unscored) {
            fmt::print("{}: {} of {} unscored: {}\n\n", set, count, all.size(), why);
        }
        const auto start = std::chrono::steady_clock::now();
        for (int round = 0; round < 20; ++round) {
            for (const Interaction& interaction : interactions) {
                judged += check.verdict(interaction).score() != nullptr;
            }
        }
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    fmt::print("{}\n{:.0f} answers a second on one core, all of both sets.\n\n", table.markdown(),
               static_cast<double>(judged) / seconds);
}

}  // namespace plimsoll::bench
