#include "evaluate/checks/support.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "evaluate/words.h"

namespace plimsoll::evaluate {

namespace {

constexpr double missing_fact_factor = 0.8;
constexpr double low_support = 0.5;  ///< A sentence below it is marked as a whole.
constexpr std::uint32_t elsewhere = UINT32_MAX;

using Id = std::uint32_t;  ///< Of a word of the answer.

std::uint64_t pair_of(Id first, Id second) {
    return std::uint64_t{first} << 32 | second;
}

/// What the evidence has of the answer's words.
struct Evidence {
    std::vector<bool> has;                    ///< By id.
    std::unordered_set<std::uint64_t> pairs;  ///< Neighbours.
    std::vector<std::vector<Id>> passages;    ///< Ids in two sentences that follow, sorted.

    Evidence(const std::unordered_map<std::string, Id>& ids,
             const std::vector<std::string_view>& texts)
        : has(ids.size()) {
        for (const std::string_view text : texts) read(ids, text);
    }

  private:
    void read(const std::unordered_map<std::string, Id>& ids, std::string_view text) {
        const std::vector<Word> words = words_of(text);
        std::vector<Id> before, now;  // Of the sentence before and of this one.
        std::size_t w = 0;
        Id last = elsewhere;
        for (const Sentence& sentence : sentences_of(text)) {
            now.clear();
            for (; w < words.size() && words[w].begin < sentence.end; ++w) {
                const auto found = ids.find(words[w].stem);
                const Id id = found == ids.end() ? elsewhere : found->second;
                if (id != elsewhere) {
                    has[id] = true;
                    now.push_back(id);
                    if (last != elsewhere) pairs.insert(pair_of(last, id));
                }
                last = id;
            }
            std::vector<Id> both = before;
            both.insert(both.end(), now.begin(), now.end());
            std::ranges::sort(both);
            both.erase(std::unique(both.begin(), both.end()), both.end());
            if (!both.empty()) passages.push_back(std::move(both));
            std::swap(before, now);
        }
    }
};

struct Answer {
    std::string_view text;
    std::vector<Word> words;
    std::vector<Id> ids;       ///< Of each word.
    std::vector<bool> quoted;  ///< Each word: inside "…".
    std::unordered_map<std::string, Id> dictionary;

    explicit Answer(std::string_view text) : text(text), words(words_of(text)) {
        bool inside = false;
        std::size_t at = 0;
        for (const Word& word : words) {
            const Id next = static_cast<Id>(dictionary.size());
            ids.push_back(dictionary.try_emplace(word.stem, next).first->second);
            for (; at < word.begin; ++at) {
                const std::string_view rest = text.substr(at);
                if (rest.starts_with('"')) inside = !inside;
                if (rest.starts_with('\n') || rest.starts_with("”")) inside = false;
                if (rest.starts_with("“")) inside = true;
            }
            quoted.push_back(inside);
        }
    }
};

/// Support of the words [first, last), one sentence; marks what is missing.
double support_of_words(const Answer& answer, std::size_t first, std::size_t last,
                        const Evidence& evidence, std::vector<Mark>& marks) {
    const auto count = static_cast<double>(last - first);
    double there = 0;
    std::vector<bool> paired(last - first);
    std::vector<Id> content;
    bool fact_missing = false;
    for (std::size_t i = first; i < last; ++i) {
        const Word& word = answer.words[i];
        const Id id = answer.ids[i];
        there += evidence.has[id];
        if (!is_function_word(word.stem)) content.push_back(id);
        if ((word.has_digit || (word.capital && i > first)) && !evidence.has[id]) {
            fact_missing = true;
            marks.push_back({word.begin, word.end,
                             word.has_digit ? "this number is not in the evidence"
                                            : "this name is not in the evidence"});
        }
        if (i + 1 == last) continue;
        if (evidence.pairs.contains(pair_of(id, answer.ids[i + 1]))) {
            paired[i - first] = paired[i + 1 - first] = true;
        } else if (answer.quoted[i] && answer.quoted[i + 1]) {
            fact_missing = true;
            marks.push_back({word.begin, answer.words[i + 1].end,
                             "this quotation does not stand so in the evidence"});
        }
    }
    std::ranges::sort(content);
    content.erase(std::unique(content.begin(), content.end()), content.end());
    std::vector<bool> wanted(evidence.has.size());
    for (const Id id : content) wanted[id] = true;
    std::ptrdiff_t best = 0;
    for (const std::vector<Id>& passage : evidence.passages) {
        best = std::max(best, std::ranges::count_if(passage, [&](Id id) { return wanted[id]; }));
    }
    const double pairs = static_cast<double>(std::ranges::count(paired, true)) / count;
    const double passage =
        content.empty() ? 1 : static_cast<double>(best) / static_cast<double>(content.size());
    return (there / count + pairs + passage) / 3 * (fact_missing ? missing_fact_factor : 1);
}

}  // namespace

Support support_of(std::string_view text, const std::vector<std::string_view>& texts) {
    const Answer answer(text);
    const Evidence evidence(answer.dictionary, texts);
    Support support;
    double sum = 0;
    std::size_t w = 0;
    for (const Sentence& sentence : sentences_of(text)) {
        const std::size_t first = w;
        while (w < answer.words.size() && answer.words[w].begin < sentence.end) ++w;
        if (w == first) continue;
        std::vector<Mark> marks;
        const double value = support_of_words(answer, first, w, evidence, marks);
        if (value < low_support) {
            support.marks.push_back(
                {sentence.begin, sentence.end, "little of this stands in the evidence"});
        }
        support.marks.insert(support.marks.end(), marks.begin(), marks.end());
        support.sentences.push_back({sentence, w - first, value});
        sum += value * static_cast<double>(w - first);
    }
    support.score = w == 0 ? 1 : std::clamp(sum / static_cast<double>(w), 0.0, 1.0);
    return support;
}

}  // namespace plimsoll::evaluate
