/// alert_json.h: alerts and withheld findings as JSON, for the API.
#pragma once

#include <vector>

#include "alert/alert_book.h"
#include "base/json.h"

namespace plimsoll::show {

/// One line of the list.
void write_alert(json::Writer& writer, const alert::Entry& entry);
void write_alert_schema(json::Writer& writer);

/// The same with its story, its findings, its events and what was told: the whole of it.
void write_alert_story(json::Writer& writer, const alert::Entry& entry,
                       const std::vector<record::Outgoing>& told);
void write_alert_story_schema(json::Writer& writer);

/// The finding, why it is held back, and the labels that would release it.
void write_withheld(json::Writer& writer, const alert::Withheld& withheld);

}  // namespace plimsoll::show
