/// record_chain.h: whether the evidence trail is what it was.
///
///   hash = SHA-256 of "plimsoll record 1" and every field, the hash of the link before among them
///
/// Each field goes in as "<length>:<bytes>,", numbers in decimal, in the order of RunRecord, so
/// anyone can compute it with other tools (docs/evidence.md has ten lines of Python). A changed
/// byte, a link that was removed, added or moved is noticed at its place. A tail that was cut off
/// leaves a whole chain behind: that shows only against a head that was remembered elsewhere, and
/// so does a chain that was rewritten from some link to its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/run_record.h"

namespace plimsoll::record {

/// What `hash` must be.
std::string link_hash(const RunRecord& record);

/// Gives seq, previous and hash to what comes after `last` (nullptr: the first).
void forge_link(RunRecord& record, const RunRecord* last);

/// The end of a chain as someone remembers it: "41:5f3a…".
struct ChainHead {
    std::uint64_t seq = 0;
    std::string hash;
    bool operator==(const ChainHead&) const = default;
};
std::string to_text(const ChainHead& head);
/// nullopt: not of this form.
std::optional<ChainHead> chain_head_of(std::string_view text);

struct ChainReport {
    std::uint64_t links = 0;
    ChainHead head;               ///< As it is; hash "" if there is no link.
    std::uint64_t broken_at = 0;  ///< Sequence number of the first broken link; 0: whole.
    std::string why;              ///< For a person; "" if whole.
    bool whole() const { return broken_at == 0; }
};

/// Looks at every link. The Error: the store could not be read.
Result<ChainReport> verify_chain(RunRecords& records,
                                 const std::optional<ChainHead>& remembered = {});

}  // namespace plimsoll::record
