/// routes.h: every route of the API, in the order of the documentation.
#pragma once

#include "show/route.h"

namespace plimsoll::show {

extern const Route status_route;        ///< How the server is doing.
extern const Route scorecard_route;     ///< Every dimension: mean, interval, counts, trend.
extern const Route dimensions_route;    ///< What is watched, by which evaluators, for whom.
extern const Route catalogue_route;     ///< Every check we ship.
extern const Route facets_route;        ///< Values to filter by.
extern const Route interactions_route;  ///< A list, newest first.
extern const Route interaction_route;   ///< One interaction with its steps and verdicts.
extern const Route step_route;          ///< One step in full.
extern const Route openapi_route;       ///< This list, for machines.

inline const Route* const all_routes[] = {
    &status_route,       &scorecard_route,   &dimensions_route, &catalogue_route, &facets_route,
    &interactions_route, &interaction_route, &step_route,       &openapi_route,
};

}  // namespace plimsoll::show
