/// label_plan.h: which evaluated interactions people are asked about, and with what probability.
///
///   verdicts of the week before ──label_plan──▶ rates of this week
///   permanent number u of an interaction < rate ──▶ it is in the queue, with that probability
///
/// The rates of a week follow from the week before, so an item's probability is known when it
/// arrives and never moves. A quarter of the labels is an even audit; of the rest a third goes to
/// what failed (first_labels: 80 labels by verdict are worth about 200 at random). Who works
/// through the queue in the order of u / rate may stop anywhere: what was labelled is then a
/// smaller sample with the same proportions. Source: docs/statistics/3-correction.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.h"
#include "record/labels.h"

namespace plimsoll::analyse {

struct VerdictCounts {
    std::uint64_t passes = 0, fails = 0;
};

/// Probabilities, given the verdict; audit is part of both.
struct LabelPlan {
    double audit = 1, pass = 1, fail = 1;
};

inline constexpr std::uint64_t labels_a_week = 80;
inline constexpr double audit_share = 0.25;

/// With nothing known of the week before, everything is queued.
LabelPlan label_plan(const VerdictCounts& before, std::uint64_t labels = labels_a_week);

struct DrawnForLabel {
    record::LabelReason reason = record::LabelReason::by_verdict;
    double inclusion = 1;
    double order = 0;  ///< In [0, 1): u / inclusion. Smaller ones first.
};

/// nullopt: not in the queue. `score` below .5 is a failing verdict.
std::optional<DrawnForLabel> draw_for_label(const LabelPlan& plan, std::string_view dimension,
                                            TraceId interaction, double score);

/// The same draw at one rate for all: who was drawn with the smaller of two rates is also drawn
/// with the larger one, so an item that two draws could have taken has the larger probability.
std::optional<DrawnForLabel> draw_evenly(double rate, std::string_view dimension,
                                         TraceId interaction);

/// Whether a second person is asked about what one has labelled: three of ten, by a number of the
/// interaction's own.
bool wants_two(std::string_view dimension, TraceId interaction);

}  // namespace plimsoll::analyse
