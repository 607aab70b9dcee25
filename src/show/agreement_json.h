/// agreement_json.h: agreement as JSON, for REST and for commands.
#pragma once

#include "analyse/calibration/agreement.h"
#include "base/json.h"

namespace plimsoll::show {

/// {"name":"MCC","value":0.72,"low":…,"high":…,"method":…}; nulls, and "undefined" says why.
void write_line(json::Writer& writer, const analyse::AgreementLine& line);

/// An array of them, as member `key`.
void write_lines(json::Writer& writer, std::string_view key,
                 const std::vector<analyse::AgreementLine>& lines);

/// The members of an object: counts, agreement, among_people, judge_and_one_person, ceiling.
void write_agreement(json::Writer& writer, const analyse::Agreement& agreement);

/// {"towards","even","likely"}, or "undefined".
void write_labels_needed(json::Writer& writer,
                         const analyse::Computed<analyse::LabelsNeeded>& needed);

}  // namespace plimsoll::show
