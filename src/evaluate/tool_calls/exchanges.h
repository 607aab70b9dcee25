/// exchanges.h: each tool call of an interaction with what came back for it.
///
///   model asks ──▶ tool span runs ──▶ the next prompt holds the result
///        └───────────── one Exchange, matched by id ─────────────┘
///
/// Any of the three may be missing: not every library gives a tool a span, not every sender sends
/// content. Without ids a span is matched to the first call of that tool which has none. Results of
/// earlier turns, which every prompt repeats, belong to other interactions and are left out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::evaluate {

/// Views into an interaction.
struct Exchange {
    std::string_view tool;
    std::string_view arguments;  ///< JSON as sent; "" if not sent.
    std::string_view result;     ///< JSON or words; "" if there is none, or it was not sent.
    bool asked = false;          ///< By a model call among the spans.
    bool ran = false;            ///< It has a span of its own.
    bool answered = false;       ///< A span ran it, or a prompt holds its result.
    bool failed = false;         ///< The span or the result says so, or the text does.
    std::string_view error;      ///< What was said of the failure.
    std::size_t step = 0;        ///< Index of the step that asked, or else ran.
};

/// In the order they were asked for.
std::vector<Exchange> exchanges_of(const Interaction& interaction);

/// Whether a result says that the call failed: it begins with "Error", "Exception", "Traceback"
/// or an exit code other than 0, or is a JSON object with a true "isError" or an "error" that is
/// neither null, false nor empty.
bool tells_failure(std::string_view result);

/// Name and arguments, members of objects in the alphabet: equal for identical calls.
std::string identity_of(const Exchange& exchange);

}  // namespace plimsoll::evaluate
