/// describe_for_test.h: spans as text, one fact a line, so that a test can compare whole bodies and
/// a failure reads like a diff.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "wire/otlp.h"

namespace plimsoll::wire {

inline void describe(std::string& text, std::string_view indent, const Attributes& attributes) {
    for (const Attribute& attribute : attributes.list()) {
        text += fmt::format("{}{} = {}\n", indent, attribute.key, to_json(attribute.value));
    }
}

/// "broken" at its end if the body broke off.
inline std::string describe(std::string_view otlp) {
    std::string text;
    const bool whole = for_each_span(otlp, [&](std::uint32_t ordinal, const SpanView& span) {
        text += fmt::format("{} {} {} parent {} \"{}\" kind {} from {} to {}\n", ordinal,
                            span.trace.hex(), span.id.hex(), span.parent.hex(), span.name,
                            static_cast<int>(span.kind), span.start, span.end);
        text += fmt::format("  resource {}\n", span.resource->schema_url);
        describe(text, "    ", span.resource->attributes);
        text += fmt::format("  scope {} {} {}\n", span.scope->name, span.scope->version,
                            span.scope->schema_url);
        describe(text, "    ", span.scope->attributes);
        text += fmt::format("  status {} \"{}\" state \"{}\" dropped {} {} {}\n",
                            static_cast<int>(span.status), span.status_message, span.trace_state,
                            span.dropped_attributes, span.dropped_events, span.dropped_links);
        describe(text, "  ", span.attributes);
        for (const EventView& event : span.events) {
            text += fmt::format("  event {} at {}\n", event.name, event.time);
            describe(text, "    ", event.attributes);
        }
        for (const LinkView& link : span.links) {
            text += fmt::format("  link {} {}\n", link.trace.hex(), link.span.hex());
            describe(text, "    ", link.attributes);
        }
    });
    return whole ? text : text + "broken\n";
}

}  // namespace plimsoll::wire
