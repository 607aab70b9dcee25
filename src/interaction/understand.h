/// understand.h: spans become an Interaction. Pure: the same spans give the same Interaction.
#pragma once

#include <span>

#include "interaction/interaction.h"
#include "wire/otlp.h"

namespace plimsoll::interaction {

/// One span as a Step, by every convention that recognises it (conventions/conventions.h), in their
/// order of precedence. The SpanView need not outlive the call. Step::attributes is filled only
/// with `keep_attributes`: people look at raw attributes, checks do not, and they are most of a
/// span.
Step understand_span(const wire::SpanView& span, bool keep_attributes = false);

/// Service, environment and other resource attributes of a span, once per interaction.
struct Origin {
    std::string service;
    std::string environment;
    std::map<std::string, std::string> resource;
};
Origin origin_of(const wire::SpanView& span);

/// Puts steps together: order, who counts tokens, question and answer, versions, slices, inherited
/// session and user. `steps` in the order of their arrival, each span once.
Interaction assemble(TraceId trace, std::vector<Step> steps, const Origin& origin, bool incomplete);

}  // namespace plimsoll::interaction
