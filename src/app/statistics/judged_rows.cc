#include "app/statistics/judged_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "analyse/calibration/sampler_integrity.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

using Numbers = std::vector<std::optional<double>>;

/// The columns of the file; one that is absent has missing values everywhere.
class Reader {
  public:
    Reader(const Rows& rows, const JudgedColumns& columns) : rows_(rows), columns_(columns) {}

    bool has(const std::string& column) const {
        return rows_.has(column) || std::ranges::count(columns_.asked, column) > 0;
    }
    Result<Numbers> numbers(const std::string& column) const {
        if (!has(column)) return Numbers(rows_.size());
        return rows_.numbers(column);
    }
    Result<std::vector<std::string>> texts(const std::string& column) const {
        if (!has(column)) return std::vector<std::string>(rows_.size());
        return rows_.texts(column);
    }
    Error fault(std::size_t row, std::string_view what) const {
        return Error{fmt::format("{}: {}", rows_.place(row), what)};
    }

  private:
    const Rows& rows_;
    const JudgedColumns& columns_;
};

std::optional<Error> probability_fault(const Reader& reader, std::size_t row,
                                       const std::string& column, double probability) {
    if (probability == 0) {
        return reader.fault(
            row,
            fmt::format("{} is 0, but what can never be chosen cannot be estimated; give every "
                        "row the probability it was chosen with, at least 0.02 by design",
                        column));
    }
    if (probability < 0 || probability > 1) {
        return reader.fault(
            row, fmt::format("{} is {}, expected a probability above 0 and at most 1", column,
                             probability));
    }
    return std::nullopt;
}

std::optional<Error> score_fault(const Reader& reader, std::size_t row, const std::string& column,
                                 double score) {
    if (score >= 0 && score <= 1) return std::nullopt;
    return reader.fault(
        row, fmt::format("{} is {}, expected a score from 0 to 1; rescale it", column, score));
}

/// Populations by stratum: from "name=N" words, or from a column. nullopt: none are known.
Result<std::optional<std::map<std::string, double>>> populations(
    const Rows& rows, const Reader& reader, const JudgedColumns& columns,
    const std::vector<std::string>& strata) {
    std::map<std::string, double> result;
    if (columns.population.empty()) return std::optional<std::map<std::string, double>>();
    if (columns.population.size() == 1 && columns.population[0].find('=') == std::string::npos) {
        const auto numbers = rows.numbers(columns.population[0]);
        if (!numbers) return numbers.error();
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (!(*numbers)[row]) return reader.fault(row, "no population is given for this row");
            const auto [at, fresh] = result.try_emplace(strata[row], *(*numbers)[row]);
            if (at->second != *(*numbers)[row]) {
                return reader.fault(
                    row, fmt::format("population {} of stratum {}, which had {} "
                                     "before; one stratum has one population",
                                     *(*numbers)[row], json::quoted(strata[row]), at->second));
            }
        }
    } else {
        for (const std::string& word : columns.population) {
            const std::size_t sign = word.rfind('=');
            const auto number = number_of(word.substr(std::min(word.size(), sign + 1)));
            if (sign == std::string::npos || !number || *number <= 0) {
                return Error{
                    fmt::format("--population {}: expected stratum=N with N above 0, or the "
                                "name of one column",
                                word)};
            }
            result[word.substr(0, sign)] = *number;
        }
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (!result.contains(strata[row])) {
                return reader.fault(row, fmt::format("stratum {} has no --population; give one of "
                                                     "every stratum, or of none",
                                                     json::quoted(strata[row])));
            }
        }
    }
    for (const auto& [name, population] : result) {
        if (population <= 0) {
            return Error{fmt::format("population {} of stratum {}: expected a number above 0",
                                     population, json::quoted(name))};
        }
    }
    return std::optional(std::move(result));
}

}  // namespace

Result<JudgedRows> read_judged(const Rows& rows, const JudgedColumns& columns) {
    const Reader reader(rows, columns);
    const auto value = rows.numbers(columns.value);
    if (!value) return value.error();
    const auto inclusion = reader.numbers(columns.inclusion), human = reader.numbers(columns.human),
               label_inclusion = reader.numbers(columns.label_inclusion);
    for (const auto* one : {&inclusion, &human, &label_inclusion})
        if (!*one) return one->error();
    const auto stratum = reader.texts(columns.stratum), cluster = reader.texts(columns.cluster),
               id = reader.texts(columns.id);
    for (const auto* one : {&stratum, &cluster, &id})
        if (!*one) return one->error();
    const bool weighted = reader.has(columns.inclusion);
    const auto sizes = populations(rows, reader, columns, *stratum);
    if (!sizes) return sizes.error();

    JudgedRows result;
    std::map<std::string, std::size_t> index;
    const auto stratum_index = [&](const std::string& name) {
        const auto [at, fresh] = index.try_emplace(name, result.strata.size());
        if (fresh) {
            result.strata.push_back({name, {}});
            if (*sizes) result.strata.back().population = (*sizes)->at(name);
        }
        return at->second;
    };
    if (*sizes)
        for (const auto& [name, population] : **sizes) stratum_index(name);

    std::set<std::string> clusters, ids;
    std::uint64_t duplicates = 0, unknown = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto &y = (*value)[row], &pi = (*inclusion)[row], &label = (*human)[row],
                   &pi2 = (*label_inclusion)[row];
        if (pi)
            if (auto fault = probability_fault(reader, row, columns.inclusion, *pi)) return *fault;
        if (pi2)
            if (auto fault = probability_fault(reader, row, columns.label_inclusion, *pi2))
                return *fault;
        if (y)
            if (auto fault = score_fault(reader, row, columns.value, *y)) return *fault;
        if (label)
            if (auto fault = score_fault(reader, row, columns.human, *label)) return *fault;
        if (!(*id)[row].empty() && !ids.insert((*id)[row]).second) {
            ++duplicates;
            continue;
        }
        if (!y) {
            ++result.unscored;
            continue;
        }
        if (weighted && !pi) {
            ++unknown;
            continue;
        }
        if (label && reader.has(columns.label_inclusion) && !pi2) {
            return reader.fault(row,
                                fmt::format("a label without its {}; give the probability with "
                                            "which the row was chosen for labelling",
                                            columns.label_inclusion));
        }
        // Rows without a cluster are clusters of their own.
        const std::string name =
            (*cluster)[row].empty() ? fmt::format("\x1f{}", row) : (*cluster)[row];
        clusters.insert(name);
        result.labels += label.has_value();
        result.items.push_back({.score = *y,
                                .weight = 1 / pi.value_or(1),
                                .stratum = stratum_index((*stratum)[row]),
                                .bucket = analyse::cluster_bucket(name, analyse::series_buckets),
                                .human = label,
                                .label_weight = 1 / pi2.value_or(1)});
    }
    if (reader.has(columns.cluster)) result.clusters = clusters.size();
    if (result.items.empty()) {
        return Error{
            fmt::format("{}: no row has a {} and a probability", rows.place(0), columns.value)};
    }
    if (duplicates > 0) {
        result.findings.push_back(
            fmt::format("{} rows repeat an id; only the first of each is counted", duplicates));
    }
    if (unknown > 0) {
        result.findings.push_back(
            fmt::format("{} rows have no {} and are left out: judgements made outside the sampler "
                        "would bias the mean",
                        unknown, columns.inclusion));
    }
    for (const analyse::Stratum& each : analyse::strata_of(result.items, result.strata)) {
        if (!each.population) continue;
        for (const auto& finding :
             analyse::sampler_integrity(each.name, each.sums.all, *each.population)) {
            result.findings.push_back(finding.says);
        }
    }
    return result;
}

}  // namespace plimsoll::app
