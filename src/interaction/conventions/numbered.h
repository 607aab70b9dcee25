/// numbered.h: lists that were flattened into attribute keys.
///
///     llm.input_messages.0.message.role = "user"
///     llm.input_messages.0.message.tool_calls.1.tool_call.id = "c7"
///     └──── prefix ────┘ │ └── rest ──┘
///                      number
///
/// Numbers may have gaps, come in any order, or be absurd (999999999): they only put the attributes
/// in order. Nothing is ever sized by a number (A10).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "interaction/message_reader.h"
#include "wire/otlp.h"

namespace plimsoll::interaction {

struct Numbered {
    std::uint64_t number = 0;
    std::string_view rest;  ///< After "number."; "" if nothing follows.
    const wire::AnyValue* value = nullptr;
};

/// "12.role" → {12, "role"}; nullopt unless it begins with a number of at most 18 digits that is
/// followed by a dot or nothing.
std::optional<Numbered> numbered(std::string_view key);

/// The attributes under `prefix` ("llm.input_messages."), by number, then in the order sent.
std::vector<Numbered> numbered_under(const wire::Attributes& attributes, std::string_view prefix);

/// Calls `visit(span of the Numbered with one number)` in ascending order.
template <class Visit>
void each_number(const std::vector<Numbered>& sorted, const Visit& visit) {
    for (std::size_t from = 0; from < sorted.size();) {
        std::size_t to = from;
        while (to < sorted.size() && sorted[to].number == sorted[from].number) ++to;
        visit(std::span(sorted).subspan(from, to - from));
        from = to;
    }
}

/// True if a number between the first and the last is missing, or the first is not 0.
bool has_gaps(const std::vector<Numbered>& sorted);

/// Messages out of what stands under a prefix, whether the rest is "role" or "message.role", and
/// with tool calls and content blocks numbered inside. At most 10,000 of them.
std::vector<Message> numbered_messages(const std::vector<Numbered>& sorted, Role unless_said);

/// Documents: {content, id, score, metadata}, whether or not each stands behind "document.".
std::vector<Document> numbered_documents(const std::vector<Numbered>& sorted);

}  // namespace plimsoll::interaction
