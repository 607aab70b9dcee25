#include "evaluate/checks/support.h"

#include <algorithm>
#include <cstdint>
#include <optional>
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

    Evidence(const std::unordered_map<std::string, Id>& ids,
             const std::vector<std::string_view>& texts)
        : has(ids.size()) {
        for (const std::string_view text : texts) read(ids, text);
    }

  private:
    void read(const std::unordered_map<std::string, Id>& ids, std::string_view text) {
        Id last = elsewhere;
        for (const Word& word : words_of(text)) {
            const auto found = ids.find(word.stem);
            const Id id = found == ids.end() ? elsewhere : found->second;
            if (id != elsewhere) {
                has[id] = true;
                if (last != elsewhere) pairs.insert(pair_of(last, id));
            }
            last = id;
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
        ids.reserve(words.size());
        dictionary.reserve(words.size());
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

double share(std::size_t there, std::size_t all) {
    return all == 0 ? 1 : static_cast<double>(there) / static_cast<double>(all);
}

/// The mean of the two shares, less if a fact is missing.
double support_of_shares(double words, std::optional<double> pairs, bool fact_missing) {
    return (pairs ? (words + *pairs) / 2 : words) * (fact_missing ? missing_fact_factor : 1);
}

/// Support of the words [first, last), one sentence. Notes its pairs, and marks the facts that are
/// missing.
double read_sentence(const Answer& answer, std::size_t first, std::size_t last,
                     const Evidence& evidence, std::vector<std::uint64_t>& pairs,
                     std::vector<Mark>& marks) {
    std::size_t words_there = 0, pairs_there = 0;
    for (std::size_t i = first; i < last; ++i) {
        const Word& word = answer.words[i];
        const Id id = answer.ids[i];
        words_there += evidence.has[id];
        if ((word.has_digit || (word.capital && i > first)) && !evidence.has[id]) {
            marks.push_back({word.begin, word.end,
                             word.has_digit ? "this number is not in the evidence"
                                            : "this name is not in the evidence"});
        }
        if (i + 1 == last) continue;
        pairs.push_back(pair_of(id, answer.ids[i + 1]));
        const bool has = evidence.pairs.contains(pairs.back());
        pairs_there += has;
        if (!has && answer.quoted[i] && answer.quoted[i + 1]) {
            marks.push_back({word.begin, answer.words[i + 1].end,
                             "this quotation does not stand so in the evidence"});
        }
    }
    const std::size_t count = last - first;
    return support_of_shares(
        share(words_there, count),
        count > 1 ? std::optional(share(pairs_there, count - 1)) : std::nullopt, !marks.empty());
}

/// Support of all of it: of distinct words and distinct pairs.
double whole_support(const Evidence& evidence, std::vector<std::uint64_t> pairs,
                     bool fact_missing) {
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    const auto words_there = std::ranges::count(evidence.has, true);
    const auto pairs_there = std::ranges::count_if(
        pairs, [&](std::uint64_t pair) { return evidence.pairs.contains(pair); });
    return support_of_shares(
        share(static_cast<std::size_t>(words_there), evidence.has.size()),
        pairs.empty() ? std::nullopt
                      : std::optional(share(static_cast<std::size_t>(pairs_there), pairs.size())),
        fact_missing);
}

}  // namespace

Support support_of(std::string_view text, const std::vector<std::string_view>& texts) {
    const Answer answer(text);
    const Evidence evidence(answer.dictionary, texts);
    Support support;
    std::vector<std::uint64_t> pairs;
    bool fact_missing = false;
    std::size_t w = 0;
    for (const Sentence& sentence : sentences_of(text)) {
        const std::size_t first = w;
        while (w < answer.words.size() && answer.words[w].begin < sentence.end) ++w;
        if (w == first) continue;
        std::vector<Mark> marks;
        const double value = read_sentence(answer, first, w, evidence, pairs, marks);
        if (value < low_support) {
            support.marks.push_back(
                {sentence.begin, sentence.end, "little of this stands in the evidence"});
        }
        fact_missing |= !marks.empty();
        support.marks.insert(support.marks.end(), marks.begin(), marks.end());
        support.sentences.push_back({sentence, w - first, value});
    }
    support.score = w == 0 ? 1 : whole_support(evidence, std::move(pairs), fact_missing);
    return support;
}

}  // namespace plimsoll::evaluate
