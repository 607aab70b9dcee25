#include "app/due_desk.h"

#include <algorithm>

#include "base/json.h"
#include "store/sqlite_alert_log.h"
#include "store/sqlite_datasets.h"

namespace plimsoll::app {

namespace {

constexpr UnixNanos week = 7 * 86'400 * nanos_per_second;

}  // namespace

Result<std::unique_ptr<DueDesk>> DueDesk::open(const std::filesystem::path& data,
                                               record::Facts& facts, record::Findings& findings,
                                               analyse::TrustBook& trust, const Clock& clock,
                                               std::vector<std::string> slices) {
    std::unique_ptr<DueDesk> desk(new DueDesk(facts, findings, trust, clock, std::move(slices)));
    auto alerts = store::open_sqlite_alert_log(data / "state.db");
    if (!alerts) return alerts.error();
    auto datasets = store::open_sqlite_datasets(data / "state.db");
    if (!datasets) return datasets.error();
    desk->alerts_ = std::move(*alerts);
    desk->datasets_ = std::move(*datasets);
    return desk;
}

/// Of the last week that has any.
Result<Done> DueDesk::add_traffic(analyse::DueMaterial& material) {
    const auto range = facts_.time_range();
    if (!range) return range.error();
    if (!*range) return Done{};
    record::Filter filter;
    filter.from = (*range)->second - week;
    const auto facets = facts_.facets(filter);
    if (!facets) return facets.error();
    for (const std::string& slice : slices_)
        for (const record::Facet& facet : *facets)
            if (facet.name == slice || facet.name == "attributes." + slice)
                for (const auto& [value, count] : facet.values)
                    material.traffic.push_back({slice, value, count});
    return Done{};
}

/// Of the newest version of every dataset.
Result<Done> DueDesk::add_examples(analyse::DueMaterial& material) {
    const auto all = datasets_->list();
    if (!all) return all.error();
    std::set<std::string> names;
    for (const record::Dataset& one : *all) names.insert(one.name);
    for (const std::string& name : names) {
        const auto dataset = datasets_->get(name, "");
        if (!dataset) return dataset.error();
        if (!*dataset) continue;
        std::string_view rest = (*dataset)->lines;
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            const auto line = json::Document::parse(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            if (!line) continue;
            const auto id = line->root().find("interaction");
            if (const auto trace = TraceId::from_hex(id ? id->as_string() : ""))
                material.collected.insert(*trace);
            const auto attributes = line->root().find("attributes");
            for (const std::string& slice : slices_)
                if (const auto value = attributes ? attributes->find(slice) : std::nullopt)
                    ++material.examples[{slice, std::string(value->as_string())}];
        }
    }
    return Done{};
}

Result<std::vector<analyse::DueItem>> DueDesk::due() {
    const auto page = trust_.latest();
    if (!page) return page.error();
    const auto findings = findings_.all();
    if (!findings) return findings.error();
    const auto events = alerts_->events();
    if (!events) return events.error();
    const auto decisions = analyse::decisions_of(*events);
    analyse::DueMaterial material{.now = clock_.now(),
                                  .evaluators = (*page)->evaluators,
                                  .steps = (*page)->events,
                                  .decisions = decisions,
                                  .findings = *findings};
    if (auto added = add_traffic(material); !added) return added.error();
    if (auto added = add_examples(material); !added) return added.error();
    return analyse::due_items(material);
}

}  // namespace plimsoll::app
