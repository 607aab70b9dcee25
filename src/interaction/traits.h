/// traits.h: what is known of an interaction as a whole, one bit each: what its sender let us see,
/// what was lost on the way, how its money is known, and the signals that make it worth a look.
///
/// One list, so that storage, coverage, filters and pages have the same words. The order is stored
/// in the facts: append, or raise `facts_format`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll {

enum class Trait : std::uint8_t {
    // Sent
    system_prompt,
    documents,
    tool_schemas,
    model_version,
    prompt_version,
    prompt_derived,
    user,
    session,
    usage,
    cost_sent,
    question,
    answer,
    first_token,
    // Lost, or never there
    orphan_spans,
    root_missing,
    dropped,
    truncated,
    unparsable,
    redacted,
    without_span,
    // Money
    usage_repeated,
    cost_priced,
    cost_unknown,
    // Work in it, so that a share has something to be a share of
    model_called,
    tool_called,
    retrieved,
    // Signals
    re_submission,
    escalation,
    negative_feedback,
    error,
    retried,
    unusually_long,
    unusually_costly,
    outside_scored,
};
inline constexpr std::size_t trait_count = static_cast<std::size_t>(Trait::outside_scored) + 1;

/// Several at once. A value; its bits are what is stored.
class Traits {
  public:
    constexpr Traits() = default;
    constexpr Traits(Trait trait) : bits_(std::uint64_t{1} << static_cast<unsigned>(trait)) {}
    /// Bits of a later version of Plimsoll are kept and mean nothing here.
    static constexpr Traits from_bits(std::uint64_t bits) { return Traits(bits); }

    constexpr std::uint64_t bits() const { return bits_; }
    constexpr bool has(Trait trait) const { return (bits_ & Traits(trait).bits_) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr Traits operator|(Traits other) const { return Traits(bits_ | other.bits_); }
    constexpr Traits& operator|=(Traits other) { return *this = *this | other; }
    constexpr void set(Trait trait, bool on) {
        if (on) *this |= trait;
    }
    bool operator==(const Traits&) const = default;

  private:
    constexpr explicit Traits(std::uint64_t bits) : bits_(bits) {}
    std::uint64_t bits_ = 0;
};

struct TraitInfo {
    Trait trait;
    std::string_view word;  ///< "system_prompt": in JSON, on the command line, on the page.
    std::string_view says;
};

inline constexpr std::array<TraitInfo, trait_count> all_traits{{
    {Trait::system_prompt, "system_prompt", "The system prompt was sent."},
    {Trait::documents, "documents", "The text of retrieved documents was sent."},
    {Trait::tool_schemas, "tool_schemas",
     "The tools offered to the model came with their schemas."},
    {Trait::model_version, "model_version", "The model that answered is named."},
    {Trait::prompt_version, "prompt_version", "The version of the prompt was sent."},
    {Trait::prompt_derived, "prompt_derived",
     "No version was sent; one was derived from its words."},
    {Trait::user, "user", "The user is named, by a pseudonym."},
    {Trait::session, "session", "The conversation is named."},
    {Trait::usage, "usage", "The tokens used are known."},
    {Trait::cost_sent, "cost_sent", "A span said what a call cost."},
    {Trait::question, "question", "What the user said was sent."},
    {Trait::answer, "answer", "What the model said was sent."},
    {Trait::first_token, "first_token", "The time to the first token is known."},
    {Trait::orphan_spans, "orphan_spans", "A span names a parent that never came."},
    {Trait::root_missing, "root_missing", "The root span never ended, or never came."},
    {Trait::dropped, "dropped", "The client says that it left out attributes or events."},
    {Trait::truncated, "truncated", "Content was cut on the way."},
    {Trait::unparsable, "unparsable", "Content came in a form that nobody could read."},
    {Trait::redacted, "redacted", "Personal data or secrets were replaced before storage."},
    {Trait::without_span, "without_span", "Only log records came, and no span for them."},
    {Trait::usage_repeated, "usage_repeated", "A parent repeats the usage of its children."},
    {Trait::cost_priced, "cost_priced", "A cost was computed from the price list."},
    {Trait::cost_unknown, "cost_unknown", "A call has neither a cost nor a known price."},
    {Trait::model_called, "model_called", "A model was called."},
    {Trait::tool_called, "tool_called", "A tool was called, or asked for."},
    {Trait::retrieved, "retrieved", "A retriever was asked."},
    {Trait::re_submission, "re_submission", "The user asked nearly the same thing again."},
    {Trait::escalation, "escalation", "The user was handed to a person, or asked for one."},
    {Trait::negative_feedback, "negative_feedback", "The user said that the answer was bad."},
    {Trait::error, "error", "The interaction failed, or one of its model or tool calls did."},
    {Trait::retried, "retried", "A call failed and was made again."},
    {Trait::unusually_long, "unusually_long", "It took far longer than its service usually does."},
    {Trait::unusually_costly, "unusually_costly",
     "It used far more than its service usually does."},
    {Trait::outside_scored, "outside_scored", "Somebody else's evaluator scored it."},
}};
static_assert(
    [] {
        for (std::size_t i = 0; i < all_traits.size(); ++i)
            if (static_cast<std::size_t>(all_traits[i].trait) != i) return false;
        return trait_count <= 64;
    }(),
    "info_of looks up by position, and a set has 64 bits");

constexpr const TraitInfo& info_of(Trait trait) {
    return all_traits[static_cast<std::size_t>(trait)];
}
std::optional<Trait> trait_named(std::string_view word);

}  // namespace plimsoll
