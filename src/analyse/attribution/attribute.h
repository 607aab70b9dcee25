/// attribute.h: what caused a change, from all that is known, in the order in which one should ask.
///
///   sampler ─▶ judge ─▶ mix ─▶ when ─▶ rollouts ─▶ replay ─▶ top cause, effect, interval
///      each stage takes what it explains; the first that      or: not identifiable,
///      explains 80% of the change with certainty ends it           replay these
///
/// A pure function of what the other files here computed; what was not computed is left out.
/// Guessing between elements that nothing separates is not done: they are named together, with the
/// replay that would separate them. docs/statistics/7-attribution.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyse/attribution/event_steps.h"
#include "analyse/attribution/judge_or_behavior.h"
#include "analyse/attribution/kitagawa.h"
#include "analyse/attribution/replay.h"
#include "analyse/attribution/rollouts.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// All of one series and of the same two periods. "Before" ends before the first of the events
/// begins, "after" begins behind the last.
struct AttributionEvidence {
    Estimate change;                            ///< Of the mean corrected for sampling.
    std::optional<Estimate> plain_change = {};  ///< Of the plain mean, if sampling changed.
    std::vector<std::string> sampler = {};      ///< What sampler_integrity found.
    bool rubric_changed = false;                ///< Then before and after are two quantities.
    std::optional<JudgeEvidence> judge = {};    ///< If the judge changed, or sentinels say so.
    std::optional<MixAndWithin> mix = {};       ///< Over slices chosen beforehand.
    std::vector<std::string> elements = {};     ///< What else changed: "model", "prompt" …
    std::optional<EventSteps> when = {};        ///< Events named as the elements; "judge" too.
    std::vector<RolloutEffect> rollouts = {};   ///< Of RolloutSums::fit.
    std::optional<Replay> replay = {};
};

enum class CauseKind { judge, mix, turnover, element };

struct Cause {
    CauseKind kind = CauseKind::element;
    std::vector<std::string> elements;       ///< More than one: inseparable. Empty for mix.
    Estimate effect;                         ///< Part of the change.
    double share = 0;                        ///< Effect over change.
    std::optional<double> probability = {};  ///< That the series moved with its event.

    bool certain() const { return !effect.interval.contains(0); }
    std::string name() const;  ///< "model + prompt", "mix of traffic"
};

struct Attribution {
    enum class Answer {
        nothing_changed,   ///< The interval of the change covers 0; causes are parts, unranked.
        explained,         ///< causes[0] is at least 80% of it.
        several,           ///< No single cause is; the certain ones are listed.
        not_identifiable,  ///< `replay` or `says` tells what would separate them.
        unexplained,       ///< Nothing that is known to have changed accounts for it.
    };
    Answer answer = Answer::nothing_changed;
    std::vector<Cause> causes;        ///< Certain ones only, the largest first.
    std::vector<std::string> replay;  ///< Elements to replay; `says` has how many inputs.
    std::string says;                 ///< For a person.

    /// What to blame; nullptr unless `explained` or `several`.
    const Cause* top() const;
};

inline constexpr double attribution_share_to_stop = 0.80;

Attribution attribute(const AttributionEvidence& evidence);

}  // namespace plimsoll::analyse
