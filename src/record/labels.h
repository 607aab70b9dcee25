/// labels.h: what people said of interactions: the only measure of an evaluator.
///
///   interaction × dimension × annotator × rubric version ──▶ one label that counts, and those it
///                                                            replaced
///
/// A label says what its score says: 1 is good. "Unsure" is a label without a score: that person is
/// not asked again, and nothing is counted. Never deleted: a correction replaces, and the history
/// stays.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

/// Why a person was asked.
enum class LabelReason : std::uint8_t {
    by_hand,       ///< A person chose the item; its probability is unknown.
    probe_set,     ///< The item belongs to a fixed set.
    random_audit,  ///< Drawn evenly from all that was evaluated.
    by_verdict,    ///< Drawn within what passed, or within what failed.
    flip,          ///< A new version of the judge said something else.
    disagreement,  ///< Two people differ.
};
inline constexpr std::array label_reasons{LabelReason::by_hand,      LabelReason::probe_set,
                                          LabelReason::random_audit, LabelReason::by_verdict,
                                          LabelReason::flip,         LabelReason::disagreement};
std::string_view to_word(LabelReason reason);
std::optional<LabelReason> label_reason_named(std::string_view word);

struct Label {
    TraceId interaction;
    std::string dimension;
    std::string annotator;
    std::string rubric;           ///< Its version; "" if there was none.
    std::optional<double> score;  ///< In [0, 1]; nullopt: unsure.
    LabelReason queued = LabelReason::by_hand;
    /// Probability in (0, 1] with which this item was queued, given that it was evaluated; nullopt
    /// where nobody knows it.
    std::optional<double> inclusion;
    UnixNanos time = 0;
    std::string note;
};

/// An item that people are to be asked about whatever the sampler drew: a flip, say.
struct LabelRequest {
    TraceId interaction;
    std::string dimension;
    LabelReason reason = LabelReason::by_hand;
    std::optional<double> inclusion;  ///< As a label's.
    UnixNanos time = 0;
};

/// What became of labels that were handed in.
struct LabelsPut {
    std::uint64_t added = 0;
    std::uint64_t replaced = 0;  ///< The annotator had said something else before.
    std::uint64_t same = 0;      ///< Known already.
    std::uint64_t older = 0;     ///< Older than what counts: history only.
    bool operator==(const LabelsPut&) const = default;
};

/// Which labels are meant. Empty fields do not restrict.
struct LabelFilter {
    std::string dimension;
    std::string annotator;
    std::optional<TraceId> interaction;
    bool history = false;  ///< Also those that were replaced.
};

class Labels {
  public:
    virtual ~Labels() = default;

    /// All or nothing, durable when it returns. Any thread. The same labels twice change nothing.
    virtual Result<LabelsPut> put(std::span<const Label> labels) = 0;

    /// Oldest first.
    virtual Result<std::vector<Label>> labels(const LabelFilter& filter) = 0;

    /// Asks people about items. An item is asked about once a dimension: the first request stands.
    virtual Result<Done> ask(std::span<const LabelRequest> requests) = 0;
    /// Oldest first.
    virtual Result<std::vector<LabelRequest>> requests(const std::string& dimension) = 0;
};

}  // namespace plimsoll::record
