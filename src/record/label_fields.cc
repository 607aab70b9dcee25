#include "record/label_fields.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/utf8.h"

namespace plimsoll::record {

namespace {

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t note_bytes_max = 4'000;

/// Valid UTF-8 without control characters but line breaks and tabs, at most so long.
bool is_text(std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) return false;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = utf8_length(rest);
        const auto first = static_cast<unsigned char>(rest[0]);
        if (length == 0 || first == 0x7F) return false;
        if (first < 0x20 && first != '\n' && first != '\t' && first != '\r') return false;
        rest.remove_prefix(length);
    }
    return true;
}

std::optional<double> number(std::string_view word) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return value;
}

/// The shortest text that reads back as the same number.
std::string text_of(double value) {
    return fmt::format("{}", value);
}

template <auto member>
std::string name_word(const Label& label) {
    return label.*member;
}

template <auto member, std::size_t bytes_max>
bool set_name(Label& label, std::string_view word) {
    label.*member = word;
    return is_text(word, bytes_max);
}

bool set_score(Label& label, std::string_view word) {
    label.score = number(word);
    if (word == "unsure") return true;
    if (word == "pass" || word == "true" || word == "yes") label.score = 1;
    if (word == "fail" || word == "false" || word == "no") label.score = 0;
    return label.score && *label.score >= 0 && *label.score <= 1;
}

bool set_inclusion(Label& label, std::string_view word) {
    label.inclusion = number(word);
    return label.inclusion && *label.inclusion > 0 && *label.inclusion <= 1;
}

const LabelField fields[] = {
    {"interaction", "string", "Trace id of the interaction, 32 hex digits.", true,
     [](const Label& label) { return label.interaction.hex(); },
     [](Label& label, std::string_view word) {
         const auto id = TraceId::from_hex(word);
         if (id) label.interaction = *id;
         return id && !id->is_zero();
     }},
    {"dimension", "string", "Name of the dimension, 200 bytes at most.", true,
     name_word<&Label::dimension>, set_name<&Label::dimension, name_bytes_max>},
    {"annotator", "string", "Who says so, 200 bytes at most.", true, name_word<&Label::annotator>,
     set_name<&Label::annotator, name_bytes_max>},
    {"rubric", "string", "Version of the rubric that was read; empty if there was none.", false,
     name_word<&Label::rubric>, set_name<&Label::rubric, name_bytes_max>},
    {"score", "number|string", "A number from 0 to 1, where 1 is good; pass, fail, or unsure.", true,
     [](const Label& label) { return label.score ? text_of(*label.score) : "unsure"; }, set_score},
    {"queued", "string",
     "Why a person was asked: by_hand, probe_set, random_audit, by_verdict, flip or disagreement.",
     false, [](const Label& label) { return std::string(to_word(label.queued)); },
     [](Label& label, std::string_view word) {
         const auto reason = label_reason_named(word);
         if (reason) label.queued = *reason;
         return reason.has_value();
     }},
    {"inclusion", "number",
     "Probability above 0, at most 1, with which the item was queued; empty if nobody knows it.",
     false, [](const Label& label) { return label.inclusion ? text_of(*label.inclusion) : ""; },
     set_inclusion},
    {"time", "string", "ISO 8601, 2026-01-05T10:00:00Z; now if left out.", false,
     [](const Label& label) { return to_iso8601(label.time); },
     [](Label& label, std::string_view word) {
         const auto time = from_iso8601(word);
         if (time) label.time = *time;
         return time.has_value();
     }},
    {"note", "string", "Why, for other people; 4,000 bytes at most.", false,
     name_word<&Label::note>, set_name<&Label::note, note_bytes_max>},
};

}  // namespace

std::span<const LabelField> label_fields() {
    return fields;
}

std::variant<Label, RefusedLabel> label_of(const std::map<std::string, std::string>& words,
                                           UnixNanos now) {
    Label label{.interaction = {},
                .dimension = {},
                .annotator = {},
                .rubric = {},
                .score = {},
                .inclusion = {},
                .time = now,
                .note = {}};
    for (const auto& [name, word] : words) {
        if (std::ranges::find(fields, std::string_view(name), &LabelField::name) ==
            std::end(fields))
            return RefusedLabel{name, fmt::format("a label has no field '{}'", name),
                                "Leave it out; `plimsoll label import --help` lists the fields."};
    }
    for (const LabelField& field : fields) {
        const auto found = words.find(std::string(field.name));
        const bool absent = found == words.end() || found->second.empty();
        if (absent && field.required)
            return RefusedLabel{std::string(field.name), fmt::format("{} is missing", field.name),
                                std::string(field.says)};
        if (!absent && !field.set(label, found->second))
            return RefusedLabel{
                std::string(field.name),
                fmt::format("'{}' cannot be the {}", found->second.substr(0, 60), field.name),
                std::string(field.says)};
    }
    return label;
}

}  // namespace plimsoll::record
