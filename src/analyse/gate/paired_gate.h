/// paired_gate.h: pass, fail, or not enough evidence.
///
///   PASS          not worse than the margin, proved at 5%
///   FAIL          else, if worse than the baseline, proved at 1%
///   INCONCLUSIVE  else, with the number of examples that would decide
///
/// A proved but tolerable loss passes. All dimensions together pass if each does (that needs no
/// correction, since each would have to err), and fail if any fails after Holm's.
/// docs/statistics/10-gate.md
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyse/gate/paired_evidence.h"

namespace plimsoll::analyse {

enum class GateVerdict { pass, fail, inconclusive };
std::string_view to_word(GateVerdict verdict);  ///< "pass", "fail", "inconclusive"

struct PairedGateRules {
    double margin = 0.03;
    double critical_margin = 0.01;
    std::vector<std::string> critical = {};  ///< Dimensions that get the critical margin.
    double pass_alpha = 0.05;
    double fail_alpha = 0.01;
    double excluded_max = 0.02;  ///< Above this share, what was left out could decide.

    double margin_of(std::string_view dimension) const;
};

struct DimensionVerdict {
    std::string dimension;
    GateVerdict verdict = GateVerdict::inconclusive;
    std::string why;  ///< For a person, a clause: "worse by at most 0.012, within 0.03".
    double margin = 0;
    std::uint64_t examples = 0;
    std::optional<PairedEvidence> evidence;
    double p_worse_adjusted = 1;           ///< Holm over the dimensions.
    std::optional<std::uint64_t> decides;  ///< Inconclusive: so many examples would, 4 times of 5.
};

struct GateReport {
    GateVerdict verdict = GateVerdict::inconclusive;
    std::vector<DimensionVerdict> dimensions;
};

/// Needs a dimension.
GateReport decide_gate(std::span<const PairedSample> samples, const PairedGateRules& rules = {});

}  // namespace plimsoll::analyse
