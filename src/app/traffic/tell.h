/// tell.h: what happened, as the spans that an instrumented application would send, in one of three
/// vocabularies (by session): the current gen_ai.* names 80%, the deprecated ones 10%,
/// OpenInference 10%. The same truth must come out of each.
#pragma once

#include <string>

#include "app/traffic/traffic.h"
#include "wire/otlp_writer.h"

namespace plimsoll::app::traffic {

/// Pure: everything drawn comes from the happening's seed.
wire::outgoing::ResourceSpans tell(const Happening& happening);

/// {"trace_id":…,"app":…,"labels":{…},"active_events":[…]}: what nobody but the evaluator may see.
std::string truth_line(const Happening& happening);

/// {"id":…,"kind":…,…}: an event as the evaluator reads it; `service` is its application's.
std::string event_line(const Event& event, std::string_view service);

}  // namespace plimsoll::app::traffic
