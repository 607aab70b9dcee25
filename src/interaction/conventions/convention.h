/// convention.h: what a convention is: a table of attribute → field, the words it has for kinds of
/// work, and a reader for what a table cannot say.
///
///     span's attributes ──table──▶ offers, best convention first ──▶ Draft ──▶ Step
///     span's events, numbered keys ──read()──┘      the first valid offer of a field wins
///
/// A convention never overrides another: it offers, and its place in conventions.h decides.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "interaction/interaction.h"
#include "wire/otlp.h"

namespace plimsoll::interaction {

class Draft;

/// The fields of a Step that a single attribute can fill.
enum class Field : std::uint8_t {
    kind,  ///< By the convention's KindWords.
    provider,
    operation,
    model_requested,
    model_answered,
    response_id,
    parameter,   ///< Row::detail is its name.
    parameters,  ///< JSON object of parameters; may also name the model requested.
    output_type,
    system,
    input,  ///< Messages, as JSON.
    output,
    input_words,  ///< Messages, or words, or the arguments of a tool, or a query: by the step's
                  ///< kind.
    output_words,
    output_calls,  ///< JSON of the calls a model asked for, apart from its words.
    tools,
    tool_names,  ///< Tools on offer by name only: a list, JSON of one, or names between commas.
    documents,
    query,
    tool_name,
    tool_call_id,
    tool_arguments,
    tool_result,
    tokens_input,
    tokens_output,
    tokens_cache_read,
    tokens_cache_write,
    tokens_reasoning,
    cost_usd,
    first_token_s,
    first_token_ms,  ///< Milliseconds; kept as seconds.
    session,
    user,
    agent,
    prompt_name,
    prompt_version,
    data_source,
    finish_reasons,
    error_type,
    metadata,  ///< JSON object: its plain members can be sliced by.
    tags,      ///< A list, JSON of one, or words between commas: each can be sliced by.
    request,   ///< JSON of a whole request to a model: messages, tools, parameters.
    reply,     ///< JSON of a whole reply: messages, usage, finish reasons.
    usage,     ///< JSON object of token counts, in any provider's names.
    cost,      ///< JSON object of US dollars: {total} or its parts.
    prompt,    ///< JSON of {name, version}, or a list of them.
    slice,     ///< Known, and no field: one can slice by it.
    unused,    ///< Known, and neither a field nor anything to slice by.
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::unused) + 1;

/// The name of the Step's field: "model_answered", …
std::string_view to_word(Field field);

/// Content, ids and numbers are different on every span: one does not slice by them.
bool can_slice_by(Field field);

struct Row {
    std::string_view key;
    Field field;
    std::string_view detail = {};
};

/// "execute_tool" → tool_call.
struct KindWord {
    std::string_view word;
    StepKind kind;
};

struct Convention {
    std::string_view name;
    std::string_view says;  ///< Who sends it.

    /// Two rows of one field: the earlier is better.
    std::span<const Row> table;
    /// Rows that are asked only when no convention's table had the field.
    std::span<const Row> last_resort = {};

    std::span<const KindWord> kinds = {};
    /// Of two conventions that both name the kind, the one with the lower rank is right.
    int kind_rank = 100;

    /// Beginnings of numbered or open-ended keys that hold content, or nothing we want.
    std::span<const std::string_view> content_prefixes = {};
    /// Beginnings of keys that the team itself may choose, and slice by.
    std::span<const std::string_view> slice_prefixes = {};
    /// Names of the events that `read` knows.
    std::span<const std::string_view> events = {};

    /// Numbered keys, events, and the like. May be null. Called only for a span that has one of the
    /// convention's keys or prefixes, or any event.
    void (*read)(const wire::SpanView& span, Draft& draft) = nullptr;
};

}  // namespace plimsoll::interaction
