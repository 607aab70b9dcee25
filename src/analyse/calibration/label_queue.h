/// label_queue.h: which items one person is asked about next.
///
///   verdicts of four weeks ──label_plan──▶ drawn ─┐
///   requests (flips, by hand) ────────────────────┼─▶ minus what has its labels ──▶ open
///   labels of all people ─────────────────────────┘
///
/// An item wants one label, three of ten items two; where two people differ a third is asked, and
/// that comes first. Who is unsure is not asked again, and somebody else is. The person who labels
/// sees neither verdict nor probability: the latter tells the former.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyse/calibration/label_plan.h"
#include "base/result.h"
#include "record/facts.h"
#include "record/labels.h"

namespace plimsoll::analyse {

struct QueuedItem {
    TraceId interaction;
    record::LabelReason reason = record::LabelReason::by_verdict;
    std::optional<double> inclusion;
    double order = 0;           ///< Smaller ones first.
    unsigned wanted = 1;        ///< Labels with a score.
    unsigned labels = 0;        ///< Those it has.
    bool split = false;         ///< Two people differ, and nobody has decided.
    bool by_annotator = false;  ///< This person has spoken.
};

struct LabelQueue {
    std::vector<QueuedItem> items;  ///< All, open or not, in the order of asking.
    /// The items this person can be asked about.
    bool open(const QueuedItem& item) const {
        return !item.by_annotator && item.labels < item.wanted;
    }
};

struct QueueQuestion {
    std::string dimension;
    std::string annotator;
    std::string rubric;  ///< Labels under other rubrics do not count; "" for none.
};

Result<LabelQueue> label_queue(record::Facts& facts, record::Labels& labels,
                               const QueueQuestion& question);

}  // namespace plimsoll::analyse
