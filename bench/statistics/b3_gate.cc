// B3: does the trust gate chatter, and does it close when the judge gets worse?
//
// 80 fresh labels a week, 30% failures. A flip is a change between open and not open; every gate
// starts closed, the comparisons (weekly MCC against 0.60; the same, or a drop by more than 0.05
// from the week before) start as week one leaves them. Weeks to close: from 0.72, once open.
#include <fmt/format.h>

#include "analyse/calibration/matthews.h"
#include "analyse/calibration/trust_gate.h"
#include "base/permanent_random.h"
#include "statistics/judge_model.h"
#include "statistics/scenario.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using analyse::Confusion;
using analyse::GateRules;
using analyse::Trust;
using analyse::TrustGate;

constexpr int labels_a_week = 80, weeks_a_year = 52, weeks_before_a_fall = 26;

/// What a week's labels do to "may this judge page?".
struct Gate {
    TrustGate gate;
    GateRules rules;
    bool step(const Confusion& week) { return gate.step(week, rules).trust == Trust::open; }
};
struct Threshold {
    bool step(const Confusion& week) {
        const auto f = analyse::matthews(week);
        return f && *f >= 0.60;
    }
};
struct ThresholdAndDrop {
    double last = -1;
    bool step(const Confusion& week) {
        const auto f = analyse::matthews(week);
        const bool open = f && *f >= 0.60 && *f >= last - 0.05;
        last = f ? *f : -1;
        return open;
    }
};

struct Year {
    Tally flips, open;
};

template <class Rule>
Year years(const Rule& fresh, double mcc, bool starts_closed, int replicates) {
    Year year;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B3", fmt::format("{:.2f}", mcc)),
                           static_cast<std::uint64_t>(r));
        const JudgeModel judge(mcc);
        Rule rule = fresh;
        int flips = 0, open = 0;
        bool before = false;
        for (int week = 0; week < weeks_a_year; ++week) {
            const bool now = rule.step(judge.labels(labels_a_week, dice));
            flips += now != before && (starts_closed || week > 0);
            open += now;
            before = now;
        }
        year.flips.add(flips);
        year.open.add(static_cast<double>(open) / weeks_a_year);
    }
    return year;
}

Tally weeks_to_close(const GateRules& rules, double after, int replicates) {
    Tally weeks;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B3 fall", fmt::format("{:.2f}", after)),
                           static_cast<std::uint64_t>(r));
        Gate gate{{}, rules};
        bool open = false;
        for (int week = 0; week < weeks_before_a_fall || !open; ++week) {
            open = gate.step(JudgeModel(0.72).labels(labels_a_week, dice));
        }
        int week = 0;
        while (open && week < 200) {
            open = gate.step(JudgeModel(after).labels(labels_a_week, dice));
            ++week;
        }
        weeks.add(week);
    }
    return weeks;
}

std::vector<Figure> run(Effort effort) {
    const int replicates = effort == Effort::full ? 2000 : 10;
    std::vector<Figure> figures;
    const auto add = [&](std::string what, const Tally& tally, std::optional<double> most = {}) {
        figures.push_back({std::move(what), tally.mean(), tally.error(),
                           most ? fmt::format("<= {}", *most) : "",
                           most ? std::optional(tally.mean() <= *most) : std::nullopt});
    };
    GateRules no_veto;
    no_veto.veto_at = -1;
    for (const double mcc : {.50, .55, .60, .61, .65, .72, .80}) {
        const auto named = [&](const char* what) {
            return fmt::format("MCC {:.2f}, {}", mcc, what);
        };
        const Year gate = years(Gate{}, mcc, true, replicates);
        add(named("gate, flips a year"), gate.flips, 2.5);
        add(named("gate, share of time open"), gate.open);
        add(named("gate without veto, flips a year"),
            years(Gate{{}, no_veto}, mcc, true, replicates).flips);
        const Year threshold = years(Threshold{}, mcc, false, replicates);
        add(named("weekly threshold, flips a year"), threshold.flips);
        add(named("weekly threshold, share of time open"), threshold.open);
        add(named("threshold and drop, flips a year"),
            years(ThresholdAndDrop{}, mcc, false, replicates).flips);
    }
    for (const double after : {.52, .45, .30}) {
        const auto named = [&](const char* what) {
            return fmt::format("fall from 0.72 to {:.2f}, {}, weeks to close", after, what);
        };
        add(named("gate"), weeks_to_close({}, after, replicates),
            after == .30 ? std::optional(1.3) : std::nullopt);
        add(named("gate without veto"), weeks_to_close(no_veto, after, replicates));
    }
    return figures;
}

}  // namespace

extern const Scenario b3_gate{
    .name = "B3",
    .says = "A judge of known agreement before the trust gate, and before a weekly threshold",
    .run = run};

}  // namespace plimsoll::bench
