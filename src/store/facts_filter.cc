#include "store/facts_filter.h"

#include "store/clean_text.h"

namespace plimsoll::store {

namespace {

/// What interactions and scores both know of themselves.
void add_time(Condition& condition, const record::Filter& filter) {
    if (filter.from) condition.also("start >= ?", *filter.from);
    if (filter.to) condition.also("start < ?", *filter.to);
    if (!filter.unrecognised) condition.also("recognised");
}

bool speaks_of_time_only(const record::Filter& filter) {
    record::Filter rest = filter;
    rest.from = rest.to = std::nullopt;
    return rest.service.empty() && rest.environment.empty() && rest.model.empty() &&
           rest.prompt.empty() && rest.session.empty() && rest.user.empty() &&
           rest.attributes.empty() && rest.text.empty() && rest.dimension.empty() &&
           rest.evaluator.empty() && !rest.score_below && !rest.unscored && !rest.failed &&
           rest.traits.empty();
}

/// Interactions of which some score of the dimension or evaluator meets `which`.
void add_scores(Condition& condition, const record::Filter& filter, const std::string& which,
                std::vector<DuckParameter> parameters) {
    std::string sql = "id IN (SELECT interaction FROM scores WHERE " + which;
    if (filter.from) {
        sql += " AND start >= ?";
        parameters.emplace_back(*filter.from);
    }
    if (filter.to) {
        sql += " AND start < ?";
        parameters.emplace_back(*filter.to);
    }
    if (!filter.dimension.empty() || !filter.evaluator.empty()) {
        sql += " AND series IN (SELECT id FROM series WHERE true";
        if (!filter.dimension.empty()) {
            sql += " AND dimension = ?";
            parameters.emplace_back(clean_text(filter.dimension));
        }
        if (!filter.evaluator.empty()) {
            sql += " AND evaluator = ?";
            parameters.emplace_back(clean_text(filter.evaluator));
        }
        sql += ")";
    }
    condition.also(sql + ")");
    for (DuckParameter& parameter : parameters)
        condition.parameters.push_back(std::move(parameter));
}

}  // namespace

Condition on_interactions(const record::Filter& filter) {
    Condition condition;
    add_time(condition, filter);
    const auto equal = [&](const char* column, const std::string& wanted) {
        if (!wanted.empty()) condition.also(std::string(column) + " = ?", clean_text(wanted));
    };
    equal("service", filter.service);
    equal("environment", filter.environment);
    equal("model", filter.model);
    equal("prompt", filter.prompt);
    equal("session", filter.session);
    equal("client", filter.user);
    if (filter.failed) condition.also("failed = ?", *filter.failed);
    if (!filter.traits.empty()) {
        condition.also("(traits & ?) = ?", filter.traits.bits());
        condition.parameters.emplace_back(filter.traits.bits());
    }
    if (!filter.text.empty()) {
        const std::string text = clean_text(filter.text, long_text_bytes);
        condition.also(
            "(contains(lower(question), lower(?)) OR contains(lower(answer), lower(?)))");
        condition.parameters.emplace_back(text);
        condition.parameters.emplace_back(text);
    }
    for (const auto& [key, value] : filter.attributes) {
        condition.also("id IN (SELECT interaction FROM attributes WHERE key = ? AND value = ?)",
                       clean_text(key));
        condition.parameters.emplace_back(clean_text(value));
    }
    if (filter.score_below)
        add_scores(condition, filter, "reason = 0 AND score < ?::FLOAT", {*filter.score_below});
    if (filter.unscored) {
        std::string words;
        for (const std::string_view word : record::unasked_reasons)
            words += (words.empty() ? "'" : ", '") + std::string(word) + "'";
        add_scores(
            condition, filter,
            "reason <> 0 AND reason NOT IN (SELECT id FROM reasons WHERE word IN (" + words + "))",
            {});
    }
    const bool names_scores = !filter.dimension.empty() || !filter.evaluator.empty();
    if (names_scores && !filter.score_below && !filter.unscored)
        add_scores(condition, filter, "reason = 0", {});
    return condition;
}

Condition on_scores(const record::Filter& filter) {
    Condition condition;
    add_time(condition, filter);
    if (speaks_of_time_only(filter)) return condition;
    Condition inner = on_interactions(filter);
    condition.also("interaction IN (SELECT id FROM interactions WHERE " + inner.sql + ")");
    for (DuckParameter& parameter : inner.parameters)
        condition.parameters.push_back(std::move(parameter));
    return condition;
}

}  // namespace plimsoll::store
