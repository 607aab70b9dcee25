#include "app/traffic/label_feed.h"

#include <fmt/format.h>

namespace plimsoll::app::traffic {

LabelFeed::LabelFeed(const Specification& specification)
    : specification_(specification), week_(specification.per_day * 7) {}

std::string LabelFeed::rows(const Happening& happening) {
    constexpr UnixNanos hour = 3'600 * nanos_per_second, week = 7 * 24 * hour;
    const bool first = happening.start < specification_.starts + week;
    const double wanted = first ? specification_.labels_first_week : specification_.labels_a_week;
    demo::Chance chance(demo::mix({happening.seed, 0x6c6162656c}));
    const bool good = happening.response->good && !happening.context;
    std::string rows;
    for (const OutsideJudge& judge : specification_.judges) {
        double share = 0;  // Of the traffic that this dimension's applications have.
        bool ours = false;
        for (const Application& application : specification_.applications)
            for (const std::string& name : judge.applications)
                if (name == application.name) {
                    share += application.share;
                    ours |= happening.application == &application;
                }
        if (!ours || !chance.happens(wanted / (week_ * share))) continue;
        const auto rubric = judge.versions.find("app.rubric.version");
        const int raters = chance.happens(specification_.labels_double) ? 2 : 1;
        for (int rater = 0; rater < raters; ++rater)
            rows +=
                fmt::format("{},{},rater-{},{},{},random_audit,{}\n", happening.trace.hex(),
                            judge.name, 1 + (happening.seed + static_cast<unsigned>(rater)) % 3,
                            rubric == judge.versions.end() ? "" : rubric->second,
                            good != chance.happens(specification_.labels_wrong) ? "pass" : "fail",
                            to_iso8601(happening.start + 20 * hour));
    }
    return rows;
}

}  // namespace plimsoll::app::traffic
