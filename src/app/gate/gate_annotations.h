/// gate_annotations.h: a gate's verdict where a CI server shows remarks beside the code.
#pragma once

#include <string>

#include "analyse/comparison/gate.h"

namespace plimsoll::app {

/// Workflow commands of GitHub Actions, a line for each dimension that does not pass.
std::string github_annotations(const analyse::GateReport& report);

/// GitLab's code quality report, an array of the same. `place`: the file it is shown at.
std::string gitlab_code_quality(const analyse::GateReport& report, const std::string& place);

}  // namespace plimsoll::app
