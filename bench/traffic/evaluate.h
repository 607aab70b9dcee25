/// evaluate.h: how a watch did on traffic whose truth is known: which events it found, how late,
/// with which cause and slice, and what it said where nothing had happened.
///
/// A finding belongs to an event of its service (or of all of them) and of a kind that such an
/// event may be found as, if it says that the change began within three days of the event's start,
/// or inside the 95% interval of its moment; for a ramp, anywhere on it. One that began when an
/// event ended tells of the recovery. The rest, if it says that something got worse, is a false
/// alarm; findings of one change (`leader`) are one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/finding.h"
#include "traffic/known.h"

namespace plimsoll::bench {

struct EventResult {
    const KnownEvent* event = nullptr;
    const record::Finding* first = nullptr;  ///< The earliest that belongs to it; nullptr: missed.
    const record::Finding* best = nullptr;   ///< Of the nearest slice.
    bool paged = false;
    double delay_h = 0;
    bool cause_named = false;  ///< Its element is the first cause's, alone or joined.
    bool cause_alone = false;  ///< And not joined with others.
    std::string said;          ///< The first cause, as the best finding says it.
    double jaccard = 0;        ///< Of the interactions of the best finding's slice.
    bool recovery_noted = false;
    bool rule_found = false;  ///< The two-SD rule had an alarm,
    double rule_delay_h = 0;  ///< at the end of its week.
};

struct Evaluation {
    std::vector<EventResult> events;
    std::vector<const record::Finding*> false_alarms;  ///< Those that lead.
    std::vector<const record::Finding*> false_pages;
    std::size_t improvements_outside = 0;  ///< That nothing explains; told, never paged.
    std::size_t rule_series = 0;
    double rule_alarms_a_week = 0;  ///< That no event explains.
};

/// `findings` and `known` must outlive the result.
Evaluation evaluate(const std::vector<record::Finding>& findings, const Known& known);

/// The figures of section 5 as a Markdown table, with their pass lines.
std::string to_text(const Evaluation& evaluation);

}  // namespace plimsoll::bench
