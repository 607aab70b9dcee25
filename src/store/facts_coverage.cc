/// Questions about traffic as a whole: what was seen of it, under which versions it ran, what it
/// cost. Declared in facts_reader.h.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "store/clean_text.h"
#include "store/facts_contexts.h"
#include "store/facts_filter.h"
#include "store/facts_reader.h"

namespace plimsoll::store {

using record::ContextCounts;
using record::Filter;
using record::TraitCounts;
using record::UsageSums;

namespace {

/// SQL of the start of the stretch that `start` lies in; times are never negative.
std::string stretch_of(UnixNanos step) {
    return step > 0 ? fmt::format("(start // {0}::BIGINT) * {0}::BIGINT", step) : "0::BIGINT";
}

std::string with(Trait trait) {
    return fmt::format("count(*) FILTER (WHERE traits & {}::UBIGINT <> 0)::UBIGINT",
                       Traits(trait).bits());
}

constexpr std::pair<std::string_view, std::string_view> columns_to_spend_by[] = {
    {"user", "client"},      {"session", "session"},
    {"service", "service"},  {"environment", "environment"},
    {"model", "model"},      {"prompt", "prompt"},
    {"provider", "provider"}};

}  // namespace

Result<std::vector<TraitCounts>> ask_trait_counts(DuckConnection& connection, const Filter& filter,
                                                  UnixNanos step) {
    const Condition condition = on_interactions(filter);
    std::string sql =
        fmt::format("SELECT {} AS stretch, service, count(*)::UBIGINT, sum(dropped)::UBIGINT",
                    stretch_of(step));
    for (const TraitInfo& each : all_traits) sql += ", " + with(each.trait);
    auto answer = connection.ask(sql + " FROM interactions WHERE " + condition.sql +
                                     " GROUP BY stretch, service ORDER BY stretch, service",
                                 condition.parameters);
    if (!answer) return answer.error();
    std::vector<TraitCounts> list;
    while (answer->next()) {
        TraitCounts& counts = list.emplace_back();
        counts.time = answer->get<std::int64_t>(0);
        counts.service = answer->text(1);
        counts.interactions = answer->get<std::uint64_t>(2);
        counts.dropped = answer->get<std::uint64_t>(3);
        for (std::size_t i = 0; i < trait_count; ++i)
            counts.with[i] = answer->get<std::uint64_t>(4 + i);
    }
    // A session counts where its last interaction is.
    auto sessions = connection.ask(
        fmt::format("WITH last AS (SELECT service, session, max(start) AS start,"
                    " arg_max(traits, start) AS traits FROM interactions WHERE {} AND traits & {}"
                    "::UBIGINT <> 0 GROUP BY service, session)"
                    " SELECT {} AS stretch, service, count(*)::UBIGINT, {} FROM last"
                    " GROUP BY stretch, service",
                    condition.sql, Traits(Trait::session).bits(), stretch_of(step),
                    with(Trait::answer)),
        condition.parameters);
    if (!sessions) return sessions.error();
    while (sessions->next()) {
        const auto time = sessions->get<std::int64_t>(0);
        const std::string service = sessions->text(1);
        const auto of = std::ranges::find_if(list, [&](const TraitCounts& counts) {
            return counts.time == time && counts.service == service;
        });
        if (of == list.end()) continue;
        of->sessions = sessions->get<std::uint64_t>(2);
        of->sessions_without_end = of->sessions - sessions->get<std::uint64_t>(3);
    }
    return list;
}

Result<std::vector<ContextCounts>> ask_context_counts(DuckConnection& connection,
                                                      const Filter& filter, UnixNanos step) {
    const Condition condition = on_interactions(filter);
    auto answer = connection.ask(
        fmt::format("WITH counted AS (SELECT {} AS stretch, service, model, prompt, context,"
                    " count(*)::UBIGINT AS n, min(start) AS first, max(start) AS last"
                    " FROM interactions WHERE {} GROUP BY stretch, service, model, prompt, context)"
                    " SELECT stretch, service, model, prompt, n, first, last, {} FROM counted"
                    " LEFT JOIN contexts ON contexts.id = counted.context"
                    " ORDER BY stretch, service, n DESC, counted.first, counted.context",
                    stretch_of(step), condition.sql, context_names()),
        condition.parameters);
    if (!answer) return answer.error();
    std::vector<ContextCounts> list;
    while (answer->next())
        list.push_back({.time = answer->get<std::int64_t>(0),
                        .service = answer->text(1),
                        .model = answer->text(2),
                        .prompt = answer->text(3),
                        .context = read_context(*answer, 7),
                        .interactions = answer->get<std::uint64_t>(4),
                        .first = answer->get<std::int64_t>(5),
                        .last = answer->get<std::int64_t>(6)});
    return list;
}

Result<std::vector<UsageSums>> ask_usage_sums(DuckConnection& connection, const Filter& filter,
                                              const std::string& by, std::size_t limit) {
    std::string group, join;
    std::vector<DuckParameter> parameters;
    constexpr std::string_view attribute = "attributes.";
    for (const auto& [word, column] : columns_to_spend_by)
        if (by == word) group = column;
    if (by.starts_with(attribute)) {
        group = "coalesce(value, '')";
        join =
            " LEFT JOIN (SELECT interaction, value FROM attributes WHERE key = ?) AS named"
            " ON named.interaction = interactions.id";
        parameters.emplace_back(clean_text(by.substr(attribute.size())));
    }
    if (group.empty()) return Error{"sum up spending: nothing is grouped by " + by};
    Condition condition = on_interactions(filter);
    std::ranges::move(condition.parameters, std::back_inserter(parameters));
    parameters.emplace_back(static_cast<std::uint64_t>(limit));
    std::string sql =
        "SELECT " + group + " AS grouped, count(*)::UBIGINT, coalesce(sum(cost_usd), 0)";
    for (const char* tokens : {"input_tokens", "output_tokens", "cache_read_tokens",
                               "cache_write_tokens", "reasoning_tokens"})
        sql += fmt::format(", coalesce(sum({}), 0)::UBIGINT", tokens);
    for (const Trait trait : {Trait::cost_priced, Trait::cost_unknown, Trait::usage_repeated})
        sql += ", " + with(trait);
    auto answer = connection.ask(sql + " FROM interactions" + join + " WHERE " + condition.sql +
                                     " GROUP BY grouped ORDER BY 3 DESC, 2 DESC, grouped LIMIT ?",
                                 parameters);
    if (!answer) return answer.error();
    std::vector<UsageSums> list;
    while (answer->next()) {
        UsageSums& spent = list.emplace_back();
        spent.group = answer->text(0);
        spent.interactions = answer->get<std::uint64_t>(1);
        spent.cost_usd = answer->get<double>(2);
        std::size_t column = 3;
        for (std::uint64_t* each :
             {&spent.input_tokens, &spent.output_tokens, &spent.cache_read_tokens,
              &spent.cache_write_tokens, &spent.reasoning_tokens, &spent.priced, &spent.unknown,
              &spent.usage_repeated})
            *each = answer->get<std::uint64_t>(column++);
    }
    return list;
}

}  // namespace plimsoll::store
