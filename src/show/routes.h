/// routes.h: every route of the API, in the order of the documentation; those of one path follow
/// each other.
#pragma once

#include "show/route.h"

namespace plimsoll::show {

extern const Route status_route;           ///< How the server is doing.
extern const Route scorecard_route;        ///< Every dimension: mean, interval, counts, trend.
extern const Route dimensions_route;       ///< What is watched, by which evaluators, for whom.
extern const Route catalogue_route;        ///< Every check we ship.
extern const Route facets_route;           ///< Values to filter by.
extern const Route coverage_route;         ///< How much of the traffic could be seen.
extern const Route interactions_route;     ///< A list, newest first.
extern const Route interaction_route;      ///< One interaction with its steps and verdicts.
extern const Route step_route;             ///< One step in full.
extern const Route put_reasons_route;      ///< Why one is more worth judging.
extern const Route overlap_route;          ///< Which dimensions fail together.
extern const Route judges_route;           ///< What judges cost, and what waits.
extern const Route labels_route;           ///< What people said.
extern const Route put_labels_route;       ///< Say something.
extern const Route label_queue_route;      ///< What a person is asked about next.
extern const Route put_label_queue_route;  ///< Answer it.
extern const Route trust_route;            ///< What each evaluator may do.
extern const Route alerts_route;           ///< Who was told of what, and what is withheld.
extern const Route alert_route;            ///< One of them with its whole story.
extern const Route acknowledge_route;      ///< A person takes it.
extern const Route decide_route;           ///< A person says what is done.
extern const Route records_route;          ///< The evidence trail.
extern const Route record_route;           ///< One link of it.
extern const Route chain_route;            ///< Whether it is whole.
extern const Route findings_route;         ///< What changed.
extern const Route finding_route;          ///< One of it.
extern const Route series_route;           ///< A dimension over time.
extern const Route bundle_route;           ///< The proof of a finding.
extern const Route due_route;              ///< What to do next.
extern const Route openapi_route;          ///< This list, for machines.

inline const Route* const all_routes[] = {
    &status_route,      &scorecard_route,    &dimensions_route,      &catalogue_route,
    &facets_route,      &interactions_route, &interaction_route,     &step_route,
    &put_reasons_route, &judges_route,       &overlap_route,         &labels_route,
    &put_labels_route,  &label_queue_route,  &put_label_queue_route, &trust_route,
    &records_route,     &record_route,       &chain_route,           &findings_route,
    &finding_route,     &series_route,       &bundle_route,          &due_route,
    &coverage_route,    &alerts_route,       &alert_route,           &acknowledge_route,
    &decide_route,      &openapi_route,
};

}  // namespace plimsoll::show
