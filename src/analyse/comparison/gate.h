/// gate.h: may this candidate ship? Pass, fail, or not enough evidence.
///
///   baseline  ─┐ same examples
///   candidate ─┴─▶ pairs by dimension ──▶ judge_gate ──▶ GateReport: outcome, difference, n to
///   decide
///
/// Pass: proved (95%) to be no worse than the margin. Fail: proved (99%) to be worse than the
/// baseline, with Holm's correction over the dimensions. Anything else is "not enough evidence",
/// with the number of examples that would decide. Comparing means instead ships every second
/// regression as large as the margin, at any sample size. Source: docs/statistics/10-gate.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

enum class GateOutcome { pass, fail, not_enough_evidence };
std::string_view to_word(GateOutcome outcome);  ///< "pass", "fail", "not enough evidence"

/// One example under both systems. Repeated runs are averaged beforehand. A missing output is a
/// score of 0; an example that an evaluator could not score is counted in GateDimension::excluded
/// instead.
struct GatePair {
    std::string
        cluster;  ///< What it shares with others (document, conversation); its own id if nothing.
    double baseline = 0;   ///< In [0, 1].
    double candidate = 0;  ///< In [0, 1].
    double weight = 1;     ///< 1 / inclusion probability, for the replay of an incident.
};

struct GateDimension {
    std::string name;
    std::vector<GatePair> pairs;  ///< In a fixed order that says nothing of their scores.
    std::size_t excluded = 0;     ///< Unscored on either side.
    double margin = 0.03;
};

struct GateOptions {
    double pass_alpha = 0.05;
    double fail_alpha = 0.01;
    double excluded_max = 0.02;  ///< Above this share of unscored examples nothing is decided.
    double power = 0.80;         ///< For the number of examples that would decide.
};

struct GateResult {
    std::string name;
    GateOutcome outcome = GateOutcome::not_enough_evidence;
    std::string method;  ///< "Tango's score", "clusters, Student's t of 17", "hedged betting"
    std::string says;    ///< Why, for a person.
    std::size_t pairs = 0;
    std::size_t excluded = 0;
    double margin = 0;
    double baseline = 0;  ///< Weighted means.
    double candidate = 0;
    std::optional<Interval> interval;  ///< Of the difference, 90%: its lower end decides the pass.
    std::optional<double> p_worse;     ///< That a candidate as good as the baseline looks this bad.
    std::optional<double> pairs_to_decide;  ///< Only if not decided; nothing if no number would.
};

struct GateReport {
    GateOutcome outcome = GateOutcome::not_enough_evidence;
    std::vector<GateResult> dimensions;
};

/// All dimensions passing is a pass (an intersection needs no correction); one proved worse after
/// Holm's correction is a fail. No dimension, or one without pairs: not enough evidence.
GateReport judge_gate(std::span<const GateDimension> dimensions, const GateOptions& options = {});

/// Whether an example shares its cluster with another.
bool share_clusters(std::span<const GatePair> pairs);

}  // namespace plimsoll::analyse
