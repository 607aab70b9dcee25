/// reasons.h: reasons to judge an interaction that came after it: the user complained, asked again,
/// was handed to a person. Sent over REST, kept for good, heard until the freeze (late_reasons.h).
#pragma once

#include <cstdint>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

struct LateReason {
    TraceId interaction;
    std::uint32_t reasons = 0;  ///< Bits of evaluate::ReasonSet.
    UnixNanos time = 0;         ///< When it was sent.
    std::uint64_t seq = 0;      ///< Grows with each; given by the store.
    bool operator==(const LateReason&) const = default;
};

class Reasons {
  public:
    virtual ~Reasons() = default;
    /// Durable when it returns. The same reasons of an interaction twice change nothing. Any
    /// thread.
    virtual Result<Done> put(const LateReason& reason) = 0;
    /// Those with a higher seq, in its order.
    virtual Result<std::vector<LateReason>> since(std::uint64_t seq, std::size_t limit) = 0;
};

}  // namespace plimsoll::record
