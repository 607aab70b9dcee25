#include "evaluate/language/language.h"

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/utf8.h"
#include "evaluate/language/small_words.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::size_t languages = std::size(small_words);
constexpr std::size_t letters_min = 10;  ///< Fewer tell nothing of Latin, Cyrillic, Arabic text.
constexpr std::size_t bytes_read_max = 2'000;  ///< What follows would not change the answer.
constexpr double score_min = 2.0;              ///< About two words that only one language has.
constexpr double lead_min = 1.25;              ///< The best against the second.

/// A script that one language is written in, among those we know.
struct OwnScript {
    std::uint32_t from, to;
    std::string_view code;
};
constexpr OwnScript own_scripts[] = {
    {0x0370, 0x03FF, "el"}, {0x0590, 0x05FF, "he"}, {0x0900, 0x097F, "hi"}, {0x0980, 0x09FF, "bn"},
    {0x0B80, 0x0BFF, "ta"}, {0x0C00, 0x0C7F, "te"}, {0x0E00, 0x0E7F, "th"}, {0x10A0, 0x10FF, "ka"},
    {0x0530, 0x058F, "hy"}, {0x1100, 0x11FF, "ko"}, {0xAC00, 0xD7A3, "ko"}, {0x3040, 0x30FF, "ja"},
    {0x4E00, 0x9FFF, "zh"}, {0x3400, 0x4DBF, "zh"},
};

struct Names {
    std::string_view code, name, own_name;
};
constexpr Names names_of_scripts[] = {
    {"el", "Greek", "ελληνικά"}, {"he", "Hebrew", "עברית"},     {"hi", "Hindi", "हिन्दी"},
    {"bn", "Bengali", "বাংলা"},  {"ta", "Tamil", "தமிழ்"},       {"te", "Telugu", "తెలుగు"},
    {"th", "Thai", "ไทย"},       {"ka", "Georgian", "ქართული"}, {"hy", "Armenian", "հայերեն"},
    {"ko", "Korean", "한국어"},  {"ja", "Japanese", "日本語"},  {"zh", "Chinese", "中文"},
};

struct Entry {
    std::size_t language;
    double weight;
};
using Index = std::unordered_map<std::string, std::vector<Entry>>;

/// Calls `each(word)` for the words of a list parted by spaces.
template <class Each>
void for_words(std::string_view list, Each each) {
    while (!list.empty()) {
        const std::size_t end = list.find(' ');
        each(list.substr(0, end));
        list.remove_prefix(end == list.npos ? list.size() : end + 1);
    }
}

/// Word → the languages that have it, each for its part.
const Index& words_index() {
    static const Index index = [] {
        Index made;
        for (std::size_t i = 0; i < languages; ++i) {
            for_words(small_words[i].words, [&](std::string_view word) {
                auto& entries = made[folded(word)];
                if (entries.empty() || entries.back().language != i) entries.push_back({i, 1});
            });
        }
        for (auto& [word, entries] : made) {
            for (Entry& entry : entries) entry.weight = 1.0 / static_cast<double>(entries.size());
        }
        return made;
    }();
    return index;
}

/// Letter → the languages that have it, each for its part. A letter says less than a word.
const std::unordered_map<std::uint32_t, std::vector<Entry>>& letters_index() {
    static const auto index = [] {
        std::unordered_map<std::uint32_t, std::vector<Entry>> made;
        for (std::size_t i = 0; i < languages; ++i) {
            std::string_view rest = small_words[i].letters;
            while (!rest.empty()) {
                made[fold(first_character(rest))].push_back({i, 0});
                rest.remove_prefix(utf8_length(rest));
            }
        }
        for (auto& [letter, entries] : made) {
            for (Entry& entry : entries) entry.weight = 0.3 / static_cast<double>(entries.size());
        }
        return made;
    }();
    return index;
}

/// Without ```fences``` and `code`.
std::string without_code(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t begin = text.find('`');
        kept += text.substr(0, begin);
        if (begin == text.npos) break;
        const std::string_view mark = text.substr(begin).starts_with("```") ? "```" : "`";
        const std::size_t end = text.find(mark, begin + mark.size());
        text.remove_prefix(end == text.npos ? text.size() : end + mark.size());
        kept += ' ';
    }
    return kept;
}

class Reading {
  public:
    explicit Reading(std::string_view text) {
        std::string word;
        while (!text.empty()) {
            const std::size_t length = utf8_length(text);
            const std::uint32_t point = length ? fold(first_character(text)) : 0xFFFD;
            text.remove_prefix(length ? length : 1);
            if (see(point)) {
                word.append(utf8(point));
            } else if (!word.empty()) {
                add_word(word);
                word.clear();
            }
        }
        if (!word.empty()) add_word(word);
    }

    std::string_view language() const {
        // Japanese is written with Chinese characters too; Chinese never with kana.
        std::array<std::size_t, std::size(own_scripts)> counts = own_;
        std::size_t shared = latin_ + cyrillic_ + arabic_, best_own = 0, kana = 0, most = 0;
        std::string_view code;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (own_scripts[i].code == "ja") kana += counts[i];
            best_own += counts[i];
            if (counts[i] > most) {
                most = counts[i];
                code = own_scripts[i].code;
            }
        }
        // A syllable or ideograph says more than a letter.
        if (most >= 2 && 3 * best_own > shared)
            return code == "zh" && kana * 10 > most ? "ja" : code;
        if (shared < letters_min) return "";
        const Script script = cyrillic_ > latin_ && cyrillic_ > arabic_ ? Script::cyrillic
                              : arabic_ > latin_                        ? Script::arabic
                                                                        : Script::latin;
        double best = 0, second = 0;
        std::size_t leader = 0;
        for (std::size_t i = 0; i < languages; ++i) {
            if (small_words[i].script != script) continue;
            if (scores_[i] > best) {
                if (!same_language(small_words[leader].code, small_words[i].code)) second = best;
                best = scores_[i];
                leader = i;
            } else if (scores_[i] > second &&
                       !same_language(small_words[leader].code, small_words[i].code)) {
                second = scores_[i];
            }
        }
        return best >= score_min && best >= lead_min * second ? small_words[leader].code : "";
    }

  private:
    static std::string utf8(std::uint32_t point) {
        std::string bytes;
        append_utf8(bytes, point);
        return bytes;
    }

    /// Counts a character; whether it is part of a word of letters.
    bool see(std::uint32_t point) {
        if (point >= 0x80) {
            if (const auto letter = letters_index().find(point); letter != letters_index().end()) {
                for (const Entry& entry : letter->second) scores_[entry.language] += entry.weight;
            }
        }
        if ((point >= 'a' && point <= 'z') || (point >= 0xC0 && point < 0x250) ||
            (point >= 0x1E00 && point < 0x1F00)) {
            return ++latin_;
        }
        if (point == '\'') return true;
        if (point >= 0x400 && point < 0x530) return ++cyrillic_;
        if (point >= 0x600 && point < 0x700) return ++arabic_;
        if (point < 0x370) return false;
        for (std::size_t i = 0; i < own_.size(); ++i) {
            if (point >= own_scripts[i].from && point <= own_scripts[i].to) {
                ++own_[i];
                break;
            }
        }
        return false;
    }

    void add_word(const std::string& word) {
        const auto found = words_index().find(word);
        if (found == words_index().end()) return;
        for (const Entry& entry : found->second) scores_[entry.language] += entry.weight;
    }

    std::size_t latin_ = 0, cyrillic_ = 0, arabic_ = 0;
    std::array<std::size_t, std::size(own_scripts)> own_{};
    std::array<double, languages> scores_{};
};

template <class Each>
void for_names(Each each) {
    for (const LanguageWords& one : small_words) each(Names{one.code, one.name, one.own_name});
    for (const Names& one : names_of_scripts) each(one);
}

}  // namespace

std::string_view language_of_text(std::string_view text) {
    return Reading(without_code(text.substr(0, bytes_read_max))).language();
}

bool same_language(std::string_view a, std::string_view b) {
    const auto kin = [&](std::string_view x, std::string_view y) {
        return (a == x && b == y) || (a == y && b == x);
    };
    return a == b || kin("da", "no") || kin("hr", "sr");
}

std::string_view named_language(std::string_view text) {
    const std::string low = folded(text);
    std::string_view found;
    for_names([&](const Names& one) {
        for (const std::string_view name : {one.name, one.own_name}) {
            if (found.empty() && low.find(folded(name)) != low.npos) found = one.code;
        }
    });
    return found;
}

std::string_view name_of_language(std::string_view code) {
    std::string_view name;
    for_names([&](const Names& one) {
        if (one.code == code) name = one.name;
    });
    return name;
}

}  // namespace plimsoll::evaluate
