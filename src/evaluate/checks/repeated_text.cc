#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"
#include "evaluate/sentences.h"
#include "evaluate/words.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::size_t period_max = 64;  ///< Words of the longest round that is looked for.
constexpr std::size_t loop_words_min = 12;
constexpr std::size_t sentence_words_min = 5;

struct Loop {
    std::size_t first = 0, words = 0, period = 0;  ///< In words; no loop if period is 0.
};

/// The longest run in which every word is what it was `period` words before, at least `rounds` of
/// them; the shortest period that has it. Rounds of numbers alone are tables. O(64 · words).
Loop loop_of(const std::vector<Word>& words, std::size_t rounds) {
    Loop longest;
    for (std::size_t period = 1; period <= period_max && period * rounds <= words.size();
         ++period) {
        std::size_t run = 0;
        bool only_numbers = true;
        for (std::size_t i = period; i <= words.size(); ++i) {
            if (i < words.size() && words[i].stem == words[i - period].stem) {
                if (run++ == 0) {
                    only_numbers = std::all_of(words.begin() + std::ptrdiff_t(i - period),
                                               words.begin() + std::ptrdiff_t(i),
                                               [](const Word& word) { return word.has_digit; });
                }
                continue;
            }
            const std::size_t whole = run + period;
            if (run > 0 && !only_numbers && whole >= period * rounds && whole >= loop_words_min &&
                whole > longest.words) {
                longest = {i - whole, whole, period};
            }
            run = 0;
        }
    }
    return longest;
}

class RepeatedText : public Configured {
  public:
    explicit RepeatedText(std::size_t rounds_max) : rounds_max_(rounds_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            const std::vector<Word> words = words_of(output);
            if (const Loop loop = loop_of(words, rounds_max_ + 1); loop.period > 0) {
                const std::size_t begin = words[loop.first].begin;
                const std::size_t end = words[loop.first + loop.words - 1].end;
                Verdict verdict = Verdict::fail(fmt::format(
                    "{} in a row {} said {} times: {}",
                    loop.period == 1 ? std::string("A word") : fmt::format("{} words", loop.period),
                    loop.period == 1 ? "is" : "are", loop.words / loop.period,
                    quote(output.substr(begin, words[loop.first + loop.period - 1].end - begin))));
                verdict.marks = {{begin, end, "goes round in circles"}};
                return verdict;
            }
            return sentences(output);
        });
    }

  private:
    Verdict sentences(std::string_view output) const {
        std::map<std::string, std::vector<Sentence>> said;
        for (const Sentence& sentence : sentences_of(output)) {
            std::string key;
            const std::vector<Word> words = words_of(sentence.in(output));
            for (const Word& word : words) key += word.stem + ' ';
            if (words.size() >= sentence_words_min) said[key].push_back(sentence);
        }
        const std::vector<Sentence>* most = nullptr;
        for (const auto& [key, places] : said) {
            if (places.size() > rounds_max_ && (!most || places.size() > most->size())) {
                most = &places;
            }
        }
        if (!most) return Verdict::pass();
        Verdict verdict = Verdict::fail(fmt::format("The same sentence is said {} times: {}",
                                                    most->size(), quote(most->front().in(output))));
        for (std::size_t i = 1; i < most->size(); ++i) {
            verdict.marks.push_back({(*most)[i].begin, (*most)[i].end, "was said before"});
        }
        return verdict;
    }

    std::size_t rounds_max_;
};

ConfigureResult configure_repeated_text(json::Value params, const Files&) {
    ParameterReader read(params);
    const auto rounds_max = read.count("rounds_max").value_or(3);
    if (rounds_max < 1 || rounds_max > 1000) read.refuse("rounds_max", "must be 1 to 1000");
    if (read.wrong()) return *read.wrong();
    return std::make_unique<RepeatedText>(static_cast<std::size_t>(rounds_max));
}

}  // namespace

const Check repeated_text{
    .name = "repeated_text",
    .version = 1,
    .dimension = "format",
    .says =
        "The output does not go round in circles: no words are said again and again in a row "
        "(twelve words or more in all), and no sentence of five words or more again and again.",
    .takes = {{"rounds_max", "How often the same may be said. Default: 3.", "3"}},
    .example = {.params = "{}",
                .interaction = R"({"output":"I see. I am very sorry. I am very sorry. I am very )"
                               R"(sorry. I am very sorry. I am very sorry."})",
                .score = 0.0},
    .configure = configure_repeated_text};

}  // namespace plimsoll::evaluate
