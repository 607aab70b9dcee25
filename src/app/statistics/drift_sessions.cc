#include "app/statistics/drift_sessions.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "analyse/stats/session_unit.h"

namespace plimsoll::app {

namespace {

/// A session of which more rows may come.
struct Open {
    double time_s, weight;
    std::vector<double> losses;
    std::size_t row;
};

}  // namespace

Result<DriftSessions> DriftSessions::of(const Rows& rows) {
    auto scores = rows.numbers("score");
    if (!scores) return scores.error();
    auto weight = optional_numbers(rows, "weight");
    auto inclusion = optional_numbers(rows, "inclusion");
    if (!weight) return weight.error();
    if (!inclusion) return inclusion.error();
    DriftSessions columns;
    columns.scores_ = std::move(*scores);
    columns.weight_ = std::move(*weight);
    columns.inclusion_ = std::move(*inclusion);
    if (rows.has("session")) columns.session_ = *rows.texts("session");
    columns.user_ = rows.has("user") ? *rows.texts("user") : columns.session_;
    return columns;
}

Result<DriftSeries> DriftSessions::series(const Rows& rows, const std::string& name,
                                          const std::vector<std::size_t>& group,
                                          const std::vector<double>& times) const {
    std::vector<Open> open;
    std::map<std::string, std::size_t> index;
    for (const std::size_t row : group) {
        if (!scores_[row]) continue;  // Unscored.
        const double score = *scores_[row];
        if (score < 0 || score > 1) {
            return Error{fmt::format("{}: score {} is outside [0, 1]; divide by the largest",
                                     rows.place(row), score)};
        }
        const double pi = inclusion_.at(row, 1), w = weight_.at(row, 1 / pi);
        if (!(pi > 0 && pi <= 1) || !(w > 0)) {
            return Error{fmt::format("{}: an inclusion probability is in (0, 1], a weight above 0",
                                     rows.place(row))};
        }
        std::size_t at = open.size();
        if (!session_.empty() && !session_[row].empty()) {
            at = index.try_emplace(session_[row], at).first->second;
        }
        if (at == open.size()) open.push_back({times[row], w, {}, row});
        Open& session = open[at];
        session.time_s = times[row];  // A session speaks once it is complete.
        if (session.losses.size() < analyse::session_cap) session.losses.push_back(1 - score);
    }
    if (open.empty()) return Error{fmt::format("{}: no scores in \"{}\"", rows.name(), name)};
    std::ranges::stable_sort(open, {}, &Open::time_s);
    DriftSeries series;
    series.name = name;
    for (const Open& one : open) {
        const bool known = !user_.empty() && !user_[one.row].empty();
        series.clusters.push_back(known ? user_[one.row] : rows.place(one.row));
    }
    for (std::size_t i = 0; i < open.size(); ++i) {
        series.sessions.push_back({open[i].time_s, open[i].weight,
                                   1 - analyse::session_loss(open[i].losses).loss,
                                   series.clusters[i]});
    }
    return series;
}

}  // namespace plimsoll::app
