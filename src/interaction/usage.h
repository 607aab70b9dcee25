/// usage.h: whose tokens count. Wrappers repeat the usage of what they wrap, agents add up their
/// calls, and two instrumentations may watch one call; counted naively, a trace costs double.
#pragma once

#include <cstdint>
#include <vector>

#include "interaction/family.h"

namespace plimsoll::interaction {

struct Usage {
    /// Per step: the step whose work it tells once more, or no_step.
    std::vector<std::uint32_t> repeats;
    /// Per step: inside an evaluator, so no part of what the model did for its user.
    std::vector<bool> judging;
};

/// Sets Step::counts_tokens and Step::repeats_usage. The rules, first to last:
///   1. Model calls and embeddings count; agents, workflows and tools do not.
///   2. A call that contains a call with the same response id, or one inside it in time with the
///   same
///      model or the same tokens, repeats it. So do two calls anywhere with the same response id.
///   3. A call whose several calls inside add up to its own tokens (within 1%) repeats them.
///   4. If nothing that counts has tokens, the outermost steps that have some count after all.
///   5. What happens inside an evaluator never counts.
Usage settle_usage(std::vector<Step>& steps, const Family& family);

}  // namespace plimsoll::interaction
