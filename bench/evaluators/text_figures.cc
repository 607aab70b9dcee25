#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "analyse/stats/wilson.h"
#include "app/statistics/rows.h"
#include "base/json.h"
#include "evaluate/checks/checks.h"
#include "evaluate/language/language.h"
#include "evaluate/sentences.h"
#include "evaluate/words.h"
#include "evaluators/figures.h"
#include "show/text_table.h"

namespace plimsoll::bench {

namespace {

struct Answer {
    std::string set, text;
};

std::vector<Answer> answers() {
    std::vector<Answer> all;
    const auto add_lines = [&](const char* set, const char* file, auto text_of) {
        std::ifstream in(data_folder + file);
        for (std::string line; std::getline(in, line);) {
            const auto row = json::Document::parse(line);
            if (!row) throw std::runtime_error(std::string(file) + ": " + row.error().what);
            const json::Value text = text_of(row->root());
            if (text.size() > 0) all.push_back({set, std::string(text.as_string())});
        }
    };
    const auto add_table = [&](const char* set, const char* file, const char* column) {
        const auto rows = app::read_rows(data_folder + file);
        if (!rows) throw std::runtime_error(rows.error().what);
        const auto texts = rows->texts(column);
        if (!texts) throw std::runtime_error(texts.error().what);
        for (const std::string& text : *texts) {
            if (!text.empty()) all.push_back({set, text});
        }
    };
    add_lines("mtrag", "mtrag_human/evaluations.jsonl",
              [](json::Value row) { return row.find("model_response").value_or(json::Value()); });
    add_lines("clapnq", "clapnq_rag_human/results.jsonl", [](json::Value row) {
        json::Value last;
        for (const json::Value message : row.find("output").value_or(json::Value()).elements()) {
            last = message.find("content").value_or(json::Value());
        }
        return last;
    });
    add_table("llmdrift", "llmdrift/SENSITIVEQ_EVAL.csv", "answer");
    return all;
}

Verdict judged(const evaluate::Check& check, const Interaction& interaction) {
    const auto params = json::Document::parse("{}");
    const auto configured = evaluate::configure(check, params->root(), evaluate::NoFiles());
    return std::get<0>(configured)->verdict(interaction);
}

Interaction interaction_of(const std::string& answer, const std::string& system = "") {
    Interaction interaction = evaluate::example_interaction(R"({"input":"-","output":"-"})");
    interaction.answer = answer;
    interaction.steps[0].system = system;
    return interaction;
}

std::string share(std::size_t count, std::size_t n) {
    if (n == 0) return "–";
    const auto interval = analyse::wilson(static_cast<double>(count), static_cast<double>(n));
    return fmt::format("{} of {} [{:.3f}, {:.3f}]", count, n, interval.low, interval.high);
}

/// The last sentence of five words or more; "" if there is none.
std::string last_sentence(const std::string& text) {
    std::string last;
    for (const evaluate::Sentence& one : evaluate::sentences_of(text)) {
        const std::string_view said = one.in(text);
        if (evaluate::words_of(said).size() >= 5) last = said;
    }
    return last;
}

bool fails(const Verdict& verdict) {
    return verdict.score() && verdict.score()->value() < 1;
}

}  // namespace

void print_texts() {
    const std::vector<Answer> all = answers();
    std::map<std::string, std::map<std::string, std::size_t>> counts;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Answer& answer = all[i];
        auto& count = counts[answer.set];
        const auto see = [&](const char* what, bool holds) { count[what] += holds; };
        ++count["n"];
        const Interaction as_sent = interaction_of(answer.text);
        see("plain_text", fails(judged(evaluate::plain_text, as_sent)));
        see("leaked_data", fails(judged(evaluate::leaked_data, as_sent)));
        see("repeated_text", fails(judged(evaluate::repeated_text, as_sent)));
        const std::string_view language = evaluate::language_of_text(answer.text);
        see("English", language == "en");
        see("another language", !language.empty() && language != "en");

        // Planted. The system prompt is the answer before this one: of another question, mostly.
        const std::string& other = all[(i + all.size() - 1) % all.size()].text;
        see("prompt not quoted",
            fails(judged(evaluate::quoted_system_prompt, interaction_of(answer.text, other))));
        const std::string passage = last_sentence(other);
        if (evaluate::words_of(passage).size() >= 12) {
            ++count["n passages"];
            see("passage found", fails(judged(evaluate::quoted_system_prompt,
                                              interaction_of(answer.text + " " + passage, other))));
        }
        if (const std::string last = last_sentence(answer.text); !last.empty()) {
            ++count["n loops"];
            see("loop found",
                fails(judged(evaluate::repeated_text,
                             interaction_of(answer.text + " " + last + " " + last + " " + last))));
        }
    }
    fmt::print("## Text of answers\n\n");
    show::TextTable seen({"answers", "n", "markup", "personal data or secrets", "goes in circles",
                          "told to be English", "told to be another language"});
    show::TextTable planted({"answers", "another answer as prompt: said to be quoted",
                             "its last sentence planted: found",
                             "own last sentence said four times: found"});
    for (auto& [set, count] : counts) {
        const std::size_t n = count["n"];
        seen.add({set, std::to_string(n), share(count["plain_text"], n),
                  share(count["leaked_data"], n), share(count["repeated_text"], n),
                  share(count["English"], n), share(count["another language"], n)});
        planted.add({set, share(count["prompt not quoted"], n),
                     share(count["passage found"], count["n passages"]),
                     share(count["loop found"], count["n loops"])});
    }
    fmt::print("{}\n{}\n", seen.markdown(), planted.markdown());
}

}  // namespace plimsoll::bench
