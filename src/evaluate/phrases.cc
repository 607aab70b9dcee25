#include "evaluate/phrases.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <unordered_map>

#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// Bytes behind the text that may be read, so that a look needs no check for the end.
constexpr std::size_t padding = 8;
constexpr std::uint64_t spread = 0x9E3779B97F4A7C15ull;

template <std::size_t width>
std::uint64_t load(const char* at) {
    if constexpr (width == 8) {
        std::uint64_t bytes;
        std::memcpy(&bytes, at, 8);
        return bytes;
    } else if constexpr (width == 4) {
        std::uint32_t bytes;
        std::memcpy(&bytes, at, 4);
        return bytes;
    } else if constexpr (width == 2) {
        std::uint16_t bytes;
        std::memcpy(&bytes, at, 2);
        return bytes;
    } else {
        return static_cast<std::uint8_t>(*at);
    }
}

std::uint64_t load(const char* at, std::size_t width) {
    switch (width) {
        case 8:
            return load<8>(at);
        case 4:
            return load<4>(at);
        case 2:
            return load<2>(at);
        default:
            return load<1>(at);
    }
}

}  // namespace

void PhraseSet::Group::choose_grams(const std::vector<std::string>& folded,
                                    const std::vector<std::uint32_t>& members) {
    // Bytes that many phrases hold are common in the language too, so they would pass the filter
    // often: of all windows of `stride` neighbouring places the one with the rarest bytes is taken.
    std::unordered_map<std::uint64_t, std::uint32_t> held;
    for (const std::uint32_t member : members) {
        const std::string& phrase = folded[member];
        for (std::size_t i = 0; i + width <= phrase.size(); ++i) ++held[load(&phrase[i], width)];
    }
    std::unordered_map<std::uint64_t, std::uint32_t> taken;
    for (const std::uint32_t member : members) {
        const std::string& phrase = folded[member];
        std::uint64_t best_cost = ~0ull;
        std::size_t best = 0;
        for (std::size_t i = 0; i + shortest <= phrase.size(); ++i) {
            std::uint64_t cost = 0;
            for (std::size_t j = i; j < i + stride; ++j) {
                const std::uint64_t gram = load(&phrase[j], width);
                const auto other = taken.find(gram);
                cost += held[gram] + (other == taken.end() ? 0 : 8ull * other->second);
            }
            if (cost < best_cost) {
                best_cost = cost;
                best = i;
            }
        }
        for (std::size_t j = best; j < best + stride; ++j) {
            const std::uint64_t gram = load(&phrase[j], width);
            ++taken[gram];
            entries.push_back({gram, member, static_cast<std::uint32_t>(j)});
        }
    }
}

void PhraseSet::Group::index() {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.gram < b.gram; });
    const std::size_t bits =
        std::clamp(std::bit_ceil(entries.size() * 16), std::size_t{1} << 12, std::size_t{1} << 22);
    filter.assign(bits / 64, 0);
    filter_shift = 64 - static_cast<unsigned>(std::countr_zero(bits));
    slots.assign(std::bit_ceil(entries.size() * 2), {});
    for (std::size_t i = 0; i < entries.size();) {
        const std::uint64_t gram = entries[i].gram;
        std::size_t end = i;
        while (end < entries.size() && entries[end].gram == gram) ++end;
        const std::uint64_t hash = gram * spread;
        filter[hash >> filter_shift >> 6] |= 1ull << (hash >> filter_shift & 63);
        std::size_t place = hash >> 20 & (slots.size() - 1);
        while (slots[place].count > 0) place = (place + 1) & (slots.size() - 1);
        slots[place] = {gram, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i)};
        i = end;
    }
}

const PhraseSet::Group::Slot* PhraseSet::Group::slot(std::uint64_t gram) const {
    std::size_t place = gram * spread >> 20 & (slots.size() - 1);
    while (slots[place].count > 0) {
        if (slots[place].gram == gram) return &slots[place];
        place = (place + 1) & (slots.size() - 1);
    }
    return nullptr;
}

PhraseSet::PhraseSet(std::vector<std::string> phrases, Options options)
    : phrases_(std::move(phrases)), options_(options) {
    folded_.reserve(phrases_.size());
    for (const std::string& phrase : phrases_) folded_.push_back(folded(phrase));
    // Longest first: a phrase belongs to the first group whose shortest it reaches.
    groups_ = {{.width = 8, .stride = 4, .shortest = 11},
               {.width = 4, .stride = 4, .shortest = 7},
               {.width = 4, .stride = 1, .shortest = 4},
               {.width = 2, .stride = 1, .shortest = 2},
               {.width = 1, .stride = 1, .shortest = 1}};
    std::vector<std::vector<std::uint32_t>> members(groups_.size());
    for (std::uint32_t i = 0; i < folded_.size(); ++i) {
        assert(!folded_[i].empty());
        std::size_t group = 0;
        while (folded_[i].size() < groups_[group].shortest) ++group;
        members[group].push_back(i);
    }
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        groups_[i].choose_grams(folded_, members[i]);
        groups_[i].index();
    }
    std::erase_if(groups_, [](const Group& group) { return group.entries.empty(); });
}

bool PhraseSet::edges_hold(std::string_view text, std::size_t begin, std::size_t end) const {
    if (!options_.whole_words) return true;
    const std::string_view phrase = text.substr(begin, end - begin);
    const bool front = is_word_character(first_character(phrase)) &&
                       is_word_character(last_character(text.substr(0, begin)));
    return !front && !(is_word_character(last_character(phrase)) &&
                       is_word_character(first_character(text.substr(end))));
}

std::optional<PhraseSet::Hit> PhraseSet::verify(const Group& group, std::string_view padded,
                                                std::size_t at, std::uint64_t gram) const {
    const Group::Slot* slot = group.slot(gram);
    if (!slot) return std::nullopt;
    const std::size_t text_size = padded.size() - padding;
    for (std::uint32_t i = slot->first; i < slot->first + slot->count; ++i) {
        const Group::Entry& entry = group.entries[i];
        const std::string& phrase = folded_[entry.phrase];
        if (at < entry.offset) continue;
        const std::size_t begin = at - entry.offset;
        if (begin + phrase.size() > text_size) continue;
        if (std::memcmp(padded.data() + begin, phrase.data(), phrase.size()) != 0) continue;
        if (!edges_hold(padded.substr(0, text_size), begin, begin + phrase.size())) continue;
        return Hit{entry.phrase, begin};
    }
    return std::nullopt;
}

template <std::size_t width, std::size_t stride>
std::optional<PhraseSet::Hit> PhraseSet::scan(const Group& group, std::string_view padded) const {
    const char* const text = padded.data();
    const std::size_t text_size = padded.size() - padding;
    const std::uint64_t* const filter = group.filter.data();
    const unsigned shift = group.filter_shift;
    for (std::size_t at = 0; at < text_size; at += stride) {
        const std::uint64_t gram = load<width>(text + at);
        const std::uint64_t bit = gram * spread >> shift;
        if (!(filter[bit >> 6] >> (bit & 63) & 1)) [[likely]]
            continue;
        if (const auto hit = verify(group, padded, at, gram)) return hit;
    }
    return std::nullopt;
}

std::optional<PhraseSet::Match> PhraseSet::find(std::string_view text) const {
    thread_local std::string padded;
    fold(text, padded);
    padded.append(padding, '\0');
    for (const Group& group : groups_) {
        std::optional<Hit> hit;
        if (group.width == 8) hit = scan<8, 4>(group, padded);
        if (group.width == 4 && group.stride == 4) hit = scan<4, 4>(group, padded);
        if (group.width == 4 && group.stride == 1) hit = scan<4, 1>(group, padded);
        if (group.width == 2) hit = scan<2, 1>(group, padded);
        if (group.width == 1) hit = scan<1, 1>(group, padded);
        if (!hit) continue;
        return Match{hit->phrase, unfolded_offset(text, hit->begin),
                     unfolded_offset(text, hit->begin + folded_[hit->phrase].size())};
    }
    return std::nullopt;
}

}  // namespace plimsoll::evaluate
