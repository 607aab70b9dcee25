#include "interaction/privacy/redactor.h"

#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/encoded.h"
#include "interaction/privacy/unescape.h"

namespace plimsoll::interaction::privacy {

namespace {

constexpr Anchors::Owners escape_bit = 1u << 31;
static_assert(std::size(all_recognizers) < 31);

/// Left to right; of two that overlap, one that covers both.
void merge(std::vector<Found>& found) {
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.place.begin < b.place.begin ||
               (a.place.begin == b.place.begin && a.place.end > b.place.end);
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (kept > 0 && found[i].place.begin < found[kept - 1].place.end) {
            Found& last = found[kept - 1];
            last.place.end = std::max(last.place.end, found[i].place.end);
            continue;
        }
        if (kept != i) found[kept] = std::move(found[i]);
        ++kept;
    }
    found.resize(kept);
}

/// What must stand around a placeholder in place of a number of JSON, which has no quotation marks:
/// those of its key, `\"` inside of a string. "" anywhere else.
std::string_view quotes_of_number(std::string_view text, const Place& place) {
    const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    std::size_t end = place.end, before = place.begin;
    while (blank(byte_at(text, end))) ++end;
    const char after = byte_at(text, end);
    if (after != ',' && after != '}' && after != ']' && after != '\0') return "";
    while (before > 0 && blank(text[before - 1])) --before;
    const char lead = byte_before(text, before);
    if (lead == ':' && byte_before(text, before - 1) == '"') {
        const std::size_t quote = before - 1;
        std::size_t begin = quote - 1;
        while (begin > 0 && text[begin - 1] == '\\') --begin;
        return text.substr(begin, quote - begin);
    }
    if (lead != '[' && lead != ',') return "";
    // In a list: only if no string is open, which needs a look from the start.
    if (text.find_first_of("[{") != text.find_first_not_of(" \n\r\t")) return "";
    bool in_string = false;
    for (std::size_t i = 0; i < place.begin; ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            in_string = !in_string;
        }
    }
    return in_string ? "" : "\"";
}

}  // namespace

Redactor::Redactor(const PseudonymKey& key, RedactorOptions options)
    : pseudonyms_(key), options_(std::move(options)) {
    for (std::size_t i = 0; i < std::size(all_recognizers); ++i) {
        const Recognizer& recognizer = *all_recognizers[i];
        if (std::find(options_.off.begin(), options_.off.end(), recognizer.name) !=
            options_.off.end()) {
            continue;
        }
        const Anchors::Owners bit = 1u << i;
        for (const std::string_view anchor : recognizer.anchors) {
            if (anchor == number) {
                number_ |= bit;
            } else if (anchor == word) {
                word_ |= bit;
            } else {
                anchors_.add(anchor, bit);
            }
        }
    }
    for (const std::string_view start : escape_starts) anchors_.add(start, escape_bit);
}

bool Redactor::allowed(std::string_view value) const {
    return std::any_of(options_.allow.begin(), options_.allow.end(), [&](std::string_view allow) {
        const bool ending = allow.starts_with('@') && value.size() > allow.size();
        const std::string_view part = ending ? value.substr(value.size() - allow.size()) : value;
        return std::equal(part.begin(), part.end(), allow.begin(), allow.end(),
                          [](char a, char b) { return lower(a) == lower(b); });
    });
}

std::size_t Redactor::ask(Anchors::Owners owners, std::string_view text, std::size_t at,
                          std::vector<Found>& found) const {
    const std::size_t floor = found.empty() ? 0 : found.back().place.end;
    for (; owners != 0; owners &= owners - 1) {
        const Recognizer& one = *all_recognizers[std::countr_zero(owners)];
        const std::optional<Place> place = one.find(text, at, floor);
        if (!place) continue;
        const std::string_view value = text.substr(place->begin, place->end - place->begin);
        if (!allowed(value)) found.push_back({one.label, *place, std::string(value)});
        return place->end;
    }
    return 0;
}

void Redactor::search_once(std::string_view text, bool in_decoded, std::vector<Found>& found,
                           bool& escaped) const {
    // Runs of base64 come when their block was searched; kept apart, as they reach further.
    std::vector<Found> encoded;
    std::size_t word_end = 0, word_begin = 0;
    const auto literal = [&](std::size_t at, Anchors::Owners owners) {
        if (owners & escape_bit) escaped = true;
        return ask(owners & ~escape_bit, text, at, found);
    };
    const auto digit = [&](std::size_t at) {
        std::size_t resume = 0;
        if (at >= word_end) {  // The first digit of a word.
            word_begin = word_end = at;
            const std::size_t floor = found.empty() ? 0 : found.back().place.end;
            while (word_begin > floor && is_token(text[word_begin - 1])) --word_begin;
            while (word_end < text.size() && is_token(text[word_end])) ++word_end;
            constexpr std::size_t key_bytes_min = 6;
            if (word_end - word_begin >= key_bytes_min)
                resume = ask(word_, text, word_begin, found);
        }
        if (resume > at) return resume;
        if (is_alnum(byte_before(text, at)) && at - word_begin > 6 && !is_escaped(text, at - 1))
            return std::size_t{0};
        return ask(number_, text, at, found);
    };
    const auto run = [&](std::size_t begin, std::size_t end) {
        if (in_decoded) return;
        const std::string_view bytes = text.substr(begin, end - begin);
        for (std::size_t phase = 0; phase < 4; ++phase) {
            const auto decoded = decoded_text(bytes, phase);
            if (!decoded) continue;
            std::vector<Found> inside;
            search(*decoded, true, inside);
            if (inside.empty()) continue;
            while (byte_at(text, end) == '=') ++end;
            encoded.push_back({"ENCODED", {begin, end}, std::string(bytes)});
            return;
        }
    };
    anchors_.for_each(text, literal, digit, run);
    std::move(encoded.begin(), encoded.end(), std::back_inserter(found));
}

void Redactor::search(std::string_view text, bool in_decoded, std::vector<Found>& found) const {
    bool escaped = false;
    search_once(text, in_decoded, found, escaped);
    if (escaped) {
        const Unescaped plain = unescape(text);
        std::vector<Found> hidden;
        if (!plain.steps.empty()) search_once(plain.text, in_decoded, hidden, escaped);
        for (Found& one : hidden) {
            one.place = {plain.origin(one.place.begin), plain.origin(one.place.end)};
            found.push_back(std::move(one));
        }
    }
    for (const TeamPattern& pattern : options_.patterns) {
        for (const Place& place : pattern.find(text)) {
            const std::string_view value = text.substr(place.begin, place.end - place.begin);
            if (value.empty() || allowed(value)) continue;
            found.push_back({pattern.label, place, std::string(value)});
        }
    }
    if (found.size() > 1) merge(found);
}

std::vector<Found> Redactor::find(std::string_view text) const {
    std::vector<Found> found;
    search(text, false, found);
    return found;
}

std::string Redactor::placeholder(std::string_view label, std::string_view value) const {
    std::string text = "<";
    text.append(label).append("_").append(pseudonyms_.of(label, value)).append(">");
    return text;
}

std::optional<std::string> Redactor::redact_after(std::string_view lead,
                                                  std::string_view text) const {
    const std::string whole = std::string(lead).append(text);
    std::vector<Found> all = find(whole);
    std::erase_if(all, [&](const Found& one) { return one.place.begin < lead.size(); });
    if (all.empty()) return std::nullopt;
    return replaced(whole, all).substr(lead.size());
}

std::optional<std::string> Redactor::redact(std::string_view text) const {
    const std::vector<Found> all = find(text);
    if (all.empty()) return std::nullopt;
    return replaced(text, all);
}

std::string Redactor::replaced(std::string_view text, const std::vector<Found>& all) const {
    std::string redacted;
    redacted.reserve(text.size() + 16 * all.size());
    std::size_t done = 0;
    for (const Found& one : all) {
        redacted.append(text, done, one.place.begin - done);
        const std::string_view quotes =
            is_digit(text[one.place.begin]) ? quotes_of_number(text, one.place) : "";
        redacted.append(quotes).append(placeholder(one.label, one.value)).append(quotes);
        done = one.place.end;
    }
    redacted.append(text, done);
    return redacted;
}

}  // namespace plimsoll::interaction::privacy
