/// due.h: what is to be done next, and why: it follows from what is known, so nobody keeps a list.
///
///   trust          ─▶ a judge falls due for labels, or its sentinels say it may be another one
///   decisions      ─▶ "recalibrate" until labels decided again; "revise the rubric" until it
///   changed findings       ─▶ interactions that failed, and that no dataset holds traffic ─▶
///   slices that carry traffic and have few examples
///
/// Pure: the same material gives the same list. Most urgent first.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyse/calibration/trust_report.h"
#include "record/alert_log.h"
#include "record/finding.h"
#include "record/trust_log.h"

namespace plimsoll::analyse {

enum class DueKind : std::uint8_t {
    recalibrate,     ///< Label for an evaluator.
    refresh_rubric,  ///< Write its rubric anew.
    add_failures,    ///< Take failed interactions into a dataset.
    cover_traffic,   ///< Take interactions of a slice into a dataset.
};
std::string_view to_word(DueKind kind);

struct DueItem {
    DueKind kind = DueKind::recalibrate;
    std::string dimension, evaluator;
    std::map<std::string, std::string> slice;  ///< cover_traffic: the one; add_failures: of them.
    UnixNanos due = 0;                         ///< Past: overdue.
    std::string why;                           ///< For a person.
    std::string command;                       ///< What does it.
    std::vector<TraceId> interactions;         ///< add_failures: those to take.
    std::uint64_t examples = 0;                ///< cover_traffic: those missing.
};

/// A decision with the findings that its alert was about.
struct DecisionMade {
    UnixNanos time = 0;
    std::string decision, by;
    std::vector<std::string> findings;
};
std::vector<DecisionMade> decisions_of(const std::vector<record::AlertEvent>& events);

struct SliceTraffic {
    std::string attribute, value;
    std::uint64_t interactions = 0;
};

struct DueMaterial {
    UnixNanos now = 0;
    const std::vector<EvaluatorReport>& evaluators;
    const std::vector<record::TrustEvent>& steps;
    const std::vector<DecisionMade>& decisions;
    const std::vector<record::Finding>& findings;
    std::vector<SliceTraffic> traffic;  ///< Of the last week, of the attributes sliced by.
    std::set<TraceId> collected;        ///< In any dataset.
    std::map<std::pair<std::string, std::string>, std::uint64_t> examples;  ///< By slice.
};

std::vector<DueItem> due_items(const DueMaterial& material);

/// Told so long before.
inline constexpr UnixNanos due_ahead = 7 * 86'400 * nanos_per_second;
/// A slice with at least this share of an attribute's traffic should have at least a quarter of
/// that share of the examples.
inline constexpr double slice_share_min = 0.05, coverage_min = 0.25;

}  // namespace plimsoll::analyse
