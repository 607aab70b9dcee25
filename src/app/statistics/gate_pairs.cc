#include "app/statistics/gate_pairs.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/permanent_random.h"

namespace plimsoll::app {

namespace {

/// The runs of one example under one system.
struct Runs {
    double sum = 0;
    int scored = 0, unscored = 0;
    bool usable() const { return unscored == 0; }
    double mean() const { return scored > 0 ? sum / scored : 0; }
};

struct Example {
    Runs side[2];
    std::string cluster;
    double weight = 1;
};

/// By dimension and item.
using Examples = std::map<std::string, std::map<std::string, Example>>;

Result<std::vector<std::string>> texts_or(const Rows& rows, const std::string& column,
                                          const std::string& otherwise) {
    if (!rows.has(column)) return std::vector<std::string>(rows.size(), otherwise);
    return rows.texts(column);
}

Result<Done> read(const Rows& rows, const std::string& score_column, int side,
                  const GateColumns& columns, Examples& examples) {
    const auto items = rows.texts(columns.item);
    if (!items) return items.error();
    const auto scores = rows.numbers(score_column);
    if (!scores) return scores.error();
    const auto dimensions = texts_or(rows, columns.dimension, "score");
    const auto clusters = texts_or(rows, columns.cluster, "");
    const auto weights = rows.has(columns.weight) ? rows.all_numbers(columns.weight)
                                                  : Result(std::vector<double>(rows.size(), 1));
    if (!weights) return weights.error();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if ((*items)[row].empty()) {
            return Error{
                fmt::format("{}: column \"{}\" is missing here; every example needs a name "
                            "to be paired by",
                            rows.place(row), columns.item)};
        }
        const std::optional<double> score = (*scores)[row];
        if (score && (*score < 0 || *score > 1)) {
            return Error{
                fmt::format("{}: score {} is outside 0 to 1; divide by the scale's maximum",
                            rows.place(row), *score)};
        }
        if ((*weights)[row] <= 0) {
            return Error{
                fmt::format("{}: weight {} is not above 0", rows.place(row), (*weights)[row])};
        }
        Example& example = examples[(*dimensions)[row]][(*items)[row]];
        Runs& runs = example.side[side];
        if (score) {
            runs.sum += *score;
            ++runs.scored;
        } else {
            ++runs.unscored;
        }
        if (side == 0 || example.cluster.empty()) example.cluster = (*clusters)[row];
        if (side == 0 || example.side[0].scored == 0) example.weight = (*weights)[row];
    }
    return Done{};
}

analyse::GateDimension dimension_of(const std::string& name,
                                    const std::map<std::string, Example>& examples) {
    analyse::GateDimension dimension{.name = name};
    std::vector<std::tuple<std::uint64_t, const std::string*, const Example*>> order;
    for (const auto& [item, example] : examples) {
        order.emplace_back(permanent_bits("gate", item), &item, &example);
    }
    std::ranges::sort(order, [](const auto& a, const auto& b) {
        return std::tie(std::get<0>(a), *std::get<1>(a)) <
               std::tie(std::get<0>(b), *std::get<1>(b));
    });
    for (const auto& [hash, item, example] : order) {
        if (!example->side[0].usable() || !example->side[1].usable()) {
            ++dimension.excluded;
            continue;
        }
        dimension.pairs.push_back({example->cluster.empty() ? *item : example->cluster,
                                   example->side[0].mean(), example->side[1].mean(),
                                   example->weight});
    }
    return dimension;
}

}  // namespace

Result<std::vector<analyse::GateDimension>> gate_pairs(const Rows& baseline, const Rows& candidate,
                                                       const GateColumns& columns) {
    const bool one_table = &baseline == &candidate;
    Examples examples;
    if (auto read_first =
            read(baseline, one_table ? "baseline" : columns.score, 0, columns, examples);
        !read_first) {
        return read_first.error();
    }
    if (auto read_second =
            read(candidate, one_table ? "candidate" : columns.score, 1, columns, examples);
        !read_second) {
        return read_second.error();
    }
    std::vector<analyse::GateDimension> dimensions;
    for (const auto& [name, of_dimension] : examples) {
        dimensions.push_back(dimension_of(name, of_dimension));
    }
    return dimensions;
}

}  // namespace plimsoll::app
