#include "evaluate/phrases.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// Bytes behind the text that may be read, so that a look needs no check for the end.
constexpr std::size_t padding = 64;
constexpr std::uint64_t spread = 0x9E3779B97F4A7C15ull;
/// Widest first: a phrase is looked for by the most bytes it has, since those are the rarest.
constexpr std::array<std::size_t, 7> widths = {16, 12, 8, 6, 4, 2, 1};

std::uint64_t load(const char* at) {
    std::uint64_t bytes;
    std::memcpy(&bytes, at, 8);
    return bytes;
}

/// Masks the first `count` of eight bytes as they lie in memory.
constexpr std::uint64_t mask_of(std::size_t count) {
    if (count >= 8) return ~0ull;
    const std::uint64_t low = (1ull << (8 * count)) - 1;
    return std::endian::native == std::endian::little ? low : ~(~0ull >> (8 * count));
}

/// `low` and `high` are sixteen bytes of text: the key of the first `width` of them. Two texts of
/// one key are alike for all the filter cares; comparing puts right the rest.
template <std::size_t width>
std::uint64_t key_of(std::uint64_t low, std::uint64_t high) {
    if constexpr (width <= 8) return ((low & mask_of(width)) + width) * spread;
    return ((low ^ std::rotl((high & mask_of(width - 8)) * spread, 29)) + width) * spread;
}

std::size_t pair_at(const char* at) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(at[0])) << 8 |
           static_cast<std::uint8_t>(at[1]);
}

std::uint64_t key_of(std::string_view bytes) {
    char sixteen[16] = {};
    std::copy(bytes.begin(), bytes.end(), sixteen);
    std::uint64_t key = 0;
    [&]<std::size_t... i>(std::index_sequence<i...>) {
        ((widths[i] == bytes.size()
              ? void(key = key_of<widths[i]>(load(sixteen), load(sixteen + 8)))
              : void()),
         ...);
    }
    (std::make_index_sequence<widths.size()>());
    return key;
}

using Block = std::uint8_t __attribute__((vector_size(16)));

/// A bit for each of sixteen bytes that are 0 or 255.
std::uint64_t bits_of(Block block) {
    std::uint64_t halves[2];
    std::memcpy(halves, &block, 16);
    constexpr std::uint64_t ones = 0x0101010101010101, gather = 0x0102040810204080;
    return (halves[0] & ones) * gather >> 56 | (halves[1] & ones) * gather >> 56 << 8;
}

/// Where words start among the 64 bytes at `at`, a bit for each. Beyond ASCII every character
/// counts as a start, by its first byte; comparing asks for the real edges. Capital letters there
/// are none. `behind` goes from block to block: bit 63 says that the last byte belonged to a word.
std::uint64_t starts_of(const char* at, std::uint64_t& behind) {
    std::uint64_t words = 0, others = 0;
    for (unsigned i = 0; i < 4; ++i) {
        Block bytes;
        std::memcpy(&bytes, at + 16 * i, 16);
        const Block word =
            (Block)(bytes - 'a' < 26) | (Block)(bytes - '0' < 10) | (Block)(bytes == '_');
        words |= bits_of(word) << 16 * i;
        others |= bits_of((Block)(bytes >= 0xC0)) << 16 * i;
    }
    const std::uint64_t starts = (words | others) & ~(words << 1 | behind >> 63);
    behind = words;
    return starts;
}

/// Calls `look(at)` where words start, until it is true. 64 bytes behind the text must be readable.
template <class Look>
void for_each_start(std::string_view text, Look&& look) {
    std::uint64_t behind = 0;
    for (std::size_t base = 0; base < text.size(); base += 64) {
        std::uint64_t starts = starts_of(text.data() + base, behind);
        if (text.size() - base < 64) starts &= (1ull << (text.size() - base)) - 1;
        for (; starts != 0; starts &= starts - 1) {
            if (look(base + static_cast<std::size_t>(std::countr_zero(starts)))) return;
        }
    }
}

}  // namespace

void PhraseSet::Table::let_in(const std::string& anchor) {
    if (anchor.size() >= 2) {
        pairs[pair_at(anchor.data())] = true;
    } else {
        for (char pair[2] = {anchor[0], 0};;) {
            pairs[pair_at(pair)] = true;
            if (++pair[1] == 0) break;
        }
    }
}

void PhraseSet::Table::index() {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.key < b.key; });
    const std::size_t bits =
        std::clamp(std::bit_ceil(entries.size() * 32), std::size_t{1} << 12, std::size_t{1} << 23);
    filter.assign(bits / 64, 0);
    filter_shift = 64 - static_cast<unsigned>(std::countr_zero(bits));
    slots.assign(std::bit_ceil(entries.size() * 2 + 1), {});
    for (std::size_t i = 0; i < entries.size();) {
        const std::uint64_t key = entries[i].key;
        std::size_t end = i;
        while (end < entries.size() && entries[end].key == key) ++end;
        const std::uint64_t bit = key >> filter_shift;
        filter[bit >> 6] |= 1ull << (bit & 63);
        std::size_t place = key >> 20 & (slots.size() - 1);
        while (slots[place].count > 0) place = (place + 1) & (slots.size() - 1);
        slots[place] = {key, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i)};
        i = end;
    }
}

const PhraseSet::Slot* PhraseSet::Table::slot(std::uint64_t key) const {
    std::size_t place = key >> 20 & (slots.size() - 1);
    while (slots[place].count > 0) {
        if (slots[place].key == key) return &slots[place];
        place = (place + 1) & (slots.size() - 1);
    }
    return nullptr;
}

/// All anchors of the greatest width that the phrase has room for.
std::vector<PhraseSet::Anchor> PhraseSet::anchors_of(const std::string& folded) const {
    std::vector<std::uint32_t> starts;
    for_each_start(std::string_view(folded + std::string(padding, '\0')).substr(0, folded.size()),
                   [&](std::size_t at) {
                       starts.push_back(static_cast<std::uint32_t>(at));
                       return false;
                   });
    // Its first character starts a word in every text only if it must not stand inside one.
    const bool first_counts = options_.whole_words && is_word_character(first_character(folded));
    std::vector<Anchor> anchors;
    const auto add = [&](std::size_t width, bool everywhere, std::uint32_t offset) {
        if (offset + width > folded.size()) return;
        const std::uint64_t key = key_of(std::string_view(folded).substr(offset, width));
        anchors.push_back({width, everywhere, offset, key});
    };
    for (const bool everywhere : {false, true}) {
        for (const std::size_t width : widths) {
            if (everywhere) {
                for (std::uint32_t offset = 0; offset < folded.size(); ++offset) {
                    add(width, true, offset);
                }
            } else {
                for (const std::uint32_t offset : starts) {
                    if (offset > 0 || first_counts) add(width, false, offset);
                }
            }
            if (!anchors.empty()) return anchors;
        }
    }
    return anchors;
}

/// One anchor for every phrase. Bytes that many phrases hold are common in the language too, so
/// they would pass the filter often: of all anchors of a phrase the rarest is taken.
std::vector<PhraseSet::Anchor> PhraseSet::choose_anchors() const {
    std::unordered_map<std::uint64_t, std::uint32_t> held;
    for (const std::string& phrase : folded_) {
        for (const Anchor& anchor : anchors_of(phrase)) ++held[anchor.key];
    }
    std::unordered_map<std::uint64_t, std::uint32_t> taken;
    std::vector<Anchor> chosen;
    for (const std::string& phrase : folded_) {
        const std::vector<Anchor> anchors = anchors_of(phrase);
        const auto cost = [&](const Anchor& anchor) {
            const auto other = taken.find(anchor.key);
            return held[anchor.key] + (other == taken.end() ? 0 : 8ull * other->second);
        };
        chosen.push_back(
            *std::min_element(anchors.begin(), anchors.end(),
                              [&](const Anchor& a, const Anchor& b) { return cost(a) < cost(b); }));
        ++taken[chosen.back().key];
    }
    return chosen;
}

PhraseSet::PhraseSet(std::vector<std::string> phrases, Options options)
    : phrases_(std::move(phrases)), options_(options) {
    for (const std::string& phrase : phrases_) {
        assert(!phrase.empty());
        folded_.push_back(folded(phrase));
    }
    const std::vector<Anchor> anchors = choose_anchors();
    for (std::uint32_t i = 0; i < anchors.size(); ++i) {
        const Anchor& anchor = anchors[i];
        std::string after = folded_[i].substr(anchor.offset + anchor.width, 8);
        const std::uint64_t mask = mask_of(after.size());
        after.resize(8);
        Table& table = anchor.everywhere ? everywhere_ : at_starts_;
        table.entries.push_back({anchor.key, load(after.data()), mask, i, anchor.offset});
        table.let_in(folded_[i].substr(anchor.offset, anchor.width));
        table.widths |=
            1u << (std::find(widths.begin(), widths.end(), anchor.width) - widths.begin());
    }
    at_starts_.index();
    everywhere_.index();
}

bool PhraseSet::edges_hold(std::string_view text, std::size_t begin, std::size_t end) const {
    if (!options_.whole_words) return true;
    const std::string_view phrase = text.substr(begin, end - begin);
    const bool front = is_word_character(first_character(phrase)) &&
                       is_word_character(last_character(text.substr(0, begin)));
    return !front && !(is_word_character(last_character(phrase)) &&
                       is_word_character(first_character(text.substr(end))));
}

std::optional<PhraseSet::Hit> PhraseSet::verify(const Table& table, std::string_view padded,
                                                std::size_t at, std::size_t width,
                                                std::uint64_t key) const {
    const Slot* slot = table.slot(key);
    if (!slot) return std::nullopt;
    const std::string_view text = padded.substr(0, padded.size() - padding);
    const std::uint64_t after = load(padded.data() + at + width);
    for (std::uint32_t i = slot->first; i < slot->first + slot->count; ++i) {
        const Entry& entry = table.entries[i];
        if (((after ^ entry.after) & entry.mask) != 0 || at < entry.offset) continue;
        const std::size_t begin = at - entry.offset;
        const std::string& phrase = folded_[entry.phrase];
        if (text.substr(begin, phrase.size()) != phrase) continue;
        if (edges_hold(text, begin, begin + phrase.size())) return Hit{entry.phrase, begin};
    }
    return std::nullopt;
}

inline std::optional<PhraseSet::Hit> PhraseSet::look(const Table& table, std::string_view padded,
                                                     std::size_t at) const {
    const std::uint64_t low = load(padded.data() + at);
    const std::uint64_t high = load(padded.data() + at + 8);
    std::uint32_t may = 0;
    // Which widths there are is the same at every place, so the branches cost next to nothing.
    const auto ask = [&]<std::size_t i>() __attribute__((always_inline)) {
        if (table.widths >> i & 1)
            may |= table.may_hold(key_of<widths[i]>(low, high)) ? 1u << i : 0u;
    };
    ask.template operator()<0>(), ask.template operator()<1>(), ask.template operator()<2>();
    ask.template operator()<3>(), ask.template operator()<4>(), ask.template operator()<5>();
    ask.template operator()<6>();
    if (may == 0) [[likely]]
        return std::nullopt;
    for (; may != 0; may &= may - 1) {
        const std::size_t width = widths[static_cast<std::size_t>(std::countr_zero(may))];
        const std::uint64_t key = key_of(padded.substr(at, width));
        if (const auto hit = verify(table, padded, at, width, key)) return hit;
    }
    return std::nullopt;
}

std::optional<PhraseSet::Match> PhraseSet::find(std::string_view text) const {
    thread_local std::string padded;
    fold(text, padded);
    const std::size_t size = padded.size();
    padded.append(padding, '\0');
    std::optional<Hit> hit;
    for_each_start(std::string_view(padded).substr(0, size), [&](std::size_t at) {
        hit = look(at_starts_, padded, at);
        return hit.has_value();
    });
    if (!everywhere_.entries.empty()) {
        for (std::size_t at = 0; at < size && !hit; ++at) {
            if (!everywhere_.pairs[pair_at(padded.data() + at)]) continue;
            hit = look(everywhere_, padded, at);
        }
    }
    if (!hit) return std::nullopt;
    return Match{hit->phrase, unfolded_offset(text, hit->begin),
                 unfolded_offset(text, hit->begin + folded_[hit->phrase].size())};
}

}  // namespace plimsoll::evaluate
