/// checks.h: every deterministic check we ship, alphabetically.
#pragma once

#include "evaluate/check.h"

namespace plimsoll::evaluate {

extern const Check answer_language;       ///< The answer is in the language of the question.
extern const Check banned_phrase;         ///< The output holds none of the phrases listed.
extern const Check cost_budget;           ///< The interaction cost no more than its budget.
extern const Check empty_output;          ///< The model said something.
extern const Check expected_tool_calls;   ///< The tools called are those that were expected.
extern const Check failed_turn;           ///< No agent's turn is followed by a sign that it failed.
extern const Check first_token_budget;    ///< The first piece of the answer came in time.
extern const Check forbidden_pattern;     ///< The output matches none of the patterns.
extern const Check grounded;              ///< The answer stands in what was retrieved.
extern const Check json_parses;           ///< The output is one JSON value and nothing else.
extern const Check json_schema;           ///< The output parses and satisfies the schema.
extern const Check latency_budget;        ///< The interaction took no longer than its budget.
extern const Check leaked_data;           ///< The output holds no personal data, no secret.
extern const Check length_bounds;         ///< The output is as long as it should be.
extern const Check plain_text;            ///< The output holds no Markdown and no HTML.
extern const Check quoted_system_prompt;  ///< The system prompt is not said back.
extern const Check refusal;               ///< It refused what it should, answered what it should.
extern const Check repeated_text;         ///< The output does not go round in circles.
extern const Check repeated_tool_calls;   ///< No tool call was made twice for the same result.
extern const Check required_pattern;      ///< The output matches every one of the patterns.
extern const Check required_writes;       ///< The writes made are those the task requires.
extern const Check span_latency_budget;   ///< No span of a kind took longer than its budget.
extern const Check token_budget;          ///< The interaction used no more tokens than its budget.
extern const Check
    tool_call_well_formed;       ///< Tool calls ask for what was offered, as it was offered.
extern const Check tool_errors;  ///< Tool calls ran without an error.
extern const Check tool_errors_handled;    ///< Failed tool calls were done again, or told of.
extern const Check tool_loop;              ///< Tool calls do not go round in circles.
extern const Check tool_results_returned;  ///< Every tool call asked for got a result.
extern const Check tool_results_used;      ///< What tools told left a trace in what followed.
extern const Check truncated_output;       ///< The answer was not cut off.

inline constexpr const Check* all_checks[] = {
    &answer_language,     &banned_phrase,       &cost_budget,           &empty_output,
    &expected_tool_calls, &first_token_budget,  &forbidden_pattern,     &grounded,
    &json_parses,         &json_schema,         &latency_budget,        &leaked_data,
    &length_bounds,       &plain_text,          &quoted_system_prompt,  &refusal,
    &repeated_text,       &repeated_tool_calls, &required_pattern,      &required_writes,
    &span_latency_budget, &token_budget,        &tool_call_well_formed, &tool_errors,
    &tool_errors_handled, &tool_loop,           &tool_results_returned, &tool_results_used,
    &truncated_output,
};

/// nullptr if there is none of that name.
const Check* find_check(std::string_view name);

}  // namespace plimsoll::evaluate
