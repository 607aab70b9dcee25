#include "interaction/outside_scores.h"

#include <charconv>
#include <map>

#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::string text_of(const wire::Attributes& attributes,
                    std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
        if (const wire::AnyValue* found = attributes.find(key))
            if (std::string text = plain_text(*found); !text.empty()) return text;
    return "";
}

OutsideScore score_of(const wire::EventView& event, std::string_view scope) {
    const wire::Attributes& all = event.attributes;
    constexpr std::string_view prefix = "gen_ai.evaluation.";
    OutsideScore score{.name = text_of(all, {"gen_ai.evaluation.name"}),
                       .label = text_of(all, {"gen_ai.evaluation.score.label"}),
                       .explanation = text_of(all, {"gen_ai.evaluation.explanation"}),
                       .evaluator = text_of(all, {"gen_ai.evaluator.name", "gen_ai.evaluator.id"}),
                       .response_id = text_of(all, {"gen_ai.response.id"}),
                       .error_type = text_of(all, {"error.type"}),
                       .time = event.time};
    for (const std::string_view key : {"gen_ai.evaluation.score.value", "gen_ai.evaluation.score"})
        if (const wire::AnyValue* value = all.find(key); value && !score.value)
            score.value = number_of(*value);
    if (score.name.empty() && event.name != "gen_ai.evaluation.result")
        score.name = event.name.substr(prefix.size());
    if (score.evaluator.empty()) score.evaluator = scope;
    return score;
}

/// "annotations.12.annotation.score" → {12, "score"}, if `key` goes on like that after `group`.
struct Numbered {
    std::size_t number;
    std::string_view field;
};
std::optional<Numbered> numbered(std::string_view key, std::string_view group,
                                 std::string_view one) {
    if (!key.starts_with(group)) return std::nullopt;
    key.remove_prefix(group.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error != std::errc()) return std::nullopt;
    key.remove_prefix(static_cast<std::size_t>(end - key.data()));
    if (!key.starts_with(one)) return std::nullopt;
    return Numbered{number, key.substr(one.size())};
}

void set_field(OutsideScore& score, std::string_view field, const wire::AnyValue& value) {
    if (field == "name") score.name = plain_text(value);
    if (field == "score") score.value = number_of(value);
    if (field == "label") score.label = plain_text(value);
    if (field == "explanation") score.explanation = plain_text(value);
    if (field == "annotator_kind") score.annotator = lower(plain_text(value));
    if (field == "identifier") score.evaluator = plain_text(value);
}

bool says_something(const OutsideScore& score) {
    return !score.name.empty() && (score.value || !score.label.empty() ||
                                   !score.explanation.empty() || !score.error_type.empty());
}

}  // namespace

std::vector<OutsideScore> outside_scores_of(const wire::SpanView& span) {
    std::vector<OutsideScore> scores;
    const std::string scope(span.scope ? span.scope->name : "");
    SpanId about = span.id;
    if (span.links.size() == 1 && span.links[0].trace == span.trace &&
        !span.links[0].span.is_zero())
        about = span.links[0].span;
    const auto keep = [&](OutsideScore score) {
        if (scores.size() == outside_scores_max || !says_something(score)) return;
        if (score.about == OutsideScore::About::step) score.step = about;
        if (score.evaluator.empty()) score.evaluator = scope;
        scores.push_back(std::move(score));
    };

    for (const wire::EventView& event : span.events)
        if (event.name.starts_with("gen_ai.evaluation.")) keep(score_of(event, scope));

    using About = OutsideScore::About;
    std::map<std::tuple<About, std::string_view, std::size_t>, OutsideScore> numbers;
    for (const wire::Attribute& attribute : span.attributes.list()) {
        std::string_view key = attribute.key;
        About of = About::step;
        if (key.starts_with("trace.")) {
            of = About::interaction;
            key.remove_prefix(6);
        } else if (key.starts_with("session.")) {
            of = About::session;
            key.remove_prefix(8);
        }
        for (const auto& [group, one] :
             {std::pair<std::string_view, std::string_view>{"annotations.", ".annotation."},
              {"evaluations.", ".evaluation."}}) {
            const auto found = numbered(key, group, one);
            if (!found || numbers.size() > outside_scores_max) continue;
            OutsideScore& score = numbers[{of, group, found->number}];
            score.about = of;
            score.time = span.start;
            set_field(score, found->field, attribute.value);
        }
    }
    for (auto& [place, score] : numbers) keep(std::move(score));
    return scores;
}

}  // namespace plimsoll::interaction
