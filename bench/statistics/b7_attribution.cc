// B7: a series fell. Is the right cause named, with the right effect, and is it said when none can
// be?
//
// 21 days of 800 sessions, passes at .97, .95, .92, .75 in four slices (shares .4, .3, .2, .1). A
// model and a prompt are both switched in every incident: staggered (full from day 8 and from day
// 14) or at once (full from day 10), after four days of a canary with 0, 25 or 50% of the sessions,
// drawn for each alone or for both together. One of nine generators makes what happens: prompt,
// model, both (6 points each), a judge that fails more (with a bridge of 600 sessions, and without
// one), another rubric, traffic that moves to the hardest slice, a sampler that prefers anomalies,
// or nothing. Again with half of all that, and with days whose rates differ by themselves
// (sd .01). Before is days 0 … 3, after days 16 … 20. Where the answer is "replay these", as
// many inputs are replayed as it says. Beside it: blaming the event with the largest fall from
// before it to behind it, and a table of slices that blames each that fell by two standard errors.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "analyse/attribution/attribute.h"
#include "analyse/calibration/bridge.h"
#include "base/counter_random.h"
#include "base/permanent_random.h"
#include "statistics/scenario.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

constexpr std::size_t days = 21, slices = 4, before_to = 4, after_from = 16;
constexpr std::array<double, slices> passes = {.97, .95, .92, .75};
constexpr std::array<double, slices> usual = {.4, .3, .2, .1}, shifted = {.25, .25, .2, .3};
const std::vector<std::string> elements = {"model", "prompt"};

enum class Made { prompt, model, both, judge, judge_alone, rubric, mix, sampler, nothing };
constexpr const char* made_names[] = {
    "prompt", "model", "both",         "judge",  "judge without a bridge",
    "rubric", "mix",   "anomaly rate", "nothing"};

/// How hard it is.
struct Setting {
    double fall = 0.06;  ///< What a cause does: about 8.8 errors of the change, or 4.4 if halved.
    double day_sd = 0;   ///< Of the days' own rates, about the truth.
    bool told = false;   ///< The analysis knows day_sd, as a frozen baseline does (drift).

    std::string name() const {
        std::string result = fall < 0.06 ? " by half" : "";
        if (day_sd > 0) result += told ? ", restless days, known" : ", restless days";
        return result;
    }
};

/// When the elements are switched, and for whom first.
struct Layout {
    bool staggered = true;
    double canary = 0;      ///< Share of sessions in the four days before.
    bool together = false;  ///< The same sessions for both.

    std::size_t full_from(std::size_t element) const {
        return !staggered ? 10 : element == 0 ? 8 : 14;
    }
    std::string name() const {
        return fmt::format("{}, canary {:.0f}%{}", staggered ? "staggered" : "at once",
                           100 * canary, together ? " for both together" : "");
    }
    /// Whether anything tells model from prompt.
    bool separates() const { return staggered || (canary > 0 && !together); }
};

std::array<double, slices> moved(const Setting& setting) {
    std::array<double, slices> shares{};
    for (std::size_t s = 0; s < slices; ++s) {
        shares[s] = usual[s] + (shifted[s] - usual[s]) * setting.fall / 0.06;
    }
    return shares;
}

double mean_at(const std::array<double, slices>& shares) {
    double mean = 0;
    for (std::size_t s = 0; s < slices; ++s) mean += shares[s] * passes[s];
    return mean;
}

/// What the right answer is.
struct Truth {
    std::vector<std::string> causes;  ///< Any of them on top is right; empty: none may be named.
    double effect = 0;                ///< Of each.
    bool separable = true;            ///< false: "not identifiable" is the right answer.
};

Truth truth_of(Made made, const Layout& layout, const Setting& setting) {
    const double fall = setting.fall;
    switch (made) {
        case Made::prompt:
            return {{"prompt"}, -fall, layout.separates()};
        case Made::model:
            return {{"model"}, -fall, layout.separates()};
        case Made::both:
            return {{"model", "prompt"}, -fall, layout.separates()};
        case Made::judge:
            return {{"judge"}, -fall};
        case Made::mix:
            return {{"mix of traffic"}, mean_at(moved(setting)) - mean_at(usual)};
        case Made::judge_alone:
        case Made::rubric:
            return {{}, 0, false};
        case Made::sampler:
        case Made::nothing:
            break;
    }
    return {};
}

/// One incident as a deployment would have it: sums.
struct Incident {
    std::vector<std::vector<SliceTwice>> by_bucket;
    RolloutSums rollouts{days, slices, elements};
    std::array<WeightedSums, days> by_day;
    std::array<std::array<WeightedSums, slices>, 2> tables;
    WeightedSums plain_before, plain_after;
    Bridge bridge;

    Incident() : by_bucket(series_buckets, std::vector<SliceTwice>(slices)) {
        for (std::vector<SliceTwice>& bucket : by_bucket) {
            for (std::size_t s = 0; s < slices; ++s) bucket[s].name = fmt::format("slice {}", s);
        }
    }
};

std::size_t slice_of(double u, const std::array<double, slices>& shares) {
    std::size_t s = 0;
    while (s + 1 < slices && u >= shares[s]) u -= shares[s++];
    return s;
}

Incident incident(Made made, const Layout& layout, const Setting& setting, int sessions,
                  CounterRandom& dice) {
    Incident result;
    const double fall = setting.fall;
    const std::array<double, slices> shares = moved(setting);
    const bool new_judge = made == Made::judge || made == Made::judge_alone || made == Made::rubric;
    for (std::size_t day = 0; day < days; ++day) {
        const bool late = day >= 12;  // When traffic, judge, rubric or sampler change.
        // Uniform, so that no rate leaves [0, 1].
        const double restless =
            setting.day_sd > 0 ? setting.day_sd * std::sqrt(12.) * (dice.uniform() - .5) : 0;
        for (int i = 0; i < sessions; ++i) {
            const std::uint64_t bits = dice.bits();
            const auto bucket = static_cast<std::size_t>(bits & 63);
            const std::size_t slice =
                slice_of(dice.uniform(), made == Made::mix && late ? shares : usual);
            std::uint32_t is_new = 0;
            for (std::uint32_t e = 0; e < 2; ++e) {
                const std::uint64_t draw = (bits >> (e == 0 || layout.together ? 8 : 36)) & 0xfffff;
                const bool chosen = static_cast<double>(draw) < layout.canary * 0x1p20;
                const std::size_t full = layout.full_from(e);
                if (day >= full || (day + 4 >= full && chosen)) is_new |= 1u << e;
            }
            double rate = passes[slice] + restless;
            if (made == Made::model || made == Made::both) rate -= fall * (is_new & 1);
            if (made == Made::prompt || made == Made::both) rate -= fall * (is_new >> 1 & 1);
            const double u = dice.uniform();
            const bool stands = u < rate;              // In the eyes of the first judge.
            const bool fails_more = u >= rate - fall;  // And of the second.
            const bool pass = new_judge && late ? !fails_more : stands;
            if (made == Made::judge && day >= after_from && i < 120) {
                result.bridge.add(stands, pass, fmt::format("{} {}", day, i));
            }
            SliceTwice& cell = result.by_bucket[bucket][slice];
            SlicePeriod* period = day < before_to     ? &cell.before
                                  : day >= after_from ? &cell.after
                                                      : nullptr;
            if (period) period->traffic += 1;
            double inclusion = 1;
            if (made == Made::sampler) {  // Anomalies: most failures, and a tenth of the others.
                const bool anomaly = dice.uniform() < (pass ? .1 : .8);
                inclusion = !late ? .7 : anomaly ? .95 : .5;
                if (dice.uniform() >= inclusion) continue;
            }
            if (period) {
                period->judged.add(1 / inclusion, pass);
                const bool after = day >= after_from;
                (after ? result.plain_after : result.plain_before).add(1, pass);
                result.tables[after][slice].add(1 / inclusion, pass);
            }
            result.by_day[day].add(1 / inclusion, pass);
            result.rollouts.add(day, slice, is_new, 1 / inclusion, pass / inclusion, bucket);
        }
    }
    return result;
}

Estimate difference(const WeightedSums& before, const WeightedSums& after) {
    const double value = after.mean() - before.mean();
    const double error = std::sqrt(before.process_variance() + after.process_variance());
    return {value, error, {value - 2 * error, value + 2 * error}};
}

/// With the variance of days' own rates in the two periods.
void widen(Estimate& estimate, double day_sd) {
    const double more = day_sd * day_sd * (1. / before_to + 1. / (days - after_from));
    const double half =
        estimate.interval.width() / 2 * std::sqrt(1 + more / std::pow(estimate.standard_error, 2));
    estimate.interval = {estimate.value - half, estimate.value + half};
    estimate.standard_error = std::sqrt(std::pow(estimate.standard_error, 2) + more);
}

AttributionEvidence evidence_of(const Incident& incident, Made made, const Layout& layout,
                                const Setting& setting) {
    AttributionEvidence evidence;
    const double known_sd = setting.told ? setting.day_sd : 0;
    auto mix = mix_and_within(incident.by_bucket);
    if (mix) {
        evidence.mix = *mix;
        widen(evidence.mix->change, known_sd);
        widen(evidence.mix->within, known_sd);
        evidence.change = evidence.mix->change;
    }
    if (made == Made::sampler) {
        evidence.plain_change = difference(incident.plain_before, incident.plain_after);
    }
    evidence.rubric_changed = made == Made::rubric;
    if (made == Made::judge_alone) evidence.judge.emplace();
    if (made == Made::judge) {
        if (const auto shift = incident.bridge.shift()) {
            evidence.judge = JudgeEvidence{.shift_on_new = shift->shift};
        }
    }
    std::vector<PassBucket> buckets;
    for (const WeightedSums& day : incident.by_day) {
        buckets.push_back(
            as_if_days_were_alike({day.mean() * day.kish_count(), day.kish_count()}, known_sd));
    }
    std::vector<KnownEvent> events;
    for (std::size_t e = 0; e < 2; ++e) {
        const std::size_t full = layout.full_from(e);
        if (layout.canary > 0) events.push_back({full - 4, elements[e]});
        events.push_back({full, elements[e]});
    }
    if (evidence.judge) events.push_back({12, "judge"});
    evidence.elements = elements;
    evidence.when = event_steps(buckets, events);
    evidence.rollouts = incident.rollouts.fit(before_to, after_from);
    return evidence;
}

/// So many inputs as were asked for through old and new model and prompt. What is hard is hard for
/// all of them, but for a fifth of the answers, which chance decides anew.
std::optional<Replay> replayed(Made made, double fall, CounterRandom& dice) {
    std::vector<ReplayedInput> inputs;
    for (std::uint32_t i = 0; i < replay_inputs(fall); ++i) {
        const double rate = passes[slice_of(dice.uniform(), usual)], u = dice.uniform();
        ReplayedInput input{.cluster = i};
        for (unsigned set = 0; set < 4; ++set) {
            double p = rate;
            if (made == Made::model || made == Made::both) p -= fall * (set & 1);
            if (made == Made::prompt || made == Made::both) p -= fall * (set >> 1);
            input.by_combination.push_back((dice.uniform() < .2 ? dice.uniform() : u) < p);
        }
        inputs.push_back(std::move(input));
    }
    const auto result = replay(inputs, elements);
    return result ? std::optional(*result) : std::nullopt;
}

/// The event with the largest fall from all before it to all behind it, if by two errors.
std::string naive_blame(const Incident& incident, const Layout& layout) {
    std::string blamed;
    double worst = 0;
    for (std::size_t e = 0; e < 2; ++e) {
        WeightedSums before, behind;
        for (std::size_t day = 0; day < days; ++day)
            (day < layout.full_from(e) ? before : behind).merge(incident.by_day[day]);
        const Estimate step = difference(before, behind);
        if (step.interval.high < 0 && step.value < worst) {
            worst = step.value;
            blamed = elements[e];
        }
    }
    return blamed;
}

struct Cell {
    Tally right, wrong, flagged, covered, share_error, naive_right, naive_wrong, slice_blamed;
    Tally replay_right, replay_wrong, signal, right_at_4;
};

bool among(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

Cell cell(Made made, const Layout& layout, const Setting& setting, int replicates, int sessions) {
    Cell tally;
    const Truth truth = truth_of(made, layout, setting);
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(
            permanent_bits("B7 seed 1", fmt::format("{} {}{}", static_cast<int>(made),
                                                    layout.name(), setting.name())),
            static_cast<std::uint64_t>(r));
        const Incident data = incident(made, layout, setting, sessions, dice);
        AttributionEvidence evidence = evidence_of(data, made, layout, setting);
        const Attribution answer = attribute(evidence);
        const Cause* top = answer.top();
        const bool right = top && truth.separable && among(truth.causes, top->name());
        tally.signal.add(std::abs(evidence.change.value) / evidence.change.standard_error);
        tally.right.add(right);
        const bool clear = std::abs(evidence.change.value) >= 4 * evidence.change.standard_error;
        if (clear) tally.right_at_4.add(right);
        // A right name where nothing separates the two is luck, and counts as wrong.
        tally.wrong.add(top && !right);
        if (answer.answer != Attribution::Answer::nothing_changed) {
            tally.flagged.add(answer.answer == Attribution::Answer::not_identifiable);
        }
        if (right) {
            const double change = made == Made::both ? 2 * truth.effect : truth.effect;
            tally.covered.add(top->effect.interval.contains(truth.effect));
            tally.share_error.add(std::abs((top->effect.value - truth.effect) / change));
        }
        const std::string blamed = naive_blame(data, layout);
        tally.naive_right.add(truth.separable && among(truth.causes, blamed));
        tally.naive_wrong.add(!blamed.empty() && !(truth.separable && among(truth.causes, blamed)));
        bool slice_fell = false;
        for (std::size_t s = 0; s < slices; ++s)
            slice_fell |= difference(data.tables[0][s], data.tables[1][s]).interval.high < 0;
        tally.slice_blamed.add(slice_fell);
        if (!truth.separable && !truth.causes.empty()) {
            evidence.replay = replayed(made, setting.fall, dice);
            const Attribution again = attribute(evidence);
            tally.replay_right.add(again.top() && among(truth.causes, again.top()->name()));
            tally.replay_wrong.add(again.top() && !among(truth.causes, again.top()->name()));
        }
    }
    return tally;
}

std::vector<Figure> run(Effort effort) {
    const bool full = effort == Effort::full;
    const int replicates = full ? 400 : 1, sessions = full ? 800 : 60;
    std::vector<Layout> layouts;
    for (const double canary : {0., .25, .5}) {
        layouts.push_back({true, canary, false});
        layouts.push_back({false, canary, true});
        if (canary > 0) layouts.push_back({false, canary, false});
    }
    if (!full) layouts.resize(2);
    std::vector<Figure> figures;
    const auto add = [&](const std::string& what, const Tally& tally, std::string target = "",
                         std::optional<bool> met = {}) {
        if (tally.count() == 0) return;
        figures.push_back({what, tally.mean(), tally.error(), std::move(target), met});
    };
    const auto measure = [&](Made made, const Layout& layout, const Setting& setting) {
        const Truth truth = truth_of(made, layout, setting);
        const Cell tally = cell(made, layout, setting, replicates, sessions);
        const auto named = [&](const char* what) {
            return fmt::format("{}{}, {}: {}", made_names[static_cast<int>(made)], setting.name(),
                               layout.name(), what);
        };
        add(named("change over its error"), tally.signal);
        if (truth.separable && !truth.causes.empty()) {
            add(named("right on top, the change 4 errors or more"), tally.right_at_4, ">= .95",
                tally.right_at_4.mean() >= .95);
            add(named("right on top"), tally.right);
            add(named("interval covers"), tally.covered, ">= .93", tally.covered.mean() >= .93);
            add(named("error as a share of the change"), tally.share_error);
        }
        add(named("wrong on top"), tally.wrong, "<= .05", tally.wrong.mean() <= .05);
        if (!truth.separable) {
            add(named("said to be not identifiable, of what changed"), tally.flagged, "1",
                tally.flagged.mean() == 1);
            add(named("right after a replay"), tally.replay_right, ">= .95",
                tally.replay_right.mean() >= .95);
            add(named("wrong after a replay"), tally.replay_wrong, "<= .05",
                tally.replay_wrong.mean() <= .05);
        }
        add(named("before and after: right"), tally.naive_right);
        add(named("before and after: wrong"), tally.naive_wrong);
        add(named("table of slices blames one"), tally.slice_blamed);
    };
    for (const Layout& layout : layouts) {
        for (int m = 0; m <= static_cast<int>(Made::nothing); ++m)
            measure(static_cast<Made>(m), layout, {});
        for (const Made made : {Made::prompt, Made::model, Made::both, Made::judge, Made::mix}) {
            if (full) measure(made, layout, {.fall = 0.03});
        }
    }
    for (const bool told : {false, true}) {
        for (const Made made : {Made::prompt, Made::model, Made::nothing}) {
            measure(made, {}, {.day_sd = 0.01, .told = told});
            if (full) measure(made, {.canary = .25}, {.day_sd = 0.01, .told = told});
        }
    }
    return figures;
}

}  // namespace

extern const Scenario b7_attribution{
    .name = "B7",
    .says = "A series fell: is the right cause named, and is it said when none can be?",
    .run = run};

}  // namespace plimsoll::bench
