#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"
#include "evaluate/word_hashes.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::size_t period_max = 64;  ///< Words of the longest round that is looked for.
constexpr std::size_t loop_words_min = 12;
constexpr std::size_t sentence_words_min = 5;

struct Loop {
    std::size_t first = 0, words = 0, period = 0;  ///< In words; no loop if period is 0.
};

/// The longest run in which every word is what it was `period` words before, `rounds` of them or
/// more; the shortest period that has it. Rounds of numbers alone are tables. A run that counts is
/// so long that one place in `due` lies in it: only those are looked at, some 1.5 a word in all.
Loop loop_of(const std::vector<HashedWord>& words, std::size_t rounds) {
    Loop longest;
    for (std::size_t period = 1; period <= period_max && period * rounds <= words.size();
         ++period) {
        const auto repeats = [&](std::size_t i) { return words[i].hash == words[i - period].hash; };
        const std::size_t due =
            std::max(period * (rounds - 1), loop_words_min - std::min(period, loop_words_min - 1));
        for (std::size_t at = period + due - 1; at < words.size(); at += due) {
            if (!repeats(at)) continue;
            std::size_t begin = at, end = at + 1;
            while (begin > period && repeats(begin - 1)) --begin;
            while (end < words.size() && repeats(end)) ++end;
            const std::size_t first = begin - period, whole = end - first;
            const bool numbers = std::all_of(words.begin() + std::ptrdiff_t(first),
                                             words.begin() + std::ptrdiff_t(begin),
                                             [](const HashedWord& word) { return word.is_number; });
            if (end - begin >= due && !numbers && whole > longest.words) {
                longest = {first, whole, period};
            }
            at = end - 1;
        }
    }
    return longest;
}

class RepeatedText : public Configured {
  public:
    explicit RepeatedText(std::size_t rounds_max) : rounds_max_(rounds_max) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            const std::vector<HashedWord> words = hashed_words(output);
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
            return sentences(output, words);
        });
    }

  private:
    struct Sentence {
        std::uint64_t hash = 0;
        std::size_t words = 0;
        std::size_t begin = 0, end = 0;  ///< Bytes of the output.
    };

    Verdict sentences(std::string_view output, const std::vector<HashedWord>& words) const {
        std::vector<Sentence> said;
        for (const HashedWord& word : words) {
            if (word.starts_sentence) said.push_back({.begin = word.begin});
            Sentence& sentence = said.back();
            sentence.hash = sentence.hash * 0x9E3779B97F4A7C15 + word.hash;
            sentence.end = word.end;
            ++sentence.words;
        }
        std::erase_if(said, [](const Sentence& one) { return one.words < sentence_words_min; });
        std::ranges::stable_sort(said, {}, &Sentence::hash);
        std::span<const Sentence> most;
        for (std::size_t i = 0; i < said.size();) {
            std::size_t end = i;
            while (end < said.size() && said[end].hash == said[i].hash) ++end;
            if (end - i > std::max(rounds_max_, most.size())) most = {&said[i], end - i};
            i = end;
        }
        if (most.empty()) return Verdict::pass();
        const Sentence& first = most.front();
        Verdict verdict =
            Verdict::fail(fmt::format("The same sentence is said {} times: {}", most.size(),
                                      quote(output.substr(first.begin, first.end - first.begin))));
        for (const Sentence& again : most.subspan(1)) {
            verdict.marks.push_back({again.begin, again.end, "was said before"});
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
