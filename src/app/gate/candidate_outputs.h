/// candidate_outputs.h: what a candidate answered to each input; several times, if it was asked so.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace plimsoll::app {

struct CandidateOutputs {
    std::map<std::string, std::vector<std::string>> by_input;  ///< Empty: it gave nothing.
    std::vector<std::string> failures;                         ///< For a person, an input each.
};

/// JSON lines {"id","output"}; "-" reads stdin. A null output is a failure. The Error names the
/// line.
Result<CandidateOutputs> read_outputs(const std::string& path);
Result<CandidateOutputs> parse_outputs(std::string_view lines, const std::string& name);

}  // namespace plimsoll::app
