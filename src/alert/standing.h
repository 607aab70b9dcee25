/// standing.h: the trust gate of alerts: may a finding reach anybody?
///
///   finding ── by which evaluators? ── all may page ─▶ page
///                                   ── one provisional ─▶ ticket
///                                   ── one closed ─▶ withheld: why, and the labels that release it
///
/// What may page (docs/decisions/0021-what-may-page.md):
/// - a judge whose trust is open;
/// - a check that is what it measures (JSON that parses, a latency, a phrase): nobody can disagree
///   with it, unless people were asked and did: P <= .20 that their agreement is above the
///   threshold closes it too;
/// - a check that estimates what people would say (`grounded`, `refusal`, `answer_language`): only
///   like a judge, when its trust is open;
/// - what concerns no evaluator: latency, cost, coverage, traffic.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/trust_report.h"
#include "record/alert_log.h"
#include "record/finding.h"

namespace plimsoll::alert {

/// What one evaluator may do in one dimension.
struct Standing {
    std::string dimension, evaluator, version;
    analyse::Trust may = analyse::Trust::closed;
    std::string why;
    std::optional<std::uint64_t> labels_missing;  ///< Until the gate can decide; nullopt: unknown.
};
std::vector<Standing> standings_of(std::span<const analyse::EvaluatorReport> reports);

/// A finding's way through the gate.
struct Passage {
    record::Urgency urgency = record::Urgency::silent;
    bool withheld = false;  ///< It would be told, but an evaluator is not trusted.
    std::string why;        ///< Of withheld, ticket.
    std::string evaluator;  ///< The one that holds it back.
    std::optional<std::uint64_t> labels_missing;
};

/// Findings that do not page, and those that ended, are silent. Improvements are notes at most.
Passage passage(const record::Finding& finding, std::span<const Standing> standings);

}  // namespace plimsoll::alert
