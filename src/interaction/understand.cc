#include "interaction/understand.h"

#include <algorithm>
#include <bitset>
#include <unordered_map>
#include <unordered_set>

#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"
#include "interaction/outside_scores.h"

namespace plimsoll::interaction {
namespace {

/// A row of some convention's table, and its place among all rows of all conventions.
struct Entry {
    std::uint32_t rank = 0;
    bool last_resort = false;
    const Row* row = nullptr;
    const Convention* convention = nullptr;
};

/// Up to the first dot or colon: "gen_ai.usage" → "gen_ai".
std::string_view first_word(std::string_view key) {
    return key.substr(0, key.find_first_of(".:"));
}

/// The beginning of keys that some convention claims.
struct Prefix {
    std::string_view text;
    std::uint32_t convention = 0;  ///< Its place in all_conventions.
    bool can_slice_by = false;
};

/// Every key that any convention knows. Built once; any thread may look.
class KeyIndex {
  public:
    KeyIndex() {
        std::uint32_t rank = 0;
        for (const Convention* convention : all_conventions) {
            for (const Row& row : convention->table) add({rank++, false, &row, convention});
        }
        std::uint32_t place = 0;
        for (const Convention* convention : all_conventions) {
            for (const Row& row : convention->last_resort) add({rank++, true, &row, convention});
            for (const std::string_view prefix : convention->content_prefixes) {
                prefixes_[first_word(prefix)].push_back({prefix, place, false});
            }
            for (const std::string_view prefix : convention->slice_prefixes) {
                prefixes_[first_word(prefix)].push_back({prefix, place, true});
            }
            for (const std::string_view event : convention->events) events_.insert(event);
            ++place;
        }
    }

    const std::vector<Entry>* find(std::string_view key) const {
        const auto found = entries_.find(key);
        return found == entries_.end() ? nullptr : &found->second;
    }

    /// The longest prefix that claims the key; nullptr if none does.
    const Prefix* claim(std::string_view key) const {
        const auto found = prefixes_.find(first_word(key));
        if (found == prefixes_.end()) return nullptr;
        const Prefix* longest = nullptr;
        for (const Prefix& prefix : found->second) {
            if (key.starts_with(prefix.text) &&
                (!longest || prefix.text.size() > longest->text.size())) {
                longest = &prefix;
            }
        }
        return longest;
    }

    /// A key of a vocabulary that some convention reads, whether or not it knows this one.
    bool is_in_a_vocabulary(std::string_view key) const {
        return vocabularies_.contains(first_word(key));
    }

    bool knows_event(std::string_view name) const { return events_.contains(name); }

    static const KeyIndex& get() {
        static const KeyIndex index;
        return index;
    }

  private:
    void add(const Entry& entry) {
        entries_[entry.row->key].push_back(entry);
        if (entry.convention != &any_span) vocabularies_.insert(first_word(entry.row->key));
    }

    std::unordered_map<std::string_view, std::vector<Entry>> entries_;
    std::unordered_map<std::string_view, std::vector<Prefix>> prefixes_;  ///< By first word.
    std::unordered_set<std::string_view> vocabularies_;
    std::unordered_set<std::string_view> events_;
};

struct Match {
    Entry entry;
    std::uint32_t ordinal = 0;  ///< Of the attribute in its span.
};

/// Best first; of an attribute sent twice, the last.
bool better(const Match& a, const Match& b) {
    if (a.entry.rank != b.entry.rank) return a.entry.rank < b.entry.rank;
    return a.ordinal > b.ordinal;
}

void choose_kind(const std::vector<Match>& matches, std::span<const wire::Attribute> attributes,
                 Draft& draft) {
    const Match* chosen = nullptr;
    for (const Match& match : matches) {
        if (match.entry.row->field != Field::kind) continue;
        if (chosen && chosen->entry.convention->kind_rank <= match.entry.convention->kind_rank) {
            continue;
        }
        const std::string_view word = unquoted(attributes[match.ordinal].value.text);
        const auto& kinds = match.entry.convention->kinds;
        const bool known = std::any_of(kinds.begin(), kinds.end(),
                                       [word](const KindWord& each) { return each.word == word; });
        if (known) chosen = &match;
    }
    if (chosen) {
        draft.offer(*chosen->entry.row, attributes[chosen->ordinal].value,
                    *chosen->entry.convention);
    }
}

}  // namespace

Step understand_span(const wire::SpanView& span, bool keep_attributes) {
    const KeyIndex& index = KeyIndex::get();
    const std::span<const wire::Attribute> attributes = span.attributes.list();
    Draft draft(span);

    std::vector<Match> matches;
    matches.reserve(attributes.size() + 8);
    std::vector<std::uint32_t> own;  // Attributes that no convention reads: the team's.
    std::bitset<std::size(all_conventions)> claimed;  // Conventions with a prefix here.
    for (std::uint32_t i = 0; i < attributes.size(); ++i) {
        const std::string_view key = attributes[i].key;
        if (const auto* entries = index.find(key)) {
            for (const Entry& entry : *entries) matches.push_back({entry, i});
            if (can_slice_by(entries->front().row->field) ||
                can_slice_by(entries->back().row->field)) {
                draft.add_slice(key, attributes[i].value);
            }
            continue;
        }
        const Prefix* prefix = index.claim(key);
        if (prefix) claimed.set(prefix->convention);
        if (!prefix || prefix->can_slice_by) own.push_back(i);
        if (!prefix && index.is_in_a_vocabulary(key)) draft.add_unmapped(std::string(key));
    }
    std::sort(matches.begin(), matches.end(), better);
    for (const std::uint32_t i : own) {
        const std::string_view key = attributes[i].key;
        const bool kept = draft.add_slice(key, attributes[i].value);
        if (!kept && !index.is_in_a_vocabulary(key) && !index.claim(key)) {
            draft.add_unmapped(std::string(key));
        }
    }
    for (const wire::EventView& event : span.events) {
        if (!index.knows_event(event.name)) {
            draft.add_unmapped("event " + std::string(event.name));
        }
    }

    choose_kind(matches, attributes, draft);
    auto match = matches.begin();
    for (std::size_t place = 0; place < std::size(all_conventions); ++place) {
        const Convention* convention = all_conventions[place];
        bool present = claimed[place] || !span.events.empty() || convention == &any_span;
        for (; match != matches.end() && match->entry.convention == convention &&
               !match->entry.last_resort;
             ++match) {
            present = true;
            if (match->entry.row->field == Field::kind) continue;
            draft.offer(*match->entry.row, attributes[match->ordinal].value, *convention);
        }
        if (convention->read && present) convention->read(span, draft);
    }
    draft.guess_kind();
    for (; match != matches.end(); ++match) {
        draft.offer(*match->entry.row, attributes[match->ordinal].value, *match->entry.convention);
    }

    Step step = draft.finish();
    step.outside_scores = outside_scores_of(span);
    if (keep_attributes) {
        step.attributes.reserve(attributes.size());
        for (const wire::Attribute& attribute : attributes) {
            step.attributes.emplace_back(attribute.key, wire::to_json(attribute.value));
        }
    }
    return step;
}

Origin origin_of(const wire::SpanView& span) {
    Origin origin;
    if (!span.resource) return origin;
    for (const wire::Attribute& attribute : span.resource->attributes.list()) {
        if (attribute.key == "service.name") {
            origin.service = plain_text(attribute.value);
        } else if (attribute.key == "deployment.environment.name" ||
                   (attribute.key == "deployment.environment" && origin.environment.empty())) {
            origin.environment = plain_text(attribute.value);
        }
        origin.resource.insert_or_assign(std::string(attribute.key),
                                         wire::to_json(attribute.value));
    }
    return origin;
}

}  // namespace plimsoll::interaction
