#include "evaluate/judges/data_block.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// Words that chat templates of servers use as borders of messages.
constexpr std::string_view message_borders[] = {"<|",
                                                "<\xEF\xBD\x9C",
                                                "[INST]",
                                                "[/INST]",
                                                "[SYSTEM_PROMPT]",
                                                "<<SYS>>",
                                                "<</SYS>>",
                                                "<start_of_turn>",
                                                "<end_of_turn>",
                                                "<s>",
                                                "</s>",
                                                "<bos>",
                                                "<eos>"};

bool begins_border(std::string_view text) {
    return std::any_of(std::begin(message_borders), std::end(message_borders),
                       [&](std::string_view border) { return text.starts_with(border); });
}

bool is_line_break(std::uint32_t point) {
    return (point >= 0x0A && point <= 0x0D) || point == 0x85 || point == 0x2028 || point == 0x2029;
}

/// Controls, and what is drawn as nothing. Joiners and direction marks stay: Persian, Hindi and
/// emoji need them.
bool is_unseen(std::uint32_t point) {
    return (point < 0x20 && point != '\t') || (point >= 0x7F && point <= 0x9F) || point == 0xAD ||
           point == 0x200B || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || (point >= 0xFE00 && point <= 0xFE0D) ||
           point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFB) ||
           (point >= 0xE0000 && point <= 0xE0FFF);
}

void append_data(std::string& prompt, std::string_view text) {
    prompt += "| ";
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        const std::size_t length = utf8_length(rest);
        const std::uint32_t point = length == 0 ? 0 : first_character(rest);
        if (length == 0) {
            prompt += replacement_character;
        } else if (is_line_break(point)) {
            prompt += "\n| ";
            if (rest.starts_with("\r\n")) ++i;
        } else if (is_unseen(point) || begins_border(rest)) {
            prompt += fmt::format("\\u{{{:X}}}", point);
        } else {
            prompt += rest.substr(0, length);
        }
        i += std::max<std::size_t>(1, length);
    }
    prompt += '\n';
}

/// Bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
    std::size_t i = 0;
    for (; i < text.size() && count > 0; --count)
        i += std::max<std::size_t>(1, utf8_length(text.substr(i)));
    return i;
}

}  // namespace

std::string tag_for(std::string_view salt, const std::vector<std::string_view>& texts) {
    std::string all(salt);
    for (const std::string_view text : texts) {
        all += '\0';
        all += text;
    }
    const std::string searched = folded(all);
    for (unsigned attempt = 0;; ++attempt) {
        std::string tag = content_version(fmt::format("{}\n{}", attempt, all)).substr(0, 16);
        if (searched.find(tag) == searched.npos) return tag;
    }
}

bool append_block(std::string& prompt, std::string_view name, std::string_view text,
                  std::string_view tag, std::size_t characters_max) {
    const std::size_t characters = count_characters(text);
    const bool cut = characters > characters_max;
    prompt += fmt::format("<<<data {} {}\n", name, tag);
    if (cut) {
        const std::size_t tail = characters_max / 3;
        const std::size_t head = characters_max - tail;
        append_data(prompt, text.substr(0, bytes_of(text, head)));
        prompt += fmt::format("~ {} characters are left out here\n", characters - characters_max);
        append_data(prompt, text.substr(bytes_of(text, characters - tail)));
    } else {
        append_data(prompt, text);
    }
    prompt += fmt::format("data {} {}>>>\n", name, tag);
    return cut;
}

std::vector<std::size_t> fair_shares(const std::vector<std::size_t>& characters,
                                     std::size_t total) {
    std::vector<std::size_t> order(characters.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return characters[a] < characters[b]; });
    std::vector<std::size_t> shares(characters.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t share = std::min(characters[order[i]], total / (order.size() - i));
        shares[order[i]] = share;
        total -= share;
    }
    return shares;
}

}  // namespace plimsoll::evaluate
