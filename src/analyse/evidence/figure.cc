#include "analyse/evidence/figure.h"

#include <cmath>
#include <set>

#include "analyse/stats/mean.h"
#include "base/json.h"

namespace plimsoll::analyse {

namespace {

FigureSide side_of(std::span<const FigureScore> scores, bool after) {
    FigureSide side;
    ClusteredSums sums;
    std::set<std::string_view> sessions;
    for (const FigureScore& one : scores) {
        if (one.after != after) continue;
        sums.add(one.weight, one.score, one.session);
        sessions.insert(one.session);
    }
    side.scores = sums.all.n;
    side.sessions = sessions.size();
    side.weight = sums.all.w;
    if (const auto mean =
            mean_of(sums.all.n, sums, Scores::any, static_cast<double>(sessions.size()))) {
        side.mean = mean->value;
        side.interval = mean->interval;
    }
    return side;
}

void write_side(json::Writer& w, const FigureSide& side) {
    w.begin_object().key("scores").value(side.scores).key("sessions").value(side.sessions);
    w.key("weight").value(side.weight).key("mean").value(side.mean);
    w.key("low").value(side.interval.low).key("high").value(side.interval.high).end_object();
}

}  // namespace

Figure figure_of(std::span<const FigureScore> scores) {
    Figure figure{.before = side_of(scores, false), .after = side_of(scores, true)};
    if (figure.before.scores == 0 || figure.after.scores == 0) return figure;
    const FigureSide &before = figure.before, &after = figure.after;
    // Not std::hypot: its last bit differs between C libraries, that of sqrt does not.
    const auto together = [](double a, double b) { return std::sqrt(a * a + b * b); };
    figure.change = after.mean - before.mean;
    figure.interval = {figure.change - together(after.mean - after.interval.low,
                                                before.interval.high - before.mean),
                       figure.change + together(after.interval.high - after.mean,
                                                before.mean - before.interval.low)};
    return figure;
}

std::string to_json(const Figure& figure) {
    json::Writer w;
    w.begin_object().key("before");
    write_side(w, figure.before);
    w.key("after");
    write_side(w, figure.after);
    w.key("change").value(figure.change).key("low").value(figure.interval.low);
    w.key("high").value(figure.interval.high).end_object();
    return w.take();
}

}  // namespace plimsoll::analyse
