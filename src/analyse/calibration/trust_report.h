/// trust_report.h: every evaluator's trust, from labels, scores and what sentinels said.
///
///   labels ─┬─ join by interaction and dimension ──▶ items of each version ──▶ trust_of
///   scores ─┘                                         (the version that is used now)
///
/// A label counts for an evaluator with a rubric if it was made under that rubric's version, or if
/// nobody wrote down under which; for one without a rubric every label counts. Of one person's
/// labels of an item the one under the right rubric counts, then the newest. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/evaluator_trust.h"
#include "record/facts.h"
#include "record/labels.h"
#include "record/trust_log.h"

namespace plimsoll::analyse {

/// An evaluator at work in a dimension.
struct EvaluatorName {
    std::string dimension;
    std::string evaluator;
    std::string kind;     ///< "check" or "judge".
    std::string version;  ///< In use now; "" if nothing was scored yet.
    std::string rubric;   ///< Version of its rubric; "" for none.
};

struct TrustMaterial {
    std::vector<EvaluatorName> evaluators;
    std::vector<record::Label> labels;        ///< Those that count.
    std::vector<record::TraceScores> scores;  ///< Of the labelled interactions.
    std::vector<record::TrustEvent> events;   ///< Oldest first.
    std::vector<std::string> slices;          ///< Attributes to slice by.
    UnixNanos now = 0;
};

/// What an earlier version of an evaluator had come to.
struct EarlierVersion {
    std::string version;
    std::uint64_t labels = 0;
    AgreementLine agreement;
};

struct EvaluatorReport {
    EvaluatorName name;
    EvaluatorTrust trust;
    std::uint64_t unsure = 0;   ///< Labels without a score.
    std::uint64_t by_hand = 0;  ///< Labels whose probability nobody knows.
    std::vector<EarlierVersion> earlier;
    std::optional<UnixNanos> suspended;
};

/// In the order of material.evaluators.
std::vector<EvaluatorReport> trust_report(const TrustMaterial& material);

/// What differs from the last event of each evaluator: steps to be appended. An evaluator without
/// labels and without events has none.
std::vector<record::TrustEvent> trust_steps(std::span<const EvaluatorReport> reports,
                                            std::span<const record::TrustEvent> events,
                                            UnixNanos now);

}  // namespace plimsoll::analyse
