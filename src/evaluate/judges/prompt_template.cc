#include "evaluate/judges/prompt_template.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view slot_words[slot_count] = {"question",  "conversation", "system_prompt",
                                                     "documents", "tool_calls",   "answer"};

std::optional<TemplatePiece> place_named(std::string_view word) {
    TemplatePiece piece;
    const auto trim = [&] {
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    };
    trim();
    piece.may_be_empty = word.ends_with('?');
    if (piece.may_be_empty) word.remove_suffix(1);
    trim();
    const auto found = std::find(std::begin(slot_words), std::end(slot_words), word);
    if (found == std::end(slot_words)) return std::nullopt;
    piece.slot = static_cast<Slot>(found - slot_words);
    return piece;
}

}  // namespace

std::string_view to_word(Slot slot) {
    return slot_words[static_cast<std::size_t>(slot)];
}

std::variant<PromptTemplate, TemplateFault> read_template(std::string_view text) {
    PromptTemplate read{std::string(text), {}};
    bool has_place = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find("{{", at);
        if (const std::string_view words = text.substr(at, open - at); !words.empty())
            read.pieces.push_back({std::string(words)});
        if (open == text.npos) break;
        const auto line =
            static_cast<std::size_t>(1 + std::count(text.begin(), text.begin() + open, '\n'));
        const std::size_t close = text.find("}}", open);
        if (close == text.npos) return TemplateFault{line, "`{{` has no `}}`"};
        const std::string_view word = text.substr(open + 2, close - open - 2);
        const auto place = place_named(word);
        if (!place)
            return TemplateFault{
                line, fmt::format("there is nothing called {} to put in", quote(word, 40))};
        read.pieces.push_back(*place);
        has_place = true;
        at = close + 2;
    }
    if (!has_place) return TemplateFault{1, "it has no place for data, such as {{answer}}"};
    return read;
}

const PromptTemplate& default_template() {
    static const PromptTemplate made = std::get<PromptTemplate>(
        read_template("What the user asked:\n{{question?}}\n\n"
                      "Documents that the model was given:\n{{documents?}}\n\n"
                      "Tools that ran:\n{{tool_calls?}}\n\n"
                      "What the model answered:\n{{answer}}\n"));
    return made;
}

}  // namespace plimsoll::evaluate
