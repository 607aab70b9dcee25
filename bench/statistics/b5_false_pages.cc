// B5: how many pages do 90 days give in which nothing happens?
//
// A deployment of 44 series: 4 dimensions, each with 1 series of 900 judged sessions a day and 10
// slices of 180. Its mean loss is .06 for ever, yet days are better and worse, hours of the week
// too, failures come together in sessions, and on day 30 the sampler is changed. 56 days of
// reference go before. Beside it, what the same detectors are for: a fall by .05 after the 90 days,
// in hours to the page of a series of 900 a day.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyse/drift/baseline.h"
#include "analyse/drift/e_detector.h"
#include "analyse/stats/distributions.h"
#include "base/counter_random.h"
#include "base/permanent_random.h"
#include "statistics/detectors.h"
#include "statistics/scenarios.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

constexpr double rate = .06, fall = .05, day_s = 86'400;
constexpr int quiet_days = 90, fall_days_max = 14, sampler_day = 30;
constexpr int slices = 10;
constexpr double weight_max = 10;  ///< The smallest inclusion probability is .1.

struct World {
    std::string name;
    double day_sd = 0,
           day_persists = 0;       ///< Of a day's mean loss; correlation with the day before.
    double hour_swing = 0;         ///< Afternoons and weekends are that much worse.
    bool sessions = false;         ///< 1 to 8 interactions; of a bad session 75% fail.
    bool sampler_changes = false;  ///< From .2 for all to .5 of anomalies and .1 of the rest.
    int reference_days = 56;
    int dimensions = 4;

    int series() const { return dimensions * (1 + slices); }
};

struct Session {
    double time_s, weight;
    int interactions, failed;
    double loss() const { return static_cast<double>(failed) / interactions; }
};

/// What all series of a dimension share: how far each day is off.
std::vector<double> day_effects(const World& world, CounterRandom& dice) {
    std::vector<double> effects;
    double last = world.day_sd * analyse::normal_quantile(dice.uniform() + 0x1p-54);
    const double fresh = world.day_sd * std::sqrt(1 - world.day_persists * world.day_persists);
    for (int day = 0; day < world.reference_days + quiet_days + fall_days_max; ++day) {
        effects.push_back(last);
        last =
            world.day_persists * last + fresh * analyse::normal_quantile(dice.uniform() + 0x1p-54);
    }
    return effects;
}

/// One hour of judged sessions at this loss.
template <class Take>
void hour_of_sessions(const World& world, double loss, bool changed, double begin_s, int count,
                      CounterRandom& dice, Take&& take) {
    constexpr double fail_in_bad = .75, anomaly_if_bad = .7, anomaly_if_good = .2;
    const double bad = world.sessions ? loss / fail_in_bad : loss;
    const double pi_anomaly = changed ? .5 : .2, pi_other = changed ? .1 : .2;
    const double anomalies = bad * anomaly_if_bad + (1 - bad) * anomaly_if_good;
    const double judged_anomalies =
        anomalies * pi_anomaly / (anomalies * pi_anomaly + (1 - anomalies) * pi_other);
    const double bad_of_anomalies = bad * anomaly_if_bad / anomalies;
    const double bad_of_others = bad * (1 - anomaly_if_bad) / (1 - anomalies);
    for (int i = 0; i < count; ++i) {
        const bool anomaly = dice.uniform() < judged_anomalies;
        const bool is_bad = dice.uniform() < (anomaly ? bad_of_anomalies : bad_of_others);
        Session session{begin_s + 3600. * i / count, 1 / (anomaly ? pi_anomaly : pi_other),
                        world.sessions ? 1 + static_cast<int>(dice.below(8)) : 1, 0};
        if (is_bad && !world.sessions) session.failed = 1;
        for (int k = 0; is_bad && world.sessions && k < session.interactions; ++k) {
            session.failed += dice.uniform() < fail_in_bad;
        }
        if (!take(session)) return;
    }
}

/// Sessions from day `begin` to day `end` of a series, until `take` says false.
template <class Take>
void traffic(const World& world, const std::vector<double>& days, int begin, int end, double a_day,
             double worse, CounterRandom& dice, Take&& take) {
    double due = 0;
    bool go_on = true;
    for (int hour = begin * 24; hour < end * 24 && go_on; ++hour) {
        const double wave = std::sin(2 * std::numbers::pi * (hour % 24 - 9) / 24);
        const bool weekend = hour / 24 % 7 >= 5;
        // Less traffic at weekends and at night; the swing has mean 0 over the sessions.
        const double volume = (1 + .5 * wave) * (weekend ? .6 : 1.16);
        const double swing = world.hour_swing * (wave - .25) * (weekend ? 2 : .7);
        due += a_day / 24 * volume;
        const int count = static_cast<int>(due);
        due -= count;
        const double loss =
            std::clamp(rate + days[static_cast<std::size_t>(hour / 24)] + swing + worse, .005, .5);
        const bool changed =
            world.sampler_changes && hour / 24 >= world.reference_days + sampler_day;
        hour_of_sessions(world, loss, changed, hour * 3600., count, dice,
                         [&](const Session& session) { return go_on = take(session); });
    }
}

struct Pages {
    double fell = 0, rose = 0, per_interaction = 0, weekly = 0, hinkley = 0, adwin = 0;
};

/// The detectors that are compared, on one series.
class Watched {
  public:
    Watched(const World& world, double a_day, bool others)
        : world_(world), a_day_(a_day), others_(others) {}

    void run(const std::vector<double>& days, CounterRandom& dice, Pages& pages, Tally* hours) {
        analyse::ReferenceLosses reference;
        std::uint64_t id = 0;
        traffic(world_, days, 0, world_.reference_days, a_day_, 0, dice, [&](const Session& one) {
            const std::string_view cluster(reinterpret_cast<const char*>(&++id), sizeof id);
            reference.update(one.time_s, one.weight, one.loss(), cluster);
            return week(one, nullptr);
        });
        const analyse::EStratum stratum{*analyse::baseline_of(reference), weight_max};
        const analyse::EDetectorOptions options{
            .threshold = analyse::page_threshold(world_.series(), a_day_)};
        analyse::EDetector detector({stratum}, options), by_interaction({stratum}, options);
        PageHinkley hinkley;
        Adwin adwin;
        const int begin = world_.reference_days, end = begin + quiet_days;
        traffic(world_, days, begin, end, a_day_, 0, dice, [&](const Session& one) {
            if (taken(detector, one, one.loss())) {
                const bool fell =
                    detector.last_alarm()->direction == analyse::Direction::score_fell;
                ++(fell ? pages.fell : pages.rose);
            }
            if (!others_) return true;
            for (int k = 0; k < one.interactions; ++k) {
                pages.per_interaction += taken(by_interaction, one, k < one.failed);
            }
            if (hinkley.update(one.loss())) ++pages.hinkley, hinkley = {};
            if (adwin.update(one.loss())) ++pages.adwin, adwin = Adwin{};
            return week(one, &pages);
        });
        if (hours == nullptr) return;
        double found_s = (end + fall_days_max) * day_s;
        traffic(world_, days, end, end + fall_days_max, a_day_, fall, dice,
                [&](const Session& one) {
                    if (!taken(detector, one, one.loss())) return true;
                    found_s = one.time_s;
                    return false;
                });
        hours->add((found_s - end * day_s) / 3600);
    }

  private:
    static bool taken(analyse::EDetector& detector, const Session& session, double loss) {
        return detector.update(session.time_s, session.weight, 1 - loss) ==
               analyse::EDetector::Taken::alarm;
    }
    /// Weighted weekly means against the trailing eight.
    bool week(const Session& session, Pages* pages) {
        const int now = static_cast<int>(session.time_s / day_s / 7);
        if (now != week_) {
            if (w_ > 0 && weekly_.week(wy_ / w_) && pages != nullptr) ++pages->weekly;
            week_ = now, w_ = wy_ = 0;
        }
        w_ += session.weight, wy_ += session.weight * session.loss();
        return true;
    }

    const World& world_;
    double a_day_;
    bool others_;
    WeeklyTwoSigma weekly_{0};
    int week_ = 0;
    double w_ = 0, wy_ = 0;
};

void simulate_world(std::vector<Figure>& figures, const World& world, int replicates, bool others,
                    bool target) {
    Tally all, fell, per_interaction, weekly, hinkley, adwin, hours;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B5", world.name), static_cast<std::uint64_t>(r));
        Pages pages;
        for (int d = 0; d < world.dimensions; ++d) {
            const std::vector<double> days = day_effects(world, dice);
            for (int s = 0; s <= slices; ++s) {
                Watched(world, s == 0 ? 900 : 180, others)
                    .run(days, dice, pages, s == 0 ? &hours : nullptr);
            }
        }
        all.add(pages.fell + pages.rose), fell.add(pages.fell);
        per_interaction.add(pages.per_interaction), weekly.add(pages.weekly);
        hinkley.add(pages.hinkley), adwin.add(pages.adwin);
    }
    const auto say = [&](const std::string& what, const Tally& tally, bool aim = false) {
        figures.push_back({world.name + ": " + what, tally.mean(), tally.error(), aim ? "<= 1" : "",
                           aim ? std::optional(tally.mean() <= 1) : std::nullopt});
    };
    say("false pages in 90 days", all, target);
    say("of them for a fall", fell);
    say(fmt::format("a fall by .05: hours to the page (p90 {:.1f})", hours.quantile(.9)), hours);
    if (!others) return;
    if (world.sessions) say("the same detector told of every interaction", per_interaction);
    say("weekly 2-sd rule", weekly);
    say("Page-Hinkley, defaults", hinkley);
    say("ADWIN of the paper, defaults", adwin);
}

std::vector<Figure> simulate(Effort effort) {
    const bool full = effort == Effort::full;
    const World all{"all together", .01, 0, .02, true, true};
    World short_reference = all, persistent = all;
    short_reference.name = "all together, 14 days of reference";
    short_reference.reference_days = 14;
    persistent.name = "all together, and days resemble the day before (.7)";
    persistent.day_persists = .7;
    std::vector<Figure> figures;
    if (!full) {
        short_reference.dimensions = 1;
        simulate_world(figures, short_reference, 1, true, false);
        return figures;
    }
    simulate_world(figures, all, 400, false, true);
    const World one_by_one[] = {
        {"nothing but noise"},
        {"days differ by .01", .01},
        {"hours of the week differ", 0, 0, .02},
        {"sessions", 0, 0, 0, true},
        {"the sampler changes", 0, 0, 0, false, true},
        short_reference,
        persistent,
    };
    for (const World& world : one_by_one) simulate_world(figures, world, 60, false, true);
    World beside = all;
    beside.name = "all together, beside others";
    simulate_world(figures, beside, 20, true, false);
    return figures;
}

}  // namespace

const Scenario b5_false_pages{
    "B5", "90 days without a change in 44 series: how many pages, and what does the quiet cost?",
    simulate};

}  // namespace plimsoll::bench
