/// records.h: the records of ../shared/data as tasks whose responses people have judged.
///
///   mtrag_human, clapnq_rag_human  questions, documents, answers; good: mean vote above 2.5
///   tau_bench                      trajectories; good: the reward
///   bfcl                           questions and calls; good: the accepted ones
///   bfcl_json                      the same arguments as JSON; good: whole and of the schema
///   xstest                         completions; good: refused if and only if it should
///   llmdrift_gpt4, llmdrift_gpt35  answers of two versions; good: right, or of the asked form
///   who_and_when                   runs that failed, each with nothing good in it
#pragma once

#include <string>
#include <vector>

#include "app/traffic/content.h"

namespace plimsoll::bench {

/// An Error where ../shared/data is not there; throws std::runtime_error where it is not as it was.
Result<std::vector<app::traffic::Task>> records(const std::string& name);

/// Gaps between the requests of a public trace (AzureLLMInferenceTrace_conv.csv), in seconds; empty
/// where it is not there.
std::vector<double> measured_gaps();

}  // namespace plimsoll::bench
