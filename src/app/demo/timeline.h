/// timeline.h: what changes in the demo's weeks, and what goes wrong when. The truth of the demo.
///
/// Time is a position: 0 is the start of the back-filled weeks, 1 their end, and the live trickle
/// after it.
///
///   0        .28        .45   .55                 .80        1
///   p1        p2               p3 (long, costly)   p4              prompts
///   small model's build 0512   0830 (its name stays)               models
///        .36-.39 searches fail      .62-.78 wrong refunds   .66-.71 slow
#pragma once

#include <span>
#include <string_view>

#include "app/demo/content.h"

namespace plimsoll::app::demo {

enum class Fault {
    invalid_json,   ///< ticket_triage answers something that its schema refuses
    truncated,      ///< the answer ends at the token limit
    banned_phrase,  ///< the assistant talks about itself
    empty_answer,
    wrong_arguments,  ///< a tool call that the tool's schema refuses
    unknown_tool,     ///< a tool that was not offered
    tool_error,
    model_error,   ///< the model answers with an error
    slow,          ///< model calls take three times as long
    missing_root,  ///< the root span never arrives
};

/// One line of the truth: how often `fault` happens in [from, to), and to whom.
struct FaultRate {
    Fault fault;
    double from, to;
    double rate;
    std::string_view says;
    std::string_view tool = "";      ///< Only calls of this tool.
    std::string_view language = "";  ///< Only conversations in this language.
    std::string_view prompt = "";    ///< Only answers under this prompt.
};
std::span<const FaultRate> fault_rates();

/// What a rate may depend on.
struct Circumstance {
    double position = 0;
    std::string_view tool;
    std::string_view language;
    std::string_view prompt;
};

/// The highest rate of all lines that match.
double fault_rate(Fault fault, const Circumstance& circumstance);

/// "p1" … "p4"
std::string_view prompt_version(double position);

/// A model as it is asked for, what it calls itself in the answer, and its price and pace.
struct Model {
    std::string_view name;
    std::string_view build;
    double usd_per_input_token;
    double usd_per_output_token;
    double first_token_s;  ///< Median.
    double per_token_s;    ///< Median.
};
Model model_for(Feature feature, std::string_view segment, double position);

}  // namespace plimsoll::app::demo
