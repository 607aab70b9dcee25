/// replay_ledger.h: everything judges ever said, read again from the kept replies: no model, no
/// network, the same bits.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/judging/interaction_source.h"
#include "evaluate/judges/judge.h"
#include "record/judge_ledger.h"

namespace plimsoll::app {

struct LedgerReplay {
    std::uint64_t same = 0;                ///< Request and verdict, bit for bit.
    std::uint64_t other_request = 0;       ///< Another request would be made today; same verdict.
    std::uint64_t other_verdict = 0;       ///< The kept reply reads differently today.
    std::uint64_t without_reply = 0;       ///< None came, or the server refused.
    std::uint64_t gone = 0;                ///< The interaction is no longer here.
    std::uint64_t other_judge = 0;         ///< Of a judge that is not at work now.
    std::vector<std::string> differences;  ///< For a person; at most 20.
};

/// `judges` by the hash of their definition. What other interactions answered is not read twice.
Result<LedgerReplay> replay_ledger(record::JudgeLedger& ledger, InteractionSource& interactions,
                                   const std::map<std::string, const evaluate::Judge*>& judges);

}  // namespace plimsoll::app
