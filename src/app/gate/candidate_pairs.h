/// candidate_pairs.h: a candidate's outputs and the baseline's, scored by the same evaluators.
///
/// An output that is the baseline's word for word has its score: a judge is not asked twice about
/// the same words. An input without an output is a score of 0. An output that no evaluator could
/// score is excluded on both sides; of several runs the scores are averaged.
#pragma once

#include <functional>
#include <vector>

#include "analyse/comparison/gate.h"
#include "app/gate/candidate_outputs.h"
#include "app/gate/gate_examples.h"
#include "app/judge_files.h"

namespace plimsoll::app {

/// Opens the ways to the judges; called only if one must be asked.
using OpenJudges = std::function<Result<ApiOf>()>;

/// One for each target that applies to any example, pairs in an order that a hash of the input
/// fixes. The Error: a judge is needed and cannot be asked.
Result<std::vector<analyse::GateDimension>> candidate_pairs(const GateExamples& set,
                                                            const CandidateOutputs& outputs,
                                                            const OpenJudges& open_judges,
                                                            unsigned at_once);

}  // namespace plimsoll::app
