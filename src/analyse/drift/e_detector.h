/// e_detector.h: the pager. Has the mean score of a series fallen, or risen, since its reference?
///
///   judged session ──▶ integrity ──▶ bank "fell" ─┐ value >= threshold
///   (time, 1/pi, score)     │        bank "rose" ─┴──────────────────▶ EAlarm, and both start anew
///                           └─ outside [0, 1], weight above its bound: refused, and said
///
/// Look after every session, as often as you like: without a change, the expected number of
/// sessions until a false alarm is at least the threshold (e_bank.h). It holds while E[loss | past]
/// stays within the baseline; with an estimated baseline, with probability 0.975 over its
/// reference.
///
/// One update a session, not one a trace: failures inside a session go together, and updating per
/// trace shortens the run to a false alarm five-hundredfold (docs/statistics/4-drift.md, where the
/// method, its sources and its weak points stand). Items are taken in the order in which they
/// arrive, never re-ordered by score.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyse/drift/baseline.h"
#include "analyse/drift/e_bank.h"

namespace plimsoll::analyse {

enum class Direction { score_fell, score_rose };

struct EAlarm {
    Direction direction = Direction::score_fell;
    std::uint64_t session = 0;  ///< Which of the accepted ones, counted from 1.
    double time_s = 0;          ///< Unix seconds of that session.
    double value = 0;           ///< Where the bank stood: at or above `threshold`.
    double threshold = 0;
    bool operator==(const EAlarm&) const = default;
};

/// Sessions that are sampled alike. One stratum for all traffic finds changes of behavior and of
/// mix; a stratum for each rate of the sampler finds changes of behavior alone.
struct EStratum {
    LossBaseline baseline;
    double weight_max = 1;  ///< 1 / the smallest inclusion probability.
};

struct EDetectorOptions {
    double threshold = 1e5;  ///< Sessions to a false alarm, expected at least, both sides together.
    bool two_sided = true;
    EForm form = EForm::shiryaev_roberts;
};

/// "At most `false_pages` per `days` days in the whole deployment" as one series' threshold: days *
/// series * sessions_per_day / false_pages. A union bound, so under any dependence; `series` counts
/// every detector that may page.
double page_threshold(double series, double sessions_per_day, double false_pages = 1,
                      double days = 90);

/// One owner, one thread.
class EDetector {
  public:
    EDetector(std::vector<EStratum> strata, EDetectorOptions options);

    enum class Taken {
        counted,
        alarm,    ///< See last_alarm(); the banks have started anew.
        refused,  ///< The sampler broke its word: nothing was changed but refused().
    };
    /// `weight` = 1 / inclusion probability, `score` of the session.
    Taken update(double time_s, double weight, double score, std::size_t stratum = 0);

    /// Where the evidence stands, as a share of its threshold: 1 is an alarm.
    double level(Direction direction) const;
    /// Of one side: twice the options' threshold if both sides watch.
    double side_threshold() const { return side_threshold_; }
    std::uint64_t sessions() const { return sessions_; }
    std::uint64_t refused() const { return refused_; }
    std::uint64_t alarms() const { return alarms_; }
    const std::optional<EAlarm>& last_alarm() const { return last_; }

    /// All that changes, as plain numbers: what a database keeps between two runs.
    std::vector<double> save() const;
    /// Back to what save() gave, bit for bit. False, and nothing changed, if the numbers are not of
    /// a detector with as many strata.
    bool restore(std::span<const double> saved);

  private:
    struct Side {
        std::vector<EBank> banks;  ///< One a stratum; empty if this side does not watch.
        double value() const;
    };
    bool grow(Side& side, std::size_t stratum, double excess, Direction direction, double time_s);

    std::vector<EStratum> strata_;
    EDetectorOptions options_;
    double side_threshold_ = 0;
    Side fell_, rose_;
    std::uint64_t sessions_ = 0, refused_ = 0, alarms_ = 0;
    std::optional<EAlarm> last_;
};

}  // namespace plimsoll::analyse
