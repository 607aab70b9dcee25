/// coverage.h: how much of the traffic could be seen, as shares with what they are shares of; and
/// whether a share moved. Pure: the facts count, this divides and compares.
///
///   TraitCounts of a service and a stretch ──coverage_of──▶ Share, Share, …
///   two of them ──moved_shares──▶ the shares that are not what they were
///
/// A share is of the interactions in which the thing could have been: documents of those that asked
/// a retriever, schemas of those that called a tool. Where there is none of these it is no share.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "analyse/stats/computed.h"
#include "record/facts.h"

namespace plimsoll::analyse {

/// One line of the list below.
struct ShareKind {
    std::string_view name;  ///< "system_prompt"
    std::string_view says;
    std::string_view of;    ///< "interactions that called a model"
    bool wanted;            ///< Higher is better: something was sent. Else something was lost.
    Trait trait;            ///< Counted …
    Trait among;            ///< … among those with this trait …
    bool of_all = false;    ///< … or among all.
    bool sessions = false;  ///< Sessions rather than interactions: those without an end.
};

inline constexpr std::array<ShareKind, 19> share_kinds{{
    {"system_prompt", "The system prompt was sent.", "model", true, Trait::system_prompt,
     Trait::model_called},
    {"documents", "The text of the documents was sent.", "retrieval", true, Trait::documents,
     Trait::retrieved},
    {"tool_schemas", "Tools came with their schemas.", "tool call", true, Trait::tool_schemas,
     Trait::tool_called},
    {"model_version", "The model that answered is named.", "model", true, Trait::model_version,
     Trait::model_called},
    {"prompt_version", "The prompt's version was sent.", "model", true, Trait::prompt_version,
     Trait::model_called},
    {"prompt_derived", "It was derived from the prompt's words.", "model", true,
     Trait::prompt_derived, Trait::model_called},
    {"question", "What the user said was sent.", "all", true, Trait::question, Trait::model_called,
     true},
    {"answer", "What the model said was sent.", "all", true, Trait::answer, Trait::model_called,
     true},
    {"user", "The user is named.", "all", true, Trait::user, Trait::model_called, true},
    {"session", "The conversation is named.", "all", true, Trait::session, Trait::model_called,
     true},
    {"usage", "The tokens are known.", "model", true, Trait::usage, Trait::model_called},
    {"cost_unknown", "A call has no known cost.", "model", false, Trait::cost_unknown,
     Trait::model_called},
    {"orphan_spans", "A parent never came.", "all", false, Trait::orphan_spans, Trait::model_called,
     true},
    {"root_missing", "The root never ended, or never came.", "all", false, Trait::root_missing,
     Trait::model_called, true},
    {"dropped", "The client dropped attributes or events.", "all", false, Trait::dropped,
     Trait::model_called, true},
    {"truncated", "Content was cut.", "all", false, Trait::truncated, Trait::model_called, true},
    {"unparsable", "Content could not be read.", "all", false, Trait::unparsable,
     Trait::model_called, true},
    {"redacted", "Something was replaced by a placeholder.", "all", false, Trait::redacted,
     Trait::model_called, true},
    {"sessions_without_end", "The last interaction has no answer.", "sessions", false,
     Trait::answer, Trait::session, false, true},
}};

struct Share {
    const ShareKind* kind = nullptr;
    std::uint64_t with = 0;  ///< Of `among`.
    std::uint64_t among = 0;
    /// In [0, 1]; undefined if there is nothing that it could be a share of.
    Computed<double> value() const;
};

/// In the order of share_kinds.
std::vector<Share> coverage_of(const record::TraitCounts& counts);

/// A share that moved: by 0.05 at least, and by more than four standard errors of the difference of
/// two proportions. Interactions of a session are alike, so the errors are widened by two for it.
struct MovedShare {
    Share before, after;
    bool worse = false;  ///< Less was sent, or more was lost.
};
inline constexpr double moved_at_least = 0.05;

std::vector<MovedShare> moved_shares(const record::TraitCounts& before,
                                     const record::TraitCounts& after);

/// The sum of several stretches or services.
record::TraitCounts sum_of(const std::vector<record::TraitCounts>& counts);

}  // namespace plimsoll::analyse
