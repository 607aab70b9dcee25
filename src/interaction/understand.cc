#include "interaction/understand.h"

#include <algorithm>
#include <unordered_map>

#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

/// A row of some convention's table, and its place among all rows of all conventions.
struct Entry {
    std::uint32_t rank = 0;
    bool last_resort = false;
    const Row* row = nullptr;
    const Convention* convention = nullptr;
};

/// Every key that any convention knows. Built once; any thread may look.
class KeyIndex {
  public:
    KeyIndex() {
        std::uint32_t rank = 0;
        for (const Convention* convention : all_conventions) {
            for (const Row& row : convention->table) add({rank++, false, &row, convention});
        }
        for (const Convention* convention : all_conventions) {
            for (const Row& row : convention->last_resort) add({rank++, true, &row, convention});
            for (const std::string_view prefix : convention->content_prefixes) {
                content_prefixes_.push_back(prefix);
            }
        }
    }

    const std::vector<Entry>* find(std::string_view key) const {
        const auto found = entries_.find(key);
        return found == entries_.end() ? nullptr : &found->second;
    }

    bool is_content(std::string_view key) const {
        return std::any_of(content_prefixes_.begin(), content_prefixes_.end(),
                           [key](std::string_view prefix) { return key.starts_with(prefix); });
    }

    static const KeyIndex& get() {
        static const KeyIndex index;
        return index;
    }

  private:
    void add(const Entry& entry) { entries_[entry.row->key].push_back(entry); }

    std::unordered_map<std::string_view, std::vector<Entry>> entries_;
    std::vector<std::string_view> content_prefixes_;
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
        const std::string_view word = attributes[match.ordinal].value.text;
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
    std::vector<std::uint32_t> own;  // Attributes that no convention knows: the team's.
    for (std::uint32_t i = 0; i < attributes.size(); ++i) {
        if (const auto* entries = index.find(attributes[i].key)) {
            for (const Entry& entry : *entries) matches.push_back({entry, i});
            if (can_slice_by(entries->front().row->field) ||
                can_slice_by(entries->back().row->field)) {
                draft.add_slice(attributes[i].key, attributes[i].value);
            }
        } else if (!index.is_content(attributes[i].key)) {
            own.push_back(i);
        }
    }
    std::sort(matches.begin(), matches.end(), better);
    for (const std::uint32_t i : own) draft.add_slice(attributes[i].key, attributes[i].value);

    choose_kind(matches, attributes, draft);
    auto match = matches.begin();
    for (const Convention* convention : all_conventions) {
        for (; match != matches.end() && match->entry.convention == convention &&
               !match->entry.last_resort;
             ++match) {
            if (match->entry.row->field == Field::kind) continue;
            draft.offer(*match->entry.row, attributes[match->ordinal].value, *convention);
        }
        if (convention->read) convention->read(span, draft);
    }
    draft.guess_kind();
    for (; match != matches.end(); ++match) {
        draft.offer(*match->entry.row, attributes[match->ordinal].value, *match->entry.convention);
    }

    Step step = draft.finish();
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
