// B8: a judge is silently pointed at another model. When is it noticed, at what cost in labels?
//
// 200 sentinels: half of them near the boundary flip by themselves in 3.5% of the scorings, the
// others in 0.5%; frozen from 5 or 15 scorings each. Afterwards some items have the opposite
// verdict for good, so that flips against the frozen verdicts come to the rate named: of these
// sentinels (so many of them, drawn once), or of the traffic (each with that probability: sentinels
// are a sample, and sometimes a lucky one). Beside it: what weekly labels would say, how far a
// paired comparison sees, and how many labels a relabelling takes.
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "analyse/calibration/matthews.h"
#include "analyse/calibration/matthews_change.h"
#include "analyse/calibration/relabelling.h"
#include "analyse/calibration/sentinels.h"
#include "base/permanent_random.h"
#include "statistics/judge_model.h"
#include "statistics/scenario.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

constexpr int sentinels = 200, days_max = 200;
constexpr double own_flips = 0.02;

double flips_by_itself(int item) {
    return item % 2 == 0 ? 0.035 : 0.005;
}

/// What the rate of flips is of.
enum class Of { sentinels, traffic };

/// A frozen set, its watch, and the judge behind it.
class Sentinels {
  public:
    Sentinels(CounterRandom& dice, int frozen) : dice_(dice), opposite_(sentinels, false) {
        std::vector<std::vector<bool>> scorings(sentinels);
        for (int i = 0; i < sentinels; ++i) {
            for (int s = 0; s < frozen; ++s)
                scorings[i].push_back(dice.uniform() < flips_by_itself(i));
        }
        watch_.emplace(*freeze_sentinels(scorings));
    }
    void repoint(double flip_rate, Of of) {
        const double share = (flip_rate - own_flips) / (1 - 2 * own_flips);
        if (of == Of::traffic) {
            for (int i = 0; i < sentinels; ++i) opposite_[i] = dice_.uniform() < share;
            return;
        }
        double missing = std::round(share * sentinels);
        for (int i = 0; i < sentinels; ++i) {  // So many of them, any set alike.
            opposite_[i] = dice_.uniform() * (sentinels - i) < missing;
            missing -= opposite_[i];
        }
    }
    SentinelWatch::Answer day() {
        std::array<bool, sentinels> flipped{}, shuffled{};
        for (int i = 0; i < sentinels; ++i) {
            const bool fails = (dice_.uniform() < flips_by_itself(i)) != opposite_[i];
            flipped[i] = fails != watch_->baseline().fails[i];
        }
        for (int i = 0; i < sentinels; ++i) {  // Inside out: any order alike.
            const auto j = dice_.below(static_cast<std::uint32_t>(i + 1));
            shuffled[i] = shuffled[j];
            shuffled[j] = flipped[i];
        }
        return watch_->add_run(shuffled);
    }

  private:
    CounterRandom& dice_;
    std::vector<bool> opposite_;
    std::optional<SentinelWatch> watch_;
};

struct Days {
    Tally to_detect, sudden;
};

Days days_to_detect(double flip_rate, Of of, int replicates, int scorings) {
    Days days;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B8", fmt::format("{:.2f}", flip_rate)),
                           static_cast<std::uint64_t>(r));
        Sentinels watch(dice, scorings);
        for (int day = 0; day < 14; ++day) watch.day();
        watch.repoint(flip_rate, of);
        int day = 0;
        SentinelWatch::Answer answer;
        do {
            answer = watch.day();
            ++day;
        } while (!answer.fired() && day < days_max);
        days.to_detect.add(day);
        days.sudden.add(answer.sudden);
    }
    return days;
}

Tally false_starts(int scorings, int replicates, int days) {
    Tally per_thousand;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B8", "unchanged"), static_cast<std::uint64_t>(r));
        Sentinels watch(dice, scorings);
        int fired = 0;
        for (int day = 0; day < days; ++day) fired += watch.day().fired();
        per_thousand.add(1000. * fired / days);
    }
    return per_thousand;
}

/// A new judge that repeats 70% of the old one's verdicts.
struct Paired {
    Tally test, naive;  ///< The paired test at one-sided 5%; "fell by more than 0.05".
};

Paired paired(double before, double after, int n, int replicates) {
    const JudgeModel old_judge(before), fresh((after - 0.7 * before) / 0.3);
    Paired tally;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B8 paired", fmt::format("{} {} {}", before, after, n)),
                           static_cast<std::uint64_t>(r));
        PairedVerdicts verdicts(2);
        for (int i = 0; i < n; ++i) {
            const bool human = old_judge.human(dice);
            const bool was = old_judge.judge(human, dice);
            const bool is = dice.uniform() < 0.7 ? was : fresh.judge(human, dice);
            verdicts.add(human, was, is);
        }
        const auto change = matthews_change(verdicts);
        tally.test.add(change && change->p_fell < 0.05);
        tally.naive.add(change && change->change.value < -drop_that_matters);
    }
    return tally;
}

struct Relabelled {
    Tally labels, reopened;
};

Relabelled relabelled(double mcc, int replicates) {
    Relabelled tally;
    for (int r = 0; r < replicates; ++r) {
        CounterRandom dice(permanent_bits("B8 relabel", fmt::format("{:.2f}", mcc)),
                           static_cast<std::uint64_t>(r));
        const JudgeModel judge(mcc);
        Confusion counts;
        Relabelling step = Relabelling::label_more;
        while (step == Relabelling::label_more) {
            counts = counts + judge.labels(RelabellingRules{}.batch, dice);
            step = relabelling_step(evidence_of(counts));
        }
        tally.labels.add(counts.total());
        tally.reopened.add(step == Relabelling::reopen);
    }
    return tally;
}

std::vector<Figure> run(Effort effort) {
    const bool full = effort == Effort::full;
    const int replicates = full ? 2000 : 10;
    std::vector<Figure> figures;
    const auto add = [&](std::string what, double value, double error,
                         std::optional<double> most = {}) {
        figures.push_back({std::move(what), value, error, most ? fmt::format("<= {}", *most) : "",
                           most ? std::optional(value <= *most) : std::nullopt});
    };
    const auto add_mean = [&](std::string what, const Tally& tally,
                              std::optional<double> most = {}) {
        add(std::move(what), tally.mean(), tally.error(), most);
    };
    for (const int scorings : {5, 15}) {
        const auto frozen = [&](const std::string& what) {
            return fmt::format("sentinels frozen from {} scorings, {}", scorings, what);
        };
        // Each of the two detectors of a watch promises one in 1000 days.
        add_mean(frozen("nothing changed, alarms in 1000 days"),
                 false_starts(scorings, full ? 400 : 2, full ? 1000 : 30), 1);
        for (const Of of : {Of::sentinels, Of::traffic}) {
            for (const double rate : {.04, .05, .08, .12, .15}) {
                if (!full && rate != .08) continue;
                const Days days = days_to_detect(rate, of, replicates, scorings);
                const auto named = [&](const char* what) {
                    return frozen(fmt::format("{:.0f}% of {} flip, {}", 100 * rate,
                                              of == Of::sentinels ? "them" : "traffic", what));
                };
                add_mean(named("days to detect, mean"), days.to_detect);
                add(named("days to detect, p90"), days.to_detect.quantile(0.9), 0,
                    rate == .08 && scorings == 15 ? std::optional(2.) : std::nullopt);
                add_mean(named("found by one run alone"), days.sudden);
            }
        }
    }
    for (const double mcc : {.72, .61}) {
        Tally drop, sure;
        for (int r = 0; r < replicates; ++r) {
            CounterRandom dice(permanent_bits("B8 weeks", fmt::format("{:.2f}", mcc)),
                               static_cast<std::uint64_t>(r));
            const Confusion last = JudgeModel(mcc).labels(80, dice);
            const Confusion now = JudgeModel(mcc).labels(80, dice);
            const auto was = matthews(last), is = matthews(now);
            drop.add(was && is && *was - *is > drop_that_matters);
            sure.add(probability_of_drop(last, now) >= drop_is_sure_at);
        }
        add_mean(fmt::format("80 fresh labels a week, MCC {:.2f} unchanged, \"drop > 0.05\"", mcc),
                 drop);
        add_mean(fmt::format("80 fresh labels a week, MCC {:.2f} unchanged, sure of a drop", mcc),
                 sure);
    }
    struct Change {
        double before, after;
    };
    for (const auto& [before, after] :
         {Change{.72, .72}, {.72, .67}, {.72, .62}, {.72, .57}, {.61, .52}}) {
        for (const int n : {80, 200, 500, 1000}) {
            if (!full && n > 80) continue;
            const Paired power = paired(before, after, n, replicates);
            const auto named = [&](const char* what) {
                return fmt::format("{:.2f} to {:.2f} on the same {} items, {}", before, after, n,
                                   what);
            };
            add_mean(named("paired test fires"), power.test);
            add_mean(named("\"drop > 0.05\" fires"), power.naive);
        }
    }
    for (const double mcc : {.30, .45, .52, .60, .66, .72, .80}) {
        const Relabelled done = relabelled(mcc, replicates);
        // A worse judge is meant: the budget of labels is for finding that it must stay closed.
        add_mean(fmt::format("relabelling, MCC {:.2f}, labels", mcc), done.labels,
                 mcc <= .52 ? std::optional(80.) : std::nullopt);
        add_mean(fmt::format("relabelling, MCC {:.2f}, reopened", mcc), done.reopened);
    }
    return figures;
}

}  // namespace

extern const Scenario b8_judge_moves{
    .name = "B8",
    .says = "A judge is silently re-pointed: days until sentinels notice, labels until it is clear",
    .run = run};

}  // namespace plimsoll::bench
