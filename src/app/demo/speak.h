/// speak.h: what happened, in the words of one of three vocabularies.
///
///   current        gen_ai.* with messages as JSON of parts      service pakkolin-assistant, 80%
///   older          gen_ai.system, usage.prompt_tokens, events   service pakkolin-classic, 10%
///   openinference  llm.*, openinference.span.kind               service pakkolin-labs, 10%
#pragma once

#include "app/demo/step.h"
#include "wire/otlp_writer.h"

namespace plimsoll::app::demo {

/// The spans of an interaction that began at `start`. Without the root, if that is its fault.
wire::outgoing::ResourceSpans speak(const Happening& happening, UnixNanos start);

/// What one vocabulary calls an event: name, kind, attributes and span events. Ids, times and
/// status are filled in by speak().
void speak_current(const Happening&, const Event&, UnixNanos start, wire::outgoing::Span&);
void speak_older(const Happening&, const Event&, UnixNanos start, wire::outgoing::Span&);
void speak_openinference(const Happening&, const Event&, UnixNanos start, wire::outgoing::Span&);

/// `text` if it is one JSON value, else `text` as a JSON string: what an instrumentation does with
/// arguments that a model wrote.
std::string as_json(const std::string& text);

/// [{"role":"user","content":"…","tool_calls":[…]}]: messages in the form of chat completions.
std::string chat_json(const Said& said);

}  // namespace plimsoll::app::demo
