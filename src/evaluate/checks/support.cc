#include "evaluate/checks/support.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "evaluate/places_of.h"
#include "evaluate/words.h"

namespace plimsoll::evaluate {

namespace {

constexpr double missing_fact_factor = 0.8;
constexpr std::size_t marks_max = 100;
constexpr double low_support = 0.5;  ///< A sentence below it is marked as a whole.

using Id = std::uint32_t;  ///< Of a distinct word, or pair of neighbours, of the answer.

/// No two pairs alike, and well spread in the low bits.
std::uint64_t pair_of(Id first, Id second) {
    const std::uint64_t pair = (std::uint64_t{first} << 32 | second) * 0x9E3779B97F4A7C15;
    return pair ^ pair >> 32;
}

constexpr char typographic_lead = '\xE2';  ///< The first byte of “ and ”.

struct Answer {
    std::string_view text;
    std::vector<Word> words;
    std::vector<Id> ids;       ///< Of each word.
    std::vector<bool> quoted;  ///< Each word: inside "…".
    PlacesOf dictionary;

    explicit Answer(std::string_view text)
        : text(text), words(words_of(text)), dictionary(words.size()) {
        ids.reserve(words.size());
        quoted.reserve(words.size());
        bool inside = false;
        std::size_t at = 0;
        for (const Word& word : words) {
            ids.push_back(dictionary.add(word.stem));
            for (; at < word.begin; ++at) {
                if (text[at] == '"') inside = !inside;
                if (text[at] == '\n') inside = false;
                if (text[at] != typographic_lead) continue;
                if (text.substr(at, 3) == "”") inside = false;
                if (text.substr(at, 3) == "“") inside = true;
            }
            at = word.end;
            quoted.push_back(inside);
        }
    }
};

/// What the evidence has of the answer's words, and of its pairs of neighbours in a sentence.
struct Evidence {
    std::vector<bool> has;       ///< By id of a word.
    std::vector<bool> has_pair;  ///< By id of a pair.

    Evidence(const Answer& answer, const PlacesOf& pairs,
             const std::vector<std::string_view>& texts)
        : has(answer.dictionary.size()), has_pair(pairs.size()) {
        for (const std::string_view text : texts) read(answer.dictionary, pairs, text);
    }

  private:
    void read(const PlacesOf& dictionary, const PlacesOf& pairs, std::string_view text) {
        Id last = PlacesOf::nowhere;
        for (const Word& word : words_of(text)) {
            const Id id = dictionary.find(word.stem);
            if (id != PlacesOf::nowhere) {
                has[id] = true;
                if (last != PlacesOf::nowhere) {
                    const Id pair = pairs.find(pair_of(last, id));
                    if (pair != PlacesOf::nowhere) has_pair[pair] = true;
                }
            }
            last = id;
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

/// The words [first, last) of the answer.
struct Run {
    Sentence sentence;
    std::size_t first = 0, last = 0;
    std::size_t count() const { return last - first; }
};

/// The sentences that have words.
std::vector<Run> runs_of(const Answer& answer) {
    std::vector<Run> runs;
    std::size_t w = 0;
    for (const Sentence& sentence : sentences_of(answer.text)) {
        const std::size_t first = w;
        while (w < answer.words.size() && answer.words[w].begin < sentence.end) ++w;
        if (w > first) runs.push_back({sentence, first, w});
    }
    return runs;
}

/// What is not supported in one sentence.
struct Missing {
    std::vector<Mark> marks;
    std::size_t quotation = SIZE_MAX;  ///< Index of its last mark of a quotation.

    void add(std::size_t begin, std::size_t end, const char* why) {
        marks.push_back({begin, end, why});
    }
    /// Two neighbours in quotation marks; a run of such pairs is one mark.
    void add_quoted(const Word& first, const Word& second) {
        if (quotation < marks.size() && marks[quotation].end == first.end) {
            marks[quotation].end = second.end;
            return;
        }
        quotation = marks.size();
        add(first.begin, second.end, "this quotation does not stand so in the evidence");
    }
};

/// Support of one sentence. `pair` is its first pair among those of the answer, and moves on to the
/// next sentence's.
double read_sentence(const Answer& answer, const Run& run, const Evidence& evidence,
                     const Id*& pair, Missing& missing) {
    std::size_t words_there = 0, pairs_there = 0;
    for (std::size_t i = run.first; i < run.last; ++i) {
        const Word& word = answer.words[i];
        const bool there = evidence.has[answer.ids[i]];
        words_there += there;
        if (!there && (word.has_digit || (word.capital && i > run.first))) {
            missing.add(word.begin, word.end,
                        word.has_digit ? "this number is not in the evidence"
                                       : "this name is not in the evidence");
        }
        if (i + 1 == run.last) continue;
        const bool pair_there = evidence.has_pair[*pair++];
        pairs_there += pair_there;
        if (!pair_there && answer.quoted[i] && answer.quoted[i + 1]) {
            missing.add_quoted(word, answer.words[i + 1]);
        }
    }
    return support_of_shares(
        share(words_there, run.count()),
        run.count() > 1 ? std::optional(share(pairs_there, run.count() - 1)) : std::nullopt,
        !missing.marks.empty());
}

/// Support of all of it: of distinct words and distinct pairs.
double whole_support(const Evidence& evidence, bool fact_missing) {
    const auto share_of = [](const std::vector<bool>& has) {
        return share(static_cast<std::size_t>(std::ranges::count(has, true)), has.size());
    };
    return support_of_shares(
        share_of(evidence.has),
        evidence.has_pair.empty() ? std::nullopt : std::optional(share_of(evidence.has_pair)),
        fact_missing);
}

}  // namespace

Support support_of(std::string_view text, const std::vector<std::string_view>& texts) {
    const Answer answer(text);
    const std::vector<Run> runs = runs_of(answer);
    PlacesOf pairs(answer.words.size());
    std::vector<Id> pair_ids;
    pair_ids.reserve(answer.words.size());
    for (const Run& run : runs) {
        for (std::size_t i = run.first; i + 1 < run.last; ++i) {
            pair_ids.push_back(pairs.add(pair_of(answer.ids[i], answer.ids[i + 1])));
        }
    }
    const Evidence evidence(answer, pairs, texts);
    Support support;
    bool fact_missing = false;
    const Id* pair = pair_ids.data();
    for (const Run& run : runs) {
        Missing missing;
        const double value = read_sentence(answer, run, evidence, pair, missing);
        if (value < low_support) {
            support.marks.push_back(
                {run.sentence.begin, run.sentence.end, "little of this stands in the evidence"});
        }
        fact_missing |= !missing.marks.empty();
        std::ranges::move(missing.marks, std::back_inserter(support.marks));
        support.sentences.push_back({run.sentence, run.count(), value});
    }
    if (support.marks.size() > marks_max) support.marks.resize(marks_max);
    support.score = runs.empty() ? 1 : whole_support(evidence, fact_missing);
    return support;
}

}  // namespace plimsoll::evaluate
