/// gate_examples.h: inputs, with what the baseline answered to each and how that was scored.
///
///   bundle    the interactions of the time before, with their weights and recorded scores; the
///             evaluator that the finding is about
///   dataset   its lines; every dimension of a configuration but those of latency and cost, scored
///             now
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyse/evidence/evidence.h"
#include "app/configuration/configuration.h"

namespace plimsoll::app {

struct GateExample {
    Interaction interaction;  ///< With the baseline's answer.
    std::string id;
    std::string input;    ///< JSON, one line: analyse/evidence/input_text.h.
    std::string cluster;  ///< What it shares with others: its session.
    double weight = 1;
    std::optional<double> recorded;  ///< The baseline's score, if it need not be evaluated again.
};

struct GateTarget {
    std::string name;  ///< Of the dimension.
    analyse::ConcernedEvaluators who;
};

struct GateExamples {
    std::unique_ptr<const Configuration> configuration;
    std::vector<GateTarget> targets;  ///< Point into the configuration.
    std::vector<GateExample> examples;
};

/// The Error: it was changed, or cannot be read.
Result<GateExamples> examples_of_bundle(const std::string& folder);

/// `lines` as record/datasets.h has them. Without `judges` only checks score.
Result<GateExamples> examples_of_dataset(std::string_view lines,
                                         std::unique_ptr<const Configuration> configuration,
                                         bool judges);

}  // namespace plimsoll::app
